import { digitOf, isCheckX, isSeparator } from './characters.ts';

/** Digits that stand together, with at most one separator between groups. */
export interface Run {
  /** Of each group where it begins, where it ends, and its digits in ASCII; of one longer than any number the first twenty. */
  groups: { at: number; end: number; digits: string }[];
}

/** The shortest number that is looked for: a mobile phone. */
const SHORTEST = 11;
/** No number that is looked for has more digits; of a longer group no more is kept. */
const LONGEST = 20;

const isRunCode = (code: number): boolean => digitOf(code) >= 0 || isSeparator(code);

const groupsIn = (text: string, from: number, until: number): Run['groups'][] => {
  const runs: Run['groups'][] = [];
  let groups: Run['groups'] = [];
  let at = from;
  while (at < until) {
    let digits = '';
    const start = at;
    for (let digit = digitOf(text.charCodeAt(at)); at < until && digit >= 0; digit = digitOf(text.charCodeAt(++at))) if (digits.length < LONGEST) digits += digit;
    if (at > start) groups.push({ at: start, end: at, digits });
    const gap = at;
    while (at < until && digitOf(text.charCodeAt(at)) < 0) at += 1;
    if (at - gap > 1) {
      if (groups.length > 0) runs.push(groups);
      groups = [];
    }
  }
  if (groups.length > 0) runs.push(groups);
  return runs;
};

/**
 * Every run of eleven digits and more. Only each eleventh character is looked at until one could belong to a run, so that a text
 * without numbers costs next to nothing; each character is read a bounded number of times.
 */
export const eachRun = (text: string, visit: (run: Run) => void): void => {
  let at = SHORTEST - 1;
  let read = 0;
  while (at < text.length) {
    if (!isRunCode(text.charCodeAt(at))) {
      at += SHORTEST;
      continue;
    }
    let start = at;
    while (start > read && isRunCode(text.charCodeAt(start - 1))) start -= 1;
    let end = at + 1;
    while (end < text.length && isRunCode(text.charCodeAt(end))) end += 1;
    if (end - start >= SHORTEST) for (const groups of groupsIn(text, start, end)) visit({ groups });
    read = end;
    at = end + SHORTEST;
  }
};

/** Where a citizen number's X stands after `end`, directly or after one separator; −1 where there is none. */
export const checkXAfter = (text: string, end: number): number => {
  if (isCheckX(text.charCodeAt(end))) return end;
  return isSeparator(text.charCodeAt(end)) && isCheckX(text.charCodeAt(end + 1)) ? end + 1 : -1;
};
