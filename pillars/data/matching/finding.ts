import type { Tx } from '@zhengwu/database';
import { fillRegister } from './filling.ts';
import { blocksOf, type Profile } from './profile.ts';
import { CAP, readyFor, frequencyOf } from './resolving.ts';
import * as entries from './store.ts';
import * as store from './store-review.ts';
import { bandOf, scorePair } from './weights.ts';

const STEP = 1000;

/** One step of a search for duplicates inside a register; answers false when it has ended. Each pair is met once, from the smaller key. */
export const findStep = async (tx: Tx, profile: Profile, id: string): Promise<boolean> => {
  const run = await store.holdRun(tx, id);
  if (!run || run.state === 'done') return false;
  if ((await fillRegister(tx, profile, STEP * 5)).position !== null) return true;
  const ready = await readyFor(tx, profile);
  const rows = await entries.entriesAfter(tx, profile.register, run.position, STEP);
  const frequency = await frequencyOf(tx, profile, rows.map(({ features }) => features), ready.records);
  const found = await entries.candidates(tx, rows.map(({ features }, n) => ({ n, blocks: blocksOf(profile, features) })), CAP);
  const merged = await store.survivorsOf(tx, profile.register, [...rows, ...found].map(({ key }) => key));
  const pairs = found.flatMap(({ n, key, features }): store.NewPair[] => {
    const row = rows[n];
    if (!row || row.key >= key || (merged.get(row.key) ?? row.key) === (merged.get(key) ?? key)) return [];
    const scored = scorePair(profile.kind, ready.weights, row.features, features, ready.records, frequency);
    const band = bandOf(profile.kind, ready.weights, scored);
    return band === 'none' ? [] : [{ register: profile.register, department: run.department, key: row.key, other: key, origin: 'register', ...scored, band, weights: ready.weights.version, run: id }];
  });
  const added = await store.addPairs(tx, pairs);
  const done = rows.length < STEP;
  await store.moveRun(tx, {
    ...run, position: rows.at(-1)?.id ?? run.position, entries: run.entries + rows.length, total: Math.max(ready.records, run.entries + rows.length), scored: run.scored + found.length,
    certain: run.certain + added.certain, possible: run.possible + added.possible, state: done ? 'done' : 'running',
  });
  return !done;
};
