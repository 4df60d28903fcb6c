import { randomInt } from 'node:crypto';
import { createHmacSigner } from '@zhengwu/crypto';

/** Letters and digits that nobody takes for one another. */
const READABLE = '23456789abcdefghjkmnpqrstuvwxyz';
const HOW_MANY = 10;
/** 31 signs: 118 bits, more than the 112 that a keyed hash may guard (OWASP ASVS 5.0 V6.5.2). */
const LENGTH = 24;

/** `length` characters that can be read out on the phone. */
export const readable = (length: number): string => Array.from({ length }, () => READABLE[randomInt(READABLE.length)]).join('');

/** Recovery codes: 118 bits each, kept as keyed hashes, each good for one use. */
export interface RecoveryCodes {
  /** Ten new codes, to be shown once, in groups of four. */
  make(account: string): { codes: string[]; hashes: string[] };
  /** The hash under which a code as typed would be kept. */
  hashOf(account: string, typed: string): string;
}

export const openRecoveryCodes = (secret: string): RecoveryCodes => {
  const signer = createHmacSigner(secret, 'identity.recovery-code');
  const hashOf = (account: string, typed: string): string => signer.sign(account, typed.toLowerCase().replace(/[\s-]/g, ''));
  return {
    hashOf,
    make: (account) => {
      const codes = Array.from({ length: HOW_MANY }, () => readable(LENGTH).replace(/(.{4})(?=.)/g, '$1-'));
      return { codes, hashes: codes.map((code) => hashOf(account, code)) };
    },
  };
};
