import { expect, test } from 'vitest';
import { keyKeeper } from './calls.ts';
import { mayOpen } from './session.tsx';
import { momentOf, dayOf, countOf, withMoments } from './format.ts';

test('a retry keeps its key; another body or a success takes a new one', () => {
  let next = 0;
  const keys = keyKeeper(() => String(++next));
  expect(keys.keyFor({ a: 1 })).toBe('1');
  expect(keys.keyFor({ a: 1 })).toBe('1');
  expect(keys.keyFor({ a: 2 })).toBe('2');
  keys.done();
  expect(keys.keyFor({ a: 2 })).toBe('3');
});

test('pages open by permission only', () => {
  expect(mayOpen(['task.handle'], 'work')).toBe(true);
  expect(mayOpen(['task.handle'], 'supervision')).toBe(false);
  expect(mayOpen([], 'cases')).toBe(false);
});

test('days and moments are those of Asia/Shanghai; capped counts say so', () => {
  expect(dayOf('2026-11-22T17:00:00Z')).toBe('2026-11-23');
  expect(momentOf('2026-11-22T16:05:00Z')).toBe('2026-11-23 00:05');
  expect(withMoments('王某于2026-11-20T02:32:00.463+00:00更新了本案。')).toBe('王某于2026-11-20 10:32更新了本案。');
  expect(countOf(1000, true)).toBe('1,000+');
});
