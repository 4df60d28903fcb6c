import type { Node } from './model.ts';
import { add, definitionOf, drop, find, get, nodeAt, nodeOf, patch, schedule, type Run } from './run.ts';
import type { Token, Undo } from './state.ts';

/** Notes that a completed activity can be undone: by its handler, or by the handlers of what completed inside it. */
export function remember(run: Run, token: Token, node: Node): void {
  const record = recordOf(token, node);
  const scope = find(run, token.p);
  if (!record || !scope || node.kind === 'eventSubprocess') return;
  patch(run, scope.i, { h: [...(scope.h ?? []), record] });
}

function recordOf(token: Token, node: Node): Undo | undefined {
  if (node.compensation !== undefined) return { e: node.index };
  if (!token.h) return undefined;
  return token.v ? { e: node.index, v: token.v, h: token.h } : { e: node.index, h: token.h };
}

/** Starts undoing what completed in the scope (one activity, or all), latest first; the throwing token waits. */
export function beginUndo(run: Run, node: Node, scope: number): void {
  const records: Undo[] = [];
  for (let id = scope; ;) {
    const holder = get(run, id);
    const [taken, left] = split(holder.h ?? [], node.event?.activity);
    records.unshift(...taken);
    if (taken.length > 0) patch(run, id, { h: left.length > 0 ? left : undefined });
    if (nodeOf(run, holder).kind !== 'eventSubprocess') break;
    id = holder.p;
  }
  const thrower = add(run, { e: node.index, p: scope, q: records });
  schedule(run, { op: 'undo', token: thrower.i });
}

function split(records: readonly Undo[], activity: number | undefined): [Undo[], Undo[]] {
  const taken = records.filter((record) => activity === undefined || record.e === activity);
  return [taken, records.filter((record) => !taken.includes(record))];
}

/** Runs the next handler; when none is left the thrower goes on. */
export function undoNext(run: Run, id: number): void {
  const thrower = find(run, id);
  if (!thrower?.q) return;
  const record = thrower.q.at(-1);
  if (!record) return finishUndo(run, thrower);
  patch(run, id, { q: thrower.q.slice(0, -1) });
  const handler = nodeAt(definitionOf(run, id), record.e).compensation;
  if (handler !== undefined) return schedule(run, { op: 'enter', node: handler, scope: id, flow: -1 });
  // A completed sub-process: its own handlers see the variables it had.
  const inner = add(run, { e: thrower.e, p: id, q: record.h ?? [], ...(record.v ? { v: record.v } : {}) });
  schedule(run, { op: 'undo', token: inner.i });
}

function finishUndo(run: Run, thrower: Token): void {
  const node = nodeOf(run, thrower);
  drop(run, thrower.i);
  if (find(run, thrower.p)?.q) return schedule(run, { op: 'undo', token: thrower.p });
  if (node.event?.on === 'cancel') return cancelTransaction(run, thrower.p);
  if (node.kind !== 'end') schedule(run, { op: 'leave', node: node.index, scope: thrower.p });
}

function cancelTransaction(run: Run, id: number): void {
  const definition = definitionOf(run, id);
  const instance = get(run, id);
  const boundary = (definition.nodes[instance.e]?.listens ?? []).find((index) => nodeAt(definition, index).event?.on === 'cancel');
  const whole = find(run, instance.p)?.m && get(run, instance.p).e === instance.e ? instance.p : id;
  if (boundary !== undefined) schedule(run, { op: 'trigger', token: whole, node: boundary });
}
