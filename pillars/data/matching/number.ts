import { citizenNumberCheck, isCitizenNumber, isUscc } from '@zhengwu/ids';
import { edits, plain } from './text.ts';

/** A 15-digit number (until 1999) as the 18 digits it became: the century and the check digit added (GB 11643-1999). */
const lengthened = (old: string): string => {
  const seventeen = `${old.slice(0, 6)}19${old.slice(6)}`;
  return seventeen + citizenNumberCheck(seventeen);
};

/** A citizen number as it is compared: half-width, 18 digits where 15 were given; '' where there is none. */
export const citizenNumberIn = (raw: string): string => {
  const text = plain(raw).replace(/[^0-9X]/g, '');
  return /^\d{15}$/.test(text) ? lengthened(text) : text;
};

/** A unified social credit code as it is compared; letters that GB 32100 leaves out stand for the digits they look like. */
export const usccIn = (raw: string): string => plain(raw).replace(/[^0-9A-Z]/g, '').replaceAll('O', '0').replaceAll('I', '1').replaceAll('Z', '2').replaceAll('S', '5');

/** 0 the same · 1 one slip apart, which a check digit gives away · 2 another, one of them wrong in itself · 3 two good numbers that differ. */
export type NumberLevel = 0 | 1 | 2 | 3;

const levelOf = (isValid: (text: string) => boolean) => (left: string, right: string): NumberLevel => {
  if (left === right) return 0;
  const wrong = !isValid(left) || !isValid(right);
  if (!wrong) return 3;
  return edits(left, right) === 1 ? 1 : 2;
};

export const compareCitizenNumbers = levelOf(isCitizenNumber);
export const compareUsccs = levelOf(isUscc);
export { isCitizenNumber, isUscc };
