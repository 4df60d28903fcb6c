import type { Kind, Level } from './kind.ts';
import type { FieldChances, Weights } from './weights.ts';

/** Pairs that agree alike, counted; `same` where people have decided about them. */
export interface Pattern {
  levels: readonly Level[];
  count: number;
  same?: boolean;
}

export interface Learned {
  fields: Record<string, FieldChances>;
  /** Share of the pairs that are of the same entity. */
  share: number;
  rounds: number;
}

/** As many pairs as what is known before counts for: a field that the pairs say little about stays where it was. */
const PRIOR_PAIRS = 50;
const ROUNDS = 200;
const CLOSE = 1e-6;

const likelihood = (levels: readonly Level[], chances: readonly (readonly number[])[]): number =>
  levels.reduce<number>((product, level, at) => (level === null ? product : product * (chances[at]?.[level] ?? 1e-9)), 1);

const normal = (sums: readonly number[]): number[] => {
  const total = sums.reduce((sum, one) => sum + one, 0);
  return sums.map((one) => one / total);
};

const countLevels = (kind: Kind, patterns: readonly Pattern[], before: readonly (readonly number[])[], weigh: (pattern: Pattern, at: number) => number): number[][] =>
  kind.fields.map((_, field) => {
    const sums = (before[field] ?? []).map((chance) => chance * PRIOR_PAIRS);
    for (const [at, pattern] of patterns.entries()) {
      const level = pattern.levels[field];
      if (level !== null && level !== undefined) sums[level] = (sums[level] ?? 0) + weigh(pattern, at);
    }
    return normal(sums);
  });

/** As many sightings as make a chance worth believing. */
const SIGHTINGS = 10;

/** Chances among pairs at random; a level that hardly any of them shows keeps what is known of it, unless the pairs would have shown that. */
export const chancesAtRandom = (kind: Kind, random: readonly Pattern[], before: Weights): number[][] =>
  kind.fields.map((field, at) => {
    const known = before.fields[field.code]?.u ?? field.u;
    const counts = known.map((_, level) => random.reduce((sum, pattern) => sum + (pattern.levels[at] === level ? pattern.count : 0), 0));
    const total = counts.reduce((sum, count) => sum + count, 0);
    if (total === 0) return [...known];
    return normal(known.map((chance, level) => ((counts[level] ?? 0) >= SIGHTINGS ? (counts[level] ?? 0) / total : Math.min(chance, SIGHTINGS / total))));
  });

/**
 * Expectation maximisation (Dempster, Laird, Rubin 1977; Winkler 1988): learns m of pairs that may be of the same entity, u given.
 * What people have decided counts as it was decided. Fields are taken as independent of each other within each class.
 */
export const learn = (kind: Kind, pairs: readonly Pattern[], u: readonly (readonly number[])[], before: Weights): Learned => {
  const known = kind.fields.map((field) => before.fields[field.code]?.m ?? field.m);
  const total = pairs.reduce((sum, { count }) => sum + count, 0);
  let m: readonly (readonly number[])[] = known;
  let share = 0.1;
  let rounds = 0;
  for (let moved = Infinity; moved > CLOSE && rounds < ROUNDS; rounds += 1) {
    const belief = pairs.map(({ levels, same }) => {
      if (same !== undefined) return same ? 1 : 0;
      const [yes, no] = [share * likelihood(levels, m), (1 - share) * likelihood(levels, u)];
      return yes + no === 0 ? 0 : yes / (yes + no);
    });
    const next = countLevels(kind, pairs, known, ({ count }, at) => count * (belief[at] ?? 0));
    moved = Math.max(...next.map((levels, at) => Math.max(...levels.map((chance, level) => Math.abs(chance - (m[at]?.[level] ?? 0))))));
    m = next;
    share = total === 0 ? share : Math.min(0.999, Math.max(1e-6, pairs.reduce((sum, { count }, at) => sum + count * (belief[at] ?? 0), 0) / total));
  }
  return { fields: Object.fromEntries(kind.fields.map(({ code }, at) => [code, { m: m[at] ?? [], u: u[at] ?? [] }])), share, rounds };
};

/** Counts level tuples, so that a million pairs are a few hundred patterns. */
export const patternsOf = (tuples: Iterable<readonly Level[]>): Pattern[] => {
  const counts = new Map<string, { levels: readonly Level[]; count: number }>();
  for (const levels of tuples) {
    const name = levels.join();
    const known = counts.get(name);
    if (known) known.count += 1;
    else counts.set(name, { levels, count: 1 });
  }
  return [...counts.values()];
};
