import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import type { Actor } from '@zhengwu/contracts';
import { Authority, certificatesModule, subjectOf } from '@zhengwu/certificates';
import { directoryModule } from '@zhengwu/directory';
import { standIn, type Peer } from '@zhengwu/http';
import { createTestSite, type TestSite } from '@zhengwu/module';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Devices } from './admission.ts';
import { checkRanges, plainAddress } from './device.ts';
import { enrol, mintSecret, MOST_FAILURES, reenrol } from './enrolment.ts';
import { basicIn, certsOnly, requestIn } from './est.ts';
import { devicesModule } from './module.ts';
import * as store from './store.ts';

let made: TestSite;
const uscc = '91350100M000100Y43';
const caller = (address = '10.3.0.7'): Actor => standIn({ id: 'r-1', ip: address });
const keeper = (...departments: number[]) => ({ ...standIn({ id: 'r-2', ip: '10.0.0.1' }), kind: 'official' as const, scope: 'departments' as const, departments });
const asSystem = <T>(work: Parameters<typeof made.database.as<T>>[1]): Promise<T> => made.database.as(made.database.system, work);

/** PKCS#10 in PEM under a name, by openssl. */
const requestFor = (name: string): string =>
  execFileSync('openssl', ['req', '-new', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', '/dev/null', '-subj', `/CN=${name}`], { stdio: ['ignore', 'pipe', 'ignore'] }).toString();
const register = async (id: string, ranges = ['10.3.0.0/24'], department = 7): Promise<string> => {
  const { secret, hash, until } = mintSecret(made.site.clock.now());
  await asSystem((tx) => store.insert(tx, { id, kind: 'kiosk', name: `终端 ${id}`, department, institution: '云川市政务服务局', uscc, place: '一楼', ranges }, hash, until, made.site.clock.now()));
  return secret;
};
const peerWith = async (id: string, address = '10.3.0.7'): Promise<Peer> =>
  ({ kind: 'device', serial: (await asSystem((tx) => store.hold(tx, id)))?.serial ?? '', subject: id, name: id, uscc, address });

beforeAll(async () => {
  made = await createTestSite({ modules: [directoryModule, certificatesModule, devicesModule] });
}, 60_000);
afterAll(() => made.drop());

describe('a place', () => {
  test('is made of networks that are not too wide', () => {
    expect(() => checkRanges(['10.3.0.0/24', '127.0.0.1/32', '2001:db8::/32'])).not.toThrow();
    for (const wrong of ['0.0.0.0/0', '10.0.0.0/7', '::/0', '10.3.0.0', '10.3.0.0/33', '10.3.0/24', 'x/24', '2001:db8::/129']) expect(() => checkRanges(['10.3.0.0/24', wrong])).toThrow(wrong);
  });
  test('admits exactly the addresses in its networks, mapped ones as themselves (RFC 4291 §2.5.5.2)', async () => {
    const secret = await register('kiosk-place', ['10.3.0.0/24', '2001:db8::/32']);
    await enrol(made.site, caller(), { id: 'kiosk-place', secret }, requestFor('kiosk-place'));
    const admit = async (address: string): Promise<boolean> => made.site.use(Devices).admit(await peerWith('kiosk-place', address)).then(() => true, (error: { code?: string }) => (expect(error.code).toBe('device.refused-elsewhere'), false));
    await fc.assert(fc.asyncProperty(fc.constantFrom(3, 4), fc.integer({ min: 0, max: 1 }), fc.integer({ min: 0, max: 255 }), fc.boolean(), async (b, c, d, isMapped) => {
      expect(await admit(`${isMapped ? '::ffff:' : ''}10.${b}.${c}.${d}`)).toBe(b === 3 && c === 0);
    }), { numRuns: 40 });
    expect([await admit('2001:db8::1'), await admit('2001:db9::1')]).toEqual([true, false]);
    expect(plainAddress('fe80::1%eth0')).toBe('fe80::1');
  });
});

describe('enrolment', () => {
  test('a secret is good once; wrong ones are counted and recorded, and make it void (RFC 7030 §3.2.3)', async () => {
    const secret = await register('kiosk-a');
    const attempt = (given: string, name = 'kiosk-a') => enrol(made.site, caller(), { id: 'kiosk-a', secret: given }, requestFor(name));
    await expect(attempt('wrong')).rejects.toMatchObject({ code: 'est.refused' });
    await expect(attempt(secret, 'kiosk-b')).rejects.toMatchObject({ code: 'est.other-name' });
    const certificate = await attempt(secret);
    expect(subjectOf(Buffer.from(certificate.replace(/-----[^-]+-----|\s/g, ''), 'base64'))).toMatchObject({ kind: 'device', subject: 'kiosk-a', name: '终端 kiosk-a', uscc });
    await expect(attempt(secret)).rejects.toMatchObject({ code: 'est.refused' });
    const locked = await register('kiosk-locked');
    for (let n = 0; n < MOST_FAILURES; n += 1) await expect(enrol(made.site, caller(), { id: 'kiosk-locked', secret: 'wrong' }, '')).rejects.toMatchObject({ code: 'est.refused' });
    await expect(enrol(made.site, caller(), { id: 'kiosk-locked', secret: locked }, requestFor('kiosk-locked'))).rejects.toMatchObject({ code: 'est.refused' });
    const { rows } = await asSystem((tx) => tx.query<{ n: number }>(`select count(*)::int as n from audit.record where event = 'device.enrolment-refused' and subject = 'kiosk-locked'`));
    expect(rows[0]?.n).toBe(MOST_FAILURES);
  });

  test('an expired secret and a blocked device get nothing', async () => {
    const secret = await register('kiosk-late');
    await asSystem((tx) => tx.query(`update devices.device set secret_until = $1 where id = 'kiosk-late'`, [new Date(made.site.clock.now().getTime() - 1000)]));
    await expect(enrol(made.site, caller(), { id: 'kiosk-late', secret }, requestFor('kiosk-late'))).rejects.toMatchObject({ code: 'est.refused' });
    const other = await register('kiosk-blocked');
    await asSystem((tx) => store.block(tx, 'kiosk-blocked', '失窃'));
    await expect(enrol(made.site, caller(), { id: 'kiosk-blocked', secret: other }, requestFor('kiosk-blocked'))).rejects.toMatchObject({ code: 'est.refused' });
  });

  test('the older certificate ends when the newer is first used, not before; a second renewal replaces the first', async () => {
    const secret = await register('kiosk-next');
    await enrol(made.site, caller(), { id: 'kiosk-next', secret }, requestFor('kiosk-next'));
    const peer = await peerWith('kiosk-next');
    const serialOf = async () => (await asSystem((tx) => store.hold(tx, 'kiosk-next')))?.next_serial ?? '';
    await reenrol(made.site, caller(), peer, requestFor('kiosk-next'));
    const lost = await serialOf();
    await made.site.use(Devices).admit(peer);
    await reenrol(made.site, caller(), peer, requestFor('kiosk-next'));
    const next = { ...peer, serial: await serialOf() };
    expect(await made.site.use(Authority).isRevoked(lost)).toBe(true);
    await made.site.use(Devices).admit(next);
    expect([await made.site.use(Authority).isRevoked(peer.serial), await made.site.use(Authority).isRevoked(next.serial)]).toEqual([true, false]);
    await expect(made.site.use(Devices).admit(peer)).rejects.toMatchObject({ code: 'device.refused-superseded' });
    await expect(reenrol(made.site, caller(), peer, requestFor('kiosk-next'))).rejects.toMatchObject({ code: 'device.refused-superseded' });
  });
});

describe('refusals', () => {
  test('unknown, never enrolled, no device at all, blocked: each with its reason, recorded and told once a minute', async () => {
    await register('kiosk-never');
    const admit = made.site.use(Devices).admit;
    const base = { kind: 'device', serial: 'ab', name: 'x', uscc, address: '10.3.0.7' } as const;
    await expect(admit({ ...base, subject: 'kiosk-unknown' })).rejects.toMatchObject({ code: 'device.refused-unknown' });
    for (let n = 0; n < 3; n += 1) await expect(admit({ ...base, subject: 'kiosk-never' })).rejects.toMatchObject({ code: 'device.refused-unknown' });
    await expect(admit({ ...base, kind: 'person', subject: 'kiosk-never' })).rejects.toMatchObject({ code: 'device.refused-unknown' });
    const { rows } = await asSystem((tx) => tx.query<{ n: number; detail: object }>(`select detail from audit.record where event = 'device.refused' and subject = 'kiosk-never'`));
    expect(rows.map(({ detail }) => detail)).toEqual([{ reason: 'unknown', address: '10.3.0.7', serial: 'ab' }]);
  });
});

test('row-level security: keepers see and change the devices of their departments, others and devices themselves nothing', async () => {
  await register('kiosk-mine', ['10.3.0.0/24'], 41);
  await register('kiosk-theirs', ['10.3.0.0/24'], 42);
  const seen = (actor: Actor) => made.database.as(actor, async (tx) => (await store.list(tx, {}, 100)).map(({ id }) => id));
  expect(await seen(keeper(41))).toEqual(['kiosk-mine']);
  expect(await seen({ ...keeper(), scope: 'all' })).toEqual(expect.arrayContaining(['kiosk-mine', 'kiosk-theirs']));
  expect([await seen(caller()), await seen({ ...caller(), kind: 'device', name: 'kiosk-mine' }), await seen({ ...caller(), kind: 'citizen' })]).toEqual([[], [], []]);
  await made.database.as(keeper(41), (tx) => store.block(tx, 'kiosk-theirs', 'x'));
  expect((await asSystem((tx) => store.hold(tx, 'kiosk-theirs')))?.state).toBe('registered');
  const added = (department: number) => made.database.as(keeper(41), (tx) => store.insert(tx, { id: `kiosk-new-${department}`, kind: 'sensor', name: 'x', department, institution: 'x', uscc, place: 'x', ranges: ['10.0.0.0/8'] }, 'hash', new Date(), new Date()));
  expect(await added(41)).toBe(true);
  await expect(added(42)).rejects.toThrow();
  await expect(asSystem((tx) => tx.query('delete from devices.device'))).rejects.toThrow();
});

describe('EST on the wire', () => {
  test('a certs-only answer of any size is DER that openssl reads (RFC 5652 §5.1)', async () => {
    const chain = await made.site.use(Authority).chain();
    for (const count of [1, 2, 40]) {
      const answer = certsOnly(chain.repeat(count));
      expect(answer.split('\n').every((line) => line.length <= 64)).toBe(true);
      const printed = execFileSync('openssl', ['pkcs7', '-inform', 'DER', '-print_certs'], { input: Buffer.from(answer, 'base64') }).toString();
      expect(printed.match(/BEGIN CERTIFICATE/g)).toHaveLength(2 * count);
    }
  });
  test('bodies and credentials that are none are told from those that are', () => {
    expect(requestIn('AA\r\nBB\n')).toContain('\nAABB\n');
    for (const bad of ['', ' ', '-----BEGIN', 'AA=A', '{}']) expect(() => requestIn(bad)).toThrow();
    const header = (text: string): string => `Basic ${Buffer.from(text).toString('base64')}`;
    expect(basicIn(header('kiosk-1:secret_1'))).toEqual({ id: 'kiosk-1', secret: 'secret_1' });
    for (const bad of [undefined, '', 'Bearer x', header('kiosk-1'), header(':x'), header('kiosk-1:'), header('a b:c'), header(`kiosk-1:${'x'.repeat(101)}`)]) expect(basicIn(bad)).toBeUndefined();
    fc.assert(fc.property(fc.string(), (text) => void expect(() => basicIn(text)).not.toThrow()));
  });
});
