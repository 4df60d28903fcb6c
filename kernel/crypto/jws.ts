import { CompactSign, compactVerify, decodeProtectedHeader } from 'jose';
import type { KeyStore } from './key-store.ts';

export interface VerifiedJws {
  payload: Record<string, unknown>;
  kid: string;
  algorithm: string;
  type: string | undefined;
}

/** Signs a JSON payload with the current key of `purpose` as compact JWS (RFC 7515); `kid`, `alg` and `type` stand in its header. */
export const signJws = async (store: KeyStore, purpose: string, payload: object, type = 'JWT'): Promise<string> => {
  const key = await store.current(purpose);
  return new CompactSign(Buffer.from(JSON.stringify(payload)))
    .setProtectedHeader({ alg: key.algorithm, kid: key.kid, typ: type })
    .sign(key.privateKey);
};

/**
 * The payload of a JWS that a key of `purpose` signed, retired keys included; undefined for anything else: altered, unknown key,
 * key of another purpose, another algorithm than the key's own. Dates inside are the caller's to judge.
 */
export const verifyJws = async (store: KeyStore, purpose: string, jws: string): Promise<VerifiedJws | undefined> => {
  try {
    const { kid, alg, typ } = decodeProtectedHeader(jws);
    const key = kid === undefined ? undefined : await store.find(kid);
    if (!key || key.purpose !== purpose || key.algorithm !== alg) return undefined;
    const { payload } = await compactVerify(jws, key.publicKey, { algorithms: [key.algorithm] });
    const value: unknown = JSON.parse(Buffer.from(payload).toString());
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
    return { payload: value as Record<string, unknown>, kid: key.kid, algorithm: key.algorithm, type: typ };
  } catch {
    return undefined;
  }
};
