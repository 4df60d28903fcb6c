import type { KeyObject } from 'node:crypto';

/** A key that signs for one purpose; `kid` is its RFC 7638 thumbprint. */
export interface SigningKey {
  kid: string;
  purpose: string;
  algorithm: string;
  privateKey: KeyObject;
  publicKey: KeyObject;
  createdAt: string;
  /** Set once a newer key signs; the key still verifies. */
  retiredAt: string | null;
}

/** Where signing keys live: an encrypted file by default, a hardware module behind the same interface. */
export interface KeyStore {
  /** The key that signs for `purpose` now; made on first use. */
  current(purpose: string): Promise<SigningKey>;
  /** A key by its id, retired ones included. */
  find(kid: string): Promise<SigningKey | undefined>;
  all(): Promise<readonly SigningKey[]>;
  /** Makes a new key for `purpose`; the one before only verifies from now on. */
  rotate(purpose: string): Promise<SigningKey>;
}

/** JSON Web Key Set (RFC 7517 §5), public halves only. */
export interface PublicKeySet {
  keys: Record<string, unknown>[];
}

/** The public keys of a store, for others to verify with. */
export const publicKeys = async (store: KeyStore, purpose?: string): Promise<PublicKeySet> => {
  const chosen = (await store.all()).filter((key) => purpose === undefined || key.purpose === purpose);
  return { keys: chosen.map((key) => ({ ...key.publicKey.export({ format: 'jwk' }), kid: key.kid, alg: key.algorithm, use: 'sig' })) };
};
