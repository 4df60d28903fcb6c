import { describe, expect, test } from 'vitest';
import { decide, decision, input, issuesOf, literal, valueOf } from './fixture.ts';

const text = (expression: string): string => `<text>${expression}</text>`;
const entry = (name: string | null, logic: string): string => `<contextEntry>${name ? `<variable name="${name}"/>` : ''}${logic}</contextEntry>`;

describe('boxed expressions (DMN §10.2)', () => {
  test('context: later entries see earlier ones, a last one without a name is the result', async () => {
    const entries = entry('base', literal('100')) + entry('full price', literal('base * 2'));
    expect(await valueOf([decision('d', `<context>${entries}</context>`)])).toEqual({ base: 100, 'full price': 200 });
    expect(await valueOf([decision('d', `<context>${entries}${entry(null, literal('full price + 1'))}</context>`)])).toBe(201);
  });

  test('list and relation', async () => {
    expect(await valueOf([decision('d', `<list>${literal('1')}${literal('"b"')}</list>`)])).toEqual([1, 'b']);
    const rows = [['1', '"a"'], ['2', '"b"']].map((cells) => `<row>${cells.map(literal).join('')}</row>`).join('');
    expect(await valueOf([decision('d', `<relation><column name="no"/><column name="unit name"/>${rows}</relation>`)])).toEqual([{ no: 1, 'unit name': 'a' }, { no: 2, 'unit name': 'b' }]);
  });

  test('a relation row of another length is refused', async () => {
    expect(await issuesOf(decision('d', `<relation><column name="a"/><column name="b"/><row id="w">${literal('1')}</row></relation>`))).toEqual([expect.objectContaining({ element: 'w', rule: 'relation' })]);
  });

  test('function definition and invocation', async () => {
    const fee = `<functionDefinition><formalParameter name="n" typeRef="number"/>${literal('n * 10')}</functionDefinition>`;
    const call = (binding: string): string => `<invocation id="call"><literalExpression>${text('fee')}</literalExpression><binding><parameter name="${binding}"/>${literal('4')}</binding></invocation>`;
    const parts = (binding: string): string[] => [decision('d', `<context>${entry('fee', fee)}${entry(null, call(binding))}</context>`)];
    expect(await valueOf(parts('n'))).toBe(40);
    expect((await decide(parts('m'))).warnings).toEqual([expect.objectContaining({ element: 'call', rule: 'invocation' })]);
    expect(await valueOf([decision('d', `<context>${entry('fee', fee)}${entry(null, literal('fee(5) + fee(n: 1)'))}</context>`)])).toBe(60);
  });

  test('functions in Java and PMML, other languages and missing logic are refused', async () => {
    expect(await issuesOf(decision('d', `<functionDefinition kind="Java">${literal('1')}</functionDefinition>`))).toEqual([expect.objectContaining({ rule: 'language', reason: expect.stringContaining('Java') })]);
    expect(await issuesOf(decision('d', `<literalExpression id="l" expressionLanguage="javascript">${text('1')}</literalExpression>`))).toEqual([expect.objectContaining({ element: 'l', rule: 'language' })]);
    expect(await issuesOf(decision('d', ''))).toEqual([expect.objectContaining({ element: 'd', rule: 'logic' })]);
  });

  test('a boxed expression of DMN 1.4 that 1.3 has not is refused, not skipped', async () => {
    const issues = await issuesOf(decision('d', '<conditional><if/></conditional>'));
    expect(issues.some((issue) => issue.rule === 'xml' && issue.severity === 'error')).toBe(true);
  });

  test('a literal that does not fit its declared type is null with a warning', async () => {
    const { value, warnings } = await decide([decision('d', literal('"text"'), { type: 'number' })]);
    expect(value).toBeNull();
    expect(warnings).toEqual([{ element: 'd', rule: 'type', message: 'the result is not of type number' }]);
  });

  test('dates come in as text where the input says so, and go out as text', async () => {
    expect(await valueOf([input('birth', 'date'), decision('d', literal('birth + duration("P16Y")'), { inputs: ['birth'] })], { birth: '2010-11-22' })).toBe('2026-11-22');
  });
});
