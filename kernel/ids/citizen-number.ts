import { weightedSum } from './check-digits.ts';
import { isCompactDay } from './day.ts';

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

export interface CitizenNumber {
  /** Six digits of GB/T 2260: where the number was first given. */
  division: string;
  /** YYYY-MM-DD. */
  birth: string;
  sex: 'male' | 'female';
  /** 1 to 999; odd for men, even for women. */
  sequence: number;
}

/** The 18th character of a citizen number (GB 11643). Throws RangeError unless `body` is 17 digits. */
export const citizenNumberCheck = (body: string): string => {
  if (!/^\d{17}$/.test(body)) throw new RangeError('citizen number: the body is 17 digits');
  return '10X98765432'.charAt(weightedSum(body, '0123456789', WEIGHTS) % 11);
};

/** Reads a citizen number (GB 11643); undefined when its form, birthday or check character is wrong. A final `x` counts as `X`. */
export const parseCitizenNumber = (text: string): CitizenNumber | undefined => {
  const number = text.toUpperCase();
  if (!/^[1-9]\d{16}[\dX]$/.test(number)) return undefined;
  const birth = number.slice(6, 14);
  const sequence = Number(number.slice(14, 17));
  if (sequence === 0 || !isCompactDay(birth) || citizenNumberCheck(number.slice(0, 17)) !== number.slice(17)) return undefined;
  return {
    division: number.slice(0, 6),
    birth: `${birth.slice(0, 4)}-${birth.slice(4, 6)}-${birth.slice(6)}`,
    sex: sequence % 2 === 1 ? 'male' : 'female',
    sequence,
  };
};

/** True for a citizen number that passes GB 11643. */
export const isCitizenNumber = (text: string): boolean => parseCitizenNumber(text) !== undefined;

/** Makes a citizen number. Throws RangeError when a part is out of range or the sequence contradicts the sex. */
export const composeCitizenNumber = (parts: Omit<CitizenNumber, 'sex'> & { sex?: CitizenNumber['sex'] }): string => {
  const body = parts.division + parts.birth.replaceAll('-', '') + String(parts.sequence).padStart(3, '0');
  const number = body + citizenNumberCheck(body);
  const read = parseCitizenNumber(number);
  if (!read || (parts.sex && parts.sex !== read.sex)) throw new RangeError('citizen number: a part is out of range');
  return number;
};
