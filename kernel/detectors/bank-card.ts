/**
 * Issuer ranges (ISO/IEC 7812-1 identification numbers) with the lengths that they are given in: UnionPay 62 and 81, cards of Chinese banks
 * from before it (9558, 6013, 456351), Visa, Mastercard, JCB, American Express, Diners.
 */
const RANGES: readonly [from: number, until: number, digits: number, lengths: readonly number[]][] = [
  [62, 62, 2, [16, 17, 18, 19]], [81, 81, 2, [16, 17, 18, 19]], [9558, 9558, 4, [19]], [6013, 6013, 4, [16, 19]], [456351, 456351, 6, [19]],
  [4, 4, 1, [16]], [51, 55, 2, [16]], [2221, 2720, 4, [16]], [3528, 3589, 4, [16]], [34, 34, 2, [15]], [37, 37, 2, [15]], [300, 305, 3, [14]], [36, 36, 2, [14]], [38, 39, 2, [14]],
];

/** Luhn's check (ISO/IEC 7812-1 Annex B). */
const passesLuhn = (digits: string): boolean => {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = digits.charCodeAt(digits.length - 1 - i) - 48;
    sum += i % 2 === 0 ? digit : digit < 5 ? digit * 2 : digit * 2 - 9;
  }
  return sum % 10 === 0;
};

/** For the first two digits and a length: the ranges to compare with. */
const byStart = new Map<string, [from: number, until: number, digits: number][]>();
for (const [from, until, size, lengths] of RANGES) {
  for (let start = 10; start < 100; start++) {
    const [low, high] = size === 1 ? [from * 10, until * 10 + 9] : [Math.floor(from / 10 ** (size - 2)), Math.floor(until / 10 ** (size - 2))];
    if (start < low || start > high) continue;
    for (const length of lengths) byStart.set(`${start}/${length}`, [...(byStart.get(`${start}/${length}`) ?? []), [from, until, size]]);
  }
}
const isIssued = (digits: string): boolean =>
  byStart.get(`${digits.slice(0, 2)}/${digits.length}`)?.some(([from, until, size]) => {
    const prefix = Number(digits.slice(0, size));
    return prefix >= from && prefix <= until;
  }) === true;

/** Whether digits are a payment card's: an issuer's range, its length, the check digit. */
export const isBankCard = (digits: string): boolean => digits.length >= 14 && digits.length <= 19 && isIssued(digits) && passesLuhn(digits);
