import { createHash, type KeyObject } from 'node:crypto';
import { suiteOf, type CryptoSuite } from './suite.ts';
import { suites } from './suites.ts';

/** A key that signs for one purpose; `kid` is the RFC 7638 thumbprint of its public half. */
export interface SigningKey {
  kid: string;
  purpose: string;
  algorithm: string;
  publicKey: KeyObject;
  /** The private half where it lies in this process; null when it cannot leave a hardware module. */
  privateKey: KeyObject | null;
  /** Raw signature (r‖s) over `content`, wherever the key lies. */
  sign(content: Buffer | string): Promise<Buffer>;
  createdAt: string;
  /** Set once a newer key signs; the key still verifies. */
  retiredAt: string | null;
}

/** Where signing keys live: an encrypted file by default, a hardware module behind the same interface. */
export interface KeyStore {
  /** In words of the operator: the path of the file, or the label of the token. */
  readonly place: string;
  /** JWS `alg` of the keys that it makes. */
  readonly algorithm: string;
  /** The key that signs for `purpose` now; made on first use. */
  current(purpose: string): Promise<SigningKey>;
  /** A key by its id, retired ones included. */
  find(kid: string): Promise<SigningKey | undefined>;
  all(): Promise<readonly SigningKey[]>;
  /** Makes a new key for `purpose`; the one before only verifies from now on. */
  rotate(purpose: string): Promise<SigningKey>;
}

/**
 * The key that signs for `purpose`, of the algorithm that the store makes now: a former suite's key is replaced by a new one and verifies
 * on. For the start of a site only: two processes with different settings would otherwise replace each other's.
 */
export const followSuite = async (store: KeyStore, purpose: string): Promise<SigningKey> => {
  const key = await store.current(purpose);
  return key.algorithm === store.algorithm ? key : store.rotate(purpose);
};

/** JSON Web Key Set (RFC 7517 §5), public halves only. */
export interface PublicKeySet {
  keys: Record<string, unknown>[];
}

/** The suite of a key's algorithm; throws for one that no suite of this build has. */
export const suiteFor = (key: Pick<SigningKey, 'algorithm'>): CryptoSuite => {
  const suite = suiteOf(key.algorithm, suites);
  if (!suite) throw new Error(`no suite signs ${key.algorithm}`);
  return suite;
};

/** SubjectPublicKeyInfo up to the point (RFC 5480, GM/T 0009): a key that was read from SM2 bytes tells nothing of its curve otherwise. */
const CURVES = { intl: '3059301306072a8648ce3d020106082a8648ce3d030107034200', gm: '3059301306072a8648ce3d020106082a811ccf5501822d034200' } as const;

/** The suite that signs with keys on this key's curve; undefined for any other key. */
export const suiteOfKey = (key: KeyObject): CryptoSuite | undefined => {
  const bytes = key.export({ format: 'der', type: 'spki' }).toString('hex');
  return suites.find(({ name }) => bytes.startsWith(CURVES[name]));
};

/** Raw signature at once; throws for a key whose private half is not in this process. */
export const signNow = (key: SigningKey, content: Buffer | string): Buffer => {
  if (!key.privateKey) throw new Error(`the key ${key.kid} for ${key.purpose} lies in a hardware module and signs no faster than that answers`);
  return suiteFor(key).sign(key.privateKey, content).value;
};

/** The public half as JWK. For SM2, which RFC 7518 does not know, `crv` is "SM2". */
export const publicJwk = (key: KeyObject): Record<string, unknown> => {
  if (key.asymmetricKeyDetails?.namedCurve === 'prime256v1') return { ...key.export({ format: 'jwk' }) };
  const point = key.export({ format: 'der', type: 'spki' }).subarray(-64);
  return { crv: 'SM2', kty: 'EC', x: point.subarray(0, 32).toString('base64url'), y: point.subarray(32).toString('base64url') };
};

/** RFC 7638: SHA-256 over the required members of the JWK in order of their names. */
export const thumbprint = (key: KeyObject): string => {
  const { crv, kty, x, y } = publicJwk(key);
  return createHash('sha256').update(JSON.stringify({ crv, kty, x, y })).digest('base64url');
};

/** The public keys of a store, for others to verify with. */
export const publicKeys = async (store: KeyStore, purpose?: string): Promise<PublicKeySet> => {
  const chosen = (await store.all()).filter((key) => purpose === undefined || key.purpose === purpose);
  return { keys: chosen.map((key) => ({ ...publicJwk(key.publicKey), kid: key.kid, alg: key.algorithm, use: 'sig' })) };
};
