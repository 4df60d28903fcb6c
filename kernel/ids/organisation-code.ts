import { weightedSum } from './check-digits.ts';

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2];

/** The 9th character of an organisation code (GB 11714). Throws RangeError unless `body` is 8 of 0-9A-Z. */
export const organisationCheck = (body: string): string => {
  if (!/^[0-9A-Z]{8}$/.test(body)) throw new RangeError('organisation code: the body is 8 of 0-9A-Z');
  return '0123456789X0'.charAt(11 - (weightedSum(body, ALPHABET, WEIGHTS) % 11));
};

/** True for an organisation code (GB 11714), written with or without the dash before its check character. */
export const isOrganisationCode = (text: string): boolean => {
  const match = /^([0-9A-Z]{8})-?([0-9X])$/.exec(text);
  return match !== null && organisationCheck(match[1] ?? '') === match[2];
};
