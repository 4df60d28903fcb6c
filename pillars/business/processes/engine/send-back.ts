import type { Definition, Node, Variables } from './model.ts';
import { definitionOf, find, get, isAdded, isInstance, kill, nodeAt, nodeOf, Rejected, schedule, childrenOf, type Run } from './run.ts';
import { downstream } from './reachability.ts';
import type { Token } from './state.ts';
import { setVariables } from './variables.ts';

/**
 * 驳回: goes back to an earlier user task of the same scope or one around it. Everything that would be done again is taken
 * back; branches beside it go on. With `returnToSender` only the sender is taken back, and gets it again directly.
 */
export function sendBack(run: Run, id: number, to: string, returnToSender: boolean, variables?: Variables): void {
  const { sender, target } = placeOf(run, get(run, id), to);
  const definition = definitionOf(run, sender.p);
  const between = downstream(definition, target.index, new Set([target.index, sender.e]));
  if (!between.has(sender.e)) throw new Rejected('not-earlier', `${to} does not come before ${nodeOf(run, sender).id}`);
  const scope = sender.p;
  setVariables(run, scope, variables);
  for (const token of childrenOf(run, scope)) {
    if (token.i === sender.i || (!returnToSender && isRedone(definition, token, between, target))) kill(run, token.i, 'sentBack');
  }
  if (!returnToSender) checkJoins(run, definition, scope, target);
  schedule(run, { op: 'enter', node: target.index, scope, flow: -1, back: returnToSender ? sender.e : undefined });
}

/** The target, and the token of the sender (or of what holds it) in the target's scope. */
function placeOf(run: Run, from: Token, to: string): { sender: Token; target: Node } {
  if (nodeOf(run, from).kind !== 'user' || from.x || from.m) throw new Rejected('not-a-task', `token ${from.i} is no open task`);
  for (let token = from; token.i !== 0; token = get(run, token.p)) {
    if (isInstance(run, token) || isAdded(run, token) || token.c !== undefined) continue;
    const definition = definitionOf(run, token.i);
    const target = definition.nodes[definition.index[to] ?? -1];
    if (!target || target.scope !== nodeAt(definition, token.e).scope) continue;
    if (target.kind !== 'user') throw new Rejected('unknown-element', `${to} is no user task`);
    if (find(run, token.p)?.q) throw new Rejected('not-in-scope', 'an undoing step can not be sent back');
    return { sender: token, target };
  }
  throw new Rejected('not-in-scope', `${to} is not in the same process scope or one around it`);
}

/** A token waiting at a join counts as standing where it came from. */
function isRedone(definition: Definition, token: Token, between: ReadonlySet<number>, target: Node): boolean {
  const at = token.f === undefined ? token.e : (definition.flows[token.f]?.from ?? token.e);
  return between.has(at) || at === target.index;
}

/** Going back into a branch whose siblings are already joined would wait for them for ever. */
function checkJoins(run: Run, definition: Definition, scope: number, target: Node): void {
  const ahead = downstream(definition, target.index, new Set());
  ahead.add(target.index);
  for (const join of definition.nodes) {
    if (join.kind !== 'parallel' || join.incoming.length < 2 || !ahead.has(join.index)) continue;
    const before = downstream(definition, target.index, new Set([join.index]));
    before.add(target.index);
    const others = childrenOf(run, scope).map((token) => ({ token, reach: downstream(definition, token.e, new Set([join.index])) }));
    for (const flow of join.incoming) {
      const from = definition.flows[flow]?.from ?? -1;
      const coming = before.has(from) || others.some(({ token, reach }) => token.f === flow || token.e === from || (token.e !== join.index && reach.has(from)));
      if (!coming) throw new Rejected('would-not-join', `${join.id} would wait for ever for ${nodeAt(definition, from).id}`);
    }
  }
}
