import type { FeelFunction } from 'feelin';
import { fail } from '../errors.ts';
import type { FeelCode } from '../feel/code.ts';
import { messageOf, type Scope } from '../feel/scope.ts';
import { fromCaller, toValue, type Value } from '../feel/values.ts';
import { closure, typed } from './boxed.ts';
import type { DecisionModel, DecisionWarning, InputNode, Requirements, Run, ServiceNode } from './model.ts';
import { fit, readInput } from './types.ts';

export interface Outcome {
  /** Context keys are output names; dates and durations are ISO 8601 text; money is integer fen. */
  value: Value;
  /** Any warning means that the value must not be relied on: raise an incident. */
  warnings: readonly DecisionWarning[];
}

/** Calls into functions and decisions that may be open at once. */
const DEPTH = 200;

interface Watch extends Run {
  warnings(): DecisionWarning[];
}

const startRun = (): Watch => {
  const own: DecisionWarning[] = [];
  const touched = new Map<FeelCode, string>();
  let depth = 0;
  return {
    feel: (element) => (code, scope) => {
      if (!touched.has(code)) {
        code.warnings.length = 0;
        touched.set(code, element);
      }
      return code.run(scope);
    },
    warn: (element, rule, message) => void own.push({ element, rule, message }),
    enter: (work) => {
      if (depth >= DEPTH) throw new RangeError(`calls nest deeper than ${DEPTH}`);
      depth += 1;
      try {
        return work();
      } finally {
        depth -= 1;
      }
    },
    warnings: () => [
      ...own,
      ...[...touched].flatMap(([code, element]) => code.warnings.map(({ type, message }) => ({ element, rule: `feel.${type}`, message: `${code.text}: ${message}` }))),
    ],
  };
};

type Given = Readonly<Record<string, unknown>>;

/** Values of one evaluation: each decision is worked out once, when it is first asked for. */
const valuesOf = (model: DecisionModel, given: Given, run: Run, known: ReadonlyMap<string, unknown>) => {
  const values = new Map(known);

  const inputValue = ({ id, name, type }: InputNode): unknown => {
    if (!Object.hasOwn(given, name)) run.warn(id, 'input.missing', `the input ${name} is not given`);
    const { value, fault } = fit(readInput(fromCaller(given[name]), type), type, run.feel(id));
    if (fault) run.warn(id, 'type', `the input ${name} ${fault}`);
    return value;
  };

  const knowledgeValue = (id: string): FeelFunction => {
    const node = model.knowledge.get(id);
    if (!node) return serviceFunction(model, model.services.get(id) as ServiceNode, run);
    const body: typeof node.body = (scope, running) => node.body({ ...scopeFor(node.requires), [node.name]: knowledgeValue(id), ...scope }, running);
    return closure(node.parameters, body, {}, run, id);
  };

  const nameOf = (id: string): string => (model.decisions.get(id) ?? model.inputs.get(id) ?? model.knowledge.get(id) ?? model.services.get(id))?.name ?? '';

  const scopeFor = ({ decisions, inputs, knowledge }: Requirements): Scope => {
    const scope: Record<string, unknown> = {};
    for (const id of inputs) scope[nameOf(id)] = valueOf(id);
    for (const id of decisions) scope[nameOf(id)] = valueOf(id);
    for (const id of knowledge) scope[nameOf(id)] = knowledgeValue(id);
    return scope;
  };

  const work = (id: string): unknown => {
    const input = model.inputs.get(id);
    if (input) return inputValue(input);
    const decision = model.decisions.get(id);
    if (!decision) return null;
    return run.enter(() => typed(decision.logic, decision.type, id)(scopeFor(decision.requires), run));
  };

  const valueOf = (id: string): unknown => {
    if (!values.has(id)) values.set(id, work(id));
    return values.get(id);
  };
  return valueOf;
};

/** A decision service as a function: its inputs and given decisions are parameters, its outputs the result. */
const serviceFunction = (model: DecisionModel, service: ServiceNode, run: Run): FeelFunction => {
  const parameters = [...service.inputs.map((id) => model.inputs.get(id)), ...service.given.map((id) => model.decisions.get(id))].flatMap((one) => (one ? [one] : []));
  return closure(parameters.map(({ name, type }) => ({ name, type })), (scope, running) => serve(model, service, scope, running), {}, run, service.id);
};

const serve = (model: DecisionModel, service: ServiceNode, given: Given, run: Run): unknown => {
  const known = new Map<string, unknown>();
  for (const id of service.given) {
    const decision = model.decisions.get(id);
    if (!decision) continue;
    if (!Object.hasOwn(given, decision.name)) run.warn(id, 'input.missing', `the decision ${decision.name} is not given`);
    known.set(id, readInput(fromCaller(given[decision.name]), decision.type));
  }
  const valueOf = valuesOf(model, given, run, known);
  const results = service.outputs.map((id) => [model.decisions.get(id)?.name ?? '', valueOf(id)] as const);
  return results.length === 1 ? results[0]?.[1] : Object.fromEntries(results);
};

/**
 * Evaluates a decision or decision service, by name or id, and what it requires. Pure: the same input gives the same
 * outcome. Throws `decision.unknown`; everything else that goes wrong is a warning and a null.
 */
export const evaluate = (model: DecisionModel, decision: string, input: Given): Outcome => {
  const id = model.names.get(decision);
  if (id === undefined) throw fail('decision.unknown', { decision });
  const run = startRun();
  const service = model.services.get(id);
  let value: Value = null;
  try {
    value = toValue(service ? serve(model, service, input, run) : valuesOf(model, input, run, new Map())(id));
  } catch (error) {
    run.warn(id, 'failed', messageOf(error));
  }
  return { value, warnings: run.warnings() };
};
