import { isCitizenNumber, isUscc, maskCitizenNumber, maskPhone } from '@zhengwu/ids';
import { isBankCard } from './bank-card.ts';
import { digitOf, isAlphanumeric, isSeparator } from './characters.ts';
import type { Finding, FindingKind } from './finding.ts';
import { isOldCitizenNumber, namesIdentity } from './old-number.ts';
import { checkXAfter, type Run } from './runs.ts';

interface Candidate {
  at: number;
  end: number;
  digits: string;
  /** Digits of each group. */
  shape: readonly number[];
}

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/y;
/** Where a UUID's groups begin. */
const UUID_PARTS = [0, 9, 14, 19, 24];

const isInUuid = (text: string, at: number): boolean =>
  UUID_PARTS.some((part) => {
    UUID.lastIndex = at - part;
    return at >= part && UUID.test(text);
  });

/** A point with a digit beyond it: what is looked at is part of a decimal or a dotted number. */
const isPointed = (text: string, point: number, beyond: number): boolean => text.charCodeAt(point) === 46 && digitOf(text.charCodeAt(beyond)) >= 0;
/** `\n` and its kind, as JSON and sources write the end of a line: no letter. */
const isEscape = (text: string, at: number): boolean => text.charCodeAt(at - 1) === 92 && 'nrtbf'.includes(text.charAt(at));
const standsFree = (text: string, at: number, end: number): boolean =>
  (!isAlphanumeric(text.charCodeAt(at - 1)) || isEscape(text, at - 1)) && !isAlphanumeric(text.charCodeAt(end)) && !isPointed(text, at - 1, at - 2) && !isPointed(text, end, end + 1);

const isSpelt = (shape: readonly number[]): boolean => shape.length > 1 && shape.every((length) => length === 1);
const isOneOf = (shape: readonly number[], known: readonly string[]): boolean => known.includes(shape.join('-')) || shape.length === 1 || isSpelt(shape);

const PHONES = ['3-4-4', '3-8', '7-4', '2-3-4-4', '2-11', '4-3-4-4', '4-11'];
const phoneIn = (digits: string): string | undefined => /^(?:86|0086)?(1[3-9]\d{9})$/.exec(digits)?.[1];
const isCardShape = (shape: readonly number[]): boolean => isOneOf(shape, ['6-10', '6-12', '6-13', '6-11']) || shape.every((length, i) => length === 4 || (i === shape.length - 1 && length < 4));

const cardSample = (digits: string): string => `${digits.slice(0, 2)}${'*'.repeat(digits.length - 6)}${digits.slice(-4)}`;

/** Of 18 digits those that could be somebody's: born in the last three centuries. Cheap, before the check digit. */
const hasBirthYear = (digits: string): boolean => /^.{6}(?:1[89]|20)/.test(digits);

/** What 18 digits, or 17 and an X, are: a citizen number (GB 11643) or, where the registrar says so, a unified credit code of digits alone. */
const eighteen = (number: string): FindingKind | undefined => {
  if (/^9[123]/.test(number) && isUscc(number)) return 'organisation-code';
  if (hasBirthYear(number) && isCitizenNumber(number)) return 'citizen-number';
  return /^[159]/.test(number) && isUscc(number) ? 'organisation-code' : undefined;
};

const judge = (text: string, { at, end, digits, shape }: Candidate): Finding | undefined => {
  const found = (kind: FindingKind, sample: string, until = end): Finding | undefined => (standsFree(text, at, until) && !isInUuid(text, at) ? { kind, at, length: until - at, sample } : undefined);
  if (digits.length === 17) {
    const x = checkXAfter(text, end);
    if (x >= 0 && hasBirthYear(digits) && isCitizenNumber(`${digits}X`)) return found('citizen-number', maskCitizenNumber(`${digits}X`), x + 1);
  }
  if (digits.length === 18) {
    const kind = eighteen(digits);
    if (kind !== undefined) return found(kind, kind === 'citizen-number' ? maskCitizenNumber(digits) : cardSample(digits));
  }
  if (digits.length === 15 && shape.length === 1 && isOldCitizenNumber(digits) && namesIdentity(text, at)) return found('citizen-number', maskCitizenNumber(digits));
  const phone = digits.length <= 15 ? phoneIn(digits) : undefined;
  if (phone !== undefined && isOneOf(shape, PHONES)) return found('mobile-phone', maskPhone(phone));
  return isBankCard(digits) && isCardShape(shape) ? found('bank-card', cardSample(digits)) : undefined;
};

const LONGEST = 19;

/** Candidates that begin at group `from`: whole groups up to the longest number. */
const judgeFrom = (text: string, { groups }: Run, from: number): { finding: Finding; next: number } | undefined => {
  let digits = '';
  const shape: number[] = [];
  let best: { finding: Finding; next: number } | undefined;
  const first = groups[from];
  if (!first) return undefined;
  for (let i = from; i < groups.length; i++) {
    const group = groups[i] as Run['groups'][number];
    digits += group.digits;
    if (digits.length > LONGEST) break;
    shape.push(group.digits.length);
    if (digits.length < 11) continue;
    const finding = judge(text, { at: first.at, end: group.end, digits, shape });
    // The longer reading wins: a card is not the phone that it begins like.
    if (finding && !continuesAlike(groups, i, shape)) best = { finding, next: i + 1 };
  }
  return best;
};

/** Groups of four that go on beyond the candidate: a longer number than any that is looked for. */
const continuesAlike = (groups: Run['groups'], last: number, shape: readonly number[]): boolean =>
  shape.length > 1 && shape.at(-1) === shape[0] && groups[last + 1]?.digits.length === shape[0];

/** The numbers of one run, from left to right; none overlap. */
export const numbersIn = (text: string, run: Run): Finding[] => {
  const findings: Finding[] = [];
  for (let i = 0; i < run.groups.length;) {
    const found = judgeFrom(text, run, i);
    if (found) findings.push(found.finding);
    i = found ? found.next : i + 1;
  }
  return findings;
};

/** The text with each of these findings hidden in place, as long as before: three characters at the front and two at the end stay, of phones four. */
export const veil = (text: string, findings: readonly Finding[]): string => {
  const parts: string[] = [];
  let done = 0;
  for (const { kind, at, length } of findings.toSorted((a, b) => a.at - b.at)) {
    if (at < done) continue;
    const tail = kind === 'mobile-phone' ? 4 : 2;
    const value = text.slice(at, at + length);
    parts.push(text.slice(done, at), value.slice(0, 3), value.slice(3, -tail).replaceAll(/./gsu, (one) => (isSeparator(one.charCodeAt(0)) ? one : '*')), value.slice(-tail));
    done = at + length;
  }
  parts.push(text.slice(done));
  return parts.join('');
};
