import { suiteFor, type KeyStore, type SigningKey } from './key-store.ts';

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

/** Signs a JSON payload with the current key of `purpose` as compact JWS (RFC 7515); `kid`, `alg` and `type` stand in its header. */
export const signJws = async (store: KeyStore, purpose: string, payload: object, type = 'JWT'): Promise<string> => {
  const key = await store.current(purpose);
  const input = signingInput(key, payload, type);
  return `${input}.${(await key.sign(input)).toString('base64url')}`;
};

const objectIn = (encoded: string): Record<string, unknown> | undefined => {
  try {
    const value: unknown = JSON.parse(Buffer.from(encoded, 'base64url').toString());
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
};

/**
 * The payload of a JWS that a key of `purpose` signed, retired keys included; undefined for anything else: altered, unknown key,
 * key of another purpose, another algorithm than the key's own, a critical header (§4.1.11). Dates inside are the caller's to judge.
 */
export const verifyJws = async (store: KeyStore, purpose: string, jws: string): Promise<VerifiedJws | undefined> => {
  const [, head = '', body = '', signature = ''] = FORM.exec(jws) ?? [];
  const header = objectIn(head);
  if (!header || 'crit' in header || typeof header.kid !== 'string') return undefined;
  const key = await store.find(header.kid);
  if (!key || key.purpose !== purpose || key.algorithm !== header.alg) return undefined;
  const value = Buffer.from(signature, 'base64url');
  if (value.toString('base64url') !== signature || !suiteFor(key).verify(key.publicKey, `${head}.${body}`, { algorithm: key.algorithm, value })) return undefined;
  const payload = objectIn(body);
  return payload && { payload, kid: key.kid, algorithm: key.algorithm, type: typeof header.typ === 'string' ? header.typ : undefined };
};
