import { describe, expect, test } from 'vitest';
import { decide, decision, input, issuesOf, table, valueOf } from './fixture.ts';

const x = input('x', 'number');
const policyTable = (policy: string, rules: string[][], more: { values?: string; aggregation?: string; otherwise?: string; type?: string } = {}): string[] => [
  x,
  decision('d', table({ policy, aggregation: more.aggregation, inputs: [{ text: 'x' }], outputs: [{ values: more.values, otherwise: more.otherwise, type: more.type }], rules }), { inputs: ['x'] }),
];
const ladder = [['>= 10', '"b"'], ['>= 20', '"a"'], ['>= 30', '"c"']];
const amounts = [['>= 10', '100'], ['>= 20', '50'], ['>= 30', '25']];

describe('hit policies (DMN §8.2)', () => {
  test('UNIQUE gives the one that matches, null for none, and objects to two', async () => {
    const parts = policyTable('UNIQUE', [['[1..9]', '"low"'], ['[9..20]', '"high"']]);
    expect(await valueOf(parts, { x: 3 })).toBe('low');
    expect(await valueOf(parts, { x: 30 })).toBeNull();
    expect(await decide(parts, { x: 9 })).toEqual({ value: null, warnings: [expect.objectContaining({ element: 'table', rule: 'hit-policy', message: expect.stringContaining('r1, r2') })] });
  });

  test('ANY accepts several that agree and objects to several that differ', async () => {
    const parts = policyTable('ANY', [['>= 1', '"same"'], ['>= 2', '"same"'], ['>= 3', '"other"']]);
    expect(await valueOf(parts, { x: 2 })).toBe('same');
    const { value, warnings } = await decide(parts, { x: 3 });
    expect([value, warnings[0]?.rule]).toEqual([null, 'hit-policy']);
  });

  test('FIRST, RULE ORDER and COLLECT follow the rules’ order', async () => {
    expect(await valueOf(policyTable('FIRST', ladder), { x: 25 })).toBe('b');
    expect(await valueOf(policyTable('RULE ORDER', ladder), { x: 25 })).toEqual(['b', 'a']);
    expect(await valueOf(policyTable('COLLECT', ladder), { x: 35 })).toEqual(['b', 'a', 'c']);
    expect(await valueOf(policyTable('COLLECT', ladder), { x: 1 })).toEqual([]);
  });

  test('PRIORITY and OUTPUT ORDER follow the output values’ order', async () => {
    const values = '"a", "b", "c"';
    expect(await valueOf(policyTable('PRIORITY', ladder, { values }), { x: 35 })).toBe('a');
    expect(await valueOf(policyTable('OUTPUT ORDER', ladder, { values }), { x: 35 })).toEqual(['a', 'b', 'c']);
    expect(await issuesOf(...policyTable('PRIORITY', ladder))).toEqual([expect.objectContaining({ element: 'table', rule: 'table', severity: 'error' })]);
  });

  test.each([['SUM', 175], ['MIN', 25], ['MAX', 100], ['COUNT', 3]])('COLLECT with %s', async (aggregation, expected) => {
    expect(await valueOf(policyTable('COLLECT', amounts, { aggregation }), { x: 30 })).toBe(expected);
  });

  test('an aggregation of no hit is null, a count 0, of texts a warning', async () => {
    expect(await valueOf(policyTable('COLLECT', amounts, { aggregation: 'SUM' }), { x: 1 })).toBeNull();
    expect(await valueOf(policyTable('COLLECT', amounts, { aggregation: 'COUNT' }), { x: 1 })).toBe(0);
    const { value, warnings } = await decide(policyTable('COLLECT', ladder, { aggregation: 'SUM' }), { x: 20 });
    expect([value, warnings.length]).toEqual([null, 1]);
  });

  test('the default output answers when no rule matches', async () => {
    expect(await valueOf(policyTable('UNIQUE', ladder.slice(0, 1), { otherwise: '"none"' }), { x: 1 })).toBe('none');
  });

  test('an aggregation with another hit policy is refused', async () => {
    expect(await issuesOf(...policyTable('FIRST', amounts, { aggregation: 'SUM' }))).toHaveLength(1);
  });
});

describe('inputs and outputs', () => {
  test('several outputs make a context', async () => {
    const outputs = [{ name: 'eligible', type: 'boolean' }, { name: 'fee', type: 'integer', otherwise: '0' }];
    const parts = [x, decision('d', table({ policy: 'FIRST', inputs: [{ text: 'x + 1' }], outputs, rules: [['> 5', 'true', 'x * 100']] }), { inputs: ['x'] })];
    expect(await valueOf(parts, { x: 5 })).toEqual({ eligible: true, fee: 500 });
    expect(await valueOf(parts, { x: 1 })).toEqual({ eligible: null, fee: 0 });
  });

  test('a table without inputs gives its rules', async () => {
    expect(await valueOf([decision('d', table({ policy: 'COLLECT', inputs: [], outputs: [{}], rules: [['1'], ['2']] }))])).toEqual([1, 2]);
  });

  test('money declared integer never becomes a fraction of a fen', async () => {
    const { value, warnings } = await decide(policyTable('UNIQUE', [['-', 'x / 3']], { type: 'integer' }), { x: 100 });
    expect(value).toBeNull();
    expect(warnings).toEqual([{ element: 'o0', rule: 'type', message: 'the output is not of type integer' }]);
  });

  test('a value outside the input values or output values is a warning', async () => {
    const rules = [['-', '"z"']];
    const wrongIn = [x, decision('d', table({ policy: 'FIRST', inputs: [{ text: 'x', values: '[0..10]' }], outputs: [{}], rules }), { inputs: ['x'] })];
    expect((await decide(wrongIn, { x: 11 })).warnings[0]?.rule).toBe('input-values');
    expect((await decide(wrongIn, { x: 10 })).warnings).toEqual([]);
    expect((await decide(policyTable('FIRST', rules, { values: '"a"' }), { x: 1 })).warnings[0]?.rule).toBe('output-values');
  });

  test('an unknown property is a warning that names cell and text', async () => {
    const { warnings } = await decide([input('a'), decision('d', table({ policy: 'FIRST', inputs: [{ text: 'a.b' }], outputs: [{}], rules: [['-', '1']] }), { inputs: ['a'] })], { a: {} });
    expect(warnings).toEqual([{ element: 'c0', rule: 'feel.NO_CONTEXT_ENTRY_FOUND', message: expect.stringContaining("a.b: Key 'b' not found") }]);
  });

  test('cells must match columns, and several outputs need names', async () => {
    const short = table({ policy: 'FIRST', inputs: [{ text: 'x' }], outputs: [{}], rules: [['-', '1', '2']] });
    const nameless = table({ policy: 'FIRST', inputs: [{ text: 'x' }], outputs: [{}, {}], rules: [['-', '1', '2']] });
    expect(await issuesOf(x, decision('d', short, { inputs: ['x'] }))).toEqual([expect.objectContaining({ element: 'r1' })]);
    expect(await issuesOf(x, decision('d', nameless, { inputs: ['x'] }))).toEqual([expect.objectContaining({ element: 'table' })]);
  });

  test('a cell that is no FEEL is refused with its rule', async () => {
    expect(await issuesOf(...policyTable('FIRST', [['>= ', '1']]))).toEqual([expect.objectContaining({ severity: 'error', element: 'r1', rule: 'feel' })]);
  });
});
