import { expect, test } from 'vitest';
import { askedAnswers, isAsked } from './conditions.ts';

test('comparisons joined by and, or decide; what is richer is asked', () => {
  expect(isAsked(undefined, {})).toBe(true);
  expect(isAsked('delivery = "courier"', { delivery: 'window' })).toBe(false);
  expect(isAsked('reason != "damaged"', { reason: 'lost' })).toBe(true);
  expect(isAsked('a = "x" and b = true', { a: 'x', b: false })).toBe(false);
  expect(isAsked('a = "x" or n = 3', { a: 'y', n: 3 })).toBe(true);
  expect(isAsked('count(people) > 2', {})).toBe(true);
});

test('answers of fields that are no longer asked stay behind, empty ones too', () => {
  const layout = [{ key: 'delivery' }, { key: 'address', showWhen: 'delivery = "courier"' }, { key: 'note' }, { key: 'sure' }];
  expect(askedAnswers(layout, { delivery: 'window', address: 'x', note: '', sure: false })).toEqual({ delivery: 'window', sure: false });
});
