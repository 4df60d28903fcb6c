import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openHardwareKeys, openSigningKeys, publicKeys, signJws, signNow, verifyJws } from './index.ts';

const MODULE = ['/usr/lib/softhsm/libsofthsm2.so', '/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so', '/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so'].find((path) => existsSync(path)) ?? 'libsofthsm2.so';
const PIN = '48151623';
let folder = '';
let place: { module: string; token: string; pinFile: string };
const before = process.env.SOFTHSM2_CONF;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'zhengwu-token-'));
  await mkdir(join(folder, 'tokens'));
  await writeFile(join(folder, 'softhsm2.conf'), `directories.tokendir = ${join(folder, 'tokens')}\nobjectstore.backend = file\n`);
  process.env.SOFTHSM2_CONF = join(folder, 'softhsm2.conf');
  execFileSync('softhsm2-util', ['--init-token', '--free', '--label', 'city', '--so-pin', '87654321', '--pin', PIN]);
  place = { module: MODULE, token: 'city', pinFile: join(folder, 'pin') };
  await writeFile(place.pinFile, `${PIN}\n`, { mode: 0o600 });
});
afterAll(async () => {
  if (before === undefined) delete process.env.SOFTHSM2_CONF;
  else process.env.SOFTHSM2_CONF = before;
  await rm(folder, { recursive: true });
});

test('keys are made in the token, sign there, survive a restart, and cannot leave', async () => {
  const store = await openHardwareKeys(place);
  const [one, two] = await Promise.all([store.current('audit'), store.current('audit')]);
  expect(two.kid).toBe(one.kid);
  expect(one.privateKey).toBeNull();
  const jws = await signJws(store, 'audit', { size: 7 }, 'head');
  expect(await verifyJws(store, 'audit', jws)).toMatchObject({ payload: { size: 7 }, algorithm: 'ES256', kid: one.kid });
  const again = await openHardwareKeys(place);
  expect(await verifyJws(again, 'audit', jws)).toMatchObject({ payload: { size: 7 } });
  expect((await again.current('audit')).kid).toBe(one.kid);
  expect((await publicKeys(again, 'audit')).keys).toHaveLength(1);
  expect(() => signNow(one, 'x')).toThrow(/hardware module/);
  const listed = execFileSync('pkcs11-tool', ['--module', MODULE, '--token-label', 'city', '--login', '--pin', PIN, '--list-objects', '--type', 'privkey']).toString();
  expect(listed).toContain('never extractable');
});

test('rotating makes the older key verify only; purposes keep apart; twenty at once are answered in turn', async () => {
  const store = await openHardwareKeys(place);
  const old = await store.current('audit');
  const jws = await signJws(store, 'audit', { size: 8 });
  const fresh = await store.rotate('audit');
  expect(fresh.kid).not.toBe(old.kid);
  expect((await store.find(old.kid))?.retiredAt).toBe(fresh.createdAt);
  expect(await verifyJws(store, 'audit', jws)).toBeDefined();
  expect((await store.current('ca-issuing')).kid).not.toBe(fresh.kid);
  expect((await store.current('identity-sources.client')).purpose).toBe('identity-sources.client');
  expect(await verifyJws(store, 'ca-issuing', jws)).toBeUndefined();
  const many = await Promise.all(Array.from({ length: 20 }, (_, n) => signJws(store, 'audit', { n })));
  for (const [n, one] of many.entries()) expect((await verifyJws(store, 'audit', one))?.payload).toEqual({ n });
});

test('a wrong PIN, an unknown token or half the settings stop the start with a reason, and the PIN is in none of them', async () => {
  await writeFile(join(folder, 'wrong'), '00000000');
  await expect(openHardwareKeys({ ...place, pinFile: join(folder, 'wrong') })).rejects.toThrow(/refused/);
  await expect(openHardwareKeys({ ...place, token: 'village' })).rejects.toThrow(/refused/);
  await expect(openHardwareKeys({ ...place, pinFile: join(folder, 'none') })).rejects.toThrow(/ZHENGWU_PKCS11_PIN_FILE/);
  const reason = await openHardwareKeys({ ...place, module: '/no/such.so' }).catch((error: unknown) => String(error));
  expect(reason).toMatch(/refused/);
  expect(reason).not.toContain(PIN);
  await expect(openSigningKeys({ dataFolder: folder, pkcs11: { module: MODULE } }, 'audit')).rejects.toThrow(/together/);
  expect(await (await openSigningKeys({ dataFolder: folder, pkcs11: place }, 'audit')).all()).not.toHaveLength(0);
});

test('a site that takes a token up after it signed from a file verifies on what that file signed, for its purpose alone; the token signs', async () => {
  const site = { dataFolder: folder, keyPassphrase: 'a passphrase of the tests' };
  const file = await openSigningKeys({ ...site, pkcs11: {} }, 'licences');
  const [licence, other] = [await signJws(file, 'licences', { n: 1 }), await signJws(file, 'elsewhere', { n: 1 })];
  const moved = await openSigningKeys({ ...site, pkcs11: place }, 'licences');
  const now = await moved.current('licences');
  expect(now.privateKey).toBeNull();
  expect(await verifyJws(moved, 'licences', licence)).toMatchObject({ payload: { n: 1 } });
  expect(await verifyJws(moved, 'licences', other)).toBeUndefined();
  expect((await moved.all()).filter(({ purpose }) => purpose === 'licences').map(({ retiredAt }) => retiredAt)).toEqual([now.createdAt, null]);
});
