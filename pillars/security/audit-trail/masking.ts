import { maskCitizenNumber, maskPhone } from '@zhengwu/ids';

const masked = (text: string): string => text.replace(/(?<![0-9A-Za-z-])\d{17}[\dXx](?![0-9A-Za-z-])/g, maskCitizenNumber).replace(/(?<![0-9A-Za-z-])1\d{10}(?![0-9A-Za-z-])/g, maskPhone);

/** Particulars of a record with the numbers of persons masked; the log keeps them as they were. */
export const shown = (value: unknown): unknown => {
  if (typeof value === 'string') return masked(value);
  if (Array.isArray(value)) return value.map(shown);
  return value !== null && typeof value === 'object' ? Object.fromEntries(Object.entries(value).map(([key, one]) => [key, shown(one)])) : value;
};
