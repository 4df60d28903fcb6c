import type { KeyObject } from 'node:crypto';
import { suiteFor, suiteOfKey, type KeyStore, type SigningKey } from './key-store.ts';

export interface VerifiedJws {
  payload: Record<string, unknown>;
  kid: string;
  algorithm: string;
  type: string | undefined;
}

const FORM = /^([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)$/;
const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** What a compact JWS signs: header and payload (RFC 7515 §5.1). */
export const signingInput = (key: SigningKey, payload: object, type: string): string => `${part({ alg: key.algorithm, kid: key.kid, typ: type })}.${part(payload)}`;

/** Signs a JSON payload with this key as compact JWS (RFC 7515); `kid`, `alg` and `type` stand in its header. */
export const signJwsWith = async (key: SigningKey, payload: object, type = 'JWT'): Promise<string> => {
  const input = signingInput(key, payload, type);
  return `${input}.${(await key.sign(input)).toString('base64url')}`;
};

/** The same with the current key of `purpose`. */
export const signJws = async (store: KeyStore, purpose: string, payload: object, type = 'JWT'): Promise<string> => signJwsWith(await store.current(purpose), payload, type);

const objectIn = (encoded: string): Record<string, unknown> | undefined => {
  try {
    const value: unknown = JSON.parse(Buffer.from(encoded, 'base64url').toString());
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
};

interface Parts {
  header: Record<string, unknown>;
  /** What the signature is over. */
  input: string;
  body: string;
  signature: Buffer;
}

/** The parts of a compact JWS; undefined for another form or a critical header (§4.1.11). */
const partsOf = (jws: string): Parts | undefined => {
  const [, head = '', body = '', encoded = ''] = FORM.exec(jws) ?? [];
  const header = objectIn(head);
  const signature = Buffer.from(encoded, 'base64url');
  return header && !('crit' in header) && signature.toString('base64url') === encoded ? { header, input: `${head}.${body}`, body, signature } : undefined;
};

const typeOf = ({ typ }: Record<string, unknown>): string | undefined => (typeof typ === 'string' ? typ : undefined);

/**
 * The payload of a JWS that a key of `purpose` signed, retired keys included; undefined for anything else: altered, unknown key,
 * key of another purpose, another algorithm than the key's own, a critical header. Dates inside are the caller's to judge.
 */
export const verifyJws = async (store: KeyStore, purpose: string, jws: string): Promise<VerifiedJws | undefined> => {
  const parts = partsOf(jws);
  if (!parts || typeof parts.header.kid !== 'string') return undefined;
  const { header, input, body, signature: value } = parts;
  const key = await store.find(parts.header.kid);
  if (!key || key.purpose !== purpose || key.algorithm !== header.alg || !suiteFor(key).verify(key.publicKey, input, { algorithm: key.algorithm, value })) return undefined;
  const payload = objectIn(body);
  return payload && { payload, kid: key.kid, algorithm: key.algorithm, type: typeOf(header) };
};

/** The same with a public key alone, on P-256 (ES256) or on SM2 (SM2-SM3); whose key it is the caller knows. */
export const readJws = (publicKey: KeyObject, jws: string): Omit<VerifiedJws, 'kid'> | undefined => {
  const parts = partsOf(jws);
  const suite = suiteOfKey(publicKey);
  if (!parts || !suite || parts.header.alg !== suite.signatureAlgorithm) return undefined;
  if (!suite.verify(publicKey, parts.input, { algorithm: suite.signatureAlgorithm, value: parts.signature })) return undefined;
  const payload = objectIn(parts.body);
  return payload && { payload, algorithm: suite.signatureAlgorithm, type: typeOf(parts.header) };
};
