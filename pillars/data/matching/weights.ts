import type { Kind, Level, MatchField } from './kind.ts';

/** Chances of the levels of one field among pairs of the same (m) and of different (u) entities. */
export interface FieldChances {
  m: readonly number[];
  u: readonly number[];
}

/** One version of what was learned, as it is kept. */
export interface Weights {
  /** 0 stands for the values that the module brings along. */
  version: number;
  fields: Readonly<Record<string, FieldChances>>;
  /** Bits of posterior odds from which a link is made without a person, and from which a person is asked. */
  certain: number;
  possible: number;
}

/** 1 in 1,000 wrong at most by the model; a person is asked from 1 in 16 upwards. */
const CERTAIN = 10;
const POSSIBLE = -4;

export const defaultWeights = (kind: Kind): Weights => ({
  version: 0, fields: Object.fromEntries(kind.fields.map(({ code, m, u }) => [code, { m, u }])), certain: CERTAIN, possible: POSSIBLE,
});

const FLOOR = 1e-9;
const bits = (m: number, u: number): number => Math.log2(Math.max(m, FLOOR) / Math.max(u, FLOOR));

interface Pool {
  weight: number;
  mass: number;
  levels: number;
}

/** Bits that each level adds, never more for a worse level: neighbours in the wrong order are pooled. */
export const levelBits = ({ m, u }: FieldChances): number[] => {
  const pools: Pool[] = [];
  for (const [level, chance] of m.entries()) {
    let pool: Pool = { weight: bits(chance, u[level] ?? FLOOR), mass: chance + (u[level] ?? 0) + FLOOR, levels: 1 };
    for (let before = pools.at(-1); before && before.weight < pool.weight; before = pools.at(-1)) {
      pools.pop();
      const mass = before.mass + pool.mass;
      pool = { weight: (before.weight * before.mass + pool.weight * pool.mass) / mass, mass, levels: before.levels + pool.levels };
    }
    pools.push(pool);
  }
  return pools.flatMap(({ weight, levels }) => Array<number>(levels).fill(weight));
};

export interface FieldScore {
  code: string;
  level: Level;
  /** Bits for (+) or against (−) the same entity. */
  bits: number;
}

export interface Score {
  /** Bits of posterior odds: 0 is even, 10 is 1,000 to 1. */
  score: number;
  fields: FieldScore[];
}

/** Share of records that have this value of the field; undefined where it is not known. */
export type Frequency = (field: string, value: string) => number | undefined;

const table = new WeakMap<Weights, Map<string, number[]>>();
const tableOf = (kind: Kind, weights: Weights): Map<string, number[]> => {
  let known = table.get(weights);
  if (!known) {
    known = new Map(kind.fields.map((field) => [field.code, levelBits(weights.fields[field.code] ?? field)]));
    table.set(weights, known);
  }
  return known;
};

/** Agreement on a rare value says more (Winkler 2000); never less than the next level would. */
const rarity = (field: MatchField, level: Level, own: readonly number[], weights: Weights, share: number | undefined): number => {
  if (level === null) return 0;
  const plainBits = own[level] ?? 0;
  if (level !== 0 || !field.byFrequency || share === undefined) return plainBits;
  return Math.max(bits((weights.fields[field.code] ?? field).m[0] ?? 1, share), own[1] ?? plainBits);
};

export const levelsOf = (kind: Kind, left: readonly string[], right: readonly string[]): Level[] =>
  kind.fields.map((field, at) => field.compare(left[at] ?? '', right[at] ?? ''));

/** Bits of a pair whose levels are known. `records` is how many there are to choose from: the more, the less is chance. */
export const scoreLevels = (kind: Kind, weights: Weights, levels: readonly Level[], records: number, shares: readonly (number | undefined)[] = []): Score => {
  const own = tableOf(kind, weights);
  const fields = kind.fields.map((field, at): FieldScore => {
    const level = levels[at] ?? null;
    return { code: field.code, level, bits: rarity(field, level, own.get(field.code) ?? [], weights, shares[at]) };
  });
  return { score: fields.reduce((sum, field) => sum + field.bits, -Math.log2(Math.max(2, records))), fields };
};

export const scorePair = (kind: Kind, weights: Weights, left: readonly string[], right: readonly string[], records: number, frequency: Frequency = () => undefined): Score =>
  scoreLevels(kind, weights, levelsOf(kind, left, right), records, kind.fields.map((field, at) => (field.byFrequency && left[at] === right[at] ? frequency(field.code, left[at] ?? '') : undefined)));

export type Band = 'certain' | 'possible' | 'none';

/** What is done about a pair: linked, shown to a person, or nothing. */
export const bandOf = (kind: Kind, weights: Weights, { score, fields }: Score): Band => {
  if (score >= weights.certain && kind.mayLink(fields.map(({ level }) => level))) return 'certain';
  return score >= weights.possible ? 'possible' : 'none';
};
