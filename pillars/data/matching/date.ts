import { bag, edits, plain } from './text.ts';

/** 2001-02-03, 2001/2/3, 2001年2月3日, 20010203 → 20010203; '' where it is no day. */
export const dayIn = (raw: string): string => {
  const [, year, month, day] = /^(\d{4})\D*?(\d{1,2})\D+(\d{1,2})\D*$/.exec(raw.normalize('NFKC').trim()) ?? /^(\d{4})(\d{2})(\d{2})$/.exec(plain(raw)) ?? [];
  return year ? `${year}${month?.padStart(2, '0') ?? ''}${day?.padStart(2, '0') ?? ''}` : '';
};

/** 0 the same day · 1 one slip apart, or the same digits in another order · 2 the same year · 3 different. */
export const compareDays = (left: string, right: string): 0 | 1 | 2 | 3 => {
  if (left === right) return 0;
  if (edits(left, right) === 1 || bag(left) === bag(right)) return 1;
  return left.slice(0, 4) === right.slice(0, 4) ? 2 : 3;
};
