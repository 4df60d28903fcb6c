import { describe, expect, test } from 'vitest';
import { compileDecisions, evaluate } from './index.ts';
import { compiled, decide, decision, input, issuesOf, literal, requirements, table, valueOf, wrap } from './fixture.ts';

const entry = (name: string | null, logic: string): string => `<contextEntry>${name ? `<variable name="${name}"/>` : ''}${logic}</contextEntry>`;

/** Three rules on a number: both of the first two match 5, only the third 50, none 500. Outputs are listed in priority order 30, 20, 10. */
const rules = (policy: string, aggregation?: string): string[] => [
  input('n', 'number'),
  decision('d', table({
    policy, aggregation, inputs: [{ text: 'n' }], outputs: [{ type: 'number', ...(aggregation ? {} : { values: '30, 20, 10' }) }],
    rules: [['<= 10', '10'], ['<= 20', '20'], ['[40..60]', '30']],
  }), { inputs: ['n'] }),
];

/** Hit policies of DMN 1.5 §8.2.10: the value for 5 (two rules), 50 (one) and 500 (none); `warns` where none may be guessed. */
const warns = Symbol('warns');
const POLICIES: [policy: string, aggregation: string | undefined, two: unknown, one: unknown, none: unknown][] = [
  ['UNIQUE', undefined, warns, 30, null],
  ['ANY', undefined, warns, 30, null],
  ['FIRST', undefined, 10, 30, null],
  ['PRIORITY', undefined, 20, 30, null],
  ['COLLECT', undefined, [10, 20], [30], []],
  ['RULE ORDER', undefined, [10, 20], [30], []],
  ['OUTPUT ORDER', undefined, [20, 10], [30], []],
  ['COLLECT', 'SUM', 30, 30, null],
  ['COLLECT', 'COUNT', 2, 1, 0],
  ['COLLECT', 'MIN', 10, 30, null],
  ['COLLECT', 'MAX', 20, 30, null],
];

describe('hit policies (DMN 1.5 §8.2.10)', () => {
  test.each(POLICIES)('%s %s', async (policy, aggregation, ...wanted) => {
    for (const [at, n] of [5, 50, 500].entries()) {
      const { value, warnings } = await decide(rules(policy, aggregation), { n });
      if (wanted[at] === warns) expect([value, warnings.length]).toEqual([null, 1]);
      else expect(value).toEqual(wanted[at]);
    }
  });

  test('ANY takes several rules that agree; aggregation only goes with COLLECT and one output', async () => {
    const any = table({ policy: 'ANY', inputs: [{ text: 'n' }], outputs: [{}], rules: [['<= 10', '"a"'], ['<= 20', '"a"']] });
    expect(await valueOf([input('n', 'number'), decision('d', any, { inputs: ['n'] })], { n: 5 })).toBe('a');
    const two = table({ policy: 'COLLECT', aggregation: 'SUM', inputs: [{ text: 'n' }], outputs: [{ name: 'a' }, { name: 'b' }], rules: [['-', '1', '2']] });
    expect((await issuesOf(input('n', 'number'), decision('d', two, { inputs: ['n'] }))).some((issue) => issue.severity === 'error')).toBe(true);
  });
});

describe('boxed expressions (DMN 1.5 §10.2)', () => {
  const double = `<functionDefinition><formalParameter name="x" typeRef="number"/>${literal('x * 2')}</functionDefinition>`;
  const called = `<invocation id="i">${literal('double')}<binding><parameter name="x"/>${literal('21')}</binding></invocation>`;
  const BOXED: [name: string, logic: string, value: unknown][] = [
    ['literal expression', literal('1 + 1'), 2],
    ['context', `<context>${entry('a', literal('1'))}${entry('b', literal('a + 1'))}</context>`, { a: 1, b: 2 }],
    ['context with a result', `<context>${entry('a', literal('1'))}${entry(null, literal('a + 1'))}</context>`, 2],
    ['context in a context', `<context>${entry('a', `<context>${entry('b', literal('7'))}</context>`)}${entry(null, literal('a.b'))}</context>`, 7],
    ['list', `<list>${literal('1')}<list>${literal('2')}</list></list>`, [1, [2]]],
    ['relation', `<relation><column name="k"/><column name="v"/><row>${literal('"a"')}${literal('1')}</row><row>${literal('"b"')}${literal('2')}</row></relation>`, [{ k: 'a', v: 1 }, { k: 'b', v: 2 }]],
    ['function definition', `<context>${entry('double', double)}${entry(null, literal('double(21)'))}</context>`, 42],
    ['invocation', `<context>${entry('double', double)}${entry(null, called)}</context>`, 42],
    ['decision table in a context', `<context>${entry('t', table({ policy: 'UNIQUE', inputs: [{ text: '3' }], outputs: [{}], rules: [['< 5', '"low"'], ['>= 5', '"high"']] }))}${entry(null, literal('t'))}</context>`, 'low'],
  ];
  test.each(BOXED)('%s', async (_, logic, value) => {
    expect(await valueOf([decision('d', logic)])).toEqual(value);
  });

  const REFUSED: [name: string, logic: string][] = [
    ['conditional', `<conditional><if>${literal('true')}</if><then>${literal('1')}</then><else>${literal('2')}</else></conditional>`],
    ['filter', `<filter><in>${literal('[1, 2]')}</in><match>${literal('item > 1')}</match></filter>`],
    ['for', `<for iteratorVariable="i"><in>${literal('[1, 2]')}</in><return>${literal('i')}</return></for>`],
    ['some', `<some iteratorVariable="i"><in>${literal('[1, 2]')}</in><satisfies>${literal('i > 1')}</satisfies></some>`],
    ['every', `<every iteratorVariable="i"><in>${literal('[1, 2]')}</in><satisfies>${literal('i > 1')}</satisfies></every>`],
    ['Java function', `<functionDefinition kind="Java">${literal('1')}</functionDefinition>`],
    ['PMML function', `<functionDefinition kind="PMML">${literal('1')}</functionDefinition>`],
    ['another language', '<literalExpression id="l" expressionLanguage="groovy"><text>1</text></literalExpression>'],
    ['no logic', ''],
  ];
  test.each(REFUSED)('%s is refused at load, with element and reason', async (_, logic) => {
    const { model, issues } = await compileDecisions(wrap(decision('d', logic)));
    expect(model).toBeUndefined();
    const errors = issues.filter((issue) => issue.severity === 'error');
    expect(errors.length).toBeGreaterThan(0);
    for (const issue of errors) expect([typeof issue.element, issue.reason.length > 5]).toEqual(['string', true]);
    expect(errors.some((issue) => issue.element !== '')).toBe(true);
  });
});

describe('requirement graphs (DMN 1.5 §6)', () => {
  const knowledge = (name: string, body: string, inner = ''): string =>
    `<businessKnowledgeModel id="${name}" name="${name}"><variable name="${name}"/><encapsulatedLogic><formalParameter name="x" typeRef="number"/>${literal(body)}</encapsulatedLogic>${inner}</businessKnowledgeModel>`;

  test('knowledge models call knowledge models and themselves', async () => {
    const parts = [knowledge('double', 'x * 2'), knowledge('quadruple', 'double(double(x))', requirements({ knowledge: ['double'] })),
      knowledge('factorial', 'if x <= 1 then 1 else x * factorial(x - 1)')];
    expect(await valueOf([...parts, decision('d', literal('quadruple(3) + factorial(5)'), { knowledge: ['quadruple', 'factorial'] })])).toBe(132);
  });

  test('a decision service takes decisions as given and answers its outputs', async () => {
    const parts = [input('n', 'number'), decision('base', literal('n + 1'), { inputs: ['n'] }), decision('once', literal('base * 2'), { decisions: ['base'] }), decision('twice', literal('base * 4'), { decisions: ['base'] })];
    const service = (id: string, outputs: string[], extra: string): string => `<decisionService id="${id}" name="${id}">${outputs.map((one) => `<outputDecision href="#${one}"/>`).join('')}${extra}</decisionService>`;
    const model = await compiled(...parts, service('whole', ['once', 'twice'], '<encapsulatedDecision href="#base"/><inputData href="#in-n"/>'), service('part', ['once'], '<inputDecision href="#base"/>'));
    expect(evaluate(model, 'whole', { n: 1 })).toEqual({ value: { once: 4, twice: 8 }, warnings: [] });
    expect(evaluate(model, 'part', { base: 10 })).toEqual({ value: 20, warnings: [] });
  });

  test('a circle of decisions and a requirement that leads nowhere are refused', async () => {
    expect((await issuesOf(decision('a', literal('b'), { decisions: ['b'] }), decision('b', literal('a'), { decisions: ['a'] }))).some((issue) => issue.severity === 'error')).toBe(true);
    expect((await issuesOf(decision('a', literal('b'), { decisions: ['b'] }))).some((issue) => issue.severity === 'error')).toBe(true);
  });
});
