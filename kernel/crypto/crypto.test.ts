import { mkdtemp, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { compactVerify, createLocalJWKSet } from 'jose';
import {
  createHmacSigner, createSealer, followSuite, formatTagged, gm, hashToken, intl, isSameText, mintToken, openKeyFile, parseTagged, publicKeys, signJws, suiteOf, verifyJws,
} from './index.ts';

let folder = '';
beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'zhengwu-keys-'))));
afterAll(() => rm(folder, { recursive: true }));
const PASSPHRASE = 'a passphrase of some length';
const SECRET = 'a shared secret, long enough';

test('tokens are 256 bits, differ, and are stored as SHA-256 (FIPS 180-4 example "abc")', () => {
  expect(Buffer.from(mintToken(), 'base64url')).toHaveLength(32);
  expect(new Set(Array.from({ length: 1000 }, () => mintToken())).size).toBe(1000);
  expect(hashToken('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  expect([isSameText('a', 'a'), isSameText('a', 'b'), isSameText('a', 'aa')]).toEqual([true, false, false]);
});

describe('HMAC', () => {
  test('HMAC-SHA-256 as in RFC 4231 test case 2', () => {
    expect(intl.mac(Buffer.from('Jefe'), 'what do ya want for nothing?').value.toString('hex')).toBe('5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843');
  });

  test('holds for the same parts only, with the same borders, secret and purpose', () => {
    const signer = createHmacSigner(SECRET, 'csrf');
    fc.assert(
      fc.property(fc.array(fc.string()), fc.array(fc.string()), (signed, asked) => {
        expect(signer.verify(signer.sign(...signed), ...asked)).toBe(JSON.stringify(signed) === JSON.stringify(asked));
      }),
    );
    expect(signer.verify(signer.sign('ab', 'c'), 'a', 'bc')).toBe(false);
    expect(createHmacSigner(SECRET, 'portal').verify(signer.sign('a'), 'a')).toBe(false);
    expect(createHmacSigner(`${SECRET}.`, 'csrf').verify(signer.sign('a'), 'a')).toBe(false);
    expect(signer.verify(signer.sign('a').replace('hmac-sha256', 'none'), 'a')).toBe(false);
    fc.assert(fc.property(fc.string(), (forged) => void expect(signer.verify(forged, 'a')).toBe(false)));
    expect(() => createHmacSigner('short', 'csrf')).toThrow(RangeError);
  });
});

test('a shared secret is changed one side after the other: the new one signs, the former is still taken, a third is not', () => {
  const [before, during, later] = [createHmacSigner(SECRET, 'portal'), createHmacSigner([`${SECRET} new`, SECRET], 'portal'), createHmacSigner(`${SECRET} new`, 'portal')];
  expect([during.verify(before.sign('a'), 'a'), during.verify(later.sign('a'), 'a'), later.verify(during.sign('a'), 'a')]).toEqual([true, true, true]);
  expect([later.verify(before.sign('a'), 'a'), during.verify(createHmacSigner(`${SECRET} other`, 'portal').sign('a'), 'a'), during.verify(before.sign('a'), 'b')]).toEqual([false, false, false]);
});

test('tagged values name their algorithm and find their suite', () => {
  const tagged = intl.digest('x');
  expect(parseTagged(formatTagged(tagged))).toEqual(tagged);
  expect(parseTagged('no tag here')).toBeUndefined();
  expect([suiteOf('ES256', [intl])?.name, suiteOf('SM2', [intl])]).toEqual(['intl', undefined]);
});

test('sealed values open under their key and context only', () => {
  const sealer = createSealer(SECRET, 'otp');
  fc.assert(fc.property(fc.string(), (text) => void expect(sealer.open(sealer.seal(text, 'row 1'), 'row 1')).toBe(text)));
  const sealed = sealer.seal('seed', 'row 1');
  expect(() => sealer.open(sealed, 'row 2')).toThrow();
  expect(() => createSealer(SECRET, 'other').open(sealed, 'row 1')).toThrow();
  expect(() => sealer.open(`${sealed.slice(0, -3)}AAA`, 'row 1')).toThrow();
  expect(() => sealer.open('plain', 'row 1')).toThrow(/form/);
});

describe('the key file', () => {
  test('keeps keys across openings, encrypted and for the owner only; one key however many ask first', async () => {
    const path = join(folder, 'a', 'keys.json');
    const store = await openKeyFile(path, PASSPHRASE);
    const [one, two] = await Promise.all([store.current('licence'), store.current('licence')]);
    expect(two.kid).toBe(one.kid);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await readFile(path, 'utf8')).not.toContain(String(one.privateKey?.export({ format: 'jwk' }).d));
    expect((await (await openKeyFile(path, PASSPHRASE)).current('licence')).kid).toBe(one.kid);
    await expect(openKeyFile(path, 'another passphrase')).rejects.toThrow(/wrong passphrase/);
    await writeFile(path, (await readFile(path, 'utf8')).replace(/"keys":"...../, '"keys":"AAAAA'));
    await expect(openKeyFile(path, PASSPHRASE)).rejects.toThrow(/altered/);
  });
});

describe('a key file that two processes hold open', () => {
  const two = async (name: string) => Promise.all([openKeyFile(join(folder, name), PASSPHRASE), openKeyFile(join(folder, name), PASSPHRASE)] as const);

  test('a key that one makes is found by the other, which signs with it from then on', async () => {
    const [site, command] = await two('shared.json');
    const first = await site.current('licences');
    const jws = await signJws(site, 'licences', { n: 1 });
    const renewed = await command.rotate('licences');
    expect((await site.current('licences')).kid).toBe(renewed.kid);
    expect((await site.find(first.kid))?.retiredAt).toBe(renewed.createdAt);
    expect(await verifyJws(command, 'licences', jws)).toMatchObject({ payload: { n: 1 } });
  });

  test('both changing it at once lose none of the keys; what a killed one left does not stop the next', async () => {
    const [site, command] = await two('raced.json');
    const made = await Promise.all(Array.from({ length: 8 }, (_, n) => (n % 2 ? site : command).rotate(`purpose-${n}`)));
    expect((await site.all()).map(({ kid }) => kid).sort()).toEqual(made.map(({ kid }) => kid).sort());
    const lock = join(folder, 'raced.json.lock');
    await writeFile(lock, '');
    await utimes(lock, new Date(0), new Date(0));
    expect((await command.rotate('purpose-0')).kid).toBe((await site.current('purpose-0')).kid);
  });

  test('a store of another suite takes its turn at the start: a new key, the former one verifies', async () => {
    const path = join(folder, 'suites.json');
    const before = await openKeyFile(path, PASSPHRASE);
    const jws = await signJws(before, 'audit', { n: 1 });
    const national = await openKeyFile(path, PASSPHRASE, gm);
    expect((await followSuite(national, 'audit')).algorithm).toBe('SM2-SM3');
    expect((await followSuite(national, 'audit')).kid).toBe((await before.current('audit')).kid);
    expect(await verifyJws(national, 'audit', jws)).toMatchObject({ algorithm: 'ES256' });
  });
});

describe('JWS (RFC 7515)', () => {
  test('verifies with our store and, from the exported JWKS, with any other implementation', async () => {
    const store = await openKeyFile(join(folder, 'b.json'), PASSPHRASE);
    const jws = await signJws(store, 'licence', { sub: '证照' }, 'licence+jwt');
    expect(await verifyJws(store, 'licence', jws)).toMatchObject({ payload: { sub: '证照' }, algorithm: 'ES256', type: 'licence+jwt' });
    const set = await publicKeys(store, 'licence');
    expect(JSON.stringify(set)).not.toContain('"d"');
    const outside = await compactVerify(jws, createLocalJWKSet(set as never));
    expect(JSON.parse(Buffer.from(outside.payload).toString())).toEqual({ sub: '证照' });
  });

  test('stays good after the key is rotated, and is refused when forged', async () => {
    const store = await openKeyFile(join(folder, 'c.json'), PASSPHRASE);
    const jws = await signJws(store, 'licence', { n: 1 });
    const rotated = await store.rotate('licence');
    expect((await store.current('licence')).kid).toBe(rotated.kid);
    expect(await verifyJws(store, 'licence', jws)).toMatchObject({ payload: { n: 1 } });
    const [header = '', , signature = ''] = jws.split('.');
    const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    const { kid } = JSON.parse(Buffer.from(header, 'base64url').toString()) as { kid: string };
    const forgeries = [`${header}.${encode({ n: 2 })}.${signature}`, `${encode({ alg: 'none', kid })}.${encode({ n: 2 })}.`, `${encode({ alg: 'HS256', kid })}.${encode({ n: 2 })}.${signature}`, 'a.b.c', ''];
    for (const forged of forgeries) expect(await verifyJws(store, 'licence', forged)).toBeUndefined();
    expect(await verifyJws(store, 'portal', jws)).toBeUndefined();
  });
});
