import type { Tx } from '@zhengwu/database';
import { fail } from './errors.ts';
import { fillRegister } from './filling.ts';
import { blocksOf, featuresOf, type Profile } from './profile.ts';
import * as store from './store.ts';
import { survivorsOf } from './store-review.ts';
import { bandOf, defaultWeights, scorePair, type FieldScore, type Frequency, type Weights } from './weights.ts';

/** What became of one row that was asked about. */
export interface Resolution {
  /** same: link without a person · possible: a person should look · new: nothing in the register is near enough. */
  outcome: 'same' | 'possible' | 'new';
  /** The record that it is, or may be. */
  key?: string;
  /** Bits of posterior odds of the best candidate; -Infinity where there was none. */
  score: number;
  /** Field by field how it agrees with that record and what that adds. */
  fields: FieldScore[];
  /** All that are possible at least, the best first, ten at most. */
  candidates: { key: string; score: number; fields: FieldScore[] }[];
}

/** Candidates taken of one blocking key: a value that more records share tells them apart too badly to be worth the time. */
export const CAP = 50;
/** Rows that are compared at once: memory stays the same however many are asked about. */
const BATCH = 2000;
const SHOWN = 10;

export interface Ready {
  weights: Weights;
  records: number;
}

/** Weights and size of a register; fills what is compared by first where little is missing, else refuses. */
export const readyFor = async (tx: Tx, profile: Profile): Promise<Ready> => {
  if (!(await store.isPlatform(tx))) throw fail('matching.not-the-platform');
  const row = await fillRegister(tx, profile);
  if (row.position !== null) throw fail('matching.not-ready', { register: profile.register });
  const weights = row.weights === 0 ? undefined : await store.weightsOf(tx, profile.register, row.weights);
  return { weights: weights ?? defaultWeights(profile.kind), records: row.entries };
};

export const frequencyOf = async (tx: Tx, { register, kind }: Profile, rows: readonly (readonly string[])[], records: number): Promise<Frequency> => {
  const fields = kind.fields.map((field, at) => ({ ...field, at })).filter(({ byFrequency }) => byFrequency);
  const values = new Set(rows.flatMap((features) => fields.map(({ at }) => features[at] ?? '')));
  const known = await store.frequencies(tx, register, fields.map(({ code }) => code), [...values]);
  return (field, value) => known.get(`${field} ${value}`) ?? 1 / Math.max(records, 2);
};

const NONE: Resolution = { outcome: 'new', score: -Infinity, fields: [], candidates: [] };

/** Two records that are both certain are one too many: a person decides. */
const outcomeOf = (certain: number): 'same' | 'possible' => (certain === 1 ? 'same' : 'possible');

const resolveBatch = async (tx: Tx, profile: Profile, ready: Ready, rows: readonly (readonly string[])[]): Promise<Resolution[]> => {
  const frequency = await frequencyOf(tx, profile, rows, ready.records);
  const found = await store.candidates(tx, rows.map((features, n) => ({ n, blocks: blocksOf(profile, features) })), CAP);
  const merged = await survivorsOf(tx, profile.register, [...new Set(found.map(({ key }) => key))]);
  const results = rows.map(() => ({ candidates: new Map<string, Resolution['candidates'][number]>(), certain: new Set<string>() }));
  for (const { n, key: own, features } of found) {
    const key = merged.get(own) ?? own;
    const scored = scorePair(profile.kind, ready.weights, rows[n] ?? [], features, ready.records, frequency);
    const band = bandOf(profile.kind, ready.weights, scored);
    const result = results[n];
    if (!result || band === 'none') continue;
    if (band === 'certain') result.certain.add(key);
    if (scored.score > (result.candidates.get(key)?.score ?? -Infinity)) result.candidates.set(key, { key, ...scored });
  }
  return results.map(({ certain, candidates }) => {
    const sorted = [...candidates.values()].sort((a, b) => b.score - a.score || (a.key < b.key ? -1 : 1)).slice(0, SHOWN);
    const [best] = sorted;
    return best ? { outcome: outcomeOf(certain.size), key: best.key, score: best.score, fields: best.fields, candidates: sorted } : NONE;
  });
};

/** Which record of the register each row is, by its features. */
export const resolveFeatures = async (tx: Tx, profile: Profile, ready: Ready, rows: readonly (readonly string[])[]): Promise<Resolution[]> => {
  const results: Resolution[] = [];
  for (let from = 0; from < rows.length; from += BATCH) results.push(...(await resolveBatch(tx, profile, ready, rows.slice(from, from + BATCH))));
  return results;
};

export const resolveRows = async (tx: Tx, profile: Profile, rows: readonly Readonly<Record<string, unknown>>[]): Promise<Resolution[]> =>
  resolveFeatures(tx, profile, await readyFor(tx, profile), rows.map((row) => featuresOf(profile, row)));
