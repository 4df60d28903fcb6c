import { execFileSync, spawnSync } from 'node:child_process';
import { createCipheriv, createHash, createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sm2 } from 'sm-crypto-v2';
import { createHmacSigner, createSealer, formatTagged, gm, intl, openKeyFile, publicKeys, signJws, suiteNamed, suiteOf, suites, verifyJws } from './index.ts';

let folder = '';
beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'zhengwu-gm-'))));
afterAll(() => rm(folder, { recursive: true }));
const SECRET = 'a shared secret, long enough';
const MESSAGE = '云川市人民政府 message digest';

/** A key pair from a private scalar and a public point in hex. */
const keyOf = (d: string, point: string) => {
  const der = `308187020100301306072a8648ce3d020106082a811ccf5501822d046d306b0201010420${d}a14403420004${point}`;
  const privateKey = createPrivateKey({ key: Buffer.from(der, 'hex'), format: 'der', type: 'pkcs8' });
  return { privateKey, publicKey: createPublicKey(privateKey) };
};
const sample = keyOf(
  '3945208f7b2144b13f36e38ac6d39f95889393692860b51a42fb81ef4df7c5b8',
  '09f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13',
);
const SAMPLE_SIGNATURE = 'f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa';
const signatureOf = (hex: string) => ({ algorithm: 'SM2-SM3', value: Buffer.from(hex, 'hex') });

describe('SM3', () => {
  test('hashes the examples of GB/T 32905-2016 annex A (GM/T 0004-2012)', () => {
    expect(gm.digest('abc').value.toString('hex')).toBe('66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0');
    expect(gm.digest('abcd'.repeat(16)).value.toString('hex')).toBe('debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732');
  });
  test('agrees with openssl, plain and as HMAC', () => {
    const key = createHash('sha256').update('key').digest();
    const told = (...args: string[]): string => execFileSync('openssl', ['dgst', '-sm3', '-r', ...args], { input: MESSAGE }).toString().slice(0, 64);
    expect(gm.digest(MESSAGE).value.toString('hex')).toBe(told());
    expect(gm.mac(key, MESSAGE).value.toString('hex')).toBe(told('-mac', 'HMAC', '-macopt', `hexkey:${key.toString('hex')}`));
  });
});

describe('SM2', () => {
  test('verifies the example of GB/T 32918.5-2017 annex A.2 (GM/T 0003.5), user id 1234567812345678', () => {
    expect(Buffer.from(sm2.getZ(sample.publicKey.export({ format: 'der', type: 'spki' }).subarray(-65).toString('hex'))).toString('hex')).toBe('b2e14c5c79c6df5b85f4fe7ed8db7a262b9da7e07ccb0ea9f4747b8ccda8a4f3');
    expect(gm.verify(sample.publicKey, 'message digest', signatureOf(SAMPLE_SIGNATURE))).toBe(true);
    expect(gm.verify(sample.publicKey, 'message digest.', signatureOf(SAMPLE_SIGNATURE))).toBe(false);
    expect(gm.verify(sample.publicKey, 'message digest', gm.sign(sample.privateKey, 'message digest'))).toBe(true);
  });
  test('refuses halves outside 1 to n-1 (GB/T 32918.2-2016 §7.1 B1, B2), other lengths and other algorithms', () => {
    const order = 'fffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123';
    const [r, s] = [SAMPLE_SIGNATURE.slice(0, 64), SAMPLE_SIGNATURE.slice(64)];
    for (const bad of [`${order}${s}`, `${r}${order}`, `${'0'.repeat(64)}${s}`, `${r}${'0'.repeat(64)}`, SAMPLE_SIGNATURE.slice(2), `${SAMPLE_SIGNATURE}00`, '']) {
      expect(gm.verify(sample.publicKey, 'message digest', signatureOf(bad))).toBe(false);
    }
    expect(gm.verify(sample.publicKey, 'message digest', { ...signatureOf(SAMPLE_SIGNATURE), algorithm: 'ES256' })).toBe(false);
    expect(intl.verify(sample.publicKey, 'message digest', signatureOf(SAMPLE_SIGNATURE))).toBe(false);
  });
  test('makes signatures that openssl verifies under that user id and under no other, and verifies those of openssl', async () => {
    const { privateKey, publicKey } = gm.generateKey();
    const at = (name: string): string => join(folder, name);
    await writeFile(at('key'), privateKey.export({ format: 'pem', type: 'pkcs8' }));
    await writeFile(at('public'), publicKey.export({ format: 'pem', type: 'spki' }));
    await writeFile(at('text'), MESSAGE);
    await writeFile(at('ours'), derOf(gm.sign(privateKey, MESSAGE).value));
    const check = (id: string) => spawnSync('openssl', ['pkeyutl', '-verify', '-pubin', '-inkey', at('public'), '-in', at('text'), '-sigfile', at('ours'), '-rawin', '-digest', 'sm3', '-pkeyopt', `distid:${id}`]);
    expect(check('1234567812345678').stdout.toString()).toContain('Signature Verified Successfully');
    expect(check('another id').status).not.toBe(0);
    execFileSync('openssl', ['pkeyutl', '-sign', '-inkey', at('key'), '-in', at('text'), '-out', at('theirs'), '-rawin', '-digest', 'sm3', '-pkeyopt', 'distid:1234567812345678']);
    expect(gm.verify(publicKey, MESSAGE, { algorithm: 'SM2-SM3', value: rawOf(await readFile(at('theirs'))) })).toBe(true);
  });
});

/** SEQUENCE { INTEGER r, INTEGER s } from r‖s, and back (GM/T 0009 §7.3). */
const integer = (bytes: Buffer): Buffer => {
  const start = bytes.findIndex((byte) => byte !== 0);
  const body = (bytes[start] ?? 0) > 127 ? Buffer.concat([Buffer.from([0]), bytes.subarray(start)]) : bytes.subarray(start);
  return Buffer.concat([Buffer.from([2, body.length]), body]);
};
const derOf = (raw: Buffer): Buffer => {
  const body = Buffer.concat([integer(raw.subarray(0, 32)), integer(raw.subarray(32))]);
  return Buffer.concat([Buffer.from([0x30, body.length]), body]);
};
const rawOf = (der: Buffer): Buffer => {
  const first = der[3] ?? 0;
  const halves = [der.subarray(4, 4 + first), der.subarray(6 + first)];
  return Buffer.concat(halves.map((half) => Buffer.concat([Buffer.alloc(32), half]).subarray(-32)));
};

describe('sealing', () => {
  test('SM4 enciphers the example of GB/T 32907-2016 annex A.1 (GM/T 0002-2012), and openssl agrees on counter mode', () => {
    const key = Buffer.from('0123456789abcdeffedcba9876543210', 'hex');
    expect(createCipheriv('sm4-ecb', key, null).update(key).toString('hex')).toBe('681edf34d206965e86b3e94f536e4246');
    const nonce = Buffer.alloc(16, 7);
    const theirs = execFileSync('openssl', ['enc', '-sm4-ctr', '-K', key.toString('hex'), '-iv', nonce.toString('hex')], { input: MESSAGE });
    expect(createCipheriv('sm4-ctr', key, nonce).update(MESSAGE)).toEqual(theirs);
  });
  test('opens under its key and context only, and not when a single bit was altered', () => {
    const secret = Buffer.alloc(32, 1);
    fc.assert(fc.property(fc.uint8Array(), fc.string(), (bytes, context) => void expect(gm.open(secret, gm.seal(secret, Buffer.from(bytes), context), context)).toEqual(Buffer.from(bytes))));
    const sealed = gm.seal(secret, Buffer.from(MESSAGE), 'row 1');
    for (let bit = 0; bit < sealed.value.length * 8; bit += 1) {
      const value = Buffer.from(sealed.value);
      value[bit >> 3] = (value[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(() => gm.open(secret, { ...sealed, value }, 'row 1')).toThrow(/altered/);
    }
    expect(() => gm.open(secret, sealed, 'row 2')).toThrow(/altered/);
    expect(() => gm.open(Buffer.alloc(32, 2), sealed, 'row 1')).toThrow(/altered/);
    expect(() => gm.open(secret, { ...sealed, value: sealed.value.subarray(0, 47) }, 'row 1')).toThrow(/cut off/);
    expect(() => intl.open(secret, sealed, 'row 1')).toThrow(/form/);
  });
  test('names its algorithm, so that either suite opens what the other sealed before the setting was changed', () => {
    const [before, after] = [createSealer(SECRET, 'otp', suiteNamed('intl')), createSealer(SECRET, 'otp', suiteNamed('gm'))];
    const [old, fresh] = [before.seal('seed', 'row'), after.seal('seed', 'row')];
    expect([old.split(':')[0], fresh.split(':')[0]]).toEqual(['aes-256-gcm', 'sm4-ctr-hmac-sm3']);
    expect([after.open(old, 'row'), before.open(fresh, 'row')]).toEqual(['seed', 'seed']);
    expect(() => after.open(fresh.replace('sm4-ctr-hmac-sm3', 'aes-256-gcm'), 'row')).toThrow();
  });
});

test('values find their suite by their algorithm, and HMAC signers take it', () => {
  for (const algorithm of ['sm3', 'hmac-sm3', 'SM2-SM3', 'sm4-ctr-hmac-sm3']) expect(suiteOf(algorithm, suites)?.name).toBe('gm');
  const signer = createHmacSigner(SECRET, 'csrf', gm);
  expect(signer.sign('a')).toMatch(/^hmac-sm3:/);
  expect([signer.verify(signer.sign('a'), 'a'), createHmacSigner(SECRET, 'csrf').verify(signer.sign('a'), 'a')]).toEqual([true, false]);
  expect(formatTagged(gm.digest('x'))).toMatch(/^sm3:/);
});

test('a key file keeps SM2 keys beside those from before, and both sign and verify', async () => {
  const path = join(folder, 'keys.json');
  const before = await openKeyFile(path, SECRET);
  const old = await signJws(before, 'licences', { n: 1 });
  await (await openKeyFile(path, SECRET, gm)).rotate('licences');
  expect(JSON.parse(await readFile(path, 'utf8'))).toMatchObject({ cipher: 'sm4-ctr-hmac-sm3' });
  const store = await openKeyFile(path, SECRET, gm);
  const key = await store.current('licences');
  const jws = await signJws(store, 'licences', { n: 2 });
  expect(JSON.parse(Buffer.from(jws.split('.')[0] ?? '', 'base64url').toString())).toMatchObject({ alg: 'SM2-SM3', kid: key.kid });
  expect([(await verifyJws(store, 'licences', old))?.payload, (await verifyJws(store, 'licences', jws))?.payload]).toEqual([{ n: 1 }, { n: 2 }]);
  expect(await verifyJws(store, 'licences', `${jws.slice(0, -4)}AAAA`)).toBeUndefined();
  const set = await publicKeys(store, 'licences');
  expect(set.keys.map(({ crv, alg }) => [crv, alg])).toEqual([['P-256', 'ES256'], ['SM2', 'SM2-SM3']]);
  expect(JSON.stringify(set)).not.toContain('"d"');
  await expect(openKeyFile(path, 'another passphrase', gm)).rejects.toThrow(/wrong passphrase/);
});

test('keys of the two suites are never taken for one another', () => {
  const international = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  expect(gm.verify(sample.publicKey, 'x', intl.sign(international.privateKey, 'x'))).toBe(false);
  expect(intl.verify(international.publicKey, 'x', gm.sign(sample.privateKey, 'x'))).toBe(false);
});
