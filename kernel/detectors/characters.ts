/** Digits as they are written: ASCII and full-width (U+FF10…). −1 for anything else. */
export const digitOf = (code: number): number => (code >= 48 && code <= 57 ? code - 48 : code >= 0xff10 && code <= 0xff19 ? code - 0xff10 : -1);

/** One of these may stand between two groups of a number: space, no-break and ideographic space, hyphens, dots between groups. */
export const isSeparator = (code: number): boolean =>
  code === 32 || code === 45 || code === 0xa0 || code === 0x3000 || code === 0xff0d || (code >= 0x2010 && code <= 0x2014) || code === 0x2009 || code === 0x202f;

/** An X that may end a citizen number. */
export const isCheckX = (code: number): boolean => code === 88 || code === 120 || code === 0xff38 || code === 0xff58;

/** Letters and digits, ASCII and full-width: a number does not begin or end against one. */
export const isAlphanumeric = (code: number): boolean =>
  digitOf(code) >= 0 || (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code === 95 || (code >= 0xff21 && code <= 0xff3a) || (code >= 0xff41 && code <= 0xff5a);
