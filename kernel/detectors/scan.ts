import type { Finding, FindingKind } from './finding.ts';
import { numbersIn } from './numbers.ts';
import { organisationCodesIn, travelDocumentsIn } from './others.ts';
import { eachRun } from './runs.ts';
import { secrecyMarksIn } from './secrecy.ts';
import { secretsIn } from './secrets.ts';

const NUMBERS: readonly FindingKind[] = ['citizen-number', 'bank-card', 'mobile-phone', 'organisation-code'];
/** A text with more of them is a list; the rest tells nothing new. */
const MOST = 10_000;

const NOTHING: Finding[] = [];

const numbers = (text: string): Finding[] => {
  let found = NOTHING;
  eachRun(text, (run) => {
    if (found.length >= MOST) return;
    const here = numbersIn(text, run);
    if (found.length === 0) found = here;
    else found.push(...here.slice(0, MOST));
  });
  return found;
};

const SEARCHES: readonly { kinds: readonly FindingKind[]; search: (text: string) => Finding[] }[] = [
  { kinds: NUMBERS, search: numbers }, { kinds: ['organisation-code'], search: organisationCodesIn }, { kinds: ['travel-document'], search: travelDocumentsIn }, { kinds: ['secret'], search: secretsIn },
  { kinds: ['secrecy-mark'], search: secrecyMarksIn },
];

/** What finds these kinds in a text, in linear time; made once for a set of kinds. Order of findings: by kind of search, then by place. */
export const scannerOf = (kinds: readonly FindingKind[]): ((text: string) => Finding[]) => {
  const searches = SEARCHES.filter((one) => one.kinds.some((kind) => kinds.includes(kind))).map(({ search }) => search);
  return (text) => {
    let found = NOTHING;
    for (const search of searches) {
      const here = search(text);
      if (here.length > 0) found = found.concat(here);
    }
    return found.length === 0 ? found : found.filter(({ kind }) => kinds.includes(kind)).slice(0, MOST);
  };
};

/** Finds what these kinds say in a text. */
export const scanText = (text: string, kinds: readonly FindingKind[]): Finding[] => scannerOf(kinds)(text);
