import { hash, randomBytes, timingSafeEqual } from 'node:crypto';

/** A new unguessable token, base64url; 256 bits unless said. */
export const mintToken = (bytes = 32): string => randomBytes(bytes).toString('base64url');

/** sha256 of a token in hex: what is stored, so that a stolen table opens no session. Not for passwords. */
export const hashToken = (token: string): string => hash('sha256', token, 'hex');

/** Whether two texts are equal, in time that does not depend on where they differ. */
export const isSameText = (a: string, b: string): boolean => {
  const [one, two] = [Buffer.from(a), Buffer.from(b)];
  return one.length === two.length && timingSafeEqual(one, two);
};
