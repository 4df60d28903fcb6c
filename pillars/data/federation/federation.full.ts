import { generateKeyPairSync, sign as signWith } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { analyticsModule, Indicators, refreshSoon } from '@zhengwu/analytics';
import { certificatesModule } from '@zhengwu/certificates';
import { readConfig } from '@zhengwu/config';
import { intl } from '@zhengwu/crypto';
import { directoryModule } from '@zhengwu/directory';
import { composeMembership, Exchange, exchangeModule, readEntry, signMembership } from '@zhengwu/exchange';
import { createFiles, openLocalStore } from '@zhengwu/files';
import { createHttp, type HttpServer } from '@zhengwu/http';
import { createTestSite, type TestSite } from '@zhengwu/module';
import type { Indicator, Intake, Register } from '@zhengwu/pack';
import { Registers, registersModule } from '@zhengwu/registers';
import { Topics, topicsModule } from '@zhengwu/topics';
import { Federation } from './federation.ts';
import { readGathered } from './gathering.ts';
import { federationModule } from './module.ts';
import { receive } from './receiving.ts';
import * as store from './store.ts';

const CENTRE = 'DEMO/GOV/YC-ZW/GOVCENTRE';
const TAX = 'DEMO/GOV/YC-SW/TAXCENTRE';
const PROVINCE = 'DEMO/GOV/PR-SW/TAXCENTRE';

const text = { zh: '库', en: 'Register' };
const register = (code: string, keys: string[]): Register => ({
  code, name: text, subject: 'none', key: 'uscc', keeper: 'YC-SW', sharing: { class: '1' },
  schema: { type: 'object', required: keys, additionalProperties: false, properties: Object.fromEntries(keys.map((key) => [key, { type: 'string', minLength: 1 }])) },
  fields: keys.map((key) => ({ key, label: text, class: 'public' as const })),
});
const same = (...names: string[]) => names.map((name) => ({ to: name, from: name }));
const intake = (code: string, from: string, to: string, parts: Intake['parts'], more: object = {}): Intake => ({ code, name: text, topic: `register.${from}`, register: to, key: 'uscc', parts, ...more });

const companies = intake('in', 'companies', 'taxpayers', [...same('uscc', 'name'), { to: 'kind', value: 'small', first: true }]);
const upward = intake('up', 'taxpayers', 'taxpayers', same('uscc', 'name', 'kind'));
const back = intake('back', 'taxpayers', 'registrations', same('uscc', 'kind'), { knownOnly: true });

interface Centre {
  made: TestSite;
  http: HttpServer;
}
const freePort = (): Promise<number> => new Promise((resolve) => {
  const server = createServer().listen(0, '127.0.0.1', () => {
    const { port } = server.address() as AddressInfo;
    server.close(() => resolve(port));
  });
});

let folder: string;
let [centre, tax, province]: Centre[] = [];
const all = (): Centre[] => [centre, tax, province] as Centre[];

const open = async (member: string, subsystem: string, registers: Register[], intakes: Intake[]): Promise<Centre> => {
  const [site, nodes] = [await freePort(), await freePort()];
  const own = join(folder, member);
  const config = readConfig({
    ZHENGWU_DATA: own, ZHENGWU_EXCHANGE_SERVER: `DEMO/GOV/${member}/main`, ZHENGWU_PORT_EXCHANGE_NODES: String(nodes), ZHENGWU_ORIGIN_PKI: `http://127.0.0.1:${String(site)}`, ZHENGWU_SHUTDOWN_SECONDS: '0',
    ZHENGWU_EXCHANGE_MEMBERSHIP: join(folder, 'membership.jws'), ZHENGWU_EXCHANGE_ANCHOR_FILE: join(folder, 'federation.pem'),
  });
  const files = await createFiles({ store: await openLocalStore(join(own, 'bodies')), folder: own, maxBytes: 10_000_000 });
  const made = await createTestSite({ modules: [directoryModule, certificatesModule, registersModule, analyticsModule, topicsModule, exchangeModule, federationModule], config, files });
  await made.site.use(Registers).define('hash', registers);
  await made.site.use(Federation).define('hash', intakes);
  await made.site.use(Exchange).register({ id: subsystem, name: subsystem });
  const http = createHttp({ log: made.site.log, origin: `http://127.0.0.1:${String(site)}`, policies: made.policy, metrics: { process: false }, authenticator: { authenticate: () => undefined, isPortal: () => false, verifyCsrf: () => true } });
  made.routes(http);
  await http.listen({ host: '127.0.0.1', port: site });
  return { made, http };
};

const system = <T>({ made: { database } }: Centre, work: Parameters<TestSite['database']['as']>[1]): Promise<T> => database.as(database.system, work) as Promise<T>;
const write = (at: Centre, code: string, key: string, data: Record<string, unknown>) =>
  system(at, (tx) => at.made.site.use(Registers).write(tx, { register: code, key, data, validFrom: '2026-01-01', cause: 'case:1' }));
const read = (at: Centre | undefined, code: string, key: string) => system(at as Centre, (tx) => (at as Centre).made.site.use(Registers).read(tx, code, key, '2026-06-01'));
const versions = async (at: Centre, code: string, key: string) => (await system<unknown[]>(at, (tx) => at.made.site.use(Registers).history(tx, code, key))).length;
const flow = (from: Centre, client: string, to: Centre, server: string, topic: string, code: string) => Promise.all([
  system(from, async (tx) => {
    await from.made.site.use(Topics).grant(tx, { topic, follower: server, personal: false, basis: '测试', until: null });
    await from.made.site.use(Federation).sendTo(tx, { topic, client, to: server });
  }),
  system(to, (tx) => to.made.site.use(Federation).takeFrom(tx, { intake: code, client, basis: '测试' })),
  to.made.site.use(Exchange).allow({ kind: 'subsystem', subject: client, provider: server, service: 'changes', method: 'POST', path: '**', until: null }, 'test', 'test'),
]);

const people: Register = { ...register('people', ['uscc', 'name']), fields: [{ key: 'uscc', label: text, class: 'public' }, { key: 'name', label: text, class: 'personal' }] };
/** What the catalogue says when a request is granted, or its use ends. */
const tell = (from: Centre, type: 'catalogue.granted' | 'catalogue.withdrawn', of: string, personal: boolean) => system(from, (tx) => from.made.site.events.append(tx, {
  type, subject: '00000000-0000-7000-8000-0000000000aa', payload: { resource: `res-${of}`, register: of, member: 'DEMO/GOV/YC-SW', subsystem: TAX, services: ['registers'], personal, until: null },
}));
const lookUp = async (from: Centre, client: string, path: string, query: Record<string, string> = {}): Promise<{ status: number; body: unknown }> => {
  const answer = await from.made.site.use(Exchange).call({ client, service: `${CENTRE}/registers`, path, query });
  return { status: answer.status, body: JSON.parse((await answer.read()).toString()) };
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'zhengwu-federation-'));
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  await writeFile(join(folder, 'federation.pem'), publicKey.export({ format: 'pem', type: 'spki' }));
  const taxpayers = register('taxpayers', ['uscc', 'name', 'kind']);
  [centre, tax, province] = await Promise.all([
    open('YC-ZW', CENTRE, [register('companies', ['uscc', 'name']), register('registrations', ['uscc', 'kind']), people], [back]),
    open('YC-SW', TAX, [taxpayers], [companies]),
    open('PR-SW', PROVINCE, [taxpayers], [upward]),
  ]);
  const entries = await Promise.all(all().map(async ({ made }) => readEntry(JSON.parse(JSON.stringify(await made.site.use(Exchange).entry())))));
  const key = { kid: 'federation', purpose: 'federation', algorithm: intl.signatureAlgorithm, publicKey, privateKey, createdAt: '', retiredAt: null, sign: async (content: Buffer | string) => signWith('sha256', Buffer.from(content), { key: privateKey, dsaEncoding: 'ieee-p1363' }) };
  await writeFile(join(folder, 'membership.jws'), await signMembership(key as never, composeMembership({ instance: 'DEMO', entries, now: new Date(), days: 7 })));
  for (const { made } of all()) await made.start();
  const [c, t, p] = all() as [Centre, Centre, Centre];
  await flow(c, CENTRE, t, TAX, 'register.companies', 'in');
  await flow(t, TAX, p, PROVINCE, 'register.taxpayers', 'up');
  await flow(t, TAX, c, CENTRE, 'register.taxpayers', 'back');
}, 60_000);
afterAll(async () => {
  for (const { made, http } of all()) {
    await made.stop();
    await http.close(0);
    await made.database.drop();
  }
  await rm(folder, { recursive: true, force: true });
});

describe('between a government centre, an industry centre and its superior', () => {
  test('what is founded at one reaches the line sideways and upward; what the line decides flows back; then all is at rest', async () => {
    const [c, t, p] = all() as [Centre, Centre, Centre];
    await write(c, 'registrations', 'A1', { uscc: 'A1', kind: 'small' });
    await write(c, 'companies', 'A1', { uscc: 'A1', name: '甲' });
    await expect.poll(() => read(p, 'taxpayers', 'A1')).toEqual({ uscc: 'A1', name: '甲', kind: 'small' });
    await write(t, 'taxpayers', 'A1', { kind: 'general' });
    await expect.poll(async () => [await read(p, 'taxpayers', 'A1'), await read(c, 'registrations', 'A1')]).toEqual([{ uscc: 'A1', name: '甲', kind: 'general' }, { uscc: 'A1', kind: 'general' }]);
    // A correction of the name at its keeper reaches both, and leaves what the line decided.
    await write(c, 'companies', 'A1', { name: '甲（更正）' });
    await expect.poll(async () => [await read(t, 'taxpayers', 'A1'), await read(p, 'taxpayers', 'A1')]).toEqual(Array(2).fill({ uscc: 'A1', name: '甲（更正）', kind: 'general' }));
    // Nobody wrote what was the same already: two versions for a beginning, two for each change after it.
    expect([await versions(t, 'taxpayers', 'A1'), await versions(p, 'taxpayers', 'A1'), await versions(c, 'registrations', 'A1')]).toEqual([3, 3, 2]);
    const [source] = (await system<store.Source[]>(t, store.selectSources));
    expect(source).toMatchObject({ client: CENTRE, refused: 0, failure: null });
  });

  test('a change that does not fit is refused with its reason and waits as others go on; the sender sees it', async () => {
    const [c, t] = all() as [Centre, Centre];
    const batch = (...records: (Record<string, unknown> | null)[]) => ({ topic: 'register.companies', messages: records.map((record, i) => ({ offset: i + 1, id: `01890a5d-ac96-774b-bcce-b3020990005${String(i)}`, key: `B${String(i)}`, at: new Date().toISOString(), payload: { key: `B${String(i)}`, validFrom: '2026-01-01', record } })) });
    const verdict = await receive(t.made.site, CENTRE, batch({ uscc: 'B0', name: '' }, { uscc: 'B1', name: '乙' }, { name: '无号' }, null));
    expect(verdict.refused.map(({ offset }) => offset)).toEqual([1, 3]);
    expect(verdict.refused[0]?.reason).toContain('name');
    expect(await read(t, 'taxpayers', 'B1')).toEqual({ uscc: 'B1', name: '乙', kind: 'small' });
    // The same batch again: what had its effect has none, what was refused is judged anew.
    expect((await receive(t.made.site, CENTRE, batch({ uscc: 'B0', name: '好了' }, { uscc: 'B1', name: '别的' }))).refused).toEqual([]);
    expect([await read(t, 'taxpayers', 'B0'), await read(t, 'taxpayers', 'B1')]).toMatchObject([{ name: '好了' }, { name: '乙' }]);
    await expect(receive(t.made.site, PROVINCE, batch({ uscc: 'B0', name: 'x' }))).rejects.toMatchObject({ code: 'federation.no-source' });
    await expect(receive(c.made.site, CENTRE, batch({ uscc: 'B0', name: 'x' }))).rejects.toMatchObject({ code: 'federation.no-source' });
  });

  test('a register that the catalogue grants is looked up through the exchange, that one alone, masked by the grant, for as long as it holds, and each look is on record', async () => {
    const [c, t, p] = all() as [Centre, Centre, Centre];
    await write(c, 'companies', 'L1', { uscc: 'L1', name: '丁' });
    await write(c, 'people', 'P1', { uscc: 'P1', name: '林知夏' });
    await expect(lookUp(t, TAX, '/companies/L1')).rejects.toThrow();
    await tell(c, 'catalogue.granted', 'companies', false);
    await expect.poll(() => lookUp(t, TAX, '/companies/L1').catch(() => null), { timeout: 10_000 }).toEqual({ status: 200, body: { register: 'companies', key: 'L1', day: expect.any(String), validFrom: '2026-01-01', data: { uscc: 'L1', name: '丁' } } });
    expect((await lookUp(t, TAX, '/companies/none')).status).toBe(404);
    expect((await lookUp(t, TAX, '/companies/L1', { day: '2020-01-01' })).status).toBe(404);
    for (const [from, client, path] of [[t, TAX, '/registrations/A1'], [t, TAX, '/companies/L1/more'], [t, TAX, '/people/P1'], [p, PROVINCE, '/companies/L1']] as const) await expect(lookUp(from, client, path), path).rejects.toThrow();

    await tell(c, 'catalogue.granted', 'people', false);
    await expect.poll(() => lookUp(t, TAX, '/people/P1').catch(() => null), { timeout: 10_000 }).toMatchObject({ body: { data: { uscc: 'P1', name: '林*夏' } } });
    await tell(c, 'catalogue.granted', 'people', true);
    await expect.poll(() => lookUp(t, TAX, '/people/P1').catch(() => null), { timeout: 10_000 }).toMatchObject({ body: { data: { name: '林知夏' } } });
    const looks = await system<{ rows: { detail: Record<string, unknown> }[] }>(c, (tx) => tx.query(`select detail from audit.record where event = 'register.exchanged' and detail->>'register' = 'people' order by at`));
    expect(looks.rows.at(-1)?.detail).toMatchObject({ client: TAX, found: true, message: expect.any(String) });

    await tell(c, 'catalogue.withdrawn', 'people', true);
    await expect.poll(() => lookUp(t, TAX, '/people/P1').then(() => 'let in', () => 'refused'), { timeout: 10_000 }).toBe('refused');
    expect((await lookUp(t, TAX, '/companies/L1')).status).toBe(200);
  }, 60_000);

  test('a superior puts figures together from groups that its subordinate reckons: no row leaves, no group of fewer than three, and nothing without a right', async () => {
    const [, t, p] = all() as [Centre, Centre, Centre];
    const taxpayersByKind: Indicator = {
      code: 'by-kind', name: text, definition: text, unit: { zh: '户', en: 'taxpayers' }, owner: 'YC-SW', dataset: 'register-taxpayers', time: 'recordSince', grain: 'year', dimensions: ['kind'], measure: { kind: 'count' }, where: [], decimals: 0, openness: 'internal', smallest: 1,
    };
    for (const key of ['F1', 'F2', 'F3', 'F4']) await write(t, 'taxpayers', key, { uscc: key, name: `秘密${key}`, kind: 'farm' });
    for (const key of ['M1', 'M2']) await write(t, 'taxpayers', key, { uscc: key, name: key, kind: 'mine' });
    await t.made.site.use(Indicators).define('hash', [taxpayersByKind]);
    await refreshSoon(t.made.site);
    await expect.poll(async () => (await t.made.site.use(Indicators).reckoned('by-kind', '2020-01-01'))?.values.length ?? 0, { timeout: 20_000 }).toBeGreaterThan(1);

    const gather = () => system(p, (tx) => p.made.site.use(Federation).gather(tx, { indicator: 'by-kind', provider: TAX, client: PROVINCE, basis: '统计汇总' }));
    const gathered = () => system<Awaited<ReturnType<typeof readGathered>>>(p, (tx) => readGathered(tx, 'by-kind'));
    await gather();
    await expect.poll(async () => (await gathered()).figure.sources[0]?.failure ?? null, { timeout: 10_000 }).toContain('no right');
    await t.made.site.use(Exchange).allow({ kind: 'subsystem', subject: PROVINCE, provider: TAX, service: 'figures', method: 'GET', path: '/by-kind', until: null }, 'test', 'test');
    await gather();
    await expect.poll(async () => (await gathered()).items.length, { timeout: 10_000 }).toBeGreaterThan(1);
    const { figure, items } = await gathered();
    expect(figure).toMatchObject({ measured: { measure: 'count', grain: 'year', dimensions: [{ name: 'kind' }], smallest: 3 }, sources: [{ provider: TAX, failure: null, isSame: true }] });
    const of = (kind: string) => items.find(({ dimensions }) => dimensions['kind'] === kind);
    expect(of('farm')).toMatchObject({ period: '2026-01-01', value: 4, hidden: 0, parts: [{ provider: TAX, value: 4 }] });
    expect(of('mine')).toMatchObject({ value: null, hidden: 1 });
    const { rows } = await system<{ rows: { body: string }[] }>(p, (tx) => tx.query(`select convert_from(body, 'UTF8') as body from exchange.record where role = 'consumer' and kind = 'answer' and body is not null`));
    expect(rows.filter(({ body }) => body.includes('by-kind')).length).toBeGreaterThan(0);
    expect(rows.filter(({ body }) => body.includes('by-kind') && /秘密|F1/.test(body))).toEqual([]);
  }, 60_000);

  test('while a centre is away its changes wait, and arrive when it is back; those of others go on', async () => {
    const [c, t, p] = all() as [Centre, Centre, Centre];
    await p.made.stop();
    await write(c, 'companies', 'C1', { uscc: 'C1', name: '丙' });
    await expect.poll(() => read(t, 'taxpayers', 'C1')).toMatchObject({ name: '丙' });
    expect(await read(p, 'taxpayers', 'C1')).toBeNull();
    const waiting = () => t.made.database.as(t.made.database.system, (tx) => tx.query<{ failure: string | null }>(`select l.failure from topics.lane l join topics.subscription s on s.id = l.subscription where s.follower = $1`, [PROVINCE]));
    await expect.poll(async () => (await waiting()).rows[0]?.failure ?? null).not.toBeNull();
  });
});
