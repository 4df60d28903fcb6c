import { signJws, type KeyStore } from '@zhengwu/crypto';
import { createPublicKey } from 'node:crypto';
import { compactVerify } from 'jose';

/** What a tree head says. */
export interface TreeHead {
  size: number;
  /** Hex of SHA-256. */
  root: string;
  /** RFC 3339, UTC. */
  at: string;
  /** Records below this position were removed after their time, leaves kept. */
  retainedFrom: number;
}

export const PURPOSE = 'audit';
export const HEAD_TYPE = 'zhengwu-audit-head';

/** A tree head as compact JWS (RFC 7515), signed with the site's audit key. */
export const signHead = (keys: KeyStore, head: TreeHead): Promise<string> => signJws(keys, PURPOSE, head, HEAD_TYPE);

/** The public keys of a PEM text that may hold several. */
export const keysIn = (pem: string) => (pem.match(/-----BEGIN PUBLIC KEY-----[^-]+-----END PUBLIC KEY-----/g) ?? []).map((one) => createPublicKey(one));

const isHead = (value: unknown): value is TreeHead => {
  const { size, root, at, retainedFrom } = (value ?? {}) as Partial<TreeHead>;
  return Number.isSafeInteger(size) && Number(size) >= 0 && /^[0-9a-f]{64}$/.test(root ?? '') && !Number.isNaN(Date.parse(at ?? '')) && Number.isSafeInteger(retainedFrom);
};

/** The head that one of these keys signed; undefined for anything else. */
export const readHead = async (jws: string, keys: ReturnType<typeof keysIn>): Promise<TreeHead | undefined> => {
  for (const key of keys) {
    try {
      const { payload, protectedHeader } = await compactVerify(jws, key, { algorithms: ['ES256'] });
      const head: unknown = JSON.parse(Buffer.from(payload).toString());
      return protectedHeader.typ === HEAD_TYPE && isHead(head) ? head : undefined;
    } catch { /* another key may have signed it */ }
  }
  return undefined;
};
