import { createCipheriv, createDecipheriv, createHash, createHmac, createPublicKey, createSecretKey, generateKeyPairSync, hkdfSync, KeyObject, randomBytes, timingSafeEqual } from 'node:crypto';
import { sm2 } from 'sm-crypto-v2';
import type { CryptoSuite } from './suite.ts';

/** The user id where the parties agreed on none (GM/T 0009-2012 §10). */
const USER_ID = '1234567812345678';
/** Order of the curve (GB/T 32918.5-2017 §2). */
const ORDER = 0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123n;
const SEAL = 'sm4-ctr-hmac-sm3';
const [NONCE, TAG, SIGNATURE] = [16, 32, 64];
/** ECPrivateKey (RFC 5915): version 1, then the scalar in an OCTET STRING of 32. */
const SCALAR_AFTER = Buffer.from('0201010420', 'hex');

const sm3 = (...parts: (Buffer | Uint8Array | string)[]): Buffer => parts.reduce((hash, part) => hash.update(part), createHash('sm3')).digest();

interface Prepared {
  point: ReturnType<typeof sm2.precomputePublicKey>;
  /** Z of GB/T 32918.2 §5.5: user id, curve and public key, hashed. */
  z: Buffer;
}
const publicParts = new WeakMap<KeyObject, Prepared>();
const scalars = new WeakMap<KeyObject, string>();

const remembered = <T>(known: WeakMap<KeyObject, T>, key: KeyObject, make: () => T): T => {
  const found = known.get(key) ?? make();
  known.set(key, found);
  return found;
};

const prepared = (key: KeyObject): Prepared =>
  remembered(publicParts, key, () => {
    const open = key.type === 'public' ? key : createPublicKey(key);
    const hex = open.export({ format: 'der', type: 'spki' }).subarray(-65).toString('hex');
    return { point: sm2.precomputePublicKey(hex), z: Buffer.from(sm2.getZ(hex, USER_ID)) };
  });

const scalarOf = (key: KeyObject): string =>
  remembered(scalars, key, () => {
    const der = key.export({ format: 'der', type: 'pkcs8' });
    const start = der.indexOf(SCALAR_AFTER) + SCALAR_AFTER.length;
    return der.subarray(start, start + 32).toString('hex');
  });

const isBetween = (hex: string): boolean => BigInt(`0x${hex}`) > 0n && BigInt(`0x${hex}`) < ORDER;

const verifySm2 = (key: KeyObject, content: Buffer | string, value: Buffer): boolean => {
  const hex = value.toString('hex');
  // GB/T 32918.2 §7.1 B1 and B2: both halves between 1 and n-1.
  if (value.length !== SIGNATURE || !isBetween(hex.slice(0, 64)) || !isBetween(hex.slice(64))) return false;
  const { point, z } = prepared(key);
  return sm2.doVerifySignature(sm3(z, content), hex, point);
};

interface SealKeys {
  cipher: Buffer;
  mac: KeyObject;
}
const sealKeys = new WeakMap<KeyObject, SealKeys>();

const keysFrom = (secret: KeyObject | Buffer): SealKeys => {
  const derived = Buffer.from(hkdfSync('sm3', secret, 'zhengwu-gm', SEAL, 48));
  return { cipher: derived.subarray(0, 16), mac: createSecretKey(derived.subarray(16)) };
};
const keysOf = (secret: KeyObject | Buffer): SealKeys => (secret instanceof KeyObject ? remembered(sealKeys, secret, () => keysFrom(secret)) : keysFrom(secret));

const tagOf = (mac: KeyObject, nonce: Buffer, context: string, body: Buffer): Buffer => {
  const bound = Buffer.from(context);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bound.length);
  return createHmac('sm3', mac).update(nonce).update(length).update(bound).update(body).digest();
};

/**
 * The national suite: SM3 (GB/T 32905, GM/T 0004), HMAC-SM3, SM2 signatures (GB/T 32918.2, GM/T 0003.2), and for sealing SM4 (GB/T 32907)
 * in counter mode with HMAC-SM3 over nonce, context and ciphertext, checked before anything is decrypted.
 */
export const gm: CryptoSuite = {
  name: 'gm',
  hashAlgorithm: 'sm3',
  macAlgorithm: 'hmac-sm3',
  signatureAlgorithm: 'SM2-SM3',
  sealAlgorithm: SEAL,
  digest: (content) => ({ algorithm: 'sm3', value: sm3(content) }),
  mac: (key, content) => ({ algorithm: 'hmac-sm3', value: createHmac('sm3', key).update(content).digest() }),
  generateKey: () => generateKeyPairSync('ec', { namedCurve: 'SM2' }),
  sign: (key, content) => ({ algorithm: 'SM2-SM3', value: Buffer.from(sm2.doSignature(sm3(prepared(key).z, content), scalarOf(key)), 'hex') }),
  verify: (key, content, { algorithm, value }) => algorithm === 'SM2-SM3' && verifySm2(key, content, value),
  seal: (secret, content, context) => {
    const { cipher, mac } = keysOf(secret);
    const nonce = randomBytes(NONCE);
    const stream = createCipheriv('sm4-ctr', cipher, nonce);
    const body = Buffer.concat([stream.update(content), stream.final()]);
    return { algorithm: SEAL, value: Buffer.concat([nonce, tagOf(mac, nonce, context, body), body]) };
  },
  open: (secret, { algorithm, value }, context) => {
    if (algorithm !== SEAL) throw new Error('a sealed value has an unknown form');
    if (value.length < NONCE + TAG) throw new Error('a sealed value is cut off');
    const { cipher, mac } = keysOf(secret);
    const [nonce, tag, body] = [value.subarray(0, NONCE), value.subarray(NONCE, NONCE + TAG), value.subarray(NONCE + TAG)];
    if (!timingSafeEqual(tag, tagOf(mac, nonce, context, body))) throw new Error('a sealed value was altered, or belongs to another key or place');
    const stream = createDecipheriv('sm4-ctr', cipher, nonce);
    return Buffer.concat([stream.update(body), stream.final()]);
  },
};
