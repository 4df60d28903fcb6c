import type { Tx } from '@zhengwu/database';
import { chancesAtRandom, learn, patternsOf, type Pattern } from './learning.ts';
import type { Level } from './kind.ts';
import { blocksOf, type Profile } from './profile.ts';
import { CAP, readyFor } from './resolving.ts';
import * as entries from './store.ts';
import * as store from './store-review.ts';
import { levelsOf } from './weights.ts';

/** Entries looked at: from so many places of the register, so many of each. */
const PLACES = 200;
const EACH = 50;
/** Random partners of each entry, from which chance agreement is counted. */
const PARTNERS = 20;
const DECIDED = 5000;

/** A new version of the weights, learned of the register itself and of what people decided; it is used when somebody says so. Answers its number. */
export const teach = async (tx: Tx, profile: Profile, department: number | null, name: string): Promise<number> => {
  const { kind, register } = profile;
  const { weights: before } = await readyFor(tx, profile);
  const rows = await entries.entriesSpread(tx, register, PLACES, EACH);
  const random: Pattern[] = patternsOf((function* pairs() {
    for (let step = 1; step <= PARTNERS; step += 1) {
      // Partners lie far apart, since neighbours came in together.
      const away = Math.floor((rows.length * step) / (PARTNERS + 1));
      for (const [at, row] of rows.entries()) yield levelsOf(kind, row.features, rows[(at + away) % rows.length]?.features ?? []);
    }
  })());
  const found = await entries.candidates(tx, rows.map(({ features }, n) => ({ n, blocks: blocksOf(profile, features) })), CAP);
  // Two records of one register never have its key in common: of the number, a register says nothing about itself.
  const silent = kind.fields.findIndex(({ code }) => code === 'number');
  const asIs = (levels: readonly Level[]): Level[] => levels.map((level, at) => (at === silent ? null : level));
  const near = patternsOf(found.flatMap(({ n, key, features }) => (rows[n] && rows[n].key < key ? [asIs(levelsOf(kind, rows[n].features, features))] : [])));
  const verdicts = (await store.decidedPairs(tx, register, DECIDED)).map((pair): Pattern => {
    const levels = kind.fields.map(({ code }) => pair.fields.find((field) => field.code === code)?.level ?? null);
    return { levels: pair.other === null ? levels : asIs(levels), count: 1, same: pair.state === 'same' };
  });
  const { fields } = learn(kind, [...near, ...verdicts], chancesAtRandom(kind, random, before), before);
  return entries.addWeights(tx, register, department, { fields, certain: before.certain, possible: before.possible }, { pairs: near.reduce((sum, { count }) => sum + count, 0), decided: verdicts.length, name });
};
