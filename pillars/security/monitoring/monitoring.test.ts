import { createServer, type Server } from 'node:http';
import { createServer as createTcp, type AddressInfo } from 'node:net';
import fc from 'fast-check';
import type { ProbeBody } from '@zhengwu/contracts';
import { uuidv7 } from '@zhengwu/ids';
import { createTestSite, type TestSite } from '@zhengwu/module';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isForbidden } from './addresses.ts';
import { Checks, grade, openChecks, runCheck } from './checks.ts';
import { monitoringModule } from './module.ts';
import { runProbe } from './probe.ts';
import { checkAll, probeDue } from './rounds.ts';
import { isNamed } from './series.ts';
import * as store from './store.ts';
import { insertProbe } from './store-probes.ts';

let site: TestSite;
let web: Server;
let port = 0;
beforeAll(async () => {
  site = await createTestSite({ modules: [monitoringModule] });
  web = createServer((request, response) => {
    if (request.url === '/moved') response.writeHead(302, { location: 'http://169.254.169.254/latest' }).end();
    else if (request.url === '/long') response.end('x'.repeat(300_000) + 'last');
    else if (request.url === '/never') return;
    else response.end('就绪 ready');
  });
  await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve));
  ({ port } = web.address() as AddressInfo);
});
afterAll(async () => {
  web.closeAllConnections();
  web.close();
  await site.drop();
});
const system = <T>(work: Parameters<typeof site.database.as<T>>[1]) => site.database.as(site.database.system, work);
const probe = (change: Partial<ProbeBody> = {}): ProbeBody => ({ name: '门户', kind: 'http', host: '127.0.0.1', port, timeoutMs: 1000, everySeconds: 30, isOn: true, ...change });

describe('checks', () => {
  test('a check that throws or hangs is bad and never ends the round', async () => {
    const bad = (run: () => never | Promise<never>) => runCheck({ id: 'a.b', group: 'process', name: { zh: '甲', en: 'A' }, run }, 50);
    await expect(bad(() => { throw new Error('broken'); })).resolves.toMatchObject({ state: 'bad', note: { en: expect.stringContaining('broken') } });
    await expect(bad(() => new Promise<never>(() => undefined))).resolves.toMatchObject({ state: 'bad', note: { en: expect.stringContaining('no answer within 0.05 s') } });
  });
  test('limits grade upward and downward', () => {
    expect([74, 75, 90].map((value) => grade(value, { warning: 75, bad: 90 }))).toEqual(['good', 'warning', 'bad']);
    expect([31, 30, 7].map((value) => grade(value, { warning: 30, bad: 7 }))).toEqual(['good', 'warning', 'bad']);
  });
  test('one name is one check', () => {
    const checks = openChecks();
    const one = { id: 'a.b', group: 'process', name: { zh: '甲', en: 'A' }, run: () => ({ state: 'good' as const, note: { zh: '好', en: 'good' } }) } as const;
    checks.add(one);
    expect(() => checks.add(one)).toThrow('two checks are named a.b');
  });
  test('a round of the site’s own checks is kept with its figures, and only officials whose grant reaches all see it', async () => {
    await checkAll(site.site, site.site.use(Checks));
    const seen = await system(store.readings);
    expect(seen.find(({ series }) => series === 'check:database.answer')).toMatchObject({ state: expect.stringMatching(/good|warning/), unit: 'milliseconds', recent: [{ n: 1 }] });
    expect(seen.find(({ series }) => series === 'check:queues.jobs')).toMatchObject({ state: 'good', value: 0 });
    expect(seen.find(({ series }) => series === 'check:storage.files')).toMatchObject({ state: 'bad', remedy: { en: expect.any(String) } });
    const official = (scope: 'departments' | 'all') => ({ kind: 'official', scope, departments: [1], subjects: [], clearance: 1 }) as const;
    expect(await site.database.as(official('departments'), store.readings)).toEqual([]);
    expect((await site.database.as(official('all'), store.readings)).length).toBe(seen.length);
  });
});

describe('history', () => {
  test('minutes roll up into hours and days without loss, twice as well as once, and end by age', async () => {
    const base = Date.parse('2026-11-20T10:00:00Z');
    for (let minute = 0; minute < 120; minute += 10) {
      const at = new Date(base + minute * 60_000);
      await system(async (tx) => {
        await tx.query(`insert into monitoring.reading values ('check:t', 'check', 'process', '{}', 'good', now(), now(), 1, 'count', '{}') on conflict do nothing`);
        await store.addSamples(tx, at, [{ series: 'check:t', ok: minute !== 50, value: minute }, { series: 'check:t', ok: true, value: null }]);
      });
    }
    const now = new Date(base + 121 * 60_000);
    for (const _ of [1, 2]) await system((tx) => store.rollUp(tx, now));
    const hours = await system((tx) => store.history(tx, 'check:t', 'hour'));
    expect(hours).toMatchObject([{ n: 12, ok: 11, low: 0, high: 50, mean: 25 }, { n: 12, ok: 12, low: 60, high: 110, mean: 85 }]);
    expect(await system((tx) => store.history(tx, 'check:t', 'day'))).toMatchObject([{ n: 24, ok: 23, low: 0, high: 110, mean: 55 }]);
    await system((tx) => store.rollUp(tx, new Date(base + 3 * 86_400_000)));
    expect(await system((tx) => store.history(tx, 'check:t', 'minute'))).toEqual([]);
    expect(await system((tx) => store.history(tx, 'check:t', 'hour'))).toHaveLength(2);
  });
  test('since moves with the state only', async () => {
    const say = (state: 'good' | 'bad', at: string) => system((tx) => store.sayReadings(tx, new Date(at), [{ series: 'check:s', kind: 'check', group: 'process', name: { zh: '甲', en: 'A' }, state, value: 1, unit: 'count', note: { zh: '甲', en: 'A' }, remedy: null }]));
    await say('good', '2026-11-20T10:00:00Z');
    await say('good', '2026-11-20T11:00:00Z');
    const since = async () => (await system(store.readings)).find(({ series }) => series === 'check:s')?.since;
    expect(await since()).toBe('2026-11-20T10:00:00.000Z');
    await say('bad', '2026-11-20T12:00:00Z');
    expect(await since()).toBe('2026-11-20T12:00:00.000Z');
  });
  test('a pattern names by its beginning only where it ends in a star', () => {
    expect([isNamed('check:*', 'check:a'), isNamed('check:a', 'check:a'), isNamed('check:a', 'check:ab'), isNamed('probe:*', 'check:a')]).toEqual([true, true, false, false]);
  });
});

describe('probes', () => {
  test.each([
    ['status', {}, 'good', /Answered 200/], ['another status', { expectStatus: 204 }, 'bad', /Answered 200, not 204/],
    ['text', { expectText: '就绪' }, 'good', /./], ['text that is not there', { expectText: 'absent' }, 'bad', /lacks/],
    ['a redirect is an answer and not followed', { path: '/moved' }, 'bad', /Answered 302/], ['text beyond 64 KB is not read', { path: '/long', expectText: 'last' }, 'bad', /lacks/],
    ['no answer in time', { path: '/never', timeoutMs: 150 }, 'bad', /no answer within 150 ms/],
  ] as const)('http: %s', async (_, change, state, note) => {
    expect(await runProbe(probe(change))).toMatchObject({ state, note: { en: expect.stringMatching(note) } });
  });
  test('tcp: open and closed', async () => {
    expect((await runProbe(probe({ kind: 'tcp' }))).state).toBe('good');
    const closed = createTcp().listen(0, '127.0.0.1');
    const { port: free } = await new Promise<AddressInfo>((resolve) => closed.once('listening', () => resolve(closed.address() as AddressInfo)));
    await new Promise((resolve) => closed.close(resolve));
    expect(await runProbe(probe({ kind: 'tcp', port: free }))).toMatchObject({ state: 'bad', note: { en: expect.stringContaining('ECONNREFUSED') } });
  });
  test('metadata services and link-local addresses are refused in every spelling (OWASP SSRF)', async () => {
    for (const address of ['169.254.169.254', '169.254.0.1', '100.100.100.200', '::ffff:169.254.169.254', '::ffff:a9fe:a9fe', '64:ff9b::a9fe:a9fe', '2002:a9fe:a9fe::1', 'fe80::1', 'fd00:ec2::254', '0.0.0.0', '::', '224.0.0.1', 'ff02::1', 'not an address']) expect(isForbidden(address), address).toBe(true);
    for (const address of ['127.0.0.1', '10.1.2.3', '::1', 'fd12::1', '2400:3200::1', '203.0.113.9']) expect(isForbidden(address), address).toBe(false);
    expect(await runProbe(probe({ host: '169.254.169.254', port: 80 }))).toMatchObject({ state: 'bad', note: { en: expect.stringContaining('169.254.169.254') } });
    fc.assert(fc.property(fc.nat(0xffff), (low) => isForbidden(`169.254.${low >> 8}.${low & 255}`) && isForbidden(`::ffff:a9fe:${low.toString(16)}`)));
  });
  test('a probe that is due runs once and leaves its availability', async () => {
    const id = uuidv7();
    await system((tx) => insertProbe(tx, id, probe()));
    expect(await probeDue(site.site)).toBe(1);
    expect(await probeDue(site.site)).toBe(0);
    expect((await system((tx) => store.shares(tx, 'probe:'))).get(`probe:${id}`)).toEqual({ hour: 1, day: 1, month: 1 });
  });
});
