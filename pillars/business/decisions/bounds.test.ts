import { describe, expect, test } from 'vitest';
import { createFeel } from './index.ts';
import { LONGEST } from './feel/bounds.ts';
import { decide, decision, input, issuesOf, literal } from './fixture.ts';

const feel = createFeel();
const refusal = (text: string): unknown => {
  try {
    feel.compileExpression(text);
    return null;
  } catch (error) {
    return error;
  }
};

/** A time that a slow machine keeps and an endless loop does not. */
const SOON = LONGEST + 3000;

describe('expressions that take long', () => {
  test.each([
    'for i in 1..1000000 return i',
    'for i in 1..1000 return for j in 1..1000 return i * j',
    'for i in 1..100, j in 1..100, k in 1..100 return 1',
    'some x in [1..1000000] satisfies x > 5',
    'every x in -900000..900000 satisfies x > 5',
  ])('%s is refused when it is read', (text) => {
    expect(refusal(text)).toMatchObject({ code: 'decision.expression', message: expect.stringContaining('at most 100000') });
  });

  test.each(['for i in 1..12 return i', 'for i in 1..300, j in 1..300 return 1', '[for i in 1..9 return i, for j in 1..9 return j]', 'list[1]'])('%s may run', (text) => {
    expect(refusal(text)).toBeNull();
  });

  test.each([
    ['for i in 1..n return for j in 1..n return for k in 1..n return i * j * k', { n: 5000 }],
    ['for i in 1..n, j in 1..n return 1', { n: 100_000 }],
    ['count(for i in list return list[item = i])', { list: Array.from({ length: 20_000 }, (_, i) => i) }],
    ['matches(text, "^(a+)+$")', { text: `${'a'.repeat(60)}b` }],
    ['{ f: function(n) if n < 2 then 1 else f(n - 1) + f(n - 1), r: (for i in 1..n return for j in 1..n return j) }.r', { n: 100_000 }],
  ])('%s is stopped in its run, with a clear text and no value', (text, given) => {
    const begun = performance.now();
    const { value, warnings } = feel.compileExpression(text).evaluate(given);
    expect(value).toBeNull();
    expect(warnings.join()).toContain(`took longer than ${LONGEST} ms and was stopped`);
    expect(performance.now() - begun).toBeLessThan(SOON);
    expect(feel.compileExpression('for i in 1..n return i').evaluate({ n: 3 })).toEqual({ value: [1, 2, 3], warnings: [] });
  });

  test('a decision that takes long has a warning, so that the case meets an incident; the next one runs', async () => {
    const { value, warnings } = await decide([input('n', 'number'), decision('d', literal('for i in 1..n return for j in 1..n return i'), { inputs: ['n'] })], { n: 50_000 });
    expect(value).toBeNull();
    expect(warnings).toContainEqual(expect.objectContaining({ element: 'd', message: expect.stringContaining('was stopped') }));
    expect(await issuesOf(decision('d', literal('for i in 1..9000000 return i')))).toEqual([expect.objectContaining({ element: 'd', rule: 'feel', severity: 'error' })]);
  });
});
