import { isUscc } from '@zhengwu/ids';
import type { Finding } from './finding.ts';
import { namesTravel } from './old-number.ts';

/** Passports (E, G, D, S, P, H with eight characters) and permits for Hong Kong, Macao and Taiwan (C, W, L, T, H, M); the words before must say so. */
const TRAVEL = /(?<![A-Za-z0-9])(?:[DEGPS][A-HJ-NP-Z]?\d{7,8}|[CWLT][A-Z]?\d{7,8}|[HM]\d{8}(?:\d{2})?)(?![A-Za-z0-9])/g;
const WORDS = /护照|通行证|回乡证|台胞证|[Pp]assport|[Pp]ermit|PASSPORT|PERMIT/;
const USCC = /(?<![A-Za-z0-9])[1-9A-HJ-NPQRTUWXY][0-9A-HJ-NPQRTUWXY]\d{6}[0-9A-HJ-NPQRTUWXY]{10}(?![A-Za-z0-9])/g;

const SHORTEST = 7;

/** Whether seven digits stand together somewhere: only each seventh character is looked at first. */
const hasDigits = (text: string): boolean => {
  for (let at = SHORTEST - 1; at < text.length; at += SHORTEST) {
    if (!isDigit(text, at)) continue;
    let start = at;
    while (at - start < SHORTEST && isDigit(text, start - 1)) start -= 1;
    let end = at + 1;
    while (end - start < SHORTEST && isDigit(text, end)) end += 1;
    if (end - start >= SHORTEST) return true;
  }
  return false;
};
const isDigit = (text: string, at: number): boolean => {
  const code = text.charCodeAt(at);
  return code >= 48 && code <= 57;
};

export const travelDocumentsIn = (text: string): Finding[] => {
  if (!hasDigits(text) || !WORDS.test(text)) return [];
  return [...text.matchAll(TRAVEL)]
    .filter(({ index }) => namesTravel(text, index))
    .map(({ 0: value, index }) => ({ kind: 'travel-document', at: index, length: value.length, sample: `${value.slice(0, 1)}${'*'.repeat(value.length - 3)}${value.slice(-2)}` }));
};

/** Unified credit codes (GB 32100) with letters in them; those of digits alone are found among the numbers. */
export const organisationCodesIn = (text: string): Finding[] =>
  [...text.matchAll(USCC)].filter(([code]) => /[A-Z]/.test(code) && isUscc(code)).map((match) => ({ kind: 'organisation-code', at: match.index, length: 18, sample: `${match[0].slice(0, 2)}${'*'.repeat(12)}${match[0].slice(-4)}` }));
