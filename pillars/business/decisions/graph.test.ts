import { describe, expect, test } from 'vitest';
import { compiled, decide, decision, input, issuesOf, literal, requirements, table, valueOf, wrap } from './fixture.ts';
import { compileDecisions, evaluate, isFen } from './index.ts';

const knowledge = (name: string, parameters: string[], body: string, needs: string[] = []): string =>
  `<businessKnowledgeModel id="${name}" name="${name}"><variable name="${name}"/><encapsulatedLogic>${parameters.map((one) => `<formalParameter name="${one}"/>`).join('')}${body}</encapsulatedLogic>${requirements({ knowledge: needs })}</businessKnowledgeModel>`;
const ageDecision = decision('age group', table({ policy: 'UNIQUE', inputs: [{ text: 'applicant.age' }], outputs: [{}], rules: [['< 18', '"minor"'], ['>= 18', '"adult"']] }), { inputs: ['applicant'] });

describe('requirement graphs', () => {
  test('a decision sees the decisions and inputs it requires, spaces in names included', async () => {
    const parts = [input('applicant'), ageDecision, decision('d', literal('age group = "adult" and applicant.resident'), { inputs: ['applicant'], decisions: ['age group'] })];
    expect(await valueOf(parts, { applicant: { age: 20, resident: true } })).toBe(true);
    expect(evaluate(await compiled(...parts), 'age-group', { applicant: { age: 3 } }).value).toBe('minor');
    expect(evaluate(await compiled(...parts), 'age group', { applicant: { age: 30 } }).value).toBe('adult');
  });

  test('names with spaces inside typed values are read', async () => {
    const type = '<itemDefinition name="tPerson"><itemComponent name="date of birth"><typeRef>date</typeRef></itemComponent></itemDefinition>';
    expect(await valueOf([type, input('Applicant', 'tPerson'), decision('d', literal('Applicant.date of birth.year'), { inputs: ['Applicant'] })], { Applicant: { 'date of birth': '1990-05-01' } })).toBe(1990);
  });

  test('item definitions limit values', async () => {
    const type = '<itemDefinition name="tKind"><typeRef>string</typeRef><allowedValues><text>"new","renew"</text></allowedValues></itemDefinition>';
    const parts = [type, input('kind', 'tKind'), decision('d', literal('kind'), { inputs: ['kind'] })];
    expect(await valueOf(parts, { kind: 'renew' })).toBe('renew');
    expect(await decide(parts, { kind: 'lost' })).toEqual({ value: null, warnings: [expect.objectContaining({ element: 'in-kind', rule: 'type' })] });
  });

  test('an input that is not given is null with a warning; null given is an answer', async () => {
    const parts = [input('x'), decision('d', literal('x = null'), { inputs: ['x'] })];
    expect(await decide(parts)).toEqual({ value: true, warnings: [expect.objectContaining({ element: 'in-x', rule: 'input.missing' })] });
    expect(await valueOf(parts, { x: null })).toBe(true);
  });

  test('a component that the type declares may be absent and is then null', async () => {
    const type = '<itemDefinition name="tAnswers"><itemComponent name="age"><typeRef>number</typeRef></itemComponent></itemDefinition>';
    const parts = (of: string): string[] => [type, input('answers', of), decision('d', literal('answers.age = null'), { inputs: ['answers'] })];
    expect(await valueOf(parts('tAnswers'), { answers: {} })).toBe(true);
    expect((await decide(parts('Any'), { answers: {} })).warnings).toHaveLength(1);
  });

  test('a required decision is worked out once and its warnings are told', async () => {
    const parts = [decision('base', literal('1 + "a"')), decision('d', literal('[base, base]'), { decisions: ['base'] })];
    const { value, warnings } = await decide(parts);
    expect(value).toEqual([null, null]);
    expect(warnings).toEqual([expect.objectContaining({ rule: 'feel.INVALID_TYPE' })]);
  });

  test('a circle, a dangling reference and a doubled name are refused with their elements', async () => {
    const circle = await issuesOf(decision('a', literal('1'), { decisions: ['b'] }), decision('b', literal('1'), { decisions: ['a'] }));
    expect(circle.filter((issue) => issue.rule === 'circle').map((issue) => issue.element)).toEqual(['a', 'b']);
    expect(await issuesOf(decision('d', literal('1'), { decisions: ['gone'] }))).toEqual([expect.objectContaining({ element: 'd', rule: 'reference' })]);
    expect(await issuesOf(input('x'), decision('x', literal('1')))).toEqual([expect.objectContaining({ element: 'x', rule: 'name' })]);
  });

  test('a name that no requirement gives is pointed out, and fails when run', async () => {
    const xml = wrap(decision('d', literal('mystery + 1')));
    const { model, issues } = await compileDecisions(xml);
    expect(issues).toEqual([expect.objectContaining({ severity: 'warning', rule: 'name.unknown', reason: expect.stringContaining('mystery') })]);
    expect(model && evaluate(model, 'd', { mystery: 1 }).warnings.length).toBeGreaterThan(0);
  });

  test('local names of loops, functions, filters and contexts are not taken for unknown ones', async () => {
    const text = 'sum(for a in [1], b in 1..2 return a + b) + (function(c) c + 1)(1) + count([{k: 1}][k > 0]) + {m: 2, n: m}.n + count([1][item > 0])';
    expect(await valueOf([decision('d', literal(text))])).toBe(5 + 2 + 1 + 2 + 1);
  });
});

describe('business knowledge models and decision services', () => {
  const double = knowledge('double', ['n'], literal('n * 2'));

  test('are functions to those who require them', async () => {
    const quadruple = knowledge('quadruple', ['n'], literal('double(double(n))'), ['double']);
    expect(await valueOf([double, quadruple, decision('d', literal('quadruple(3)'), { knowledge: ['quadruple'] })])).toBe(12);
  });

  test('warnings inside a called model come out', async () => {
    const { value, warnings } = await decide([double, decision('d', literal('double("a")'), { knowledge: ['double'] })]);
    expect(value).toBeNull();
    expect(warnings).toEqual([expect.objectContaining({ element: 'double', rule: 'feel.INVALID_TYPE' })]);
  });

  test('may call themselves, to a depth', async () => {
    const factorial = knowledge('factorial', ['n'], literal('if n < 2 then 1 else n * factorial(n - 1)'));
    const endless = knowledge('endless', ['n'], literal('endless(n + 1)'));
    expect(await valueOf([factorial, decision('d', literal('factorial(5)'), { knowledge: ['factorial'] })])).toBe(120);
    const { value, warnings } = await decide([endless, decision('d', literal('endless(1)'), { knowledge: ['endless'] })]);
    expect([value, warnings[0]?.rule]).toEqual([null, 'failed']);
  });

  test('a decision service evaluates its outputs with given decisions', async () => {
    const service = '<decisionService id="check" name="check"><outputDecision href="#d"/><inputDecision href="#age-group"/><inputData href="#in-x"/></decisionService>';
    const d = decision('d', literal('age group + string(x)'), { inputs: ['x'], decisions: ['age group'] });
    const caller = decision('caller', literal('check(5, "adult")'), { knowledge: ['check'] });
    const model = await compiled(input('applicant'), input('x'), ageDecision, d, service, caller);
    expect(evaluate(model, 'check', { x: 1, 'age group': 'minor' })).toEqual({ value: 'minor1', warnings: [] });
    expect(evaluate(model, 'caller', {})).toEqual({ value: 'adult5', warnings: [] });
  });
});

describe('files', () => {
  test.each(['http://www.omg.org/spec/DMN/20180521/MODEL/', 'https://www.omg.org/spec/DMN/20211108/MODEL/', 'https://www.omg.org/spec/DMN/20230324/MODEL/'])('reads %s', async (version) => {
    const { model, issues } = await compileDecisions(wrap(decision('d', literal('1')), version));
    expect(issues).toEqual([]);
    expect(model && evaluate(model, 'd', {}).value).toBe(1);
  });

  test.each(['', 'not xml', '<a/>', wrap(''), wrap('<import name="other" importType="x"/>' + decision('d', literal('1')))])('refuses a file that is none or not whole (%#)', async (xml) => {
    const { model, issues } = await compileDecisions(xml);
    expect(model).toBeUndefined();
    expect(issues.length).toBeGreaterThan(0);
  });

  test('an unknown decision is an error with a code', async () => {
    const model = await compiled(decision('d', literal('1')));
    expect(() => evaluate(model, 'e', {})).toThrow(expect.objectContaining({ code: 'decision.unknown' }));
  });

  test('decisions that ask the machine for the day are refused', async () => {
    expect(await issuesOf(decision('d', literal('today()')))).toEqual([expect.objectContaining({ rule: 'feel', reason: expect.stringContaining('input') })]);
  });

  test('the same input gives the same outcome, and the input stays as it was', async () => {
    const model = await compiled(input('applicant'), ageDecision);
    const given = Object.freeze({ applicant: Object.freeze({ age: 17 }) });
    expect(evaluate(model, 'age group', given)).toEqual(evaluate(model, 'age group', given));
  });

  test('fen are whole and not negative', () => {
    expect([4000, 0, 0.5, -1, '4000', null].map(isFen)).toEqual([true, true, false, false, false, false]);
  });
});
