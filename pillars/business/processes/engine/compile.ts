import type { Definition, Issue, Node } from './model.ts';
import type { Draft, Mutable } from './draft.ts';
import { children, flag, readBpmn, type, type Element } from './bpmn.ts';
import { buildProcess } from './build.ts';
import { checkProcess } from './checks.ts';
import { reachOf } from './reachability.ts';

export interface Compiled {
  /** One for each executable process without issues. */
  definitions: readonly Definition[];
  issues: readonly Issue[];
}

/** Reads BPMN 2.0 XML. A process that can't be run exactly as drawn is left out and its issues say why; never throws on bad models. */
export async function compile(xml: string): Promise<Compiled> {
  let parsed;
  try {
    parsed = await readBpmn(xml);
  } catch (error) {
    return { definitions: [], issues: [{ element: '', rule: 'xml', reason: error instanceof Error ? error.message : String(error) }] };
  }
  const issues: Issue[] = parsed.warnings.map(({ element, reason }) => ({ element, rule: 'xml', reason }));
  const processes = children(parsed.root, 'rootElements').filter((element) => type(element) === 'Process' && flag(element, 'isExecutable'));
  if (processes.length === 0) issues.push({ element: '', rule: 'process.missing', reason: 'the file has no process with isExecutable="true"' });
  if (issues.length > 0) return { definitions: [], issues };
  const definitions: Definition[] = [];
  for (const process of processes) {
    const draft = draftOf(process);
    if (draft.issues.length > 0) issues.push(...draft.issues);
    else definitions.push(finish(draft));
  }
  return { definitions, issues };
}

function draftOf(process: Element): Draft {
  const draft: Draft = { nodes: [], flows: [], index: {}, issues: [], elements: [] };
  buildProcess(draft, process);
  checkProcess(draft);
  return draft;
}

function finish(draft: Draft): Definition {
  const root = draft.nodes[0] as Node;
  const inclusive = draft.nodes.filter((node) => node.kind === 'inclusive' && node.incoming.length > 1);
  for (const node of draft.nodes) {
    const only = draft.flows[node.outgoing[0] ?? -1];
    if (node.outgoing.length === 1 && only && !only.condition) node.straight = true;
  }
  for (const join of inclusive) join.reach = reachOf(draft, join);
  const definition: Definition = {
    id: root.id,
    name: root.name,
    nodes: draft.nodes.map((node) => tidy(node)),
    flows: draft.flows.map((flow) => tidy(flow)),
    index: draft.index,
    inclusive: inclusive.map((node) => node.index),
    conditional: draft.nodes.some((node) => node.event?.on === 'conditional'),
  };
  return freeze(tidy(definition));
}

/** Without undefined fields, so that a definition equals its JSON. */
function tidy<T>(value: T): T {
  if (Array.isArray(value)) return value.map(tidy) as T;
  if (typeof value !== 'object' || value === null) return value;
  const copy: Mutable<Record<string, unknown>> = {};
  for (const [key, item] of Object.entries(value)) if (item !== undefined) copy[key] = tidy(item);
  return copy as T;
}

function freeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    Object.values(value).forEach(freeze);
    Object.freeze(value);
  }
  return value;
}

/** A definition stored as JSON, made ready to run again. */
export const revive = (stored: unknown): Definition => freeze(stored as Definition);
