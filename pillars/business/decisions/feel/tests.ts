import { evaluate, parseUnaryTests } from 'feelin';
import { compileFeel, type FeelCode } from './code.ts';
import { refuseErrors } from './names.ts';
import type { Scope } from './scope.ts';

/** Runs code and keeps what it complains about. */
export type Runner = (code: FeelCode, scope: Scope) => unknown;

/** Unary tests of one cell: is the value among them? */
export type Tests = (value: unknown, scope: Scope, run: Runner) => boolean;

const LITERALS = new Set(['StringLiteral', 'NumericLiteral', 'BooleanLiteral', 'null']);
const always: Tests = () => true;
const isScalar = (value: unknown): boolean => ['string', 'number', 'boolean'].includes(typeof value);

let memberCode: FeelCode | undefined;
const isMember = (value: unknown, candidate: unknown, run: Runner): boolean => {
  memberCode ??= compileFeel('? in (candidate)', { '?': null, candidate: null });
  return run(memberCode, { '?': value, candidate }) === true;
};

/** A test that is an expression: a condition on `?`, or what the value must equal, be in or satisfy. */
const expressionTest = (text: string, sample: Scope): Tests => {
  const code = compileFeel(text, { ...sample, '?': null });
  const asksValue = code.names.includes('?');
  return (value, scope, run) => {
    const result = run(code, { ...scope, '?': value });
    if (asksValue || (typeof result === 'boolean' && typeof value !== 'boolean')) return result === true;
    if (result === null || value === null || (isScalar(result) && isScalar(value))) return result === value;
    return isMember(value, result, run);
  };
};

const oneTest = (kind: string, text: string, sample: Scope): Tests => {
  if (LITERALS.has(kind)) {
    const literal = evaluate(text, {}).value;
    return (value) => value === literal;
  }
  if (kind === 'SimplePositiveUnaryTest') {
    const code = compileFeel(`? in (${text})`, { ...sample, '?': null });
    return (value, scope, run) => run(code, { ...scope, '?': value }) === true;
  }
  return expressionTest(text, sample);
};

/** Compiles unary tests: `-`, `"a", "b"`, `[1..5)`, `not(…)`, conditions on `?`. Empty text accepts everything. Throws FeelError. */
export const compileTests = (text: string, sample: Scope = {}): Tests => {
  if (text.trim() === '' || text.trim() === '-') return always;
  const tree = parseUnaryTests(text, { ...sample, '?': null }, undefined);
  refuseErrors(tree, text);
  const top = tree.topNode;
  const list = top.getChild('PositiveUnaryTests');
  const tests = (list?.getChildren('PositiveUnaryTest') ?? []).map(({ from, to, firstChild }) => oneTest(firstChild?.name ?? '', text.slice(from, to), sample));
  if (top.firstChild?.name === 'Wildcard') return always;
  const passes: Tests = (value, scope, run) => tests.some((test) => test(value, scope, run));
  return top.firstChild?.name === 'not' ? (value, scope, run) => !passes(value, scope, run) : passes;
};
