import type { Json, Node, Variables } from './model.ts';
import { UnknownVariable } from './feel.ts';
import { add, called, clear, definitionOf, disarm, disarmEvent, drop, find, get, isSpent, kill, listensOf, nodeAt, patch, schedule, type Run, type Work } from './run.ts';
import type { Token } from './state.ts';
import { beginUndo } from './compensation.ts';
import { repeats, startTimer } from './timers.ts';
import { evaluateAt, isTrue, setVariables, visible } from './variables.ts';

/** Starts the timers and subscriptions of everything the token listens to. */
export function arm(run: Run, token: Token): void {
  for (const event of listensOf(run, token)) armEvent(run, token.i, event);
}

export function armEvent(run: Run, id: number, event: Node): void {
  const spec = event.event;
  const token = get(run, id);
  if (spec?.on === 'timer' && !isSpent(token, event)) startTimer(run, token, event);
  if (spec?.on === 'conditional') run.changed = true;
  if (spec?.on !== 'message' && spec?.on !== 'signal') return;
  const correlation = spec.correlation === undefined ? undefined : evaluateAt(run, id, spec.correlation);
  if (correlation !== undefined) patch(run, id, { r: { ...token.r, [event.index]: correlation } });
  run.effects.push({ type: 'subscribe', subscription: `${id}.${event.index}`, kind: spec.on, name: spec.name ?? '', correlation, token: id, element: event.id });
}

/** An event happened for a waiting token. */
export function trigger(run: Run, id: number, index: number, variables?: Variables): void {
  const token = find(run, id);
  if (!token) return;
  const event = nodeAt(definitionOf(run, id), index);
  if (event.kind === 'start') return startEventSubprocess(run, token, event, variables);
  if (event.host === token.e && event.kind === 'boundary') return leaveByBoundary(run, token, event, variables);
  if (event.kind === 'receive' && token.e === index) return schedule(run, { op: 'finish', token: id, variables });
  setVariables(run, token.p, variables);
  disarm(run, spendTimer(run, token, event));
  drop(run, id);
  schedule(run, { op: 'leave', node: index, scope: token.p, back: token.b });
}

/** A timer that fired needs no cancelling. */
function spendTimer(run: Run, token: Token, event: Node): Token {
  if (event.event?.on !== 'timer') return token;
  const now = get(run, token.i);
  return patch(run, token.i, { d: { ...now.d, [event.index]: -1 } });
}

function leaveByBoundary(run: Run, token: Token, event: Node, variables?: Variables): void {
  if (event.interrupting) {
    spendTimer(run, token, event);
    kill(run, token.i, 'interrupted');
  } else countFiring(run, token, event);
  setVariables(run, token.p, variables);
  schedule(run, { op: 'leave', node: event.index, scope: token.p });
}

function startEventSubprocess(run: Run, token: Token, event: Node, variables?: Variables): void {
  if (event.interrupting) {
    clear(run, token.i, 'interrupted');
    for (const start of listensOf(run, spendTimer(run, token, event))) if (start.kind === 'start') disarmEvent(run, get(run, token.i), start);
    patch(run, token.i, { z: 1 });
  } else countFiring(run, token, event);
  setVariables(run, token.i, variables);
  const inner = add(run, { e: event.scope, p: token.i });
  arm(run, inner);
  schedule(run, { op: 'leave', node: event.index, scope: inner.i });
}

/** Beside the work: a cycle starts its timer again, a single timer is spent, a condition waits until it was false again. */
function countFiring(run: Run, token: Token, event: Node): void {
  const on = event.event?.on;
  if (on !== 'timer' && on !== 'conditional') return;
  const fired = (token.d?.[event.index] ?? 0) + 1;
  const again = on === 'conditional' || repeats(run, token, event, fired);
  const counted = patch(run, token.i, { d: { ...token.d, [event.index]: again ? fired : -1 } });
  if (again && on === 'timer') startTimer(run, counted, event);
}

/** Throw and end events. True when the token goes on from here. */
export function throwEvent(run: Run, node: Node, scope: number): boolean {
  const event = node.event;
  const ends = node.kind === 'end';
  switch (event?.on) {
    case 'message': {
      const correlation = event.correlation === undefined ? undefined : evaluateAt(run, scope, event.correlation);
      run.effects.push({ type: 'sendMessage', name: event.name ?? '', element: node.id, correlation, variables: visible(run, scope) });
      return !ends;
    }
    case 'signal':
      run.effects.push({ type: 'sendSignal', name: event.name ?? '', element: node.id, variables: visible(run, scope) });
      broadcast(run, event.name ?? '');
      return !ends;
    case 'escalation':
      schedule(run, { op: 'raise', on: 'escalation', code: event.name ?? '', at: scope, source: -1 });
      return !ends;
    case 'error': {
      const thrower = add(run, { e: node.index, p: scope });
      schedule(run, { op: 'raise', on: 'error', code: event.name ?? '', at: thrower.i, source: thrower.i });
      return false;
    }
    case 'terminate':
      clear(run, scope, 'cancelled');
      return false;
    case 'cancel':
      clear(run, scope, 'cancelled');
      beginUndo(run, node, scope);
      return false;
    case 'compensation':
      beginUndo(run, node, scope);
      return false;
    case 'link':
      schedule(run, { op: 'enter', node: event.target ?? 0, scope, flow: -1 });
      return false;
    default:
      return !ends;
  }
}

/** Tells every token that listens to the signal; false when none does. */
export function broadcast(run: Run, name: string, variables?: Variables): boolean {
  const before = run.work.length;
  for (const token of run.tokens) {
    for (const event of listensOf(run, token)) {
      if (event.event?.on === 'signal' && event.event.name === name) schedule(run, { op: 'trigger', token: token.i, node: event.index, variables });
    }
  }
  return run.work.length > before;
}

/** Gives the message to the token that waited longest with the same key; false when none does. */
export function deliver(run: Run, name: string, correlation: Json | undefined, variables?: Variables): boolean {
  for (const token of run.tokens) {
    for (const { event, index } of listensOf(run, token)) {
      if (event?.on !== 'message' || event.name !== name) continue;
      const key = token.r?.[index];
      if (event.correlation !== undefined && JSON.stringify(key) !== JSON.stringify(correlation)) continue;
      schedule(run, { op: 'trigger', token: token.i, node: index, variables });
      return true;
    }
  }
  return false;
}

/** Looks for who catches an error or escalation, from the inside out; the named code goes before the catch-all. */
export function raise(run: Run, work: Extract<Work, { op: 'raise' }>): Token | undefined {
  for (let token = find(run, work.at); token; token = find(run, token.p)) {
    const catchers = listensOf(run, token).filter(({ event }) => event?.on === work.on && (event.name === undefined || event.name === work.code));
    const catcher = catchers.find(({ event }) => event?.name !== undefined) ?? catchers[0];
    if (!catcher) continue;
    const code = catcher.event?.codeVariable ? { [catcher.event.codeVariable]: work.code } : undefined;
    schedule(run, { op: 'trigger', token: token.i, node: catcher.index, variables: { ...work.variables, ...code } });
    return token;
  }
  return undefined;
}

/** Conditional events fire when their condition turns true; a name that is not there yet counts as not true. */
export function checkConditions(run: Run): boolean {
  run.changed = false;
  const conditional = run.root.conditional || run.tokens.some((token) => token.c !== undefined && called(run, token.c).conditional);
  if (!conditional) return false;
  for (const token of run.tokens) {
    for (const event of listensOf(run, token)) {
      if (event.event?.on !== 'conditional') continue;
      const held = (get(run, token.i).d?.[event.index] ?? 0) > 0;
      const holds = conditionHolds(run, token, event);
      if (holds && !held) {
        schedule(run, { op: 'trigger', token: token.i, node: event.index });
        run.changed = true;
        return true;
      }
      if (!holds && held) patch(run, token.i, { d: { ...token.d, [event.index]: 0 } });
    }
  }
  return false;
}

function conditionHolds(run: Run, token: Token, event: Node): boolean {
  try {
    return isTrue(run, token.i, event.event?.condition ?? 'false');
  } catch (error) {
    if (error instanceof UnknownVariable) return false;
    throw error;
  }
}
