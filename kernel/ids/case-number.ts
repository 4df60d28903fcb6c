import { mod1110 } from './check-digits.ts';
import { isCompactDay } from './day.ts';
import { parseDivision } from './division.ts';

export interface CaseNumber {
  division: string;
  /** YYYY-MM-DD, the day it was submitted in Asia/Shanghai. */
  day: string;
  /** 1 to 999999, counted per division and day. */
  sequence: number;
}

/**
 * The number a person reads, types and says on the phone: 21 digits = division 6 + day 8 + sequence 6 + check 1
 * (ISO 7064 MOD 11,10, so that one wrong digit never names another case). Throws RangeError when a part is out of range.
 */
export const composeCaseNumber = ({ division, day, sequence }: CaseNumber): string => {
  const body = division + day.replaceAll('-', '') + String(sequence).padStart(6, '0');
  if (!/^\d{20}$/.test(body)) throw new RangeError('case number: a part is out of range');
  const number = body + mod1110(body);
  if (!parseCaseNumber(number)) throw new RangeError('case number: a part is out of range');
  return number;
};

/** Reads a case number, spaces and dashes allowed; undefined when its form, day or check digit is wrong. */
export const parseCaseNumber = (text: string): CaseNumber | undefined => {
  const number = text.replace(/[\s-]/g, '');
  if (!/^\d{21}$/.test(number) || mod1110(number.slice(0, 20)) !== number.slice(20)) return undefined;
  const division = number.slice(0, 6);
  const day = number.slice(6, 14);
  const sequence = Number(number.slice(14, 20));
  if (!parseDivision(division) || !isCompactDay(day) || sequence === 0) return undefined;
  return { division, day: `${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}`, sequence };
};

/** True for a case number whose check digit holds. */
export const isCaseNumber = (text: string): boolean => parseCaseNumber(text) !== undefined;
