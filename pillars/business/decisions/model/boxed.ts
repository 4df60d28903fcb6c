import { FeelFunction } from 'feelin';
import type { Scope } from '../feel/scope.ts';
import { codeOf, within, type Bench } from './bench.ts';
import type { FeelType, Logic, Run } from './model.ts';
import { compileTable } from './table.ts';
import { anyType, fit } from './types.ts';
import { kindOf, type Element, type Table } from './xml.ts';

const nothing: Logic = () => null;

/** Fits a result to its declared type; what does not fit becomes null with a warning. */
export const typed = (logic: Logic, type: FeelType, element: string): Logic => {
  if (type === anyType || (type.base === 'Any' && !type.collection && !type.allowed)) return logic;
  return (scope, run) => {
    const { value, fault } = fit(logic(scope, run), type, run.feel(element));
    if (fault) run.warn(element, 'type', `the result ${fault}`);
    return value;
  };
};

const literal = (element: Element, bench: Bench): Logic => {
  const language = element.expressionLanguage;
  if (element.importedValues || (language && !/feel/i.test(language))) {
    bench.report('language', `only FEEL can be run, not ${language ?? 'imported values'}`, bench.element);
    return nothing;
  }
  const code = codeOf(bench, element.text);
  if (!code) return nothing;
  return (scope, run) => run.feel(bench.element)(code, scope);
};

const context = (element: Element, bench: Bench): Logic => {
  const entries: { name: string | undefined; logic: Logic }[] = [];
  let here = bench;
  for (const { id, variable, value } of element.contextEntry ?? []) {
    const inner = within(here, id ?? value?.id);
    entries.push({ name: variable?.name, logic: typed(compileLogic(value, inner), bench.typeOf(variable?.typeRef, inner.element), inner.element) });
    if (variable?.name) here = within(here, undefined, { [variable.name]: shapeOf(value) });
  }
  return (scope, run) => {
    const result: Record<string, unknown> = {};
    for (const { name, logic } of entries) {
      const value = logic({ ...scope, ...result }, run);
      if (name === undefined) return value;
      result[name] = value;
    }
    return result;
  };
};

const list = (element: Element, bench: Bench): Logic => {
  const items = (element.elements ?? []).map((item) => compileLogic(item, within(bench, item.id)));
  return (scope, run) => items.map((item) => item(scope, run));
};

const relation = (element: Element, bench: Bench): Logic => {
  const columns = (element.column ?? []).map((column) => column.name ?? '');
  const rows = (element.row ?? []).map((row) => {
    const cells = row.elements ?? [];
    if (cells.length !== columns.length) bench.report('relation', 'a row has not as many cells as there are columns', row.id ?? bench.element);
    return cells.map((cell) => compileLogic(cell, within(bench, cell.id)));
  });
  return (scope, run) => rows.map((row) => Object.fromEntries(row.map((cell, i) => [columns[i] ?? '', cell(scope, run)])));
};

const invocation = (element: Element, bench: Bench): Logic => {
  const called = compileLogic(element.calledFunction, within(bench, element.calledFunction?.id));
  const bindings = (element.binding ?? []).map(({ parameter, bindingFormula }) => ({
    name: parameter?.name ?? '',
    logic: compileLogic(bindingFormula, within(bench, bindingFormula?.id)),
  }));
  return (scope, run) => {
    const target = called(scope, run);
    const values = Object.fromEntries(bindings.map(({ name, logic }) => [name, logic(scope, run)]));
    if (!(target instanceof FeelFunction)) run.warn(bench.element, 'invocation', 'what is called is no function');
    else if (Object.keys(values).some((name) => !target.parameterNames.includes(name))) run.warn(bench.element, 'invocation', 'the function has no such parameter');
    else return target.invoke(values) as unknown;
    return null;
  };
};

export interface Parameter {
  name: string;
  type: FeelType;
}

/** A function value: fits its arguments to their types, then runs its body in the scope it was made in. */
export const closure = (parameters: readonly Parameter[], body: Logic, scope: Scope, run: Run, element: string): FeelFunction =>
  new FeelFunction((...values: unknown[]) => run.enter(() => {
    const given: Record<string, unknown> = {};
    parameters.forEach(({ name, type }, i) => {
      const { value, fault } = fit(values[i] ?? null, type, run.feel(element));
      if (fault) run.warn(element, 'type', `the argument ${name} ${fault}`);
      given[name] = value;
    });
    return body({ ...scope, ...given }, run);
  }), parameters.map((parameter) => parameter.name));

/** Compiles a function's parameters and body; refuses Java and PMML. */
export const compileFunction = (element: Element, bench: Bench): { parameters: Parameter[]; body: Logic } => {
  if (element.kind && element.kind !== 'FEEL') bench.report('language', `functions in ${element.kind} cannot be run`, bench.element);
  const parameters = (element.formalParameter ?? []).map(({ name, typeRef }) => ({ name: name ?? '', type: bench.typeOf(typeRef, bench.element) }));
  const names = Object.fromEntries(parameters.map(({ name }) => [name, null]));
  return { parameters, body: compileLogic(element.body, within(bench, element.body?.id, names)) };
};

const functionDefinition = (element: Element, bench: Bench): Logic => {
  const { parameters, body } = compileFunction(element, bench);
  return (scope, run) => closure(parameters, body, scope, run, bench.element);
};

const compilers: Readonly<Record<string, (element: Element, bench: Bench) => Logic>> = {
  LiteralExpression: literal,
  DecisionTable: (element, bench) => compileTable(element as Table, bench),
  Context: context,
  List: list,
  Relation: relation,
  Invocation: invocation,
  FunctionDefinition: functionDefinition,
};

/** Compiles an expression of any boxed kind; what it cannot run is reported. */
export const compileLogic = (element: Element | undefined, bench: Bench): Logic => {
  const compile = element && compilers[kindOf(element)];
  if (!compile) {
    bench.report('logic', element ? `${kindOf(element)} cannot be run` : 'the element has no logic', bench.element);
    return nothing;
  }
  const here = within(bench, element.id);
  return typed(compile(element, here), bench.typeOf(element.typeRef, here.element), here.element);
};

/** The names inside an expression's result, as far as its form tells. */
export const shapeOf = (element: Element | undefined): unknown => {
  if (!element) return null;
  if (kindOf(element) === 'Context' && element.contextEntry?.every((entry) => entry.variable?.name)) {
    return Object.fromEntries(element.contextEntry.map((entry) => [entry.variable?.name ?? '', shapeOf(entry.value)]));
  }
  if (kindOf(element) === 'Relation') return [Object.fromEntries((element.column ?? []).map((column) => [column.name ?? '', null]))];
  const outputs = kindOf(element) === 'DecisionTable' ? ((element as Table).output ?? []) : [];
  return outputs.length > 1 ? Object.fromEntries(outputs.map((output) => [output.name ?? '', null])) : null;
};
