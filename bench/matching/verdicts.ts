import type { Resolution } from '@zhengwu/matching';
import { personAt } from './people.ts';
import type { Incoming } from './slips.ts';

export interface Verdicts {
  rows: number;
  /** In the register by the truth. */
  known: number;
  linked: number;
  linkedRight: number;
  /** Known rows that were linked rightly or whose record is among those shown to a person. */
  reached: number;
  review: number;
}

export const none: Verdicts = { rows: 0, known: 0, linked: 0, linkedRight: 0, reached: 0, review: 0 };

/** Holds what was answered against the truth. */
export const judge = (before: Verdicts, asked: readonly Incoming[], answers: readonly Resolution[]): Verdicts => {
  const sum = { ...before };
  for (const [at, { truth }] of asked.entries()) {
    const answer = answers[at];
    if (!answer) throw new Error('a row without an answer');
    const key = truth === null ? null : personAt(truth).citizenNumber;
    sum.rows += 1;
    if (key !== null) sum.known += 1;
    if (answer.outcome === 'same') {
      sum.linked += 1;
      if (answer.key === key) sum.linkedRight += 1;
    }
    if (answer.outcome === 'possible') sum.review += 1;
    if (key !== null && (answer.outcome === 'same' ? answer.key === key : answer.outcome === 'possible' && answer.candidates.some((one) => one.key === key))) sum.reached += 1;
  }
  return sum;
};

export const precisionOf = ({ linked, linkedRight }: Verdicts): number => linkedRight / linked;
export const recallOf = ({ known, reached }: Verdicts): number => reached / known;
