import { evaluate } from 'feelin';
import type { FeelCode } from '../feel/code.ts';
import type { Tests } from '../feel/tests.ts';
import { sameValue } from '../feel/values.ts';
import type { FeelType } from './model.ts';

export interface Output {
  id: string;
  name: string;
  type: FeelType;
  allowed: Tests | undefined;
  /** Output values in order of priority, highest first. */
  ranking: readonly unknown[] | undefined;
  otherwise: FeelCode | undefined;
}

/** The outputs of one rule that matched. */
type Hit = readonly unknown[];

const rankOf = (hit: Hit, outputs: readonly Output[]): number[] =>
  outputs.flatMap(({ ranking }, i) => {
    if (!ranking) return [];
    const at = ranking.findIndex((value) => sameValue(value, hit[i]));
    return [at < 0 ? ranking.length : at];
  });

/** By the priority of their outputs, first column first; rules of equal rank stay in their order. */
const byPriority = (hits: readonly Hit[], outputs: readonly Output[]): Hit[] =>
  hits
    .map((hit) => ({ hit, rank: rankOf(hit, outputs) }))
    .sort((a, b) => a.rank.map((rank, i) => rank - (b.rank[i] ?? 0)).find((difference) => difference !== 0) ?? 0)
    .map(({ hit }) => hit);

/** What a hit policy makes of the hits: one of them, a list, or null with a warning where it is broken. */
export const choose = (policy: string, hits: readonly Hit[], outputs: readonly Output[], warn: (message: string) => void): Hit[] | { hit: Hit } | null => {
  const one = (hit: Hit | undefined): { hit: Hit } | null => (hit ? { hit } : null);
  switch (policy) {
    case 'UNIQUE':
      if (hits.length < 2) return one(hits[0]);
      warn('several rules match where only one may');
      return null;
    case 'ANY':
      if (hits.every((hit) => sameValue(hit, hits[0]))) return one(hits[0]);
      warn('the rules that match differ in their outputs');
      return null;
    case 'FIRST':
      return one(hits[0]);
    case 'PRIORITY':
      return one(byPriority(hits, outputs)[0]);
    case 'OUTPUT ORDER':
      return byPriority(hits, outputs);
    default:
      return [...hits];
  }
};

const FUNCTIONS: Readonly<Record<string, string>> = { SUM: 'sum', MIN: 'min', MAX: 'max' };

/** One value of the hits of a COLLECT table: COUNT counts, the others are null for no hit. */
export const aggregate = (aggregation: string, values: readonly unknown[], warn: (message: string) => void): unknown => {
  if (aggregation === 'COUNT') return values.length;
  if (values.length === 0) return null;
  const kinds = new Set(values.map((value) => typeof value));
  if (kinds.size > 1 || (aggregation === 'SUM' && !kinds.has('number')) || values.includes(null)) {
    warn(`${aggregation} cannot be taken of these outputs`);
    return null;
  }
  return evaluate(`${FUNCTIONS[aggregation] ?? 'sum'}(values)`, { values }).value;
};
