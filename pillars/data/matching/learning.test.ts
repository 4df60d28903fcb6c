import { expect, test } from 'vitest';
import { chancesAtRandom, learn, type Pattern } from './learning.ts';
import { kinds } from './profile.ts';
import { defaultWeights } from './weights.ts';

const kind = kinds.person;
const before = defaultWeights(kind);
const near = (value: number | undefined, wanted: number) => Math.abs((value ?? 0) - wanted) < 0.03;

interface Group {
  pairs: number;
  /** Chance that name, birth, sex, telephone, address agree wholly; else they differ wholly. */
  chances: readonly [number, number, number, number, number];
}

/** Pairs of these groups, counted exactly. The number says nothing: two records of one register never share it. */
const made = (...groups: Group[]): Pattern[] =>
  Array.from({ length: 32 }, (_, code) => {
    const agrees = [0, 1, 2, 3, 4].map((at) => (code >> at) % 2 === 0);
    const worst = [3, 3, 1, 2, 3];
    return {
      levels: [null, ...agrees.map((does, at) => (does ? 0 : (worst[at] ?? 0)))],
      count: groups.reduce((sum, { pairs, chances }) => sum + pairs * agrees.reduce((product, does, at) => product * (does ? (chances[at] ?? 0) : 1 - (chances[at] ?? 0)), 1), 0),
    };
  });

const u = kind.fields.map(({ u: own }) => own);
const namesakes: Group = { pairs: 100_000, chances: [0.95, 0.05, 0.5, 0.000001, 0.000002] };
const family: Group = { pairs: 200_000, chances: [0.0001, 0.0005, 0.5, 0.95, 0.99] };

test('learning finds the chances that the pairs were made with', () => {
  const learned = learn(kind, made({ pairs: 50_000, chances: [0.75, 0.85, 0.97, 0.6, 0.65] }, family, namesakes), u, before);
  const first = ['name', 'birth', 'sex', 'phone', 'address'].map((code) => learned.fields[code]?.m[0]);
  expect(first.map((value, at) => near(value, [0.75, 0.85, 0.97, 0.6, 0.65][at] ?? 0)), String(first)).toEqual([true, true, true, true, true]);
  // Of the number no pair says anything: it stays as it was known.
  for (const [level, chance] of (learned.fields['number']?.m ?? []).entries()) expect(chance).toBeCloseTo(kind.fields[0]?.m[level] ?? 0, 9);
});

test('families and namesakes are not taken for one person, however many more of them there are', () => {
  const { fields, share } = learn(kind, made({ pairs: 200, chances: [0.9, 0.9, 0.99, 0.7, 0.7] }, { ...family, pairs: 1_000_000 }, { ...namesakes, pairs: 1_000_000 }), u, before);
  expect(share).toBeLessThan(0.001);
  expect(fields['name']?.m[0]).toBeGreaterThan(0.7);
  expect(fields['birth']?.m[0]).toBeGreaterThan(0.7);
});

test('what people decided outweighs the guess', () => {
  const decided: Pattern[] = [{ levels: [null, 3, 0, 0, null, 0], count: 400, same: true }];
  const plain = learn(kind, [{ levels: [null, 0, 0, 0, null, 0], count: 400 }], u, before);
  const taught = learn(kind, [{ levels: [null, 0, 0, 0, null, 0], count: 400 }, ...decided], u, before);
  expect(taught.fields['name']?.m[3]).toBeGreaterThan((plain.fields['name']?.m[3] ?? 0) + 0.2);
});

test('chance agreement is counted, but not believed of a handful of sightings', () => {
  const random: Pattern[] = [{ levels: [2, 3, 3, 0, 2, 3], count: 60_000 }, { levels: [2, 3, 3, 1, 2, 3], count: 40_000 }, { levels: [0, 3, 3, 1, 2, 3], count: 2 }];
  const counted = chancesAtRandom(kind, random, before);
  expect(counted[3]?.[0]).toBeCloseTo(0.6, 3);
  expect(counted[0]?.[0]).toBeCloseTo(1e-7, 9);
});
