import { evaluate } from 'feelin';
import type { FeelCode } from '../feel/code.ts';
import type { Scope } from '../feel/scope.ts';
import type { Tests } from '../feel/tests.ts';
import { codeOf, testsOf, within, type Bench } from './bench.ts';
import { aggregate, choose, type Output } from './hit-policy.ts';
import type { Logic, Run } from './model.ts';
import { fit } from './types.ts';
import type { Table } from './xml.ts';

interface Input {
  id: string;
  code: FeelCode | undefined;
  allowed: Tests | undefined;
}

interface Rule {
  id: string;
  tests: readonly (Tests | undefined)[];
  outputs: readonly (FeelCode | undefined)[];
}

const compileInputs = (table: Table, bench: Bench): Input[] =>
  (table.input ?? []).map((input) => {
    const here = within(bench, input.inputExpression?.id ?? input.id);
    return {
      id: here.element,
      code: codeOf(here, input.inputExpression?.text),
      allowed: input.inputValues?.text ? testsOf(within(here, input.inputValues.id), input.inputValues.text) : undefined,
    };
  });

const literalList = (text: string | undefined): unknown[] | undefined => {
  if (!text?.trim()) return undefined;
  const { value, warnings } = evaluate(`[${text}]`, {});
  return warnings.length === 0 && Array.isArray(value) ? value : undefined;
};

const compileOutputs = (table: Table, bench: Bench): Output[] =>
  (table.output ?? []).map((output) => {
    const here = within(bench, output.id);
    const values = output.outputValues;
    return {
      id: here.element,
      name: output.name ?? '',
      type: bench.typeOf(output.typeRef, here.element),
      allowed: values?.text ? testsOf(within(here, values.id), values.text) : undefined,
      ranking: values?.text ? literalList(values.text) : undefined,
      otherwise: output.defaultOutputEntry ? codeOf(within(here, output.defaultOutputEntry.id), output.defaultOutputEntry.text) : undefined,
    };
  });

const compileRules = (table: Table, bench: Bench): Rule[] =>
  (table.rule ?? []).map((rule) => {
    const here = within(bench, rule.id);
    const [tests, outputs] = [rule.inputEntry ?? [], rule.outputEntry ?? []];
    if (tests.length !== (table.input ?? []).length || outputs.length !== (table.output ?? []).length) {
      here.report('table', 'the rule has not as many cells as there are columns', here.element);
    }
    return {
      id: here.element,
      tests: tests.map((cell) => testsOf(within(here, cell.id), cell.text)),
      outputs: outputs.map((cell) => codeOf(within(here, cell.id), cell.text)),
    };
  });

const checkTable = (table: Table, outputs: readonly Output[], bench: Bench): void => {
  const policy = table.hitPolicy ?? 'UNIQUE';
  if (outputs.length === 0) bench.report('table', 'the table has no output', bench.element);
  if (outputs.length > 1) {
    const names = outputs.map((output) => output.name);
    if (names.some((name) => !name) || new Set(names).size < names.length) bench.report('table', 'several outputs need a name each, all different', bench.element);
  }
  if (table.aggregation && (policy !== 'COLLECT' || outputs.length > 1)) bench.report('table', 'an aggregation needs the hit policy COLLECT and one output', bench.element);
  if ((policy === 'PRIORITY' || policy === 'OUTPUT ORDER') && !outputs.some((output) => output.ranking)) {
    bench.report('table', `the hit policy ${policy} needs a list of output values, highest first`, bench.element);
  }
};

const readInputs = (inputs: readonly Input[], scope: Scope, run: Run): unknown[] | undefined => {
  let fits = true;
  const values = inputs.map(({ id, code, allowed }) => {
    const value = code ? run.feel(id)(code, scope) : null;
    if (value !== null && allowed && !allowed(value, scope, run.feel(id))) {
      run.warn(id, 'input-values', 'the value is not among the input values');
      fits = false;
    }
    return value;
  });
  return fits ? values : undefined;
};

const read = (output: Output, code: FeelCode | undefined, scope: Scope, run: Run): unknown => {
  const raw = code ? run.feel(output.id)(code, scope) : null;
  const { value, fault } = fit(raw, output.type, run.feel(output.id));
  if (fault) run.warn(output.id, 'type', `the output ${fault}`);
  if (value === null || !output.allowed || output.allowed(value, scope, run.feel(output.id))) return value;
  run.warn(output.id, 'output-values', 'the output is not among the output values');
  return null;
};

/** Compiles a decision table (DMN §8): all hit policies, aggregations, default outputs, input and output values. */
export const compileTable = (table: Table, bench: Bench): Logic => {
  const [inputs, outputs, rules] = [compileInputs(table, bench), compileOutputs(table, bench), compileRules(table, bench)];
  const policy = table.hitPolicy ?? 'UNIQUE';
  checkTable(table, outputs, bench);
  const shape = (values: readonly unknown[]): unknown =>
    outputs.length === 1 ? values[0] : Object.fromEntries(outputs.map((output, i) => [output.name, values[i]]));
  const hasDefault = outputs.some((output) => output.otherwise);

  return (scope, run) => {
    const values = readInputs(inputs, scope, run);
    if (!values) return null;
    const matches: Rule[] = [];
    for (const rule of rules) {
      if (!rule.tests.every((tests, i) => tests?.(values[i], scope, run.feel(rule.id)) ?? false)) continue;
      matches.push(rule);
      if (policy === 'FIRST') break;
    }
    if (matches.length === 0 && hasDefault) return shape(outputs.map((output) => (output.otherwise ? read(output, output.otherwise, scope, run) : null)));
    const hits = matches.map((rule) => rule.outputs.map((code, i) => read(outputs[i] as Output, code, scope, run)));
    const warn = (message: string): void => run.warn(bench.element, 'hit-policy', `${message} (${matches.map((rule) => rule.id).join(', ')})`);
    if (table.aggregation) return aggregate(table.aggregation, hits.map((hit) => hit[0]), warn);
    const chosen = choose(policy, hits, outputs, warn);
    return Array.isArray(chosen) ? chosen.map(shape) : chosen && shape(chosen.hit);
  };
};
