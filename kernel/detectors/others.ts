import { isUscc } from '@zhengwu/ids';
import type { Finding } from './finding.ts';
import { namesTravel } from './old-number.ts';

/** Passports (E, G, D, S, P, H with eight characters) and permits for Hong Kong, Macao and Taiwan (C, W, L, T, H, M); the words before must say so. */
const TRAVEL = /(?<![A-Za-z0-9])(?:[DEGPS][A-HJ-NP-Z]?\d{7,8}|[CWLT][A-Z]?\d{7,8}|[HM]\d{8}(?:\d{2})?)(?![A-Za-z0-9])/g;
const USCC = /(?<![A-Za-z0-9])[1-9A-HJ-NPQRTUWXY][0-9A-HJ-NPQRTUWXY]\d{6}[0-9A-HJ-NPQRTUWXY]{10}(?![A-Za-z0-9])/g;

export const travelDocumentsIn = (text: string): Finding[] => {
  if (!/护照|通行证|回乡证|台胞证|passport|permit/i.test(text)) return [];
  return [...text.matchAll(TRAVEL)]
    .filter(({ index }) => namesTravel(text, index))
    .map(({ 0: value, index }) => ({ kind: 'travel-document', at: index, length: value.length, sample: `${value.slice(0, 1)}${'*'.repeat(value.length - 3)}${value.slice(-2)}` }));
};

/** Unified credit codes (GB 32100) with letters in them; those of digits alone are found among the numbers. */
export const organisationCodesIn = (text: string): Finding[] =>
  [...text.matchAll(USCC)].filter(([code]) => /[A-Z]/.test(code) && isUscc(code)).map((match) => ({ kind: 'organisation-code', at: match.index, length: 18, sample: `${match[0].slice(0, 2)}${'*'.repeat(12)}${match[0].slice(-4)}` }));
