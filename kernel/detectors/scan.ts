import type { Finding, FindingKind } from './finding.ts';
import { numbersIn } from './numbers.ts';
import { organisationCodesIn, travelDocumentsIn } from './others.ts';
import { eachRun } from './runs.ts';
import { secrecyMarksIn } from './secrecy.ts';
import { secretsIn } from './secrets.ts';

const NUMBERS: readonly FindingKind[] = ['citizen-number', 'bank-card', 'mobile-phone', 'organisation-code'];
/** A text with more of them is a list; the rest tells nothing new. */
const MOST = 10_000;

const numbers = (text: string): Finding[] => {
  const found: Finding[] = [];
  eachRun(text, (run) => {
    if (found.length < MOST) found.push(...numbersIn(text, run));
  });
  return found;
};

/** Finds what these kinds say in a text, in linear time. Order: by kind of search, then by place. */
export const scanText = (text: string, kinds: readonly FindingKind[]): Finding[] => {
  const wants = (kind: FindingKind): boolean => kinds.includes(kind);
  const found = [
    ...(NUMBERS.some(wants) ? numbers(text) : []),
    ...(wants('organisation-code') ? organisationCodesIn(text) : []),
    ...(wants('travel-document') ? travelDocumentsIn(text) : []),
    ...(wants('secret') ? secretsIn(text) : []),
    ...(wants('secrecy-mark') ? secrecyMarksIn(text) : []),
  ];
  return found.length === 0 ? found : found.filter(({ kind }) => wants(kind)).slice(0, MOST);
};
