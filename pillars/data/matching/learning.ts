import { sharers, type Kind, type Level } from './kind.ts';
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

type Chances = readonly (readonly number[])[];

/** What a pair may be: of one entity, of two that look alike (one class for each sharer), of two that met by chance. */
interface Class {
  share: number;
  chances: Chances;
  /** What it is held to where the pairs say little; null: it is given and not learned. */
  known: Chances | null;
}

const START = { same: 0.1, alike: 0.25, chance: 0.4 } as const;

/** How likely each class is for a pair, adding up to one. */
const believe = ({ levels, same }: Pattern, classes: readonly Class[]): number[] => {
  if (same === true) return classes.map((_, at) => (at === 0 ? 1 : 0));
  const parts = classes.map(({ share, chances }, at) => (at === 0 && same === false ? 0 : share * likelihood(levels, chances)));
  const total = parts.reduce((sum, part) => sum + part, 0);
  return parts.map((part, at) => (total === 0 ? (at === classes.length - 1 ? 1 : 0) : part / total));
};

const moved = (before: Chances, after: Chances): number => Math.max(...after.map((levels, at) => Math.max(...levels.map((chance, level) => Math.abs(chance - (before[at]?.[level] ?? 0))))));

const classesOf = (kind: Kind, known: Chances, u: Chances): Class[] => [
  { share: START.same, chances: known, known },
  ...sharers.filter((sharer) => kind.fields.some(({ sharedBy }) => sharedBy === sharer)).map((sharer): Class => {
    const alike = kind.fields.map((field, at) => (field.sharedBy === sharer ? (known[at] ?? field.m) : (u[at] ?? field.u)));
    return { share: START.alike, chances: alike, known: alike };
  }),
  { share: START.chance, chances: u, known: null },
];

/**
 * Expectation maximisation (Dempster, Laird, Rubin 1977; with classes between, as Winkler 1993): learns m of pairs that may be of the same
 * entity, u given. The classes between keep families, who share door and telephone, and namesakes from being taken for one person. What people
 * have decided counts as it was decided. Fields are taken as independent of each other within each class.
 */
export const learn = (kind: Kind, pairs: readonly Pattern[], u: Chances, before: Weights): Learned => {
  const total = pairs.reduce((sum, { count }) => sum + count, 0);
  let classes = classesOf(kind, kind.fields.map((field) => before.fields[field.code]?.m ?? field.m), u);
  let rounds = 0;
  for (let change = Infinity; change > CLOSE && rounds < ROUNDS && total > 0; rounds += 1) {
    const beliefs = pairs.map((pair) => believe(pair, classes));
    const next = classes.map((one, of): Class => ({
      share: Math.max(1e-6, pairs.reduce((sum, { count }, at) => sum + count * (beliefs[at]?.[of] ?? 0), 0) / total), known: one.known,
      chances: one.known === null ? one.chances : countLevels(kind, pairs, one.known, ({ count }, at) => count * (beliefs[at]?.[of] ?? 0)),
    }));
    change = Math.max(...next.map(({ chances }, of) => moved(classes[of]?.chances ?? [], chances)));
    classes = next;
  }
  const [same] = classes;
  return { fields: Object.fromEntries(kind.fields.map(({ code, m }, at) => [code, { m: same?.chances[at] ?? m, u: u[at] ?? [] }])), share: same?.share ?? 0, rounds };
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
