import { createCipheriv, createDecipheriv, createHash, createHmac, generateKeyPairSync, randomBytes, sign, verify } from 'node:crypto';
import type { CryptoSuite } from './suite.ts';

const SEAL = 'aes-256-gcm';
const [NONCE, TAG] = [12, 16];
const DSA = { dsaEncoding: 'ieee-p1363' } as const;

/** The international suite: SHA-256, HMAC-SHA-256, ES256 (ECDSA on P-256, RFC 7518 §3.4), AES-256-GCM (SP 800-38D). */
export const intl: CryptoSuite = {
  name: 'intl',
  hashAlgorithm: 'sha256',
  macAlgorithm: 'hmac-sha256',
  signatureAlgorithm: 'ES256',
  sealAlgorithm: SEAL,
  digest: (content) => ({ algorithm: 'sha256', value: createHash('sha256').update(content).digest() }),
  mac: (key, content) => ({ algorithm: 'hmac-sha256', value: createHmac('sha256', key).update(content).digest() }),
  generateKey: () => generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  sign: (key, content) => ({ algorithm: 'ES256', value: sign('sha256', Buffer.from(content), { key, ...DSA }) }),
  verify: (key, content, { algorithm, value }) => algorithm === 'ES256' && verify('sha256', Buffer.from(content), { key, ...DSA }, value),
  seal: (secret, content, context) => {
    const nonce = randomBytes(NONCE);
    const cipher = createCipheriv(SEAL, secret, nonce, { authTagLength: TAG }).setAAD(Buffer.from(context));
    const body = Buffer.concat([cipher.update(content), cipher.final()]);
    return { algorithm: SEAL, value: Buffer.concat([nonce, cipher.getAuthTag(), body]) };
  },
  open: (secret, { algorithm, value }, context) => {
    if (algorithm !== SEAL) throw new Error('a sealed value has an unknown form');
    if (value.length < NONCE + TAG) throw new Error('a sealed value is cut off');
    const decipher = createDecipheriv(SEAL, secret, value.subarray(0, NONCE), { authTagLength: TAG });
    decipher.setAAD(Buffer.from(context)).setAuthTag(value.subarray(NONCE, NONCE + TAG));
    return Buffer.concat([decipher.update(value.subarray(NONCE + TAG)), decipher.final()]);
  },
};
