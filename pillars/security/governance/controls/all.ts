import type { Text } from '@zhengwu/contracts';
import { asvsFirst } from './asvs-text-1.ts';
import { asvsSecond } from './asvs-text-2.ts';
import { asvsThird } from './asvs-text-3.ts';
import { asvsFourth } from './asvs-text-4.ts';
import { evidence } from './evidence.ts';
import { level3Text } from './level3-text.ts';
import { notes, type Note } from './notes.ts';

export type ControlState = 'met' | 'partly' | 'unmet' | 'na';

/** A requirement of a standard, as we answer it. */
export interface Control {
  standard: 'asvs' | 'level3';
  id: string;
  /** ASVS 1 to 3; null where the standard itself is one level. */
  level: number | null;
  /** Domain of management that answers for it; ASVS is 8, development. */
  domain: number;
  title: Text;
  state: ControlState;
  /** Short names in `evidence`. */
  evidence: readonly string[];
  note: Note | null;
}

const wordsOf = (text = ''): string[] => text.split(' ').filter((word) => word !== '');
const linesOf = (text: string): string[][] => text.trim().split('\n').map((line) => line.split('|'));

const check = (control: Control, noteCode: string): Control => {
  const unknown = control.evidence.find((code) => evidence[code] === undefined) ?? (noteCode !== '' && control.note === null ? noteCode : undefined);
  if (unknown !== undefined) throw new Error(`${control.standard} ${control.id} cites ${unknown}, which is not there`);
  return control;
};

const asvs = [asvsFirst, asvsSecond, asvsThird, asvsFourth].flatMap(linesOf).map(([id = '', level, state, zh = '', en = '', cited, note = '']) =>
  check({ standard: 'asvs', id: `V${id}`, level: Number(level), domain: 8, title: { zh, en }, state: state as ControlState, evidence: wordsOf(cited), note: notes[note] ?? null }, note));
const level3 = linesOf(level3Text).map(([id = '', state, domain, zh = '', en = '', cited, note = '']) =>
  check({ standard: 'level3', id, level: null, domain: Number(domain), title: { zh, en }, state: state as ControlState, evidence: wordsOf(cited), note: notes[note] ?? null }, note));

/** Level 3 of GB/T 22239-2019 and the requirements of OWASP ASVS 5.0.0. */
export const controls: readonly Control[] = [...level3, ...asvs];
const byName = new Map(controls.map((one) => [`${one.standard}/${one.id}`, one]));
const byEvidence = Map.groupBy(controls.flatMap((one) => one.evidence.map((code) => ({ code, name: `${one.standard}/${one.id}` }))), ({ code }) => code);

/** By `standard/id`. */
export const controlById = (name: string): Control | undefined => byName.get(name);
/** Names of the controls that cite a piece of evidence. */
export const controlsCiting = (code: string): string[] => (byEvidence.get(code) ?? []).map(({ name }) => name);
