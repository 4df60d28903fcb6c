import { createSecretKey, hkdfSync, timingSafeEqual, type KeyObject } from 'node:crypto';
import { intl } from './intl.ts';
import { formatTagged, parseTagged, type CryptoSuite } from './suite.ts';

export interface HmacSigner {
  /** `algorithm:base64url` over the parts; where one part ends and the next begins is part of it. */
  sign(...parts: readonly string[]): string;
  /** Whether `mac` is ours over these parts; constant time, false for anything malformed. */
  verify(mac: string, ...parts: readonly string[]): boolean;
}

const framed = (parts: readonly string[]): Buffer =>
  Buffer.concat(
    parts.flatMap((part) => {
      const bytes = Buffer.from(part);
      const length = Buffer.alloc(4);
      length.writeUInt32BE(bytes.length);
      return [length, bytes];
    }),
  );

/** A shared secret, or the one of now with those before it. */
export type Secrets = string | Buffer | readonly [string, ...string[]];

/** Signs short texts with a shared secret of 16 bytes or more; with several the first signs and each is good, so that two sides can change it one after the other. Each `purpose` has a key of its own, so a value for one is no good for another. */
export const createHmacSigner = (secrets: Secrets, purpose: string, suite: CryptoSuite = intl): HmacSigner => {
  const keyFrom = (secret: string | Buffer): KeyObject => {
    if (Buffer.byteLength(secret) < 16) throw new RangeError('a signing secret needs 16 bytes or more');
    return createSecretKey(Buffer.from(hkdfSync('sha256', secret, 'zhengwu', purpose, 32)));
  };
  const [first, ...former]: readonly (string | Buffer)[] = typeof secrets === 'string' || Buffer.isBuffer(secrets) ? [secrets] : secrets;
  const key = keyFrom(first as string | Buffer);
  const keys = [key, ...former.map(keyFrom)];
  return {
    sign: (...parts) => formatTagged(suite.mac(key, framed(parts))),
    verify(mac, ...parts) {
      const given = parseTagged(mac);
      const text = framed(parts);
      return keys.some((one) => {
        const wanted = suite.mac(one, text);
        return given?.algorithm === wanted.algorithm && given.value.length === wanted.value.length && timingSafeEqual(given.value, wanted.value);
      });
    },
  };
};
