import { createSecretKey, hkdfSync, timingSafeEqual } from 'node:crypto';
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

/** Signs short texts with a shared secret of 16 bytes or more. Each `purpose` has a key of its own, so a value for one is no good for another. */
export const createHmacSigner = (secret: string | Buffer, purpose: string, suite: CryptoSuite = intl): HmacSigner => {
  if (Buffer.byteLength(secret) < 16) throw new RangeError('a signing secret needs 16 bytes or more');
  const key = createSecretKey(Buffer.from(hkdfSync('sha256', secret, 'zhengwu', purpose, 32)));
  const macOf = (parts: readonly string[]) => suite.mac(key, framed(parts));
  return {
    sign: (...parts) => formatTagged(macOf(parts)),
    verify(mac, ...parts) {
      const given = parseTagged(mac);
      const wanted = macOf(parts);
      return given?.algorithm === wanted.algorithm && given.value.length === wanted.value.length && timingSafeEqual(given.value, wanted.value);
    },
  };
};
