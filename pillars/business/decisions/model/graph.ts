import type { Requirements } from './model.ts';
import { kindOf, targetOf, type Definitions, type Element, type Reference } from './xml.ts';

/** The elements of a requirement graph by id. */
export interface Graph {
  elements: ReadonlyMap<string, Element>;
  requirementsOf(element: Element): Requirements;
}

type Report = (rule: string, reason: string, element: string) => void;

const KNOWN = new Set(['Decision', 'InputData', 'BusinessKnowledgeModel', 'DecisionService', 'KnowledgeSource']);
const isKnowledge = new Set(['BusinessKnowledgeModel', 'DecisionService']);

/** The name an element's value goes by. */
export const nameOf = (element: Element): string => (element.variable?.name ?? element.name ?? '').trim();

/** Reads the graph; names and ids that are missing or doubled, dangling references and circles are reported. */
export const readGraph = (root: Definitions, report: Report): Graph => {
  const elements = new Map<string, Element>();
  const names = new Map<string, string>();
  for (const element of root.drgElement ?? []) {
    const id = element.id ?? '';
    if (!KNOWN.has(kindOf(element))) report('element', `${kindOf(element)} cannot be run`, id);
    if (kindOf(element) === 'KnowledgeSource') continue;
    const name = nameOf(element);
    if (!id || elements.has(id)) report('id', `the element ${name} needs an id of its own`, id);
    if (!name) report('name', 'the element has no name', id);
    else if (names.has(name)) report('name', `the name ${name} is taken by ${names.get(name) ?? ''}`, id);
    elements.set(id, element);
    names.set(name, id);
  }

  const resolve = (owner: Element, references: (Reference | undefined)[], kinds: ReadonlySet<string>): string[] =>
    references.flatMap((reference) => {
      if (!reference) return [];
      const id = targetOf(reference);
      const target = id === undefined ? undefined : elements.get(id);
      if (id !== undefined && target && kinds.has(kindOf(target))) return [id];
      report('reference', `requires ${reference.href ?? ''}, which is not here`, owner.id ?? '');
      return [];
    });

  const made = new Map<Element, Requirements>();
  const requirementsOf = (element: Element): Requirements => {
    let found = made.get(element);
    if (!found) {
      const needs = element.informationRequirement ?? [];
      found = {
        decisions: resolve(element, needs.map((need) => need.requiredDecision), new Set(['Decision'])),
        inputs: resolve(element, needs.map((need) => need.requiredInput), new Set(['InputData'])),
        knowledge: resolve(element, (element.knowledgeRequirement ?? []).map((need) => need.requiredKnowledge), isKnowledge),
      };
      made.set(element, found);
    }
    return found;
  };

  for (const element of elements.values()) reportCircle(element, elements, requirementsOf, report);
  return { elements, requirementsOf };
};

const reportCircle = (start: Element, elements: ReadonlyMap<string, Element>, requirementsOf: (element: Element) => Requirements, report: Report): void => {
  const seen = new Set<string>();
  const visit = (element: Element): boolean => {
    const { decisions, knowledge } = requirementsOf(element);
    // A knowledge model may call itself; the depth of calls is bounded when it runs.
    return [...decisions, ...knowledge.filter((id) => id !== element.id)].some((id) => {
      if (id === start.id) return true;
      const next = elements.get(id);
      if (!next || seen.has(id)) return false;
      seen.add(id);
      return visit(next);
    });
  };
  if (visit(start)) report('circle', `${nameOf(start)} requires itself`, start.id ?? '');
};
