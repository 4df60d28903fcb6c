import type { KeyObject } from 'node:crypto';

/** A value with the algorithm that made it, so that suites can change while old values stay checkable. */
export interface Tagged {
  algorithm: string;
  value: Buffer;
}

/** One family of algorithms: `intl` (SHA-256, HMAC, ES256, AES-GCM) or `gm` (SM3, HMAC-SM3, SM2, SM4). */
export interface CryptoSuite {
  readonly name: 'intl' | 'gm';
  readonly hashAlgorithm: string;
  readonly macAlgorithm: string;
  /** JWS `alg` of its signatures. */
  readonly signatureAlgorithm: string;
  readonly sealAlgorithm: string;
  digest(content: Buffer | string): Tagged;
  mac(key: KeyObject | Buffer, content: Buffer | string): Tagged;
  generateKey(): { privateKey: KeyObject; publicKey: KeyObject };
  /** Raw signature (r‖s) over `content`. */
  sign(key: KeyObject, content: Buffer | string): Tagged;
  verify(key: KeyObject, content: Buffer | string, signature: Tagged): boolean;
  /** Encrypts and authenticates `content` under a secret of 32 bytes, bound to `context`. */
  seal(secret: KeyObject | Buffer, content: Buffer, context: string): Tagged;
  /** What was sealed; throws when it was altered, or belongs to another secret, context or suite. */
  open(secret: KeyObject | Buffer, sealed: Tagged, context: string): Buffer;
}

/** `algorithm:base64url`, the form in which tagged values are stored. */
export const formatTagged = ({ algorithm, value }: Tagged): string => `${algorithm}:${value.toString('base64url')}`;

/** Reads the stored form; undefined when it is not one. */
export const parseTagged = (text: string): Tagged | undefined => {
  const match = /^([A-Za-z0-9-]{2,32}):([A-Za-z0-9_-]*)$/.exec(text);
  return match ? { algorithm: match[1] ?? '', value: Buffer.from(match[2] ?? '', 'base64url') } : undefined;
};

/** The suite that made a value, by its algorithm; undefined where none did, and the value must then be refused. */
export const suiteOf = (algorithm: string, suites: readonly CryptoSuite[]): CryptoSuite | undefined =>
  suites.find((s) => [s.hashAlgorithm, s.macAlgorithm, s.signatureAlgorithm, s.sealAlgorithm].includes(algorithm));
