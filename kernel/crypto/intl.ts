import { createHash, createHmac, generateKeyPairSync, sign, verify } from 'node:crypto';
import type { CryptoSuite } from './suite.ts';

const DSA = { dsaEncoding: 'ieee-p1363' } as const;

/** The international suite: SHA-256, HMAC-SHA-256, ES256 (ECDSA on P-256, RFC 7518 §3.4). */
export const intl: CryptoSuite = {
  name: 'intl',
  hashAlgorithm: 'sha256',
  macAlgorithm: 'hmac-sha256',
  signatureAlgorithm: 'ES256',
  digest: (content) => ({ algorithm: 'sha256', value: createHash('sha256').update(content).digest() }),
  mac: (key, content) => ({ algorithm: 'hmac-sha256', value: createHmac('sha256', key).update(content).digest() }),
  generateKey: () => generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  sign: (key, content) => ({ algorithm: 'ES256', value: sign('sha256', Buffer.from(content), { key, ...DSA }) }),
  verify: (key, content, { algorithm, value }) => algorithm === 'ES256' && verify('sha256', Buffer.from(content), { key, ...DSA }, value),
};
