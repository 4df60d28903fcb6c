import { describe, expect, test } from 'vitest';
import { createFeel } from './index.ts';

const feel = createFeel();
const value = (text: string, context: Record<string, unknown> = {}): unknown => {
  const outcome = feel.compileExpression(text).evaluate(context);
  expect(outcome.warnings).toEqual([]);
  return outcome.value;
};
const passes = (text: string, tested: unknown, context: Record<string, unknown> = {}): boolean => {
  const outcome = feel.compileUnaryTest(text).test(tested, context);
  expect(outcome.warnings).toEqual([]);
  return outcome.value;
};

describe('expressions', () => {
  test.each([
    ['answers.kind = "lost" and answers.age >= 16', { answers: { kind: 'lost', age: 16 } }, true],
    ['= count(items[price > 10])', { items: [{ price: 5 }, { price: 15 }] }, 1],
    ['for x in [1, 2, 3] return x * 2', {}, [2, 4, 6]],
    ['date("2026-11-22") + duration("P20D")', {}, '2026-12-12'],
    ['{a: 1, b: a + 1}', {}, { a: 1, b: 2 }],
    ['if given then "yes" else null', { given: false }, null],
  ] as const)('%s', (text, context, expected) => {
    expect(value(text, context)).toEqual(expected);
  });

  test('the same text with other values gives another result, and nothing of the last run stays', () => {
    const sum = feel.compileExpression('a + b');
    expect(sum.evaluate({ a: 1, b: 2 }).value).toBe(3);
    expect(sum.evaluate({ a: 10, b: 2 }).value).toBe(12);
    expect(sum.evaluate({ a: 10 })).toEqual({ value: null, warnings: [expect.stringContaining("'b' not found"), expect.any(String)] });
    expect(sum.evaluate({ a: 1, b: 2 })).toEqual({ value: 3, warnings: [] });
    expect(feel.compileExpression('a + b')).toBe(sum);
    expect(sum.names).toEqual(['a', 'b']);
  });

  test.each(['1 +', 'a b c(', '', 'today() > date("2026-01-01")', 'now()'])('refuses %s', (text) => {
    expect(() => feel.compileExpression(text)).toThrow(expect.objectContaining({ code: 'decision.expression' }));
  });

  test('a name in the context wins over the builtin of that name', () => {
    expect(value('today', { today: '2026-11-22' })).toBe('2026-11-22');
  });

  test('a result that JSON cannot hold is a warning and null', () => {
    const outcome = feel.compileExpression('function(x) x').evaluate({});
    expect(outcome.value).toBeNull();
    expect(outcome.warnings).toHaveLength(1);
  });

  test('does not reach beyond the context given', () => {
    for (const text of ['constructor', '__proto__', 'a.constructor', 'a.__proto__', 'toString']) {
      expect(feel.compileExpression(text).evaluate({ a: {} }).value).toBeNull();
    }
  });
});

describe('unary tests', () => {
  test.each([
    ['-', null, true], ['', 5, true], ['"a"', 'a', true], ['"a", "b"', 'b', true], ['"a"', 'c', false], ['not("a", "b")', 'c', true], ['not("a")', 'a', false],
    ['>= 16', 16, true], ['>= 16', 15, false], ['>= 16', null, false], ['[16..25]', 25, true], ['[16..25)', 25, false], [']1..3[', 1, false],
    ['< 3, > 5', 6, true], ['true', true, true], ['true', false, false], ['false', false, true], ['null', null, true], ['null', 1, false],
    ['-5', -5, true], ['[1, 2, 3]', 2, true], ['ends with(?, "省")', '云省', true], ['? > 3 and ? < 5', 4, true], ['contains(?, "x")', 'abc', false],
    ['1 + 1', 2, true], ['"16"', 16, false],
  ])('%s of %j is %j', (text, tested, expected) => {
    expect(passes(text, tested)).toBe(expected);
  });

  test('may name values beside the tested one', () => {
    expect(passes('> limit', 5, { limit: 4 })).toBe(true);
    expect(passes('limit', 4, { limit: 4 })).toBe(true);
    expect(passes('allowed', 'b', { allowed: ['a', 'b'] })).toBe(true);
  });

  test('refuses what it cannot read', () => {
    expect(() => feel.compileUnaryTest('>= ')).toThrow(expect.objectContaining({ code: 'decision.expression' }));
  });
});
