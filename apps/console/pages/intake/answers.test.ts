import { expect, test } from 'vitest';
import { askedAnswers } from './answers.ts';

test('answers of fields that are no longer asked stay behind, empty ones too', () => {
  expect(askedAnswers(['delivery', 'note', 'sure'], { delivery: 'window', address: 'x', note: '', sure: false })).toEqual({ delivery: 'window', sure: false });
});
