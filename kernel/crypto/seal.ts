import { createCipheriv, createDecipheriv, createSecretKey, hkdfSync, randomBytes, type KeyObject } from 'node:crypto';
import { parseTagged, formatTagged } from './suite.ts';

export interface Sealer {
  /** Encrypts and authenticates `text`, bound to `context` (such as the row it belongs to). */
  seal(text: string, context: string): string;
  /** What was sealed; throws when it was altered, sealed under another key or bound to another context. */
  open(sealed: string, context: string): string;
}

const ALGORITHM = 'aes-256-gcm';
const [NONCE, TAG] = [12, 16];

export const sealBytes = (key: KeyObject | Buffer, content: Buffer, context: string): Buffer => {
  const nonce = randomBytes(NONCE);
  const cipher = createCipheriv(ALGORITHM, key, nonce, { authTagLength: TAG }).setAAD(Buffer.from(context));
  const body = Buffer.concat([cipher.update(content), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), body]);
};

export const openBytes = (key: KeyObject | Buffer, sealed: Buffer, context: string): Buffer => {
  if (sealed.length < NONCE + TAG) throw new Error('a sealed value is cut off');
  const decipher = createDecipheriv(ALGORITHM, key, sealed.subarray(0, NONCE), { authTagLength: TAG });
  decipher.setAAD(Buffer.from(context)).setAuthTag(sealed.subarray(NONCE, NONCE + TAG));
  return Buffer.concat([decipher.update(sealed.subarray(NONCE + TAG)), decipher.final()]);
};

/** Seals small secrets that must be read again (one-time-password seeds, provider keys), AES-256-GCM with a key of its own per `purpose`. */
export const createSealer = (secret: string | Buffer, purpose: string): Sealer => {
  // A key object is prepared once; bytes would be at every use, for four times the time.
  const key = createSecretKey(Buffer.from(hkdfSync('sha256', secret, 'zhengwu-seal', purpose, 32)));
  return {
    seal: (text, context) => formatTagged({ algorithm: ALGORITHM, value: sealBytes(key, Buffer.from(text), context) }),
    open(sealed, context) {
      const tagged = parseTagged(sealed);
      if (tagged?.algorithm !== ALGORITHM) throw new Error('a sealed value has an unknown form');
      return openBytes(key, tagged.value, context).toString();
    },
  };
};
