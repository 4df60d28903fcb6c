import { weightedSum } from './check-digits.ts';

/** Digits and letters without I O S V Z. */
export const USCC_ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
const BODY = /^[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{9}$/;

export interface Uscc {
  /** 1 character: the registrar, 9 for market supervision, 1 for institutions' commissions… */
  registrar: string;
  /** 1 character: kind of body. */
  kind: string;
  division: string;
  /** 9 characters: the body's organisation code. */
  organisation: string;
}

/** The 18th character of a unified social credit code (GB 32100). Throws RangeError unless `body` is 17 characters of its form. */
export const usccCheck = (body: string): string => {
  if (!BODY.test(body)) throw new RangeError('unified social credit code: the body is 2 characters, 6 digits, 9 characters, without I O S V Z');
  return USCC_ALPHABET.charAt((31 - (weightedSum(body, USCC_ALPHABET, WEIGHTS) % 31)) % 31);
};

/** Reads a unified social credit code; undefined when its form or check character is wrong. */
export const parseUscc = (text: string): Uscc | undefined => {
  const body = text.slice(0, 17);
  if (text.length !== 18 || !BODY.test(body) || usccCheck(body) !== text.slice(17)) return undefined;
  return { registrar: text.charAt(0), kind: text.charAt(1), division: text.slice(2, 8), organisation: text.slice(8, 17) };
};

/** True for a unified social credit code that passes GB 32100. */
export const isUscc = (text: string): boolean => parseUscc(text) !== undefined;

/** Makes a unified social credit code. Throws RangeError when a part has the wrong form. */
export const composeUscc = (parts: Uscc): string => {
  const body = parts.registrar + parts.kind + parts.division + parts.organisation;
  return body + usccCheck(body);
};
