import { expect, test } from 'vitest';
import { chancesAtRandom, learn, type Pattern } from './learning.ts';
import { kinds } from './profile.ts';
import { defaultWeights } from './weights.ts';

const kind = kinds.person;
const before = defaultWeights(kind);
const near = (value: number | undefined, wanted: number) => Math.abs((value ?? 0) - wanted) < 0.03;

/** A million pairs by given chances, counted exactly: name and birth only, each at its first and last level. */
const made = (share: number, mName: number, mBirth: number, uName: number, uBirth: number): Pattern[] =>
  [0, 3].flatMap((name) => [0, 3].map((birth): Pattern => {
    const chance = (m: number, level: number) => (level === 0 ? m : 1 - m);
    const count = 1_000_000 * (share * chance(mName, name) * chance(mBirth, birth) + (1 - share) * chance(uName, name) * chance(uBirth, birth));
    return { levels: [null, name, birth, null, null, null], count };
  }));

test('learning finds the chances that the pairs were made with', () => {
  const u = kind.fields.map((field) => [...field.u]);
  u[1] = [0.02, 0, 0, 0.98];
  u[2] = [0.05, 0, 0, 0.95];
  const learned = learn(kind, made(0.3, 0.8, 0.9, 0.02, 0.05), u, before);
  expect(near(learned.share, 0.3) && near(learned.fields['name']?.m[0], 0.8) && near(learned.fields['birth']?.m[0], 0.9)).toBe(true);
  // What no pair shows stays as it was known.
  expect(learned.fields['sex']?.m).toEqual([0.99, 0.01]);
});

test('what people decided outweighs the guess', () => {
  const u = kind.fields.map(({ u: own }) => own);
  const decided: Pattern[] = [{ levels: [null, 3, 0, 0, null, 0], count: 400, same: true }];
  const plain = learn(kind, [{ levels: [null, 0, 0, 0, null, 0], count: 400 }], u, before);
  const taught = learn(kind, [{ levels: [null, 0, 0, 0, null, 0], count: 400 }, ...decided], u, before);
  expect(taught.fields['name']?.m[3]).toBeGreaterThan((plain.fields['name']?.m[3] ?? 0) + 0.2);
});

test('chance agreement is counted, but not believed of a handful of sightings', () => {
  const random: Pattern[] = [{ levels: [2, 3, 3, 0, 2, 3], count: 60_000 }, { levels: [2, 3, 3, 1, 2, 3], count: 40_000 }, { levels: [0, 3, 3, 1, 2, 3], count: 2 }];
  const u = chancesAtRandom(kind, random, before);
  expect(u[3]?.[0]).toBeCloseTo(0.6, 3);
  expect(u[0]?.[0]).toBeCloseTo(1e-7, 9);
});
