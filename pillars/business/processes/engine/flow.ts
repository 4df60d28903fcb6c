import type { Definition, Node } from './model.ts';
import { Incident } from './feel.ts';
import { add, childrenOf, definitionOf, drop, nodeAt, schedule, type Run } from './run.ts';
import { isTrue } from './variables.ts';
import type { Token } from './state.ts';

/** Sends a token out of `node`: back to whoever sent it back, or along the flows that the node's kind and conditions choose. */
export function leave(run: Run, index: number, scope: number, back?: number): void {
  if (back !== undefined) return schedule(run, { op: 'enter', node: back, scope, flow: -1 });
  const definition = definitionOf(run, scope);
  const node = nodeAt(definition, index);
  if (node.straight || node.kind === 'parallel') {
    for (const flow of node.outgoing) follow(run, definition, flow, scope);
    return;
  }
  for (const flow of chosen(run, definition, node, scope)) follow(run, definition, flow, scope);
}

function follow(run: Run, definition: Definition, flow: number, scope: number): void {
  const to = definition.flows[flow]?.to;
  if (to !== undefined) schedule(run, { op: 'enter', node: to, scope, flow });
}

/** Exclusive: the first whose condition holds. Else every flow without a condition or whose condition holds. Else the default. */
function chosen(run: Run, definition: Definition, node: Node, scope: number): number[] {
  const taken: number[] = [];
  let conditional = false;
  for (const index of node.outgoing) {
    if (index === node.default) continue;
    const condition = definition.flows[index]?.condition;
    if (condition !== undefined && !isTrue(run, scope, condition)) continue;
    conditional ||= condition !== undefined;
    taken.push(index);
    if (node.kind === 'exclusive') return taken;
  }
  if (node.default !== undefined && !conditional) taken.push(node.default);
  if (taken.length === 0 && node.outgoing.length > 0) throw new Incident(`no condition out of ${node.id} holds and there is no default`);
  return taken;
}

/** A parallel join takes one token from each incoming flow. */
export function joinParallel(run: Run, node: Node, scope: number, flow: number): void {
  if (node.incoming.length < 2) return leave(run, node.index, scope);
  add(run, { e: node.index, p: scope, f: flow });
  const waiting = run.tokens.filter((token) => token.p === scope && token.e === node.index && token.x === undefined);
  const first = node.incoming.map((incoming) => waiting.find((token) => token.f === incoming));
  if (first.some((token) => token === undefined)) return;
  for (const token of first) drop(run, (token as Token).i);
  leave(run, node.index, scope);
}

/** Fires one inclusive join whose missing flows nothing can reach any more; false when none is ready. */
export function fireInclusive(run: Run): boolean {
  if (!run.calls && run.root.inclusive.length === 0) return false;
  for (const token of run.tokens) {
    if (token.f === undefined || token.x) continue;
    const definition = definitionOf(run, token.p);
    const node = nodeAt(definition, token.e);
    if (node.kind !== 'inclusive' || !isReady(run, node, token.p)) continue;
    const waiting = childrenOf(run, token.p).filter((other) => other.e === node.index && other.f !== undefined);
    const flows = new Set(waiting.map((other) => other.f));
    for (const flow of flows) drop(run, (waiting.find((other) => other.f === flow) as Token).i);
    schedule(run, { op: 'leave', node: node.index, scope: token.p });
    return true;
  }
  return false;
}

function isReady(run: Run, join: Node, scope: number): boolean {
  const siblings = childrenOf(run, scope);
  let filled = 0;
  for (const token of siblings) if (token.e === join.index && token.f !== undefined) filled |= 1 << join.incoming.indexOf(token.f);
  const empty = ~filled & ((1 << join.incoming.length) - 1);
  return siblings.every((token) => {
    if (token.e === join.index) return true;
    const reach = join.reach?.[token.e] ?? 0;
    return (reach & empty) === 0 || (reach & filled) !== 0;
  });
}
