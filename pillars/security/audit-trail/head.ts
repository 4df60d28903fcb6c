import { createPublicKey, type KeyObject } from 'node:crypto';
import { readJws, signJwsWith, type SigningKey } from '@zhengwu/crypto';

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

/** A tree head as compact JWS (RFC 7515), signed with the site's audit key of that moment. */
export const signHead = (key: SigningKey, head: TreeHead): Promise<string> => signJwsWith(key, head, HEAD_TYPE);

/** The public keys of a PEM text that may hold several. */
export const keysIn = (pem: string): KeyObject[] => (pem.match(/-----BEGIN PUBLIC KEY-----[^-]+-----END PUBLIC KEY-----/g) ?? []).map((one) => createPublicKey(one));

const isHead = (value: unknown): value is TreeHead => {
  const { size, root, at, retainedFrom } = (value ?? {}) as Partial<TreeHead>;
  return Number.isSafeInteger(size) && Number(size) >= 0 && /^[0-9a-f]{64}$/.test(root ?? '') && !Number.isNaN(Date.parse(at ?? '')) && Number.isSafeInteger(retainedFrom);
};

/** The head that one of these keys signed, ES256 or SM2-SM3; undefined for anything else. */
export const readHead = (jws: string, keys: readonly KeyObject[]): TreeHead | undefined => {
  for (const key of keys) {
    const read = readJws(key, jws);
    if (read) return read.type === HEAD_TYPE && isHead(read.payload) ? read.payload : undefined;
  }
  return undefined;
};
