import type { Json, Node, Variables } from './model.ts';
import { Incident } from './feel.ts';
import { add, close, definitionOf, disarm, drop, find, get, isAdded, isInstance, nodeOf, patch, schedule, type Run } from './run.ts';
import type { OpenTask } from './command.ts';
import type { Token } from './state.ts';
import { arm } from './events.ts';
import { beginCall, beginScope, finishCall } from './scopes.ts';
import { finishInstance, bodyResult } from './loops.ts';
import { finishAdded, waitsForSigners, withSigners } from './signers.ts';
import { remember } from './compensation.ts';
import { evaluateAll, evaluateAt, lookup, setLocal, setVariables, textAt, visible } from './variables.ts';

/** Starts the work of an activity whose token stands ready. */
export function begin(run: Run, id: number): void {
  const node = nodeOf(run, get(run, id));
  if (node.inputs && node.kind !== 'call') setLocal(run, id, evaluateAll(run, id, node.inputs));
  const token = get(run, id);
  arm(run, token);
  switch (node.kind) {
    case 'user': return void run.effects.push(openTask(run, token, node));
    case 'service': return invoke(run, token, node);
    case 'send': return node.operation ? invoke(run, token, node) : sendMessage(run, token, node);
    case 'receive': return;
    case 'script': return done(run, token, result(node, evaluateAt(run, id, node.script ?? 'null')));
    case 'rule': return done(run, token, decide(run, token, node));
    case 'call': return beginCall(run, token, node);
    case 'subprocess': case 'transaction': case 'eventSubprocess': return beginScope(run, token, node);
    default: return done(run, token);
  }
}

const done = (run: Run, token: Token, variables?: Variables): void => schedule(run, { op: 'finish', token: token.i, variables });

export function openTask(run: Run, token: Token, node: Node): OpenTask {
  const task = node.task;
  const own = isInstance(run, token);
  const effect: OpenTask = {
    type: 'openTask', token: token.i, element: node.id, name: node.name, kind: task?.kind, stage: task?.stage,
    department: textAt(run, token.i, task?.department), post: textAt(run, token.i, task?.post),
    outcomes: task?.outcomes, limit: task?.limit, form: task?.form,
  };
  if (node.inputs) effect.input = Object.fromEntries(node.inputs.map(({ name }) => [name, lookup(run, token.i, name) ?? null]));
  if (own || isAdded(run, token)) effect.instanceOf = token.p;
  if (own && node.loop?.elementVariable) effect.item = lookup(run, token.i, node.loop.elementVariable);
  if (!own && effect.instanceOf !== undefined) effect.item = lookup(run, token.i, 'signer');
  if (run.calls) effect.definition = definitionOf(run, token.i).id;
  return effect;
}

/** Mapped inputs, or everything in sight when nothing is mapped. */
const inputOf = (run: Run, token: Token, node: Node): Variables => (node.inputs ? (token.v ?? {}) : visible(run, token.i));

function invoke(run: Run, token: Token, node: Node): void {
  run.effects.push({ type: 'invoke', token: token.i, element: node.id, operation: node.operation ?? '', input: inputOf(run, token, node) });
}

function sendMessage(run: Run, token: Token, node: Node): void {
  const correlation = node.event?.correlation === undefined ? undefined : evaluateAt(run, token.i, node.event.correlation);
  run.effects.push({ type: 'sendMessage', name: node.event?.name ?? '', element: node.id, correlation, variables: inputOf(run, token, node) });
  done(run, token);
}

function decide(run: Run, token: Token, node: Node): Variables {
  if (!run.context.decide) throw new Incident(`nothing decides ${node.decision}`);
  const { value, warnings } = run.context.decide(node.decision ?? '', inputOf(run, token, node));
  if (warnings.length > 0) throw new Incident(`${node.decision}: ${warnings.join('; ')}`);
  return result(node, value);
}

/** A value under its name; a context without a name gives its entries. */
export function result(node: Node, value: Json): Variables {
  if (node.resultVariable) return { [node.resultVariable]: value };
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Variables;
  throw new Incident(`${node.id} has no result variable for ${JSON.stringify(value)}`);
}

/** Ends the work of a token: one of several instances, an added signer, or the activity as a whole. */
export function finish(run: Run, id: number, outcome?: string, variables?: Variables): void {
  const token = find(run, id);
  if (!token) return;
  if (token.c !== undefined) return finishCall(run, token);
  if (token.m) return complete(run, token, outcome, bodyResult(run, token));
  if (isAdded(run, token)) return finishAdded(run, token, outcome, variables);
  if (waitsForSigners(run, token, outcome, variables)) return;
  close(run, token, 'completed', outcome);
  if (isInstance(run, token)) return finishInstance(run, token, outcome, variables);
  const agreed = withSigners(run, token, outcome);
  complete(run, token, agreed, variables);
}

function complete(run: Run, token: Token, outcome: string | undefined, variables: Variables | undefined): void {
  const node = nodeOf(run, token);
  const mapped = node.outputs && !token.m && node.kind !== 'call';
  const extra = outcome === undefined ? variables : { outcome, ...variables };
  const results = mapped ? evaluateAll(run, token.i, node.outputs ?? [], extra) : variables;
  if (outcome === undefined) setVariables(run, token.p, results);
  else {
    run.outcome = outcome;
    setVariables(run, token.p, { ...results, [node.task?.outcomeVariable ?? 'outcome']: outcome });
  }
  remember(run, token, node);
  disarm(run, token);
  drop(run, token.i);
  if (find(run, token.p)?.q) return schedule(run, { op: 'undo', token: token.p });
  schedule(run, { op: 'leave', node: node.index, scope: token.p, back: token.b });
}

/** Nodes that are over as soon as they are entered take no token of their own. */
export function passThrough(run: Run, node: Node, scope: number): boolean {
  if (node.loop || node.listens || node.inputs || node.outputs || node.compensation !== undefined || node.isHandler) return false;
  if (node.kind === 'script') setVariables(run, scope, result(node, evaluateAt(run, scope, node.script ?? 'null')));
  return node.kind === 'script' || node.kind === 'pass';
}

/** An error that nothing caught: the work stays where it is until somebody retries. */
export function uncaught(run: Run, id: number, code: string, message: string | undefined): void {
  const token = get(run, id);
  close(run, token, 'failed');
  disarm(run, token);
  const node = nodeOf(run, token);
  patch(run, id, { x: node.kind === 'end' ? 'enter' : 'begin' });
  run.effects.push({ type: 'incident', token: id, element: node.id, reason: message ? `${code}: ${message}` : `nothing catches the error ${code}` });
}

export const newToken = (run: Run, node: Node, scope: number, back?: number): Token => add(run, back === undefined ? { e: node.index, p: scope } : { e: node.index, p: scope, b: back });
