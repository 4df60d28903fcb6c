import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as api from '@zhengwu/contracts';
import { exportLog } from '@zhengwu/audit-trail';
import { runCommand } from './cli/commands.ts';
import { keysCommand } from './cli/keys.ts';
import { openCity, PASSPHRASE, PORTAL_SECRET, type TestCity } from './test/city.ts';
import { applyForCard, decide, pay, until } from './test/people.ts';

const MODULE = ['/usr/lib/softhsm/libsofthsm2.so', '/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so', '/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so'].find((path) => existsSync(path)) ?? 'libsofthsm2.so';
const PIN = '48151623';
let folder: string;
const before = process.env['SOFTHSM2_CONF'];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'zhengwu-keys-full-'));
  await mkdir(join(folder, 'tokens'));
  await writeFile(join(folder, 'softhsm2.conf'), `directories.tokendir = ${join(folder, 'tokens')}\nobjectstore.backend = file\n`);
  process.env['SOFTHSM2_CONF'] = join(folder, 'softhsm2.conf');
  execFileSync('softhsm2-util', ['--init-token', '--free', '--label', 'city', '--so-pin', '87654321', '--pin', PIN]);
  await writeFile(join(folder, 'pin'), PIN, { mode: 0o600 });
});
afterAll(async () => {
  if (before === undefined) delete process.env['SOFTHSM2_CONF'];
  else process.env['SOFTHSM2_CONF'] = before;
  await rm(folder, { recursive: true, force: true });
});

const headerOf = (jws: string) => JSON.parse(Buffer.from(jws.split('.')[0] ?? '', 'base64url').toString()) as { alg: string; kid: string };
const CURVES: Readonly<Record<string, string>> = { ES256: '3059301306072a8648ce3d020106082a8648ce3d030107034200', 'SM2-SM3': '3059301306072a8648ce3d020106082a811ccf5501822d034200' };
/** The published key of a signature as PEM, made of its coordinates alone. */
const pemOf = ({ x, y }: { x: string; y: string }, alg: string): string =>
  `-----BEGIN PUBLIC KEY-----\n${Buffer.concat([Buffer.from(CURVES[alg] ?? '', 'hex'), Buffer.from([4]), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')]).toString('base64').replace(/.{64}/g, '$&\n')}\n-----END PUBLIC KEY-----\n`;
const integer = (half: Buffer): Buffer => {
  const bare = half.subarray(half.findIndex((byte) => byte !== 0));
  const value = (bare[0] ?? 0) > 127 ? Buffer.concat([Buffer.from([0]), bare]) : bare;
  return Buffer.concat([Buffer.from([2, value.length]), value]);
};
const derOf = (raw: Buffer): Buffer => {
  const body = Buffer.concat([integer(raw.subarray(0, 32)), integer(raw.subarray(32))]);
  return Buffer.concat([Buffer.from([0x30, body.length]), body]);
};

/** Whether openssl finds the signature of a JWS good under a public key. */
const opensslAgrees = async (jws: string, pem: string, name: string): Promise<boolean> => {
  const [head = '', body = '', signature = ''] = jws.split('.');
  const at = (what: string): string => join(folder, `${name}.${what}`);
  await writeFile(at('pem'), pem);
  await writeFile(at('text'), `${head}.${body}`);
  await writeFile(at('sig'), derOf(Buffer.from(signature, 'base64url')));
  const national = headerOf(jws).alg === 'SM2-SM3';
  return spawnSync('openssl', ['pkeyutl', '-verify', '-pubin', '-inkey', at('pem'), '-in', at('text'), '-sigfile', at('sig'), '-rawin', '-digest', national ? 'sm3' : 'sha256', ...(national ? ['-pkeyopt', 'distid:1234567812345678'] : [])]).status === 0;
};

describe.each([
  ['in files', (): Record<string, string> => ({}), 'ES256', 'licences.json'],
  ['of the national suite (GB/T 32918.2 with GB/T 32905)', () => ({ ZHENGWU_CRYPTO_SUITE: 'gm' }), 'SM2-SM3', 'licences.json'],
  ['in a hardware module', () => ({ ZHENGWU_PKCS11_MODULE: MODULE, ZHENGWU_PKCS11_TOKEN: 'city', ZHENGWU_PKCS11_PIN_FILE: join(folder, 'pin') }), 'ES256', 'PKCS#11 city'],
] as const)('keys %s', (_, settings, algorithm, place) => {
  let city: TestCity;
  const rows = async <R>(text: string) => (await city.site.database.as(city.site.database.system, (tx) => tx.query<R & Record<string, unknown>>(text))).rows;
  const keys = async (...args: string[]) => {
    const said: string[] = [];
    const tell = (line: string): void => void said.push(line);
    const environment = { ZHENGWU_DATA: city.site.site.config.dataFolder, ZHENGWU_KEY_PASSPHRASE: PASSPHRASE, ZHENGWU_PORTAL_SECRET: PORTAL_SECRET, ...settings() };
    return { code: await keysCommand(args, { out: tell, err: tell }, environment, (__, work) => work(city.site.database)), said: said.join('\n') };
  };
  /** Cases that wait for nothing but their fee. */
  const approved = async (citizen: api.Client, count: number): Promise<string[]> => {
    const made: string[] = [];
    for (let n = 0; n < count; n += 1) {
      const caseId = await applyForCard(city, citizen);
      await decide(city, 'window01', caseId, 'accept');
      await decide(city, 'reviewer01', caseId, 'pass');
      await decide(city, 'approver01', caseId, 'approve');
      made.push(caseId);
    }
    return made;
  };
  const licenceOf = async (citizen: api.Client, caseId: string): Promise<string> => {
    const closed = await until(() => citizen.call(api.myCase, { params: { id: caseId } }), (one) => one.licences.length > 0);
    return (await citizen.call(api.myLicence, { params: { id: closed.licences[0]?.id ?? '' } })).jws;
  };

  beforeAll(async () => {
    city = await openCity(undefined, undefined, undefined, settings());
  }, 120_000);
  afterAll(() => city.close());

  test('are renewed while cases are being decided: licences of before and after verify at the portal, by openssl with the published keys, and the trail by the command', async () => {
    const citizen = await city.citizen('citizen01');
    const [first = '', ...others] = await approved(citizen, 4);
    await pay(city, citizen, first);
    const old = await licenceOf(citizen, first);
    await until(() => rows('select 1 from trail.head'), (heads) => heads.length > 0);

    const [renewed] = await Promise.all([keys('renew', 'licences'), keys('renew', 'audit'), ...others.slice(0, -1).map((caseId) => pay(city, citizen, caseId))]);
    expect(renewed).toMatchObject({ code: 0 });
    const during = await Promise.all(others.slice(0, -1).map((caseId) => licenceOf(citizen, caseId)));
    const signs = async () => (await (await fetch(`${city.origin}/.well-known/licence-keys.json`)).json()) as { keys: { kid: string; x: string; y: string; alg: string }[] };
    // From a token within ten seconds.
    await expect.poll(async () => (await signs()).keys.length, { timeout: 30_000 }).toBe(2);
    const [, fresh] = (await signs()).keys;
    expect(renewed.said).toContain(fresh?.kid);
    await pay(city, citizen, others.at(-1) ?? '');
    const last = await licenceOf(citizen, others.at(-1) ?? '');
    expect([headerOf(old).alg, headerOf(last)]).toEqual([algorithm, expect.objectContaining({ alg: algorithm, kid: fresh?.kid })]);

    const published = new Map((await signs()).keys.map((key) => [key.kid, key]));
    for (const jws of [old, ...during, last]) {
      expect(await city.portal('').call(api.verifyJws, { body: { jws } })).toMatchObject({ found: true, signature: 'valid' });
      const key = published.get(headerOf(jws).kid);
      expect(key && (await opensslAgrees(jws, pemOf(key, algorithm), 'licence'))).toBe(true);
    }
    expect(await opensslAgrees(last, pemOf(published.get(headerOf(old).kid) as { x: string; y: string }, algorithm), 'other')).toBe(false);

    await expect.poll(async () => new Set((await rows<{ jws: string }>('select jws from trail.head')).map(({ jws }) => headerOf(jws).kid)).size, { timeout: 60_000 }).toBe(2);
    const target = join(folder, `export-${Date.now()}`);
    await exportLog(city.site.database, target);
    const said: string[] = [];
    expect([await runCommand(['audit', 'verify', target, '--key', join(target, 'keys.pem')], { out: (line) => void said.push(line), err: (line) => void said.push(line) }, {}), said.join('\n')]).toEqual([0, expect.stringContaining('are unaltered') as string]);
    const heads = (await readFile(join(target, 'heads.jsonl'), 'utf8')).trim().split('\n');
    expect(new Set(heads.map((jws) => headerOf(jws).alg))).toEqual(new Set([algorithm]));
    const pems = (await readFile(join(target, 'keys.pem'), 'utf8')).match(/-----BEGIN[^]+?-----END PUBLIC KEY-----\n/g) ?? [];
    expect((await Promise.all(pems.map((pem, at) => opensslAgrees(heads.at(-1) ?? '', pem, `head-${at}`)))).filter(Boolean)).toHaveLength(1);

    const listed = (await keys('list')).said.split('\n').filter((line) => line.startsWith('licences\t'));
    expect(listed).toHaveLength(2);
    for (const line of listed) expect(line).toContain(place);
  }, 120_000);
});
