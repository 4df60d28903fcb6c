import type { Node, Variables } from './model.ts';
import { Incident } from './feel.ts';
import { add, disarm, drop, find, get, nodeAt, nodeOf, patch, schedule, type Run } from './run.ts';
import type { Token } from './state.ts';
import { arm } from './events.ts';
import { evaluateAll, visible } from './variables.ts';

/** Starts an embedded sub-process at its plain start event. */
export function beginScope(run: Run, token: Token, node: Node): void {
  schedule(run, { op: 'leave', node: node.starts?.[0] ?? 0, scope: token.i });
}

/** Starts the called process; it sees the mapped inputs only, or a copy of everything when nothing is mapped. */
export function beginCall(run: Run, token: Token, node: Node): void {
  const definition = run.context.definitions?.(node.called ?? '');
  if (!definition) throw new Incident(`the process ${node.called} is not there`);
  const start = (definition.nodes[0]?.starts ?? []).find((index) => nodeAt(definition, index).event?.on === 'none');
  if (start === undefined) throw new Incident(`the process ${node.called} has no plain start event`);
  const variables: Variables = node.inputs ? evaluateAll(run, token.i, node.inputs) : visible(run, token.i);
  run.calls = true;
  const root = add(run, { e: 0, p: token.i, c: definition.id, v: variables });
  run.effects.push({ type: 'callStarted', token: token.i, element: node.id, definition: definition.id });
  arm(run, root);
  schedule(run, { op: 'leave', node: start, scope: root.i });
}

/** Ends one scope in which nothing is left; false when every scope still has something to do. */
export function finishScope(run: Run): boolean {
  for (let at = run.tokens.length - 1; at >= 0; at--) {
    const token = run.tokens[at] as Token;
    if (token.x || token.m || token.q || run.tokens.some((other) => other.p === token.i)) continue;
    if (token.i === 0) {
      finishProcess(run, token);
      return true;
    }
    const kind = nodeOf(run, token).kind;
    if (kind !== 'process' && kind !== 'subprocess' && kind !== 'transaction' && kind !== 'eventSubprocess') continue;
    schedule(run, { op: 'finish', token: token.i });
    return true;
  }
  return false;
}

/** Hands what the called process made to the calling activity. */
export function finishCall(run: Run, root: Token): void {
  const caller = get(run, root.p);
  const node = nodeOf(run, caller);
  const variables = node.outputs ? evaluateAll(run, root.i, node.outputs) : root.v;
  disarm(run, root);
  drop(run, root.i);
  schedule(run, { op: 'finish', token: caller.i, variables });
}

function finishProcess(run: Run, root: Token): void {
  disarm(run, root);
  patch(run, 0, { h: undefined, d: undefined, r: undefined });
  run.status = 'completed';
  run.effects.push({ type: 'completed', outcome: run.outcome, variables: find(run, 0)?.v ?? {} });
}
