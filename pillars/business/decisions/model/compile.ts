import { messageOf, type Scope } from '../feel/scope.ts';
import { testsOf, type Bench } from './bench.ts';
import { compileFunction, compileLogic, shapeOf } from './boxed.ts';
import { nameOf, readGraph, type Graph } from './graph.ts';
import type { Decision, DecisionModel, InputNode, Issue, KnowledgeNode, ServiceNode } from './model.ts';
import { sampleOf, typeRegistry } from './types.ts';
import { kindOf, readDmn, targetOf, type Definitions, type Element, type Reference } from './xml.ts';

export interface CompiledDecisions {
  /** Undefined when an issue is an error. */
  model: DecisionModel | undefined;
  issues: readonly Issue[];
}

type Report = Bench['report'];

interface Workshop {
  graph: Graph;
  typeOf: Bench['typeOf'];
  report: Report;
}

const reporter = (issues: Issue[]): Report => (rule, reason, element, severity = 'error') => {
  if (!issues.some((issue) => issue.rule === rule && issue.reason === reason && issue.element === element)) issues.push({ severity, element, rule, reason });
};

/** What an element's expressions may name: inputs, decisions and knowledge it requires, with the shape of their values. */
const sampleFor = (element: Element, { graph, typeOf }: Workshop): Scope => {
  const { decisions, inputs, knowledge } = graph.requirementsOf(element);
  const named = (id: string): Element => graph.elements.get(id) as Element;
  const shape = (one: Element): unknown => {
    const typeRef = one.variable?.typeRef;
    const sample = typeRef ? sampleOf(typeOf(typeRef, one.id ?? '')) : null;
    return sample ?? shapeOf(one.decisionLogic);
  };
  return Object.fromEntries([
    ...[...decisions, ...inputs].map((id) => [nameOf(named(id)), shape(named(id))] as const),
    ...knowledge.map((id) => [nameOf(named(id)), null] as const),
  ]);
};

const benchFor = (element: Element, shop: Workshop, names: Scope = {}): Bench => ({
  element: element.id ?? '',
  sample: { ...sampleFor(element, shop), ...names },
  typeOf: shop.typeOf,
  report: shop.report,
});

const decisionOf = (element: Element, shop: Workshop): Decision => ({
  id: element.id ?? '',
  name: nameOf(element),
  type: shop.typeOf(element.variable?.typeRef, element.id ?? ''),
  logic: compileLogic(element.decisionLogic, benchFor(element, shop)),
  requires: shop.graph.requirementsOf(element),
});

const knowledgeOf = (element: Element, shop: Workshop): KnowledgeNode => {
  const bench = benchFor(element, shop, { [nameOf(element)]: null });
  const logic = element.encapsulatedLogic;
  if (!logic) bench.report('logic', 'the knowledge model has no logic', bench.element);
  const { parameters, body } = logic ? compileFunction(logic, bench) : { parameters: [], body: () => null };
  return { id: element.id ?? '', name: nameOf(element), parameters, body, requires: shop.graph.requirementsOf(element) };
};

const serviceOf = (element: Element, { graph, report }: Workshop): ServiceNode => {
  const ids = (references: readonly Reference[] | undefined): string[] =>
    (references ?? []).flatMap((reference) => {
      const id = targetOf(reference);
      if (id !== undefined && graph.elements.has(id)) return [id];
      report('reference', `refers to ${reference.href ?? ''}, which is not here`, element.id ?? '');
      return [];
    });
  const outputs = ids(element.outputDecision);
  if (outputs.length === 0) report('service', 'the decision service has no output decision', element.id ?? '');
  return { id: element.id ?? '', name: nameOf(element), outputs, given: ids(element.inputDecision), inputs: ids(element.inputData) };
};

const build = (root: Definitions, report: Report): DecisionModel => {
  for (const one of root.import ?? []) report('import', `imports ${one.name ?? 'another file'}; a model must be whole in one file`, one.id ?? '');
  if (root.expressionLanguage && !/feel/i.test(root.expressionLanguage)) report('language', `only FEEL can be run, not ${root.expressionLanguage}`, '');
  const graph = readGraph(root, report);
  const bare = (element: string): Bench => ({ element, sample: {}, typeOf: types.find, report });
  const types = typeRegistry(root.itemDefinition ?? [], (text, element) => testsOf(bare(element), text), (element, reason) => report('type', reason, element));
  const shop: Workshop = { graph, typeOf: types.find, report };

  const [decisions, inputs] = [new Map<string, Decision>(), new Map<string, InputNode>()];
  const [knowledge, services] = [new Map<string, KnowledgeNode>(), new Map<string, ServiceNode>()];
  const names = new Map<string, string>();
  for (const [id, element] of graph.elements) {
    const kind = kindOf(element);
    if (kind === 'Decision') decisions.set(id, decisionOf(element, shop));
    if (kind === 'InputData') inputs.set(id, { id, name: nameOf(element), type: types.find(element.variable?.typeRef, id) });
    if (kind === 'BusinessKnowledgeModel') knowledge.set(id, knowledgeOf(element, shop));
    if (kind === 'DecisionService') services.set(id, serviceOf(element, shop));
    if (kind === 'Decision' || kind === 'DecisionService') names.set(nameOf(element), id);
  }
  for (const id of [...decisions.keys(), ...services.keys()]) names.set(id, id);
  return { name: root.name ?? '', decisions, inputs, knowledge, services, names };
};

/**
 * Reads DMN 1.2 to 1.5 and compiles every expression once. A model that cannot be run as drawn is refused: `model` is
 * undefined and the issues name element and reason. Never throws on bad models.
 */
export const compileDecisions = async (xml: string): Promise<CompiledDecisions> => {
  const issues: Issue[] = [];
  const report = reporter(issues);
  let read;
  try {
    read = await readDmn(xml);
  } catch (error) {
    report('xml', messageOf(error), '');
    return { model: undefined, issues };
  }
  for (const warning of read.warnings) report('xml', warning, /"([^"]+)"|<([^>]+)>/.exec(warning)?.[1] ?? '');
  const model = build(read.root, report);
  if (model.decisions.size === 0) report('decision', 'the file has no decision', '');
  return { model: issues.some((issue) => issue.severity === 'error') ? undefined : model, issues };
};
