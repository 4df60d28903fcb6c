import type { Definition, Node, Variables } from './model.ts';
import type { Command, Context } from './command.ts';
import { advance } from './advance.ts';
import { finish } from './activities.ts';
import { arm, broadcast, deliver } from './events.ts';
import { Incident } from './feel.ts';
import { clear, disarm, drop, find, get, listensOf, nodeAt, nodeOf, openRun, patch, Rejected, schedule, timerId, type Run } from './run.ts';
import { sendBack } from './send-back.ts';
import { addSigner, removeSigner } from './signers.ts';
import type { State, Step, Token } from './state.ts';
import { setLocal, setVariables } from './variables.ts';

/** An instance before its start. */
export const newState = (): State => ({ n: 0, s: 'running', t: [] });

/** Commands that arrive while suspended and must not be lost: they run on resumption. */
const KEPT = new Set<Command['type']>(['fireTimer', 'invocationResult', 'deliverMessage', 'broadcastSignal']);
const ALWAYS = new Set<Command['type']>(['resume', 'cancel', 'updateVariables', 'suspend']);

/**
 * One command on one instance: pure, deterministic, changes nothing that it was given.
 * A command that has lost a race or does not fit comes back with a `rejection` and the very state that came in.
 */
export function step(definition: Definition, state: State, command: Command, context: Context): Step {
  if (state.s === 'suspended' && KEPT.has(command.type)) return { state: { ...state, h: [...(state.h ?? []), command] }, effects: [] };
  const run = openRun(definition, state, context);
  try {
    check(state, command);
    apply(run, state, command);
    advance(run);
  } catch (error) {
    if (error instanceof Rejected) return { state, effects: [], rejection: { code: error.code, detail: error.message } };
    if (error instanceof Incident) return { state, effects: [], rejection: { code: 'incident', detail: error.message } };
    throw error;
  }
  const stepped = { state: closed(run, state, command), effects: run.effects };
  return command.type === 'resume' ? replay(definition, stepped, state.h ?? [], context) : stepped;
}

function check(state: State, command: Command): void {
  if (command.type === 'start') {
    if (state.n > 0) throw new Rejected('already-started', 'the instance runs already');
  } else if (state.n === 0 || state.s === 'completed' || state.s === 'cancelled') throw new Rejected('not-running', 'the instance does not run');
  else if (state.s === 'suspended' && !ALWAYS.has(command.type)) throw new Rejected('suspended', `the instance is suspended: ${state.w ?? ''}`);
  else if (state.s !== 'suspended' && command.type === 'resume') throw new Rejected('not-suspended', 'the instance is not suspended');
}

function closed(run: Run, state: State, command: Command): State {
  const next: { -readonly [K in keyof State]: State[K] } = { n: run.next, s: run.status, t: run.tokens };
  if (run.outcome !== undefined) next.o = run.outcome;
  if (run.status === 'suspended') {
    next.w = command.type === 'suspend' ? command.reason : state.w;
    if (state.h) next.h = state.h;
  }
  return next;
}

/** What came in while suspended happens now, in the order it came; what is stale by then falls away. */
function replay(definition: Definition, resumed: Step, held: readonly Command[], context: Context): Step {
  return held.reduce<Step>((done, command) => {
    const { state, effects } = step(definition, done.state, command, context);
    return { state, effects: [...done.effects, ...effects] };
  }, resumed);
}

function apply(run: Run, state: State, command: Command): void {
  switch (command.type) {
    case 'start': return start(run, command);
    case 'completeTask': return completeTask(run, command);
    case 'failTask': return fail(run, taskToken(run, command.token), command);
    case 'escalate':
      taskToken(run, command.token);
      return schedule(run, { op: 'raise', on: 'escalation', code: command.code, at: command.token, source: -1, variables: command.variables });
    case 'fireTimer': return fireTimer(run, command.timer);
    case 'deliverMessage':
      if (!deliver(run, command.name, command.correlation, command.variables)) throw new Rejected('no-subscriber', `nothing waits for the message ${command.name}`);
      return;
    case 'broadcastSignal':
      if (!broadcast(run, command.name, command.variables)) throw new Rejected('no-subscriber', `nothing waits for the signal ${command.name}`);
      return;
    case 'invocationResult': return invocationResult(run, command);
    case 'updateVariables': return updateVariables(run, command);
    case 'retry': return retry(run, command.token);
    case 'addSigner': return addSigner(run, token(run, command.token).i, command.signer);
    case 'removeSigner': return removeSigner(run, taskToken(run, command.token).i);
    case 'sendBack': return sendBack(run, taskToken(run, command.token).i, command.to, command.returnToSender ?? false, command.variables);
    case 'suspend':
      if (state.s === 'suspended') throw new Rejected('suspended', 'the instance is suspended already');
      run.status = 'suspended';
      return void run.effects.push({ type: 'suspended', reason: command.reason });
    case 'resume':
      run.status = 'running';
      run.changed = true;
      return void run.effects.push({ type: 'resumed' });
    case 'cancel': return cancel(run, command.reason);
  }
}

function start(run: Run, command: Extract<Command, { type: 'start' }>): void {
  const nodes = (run.root.nodes[0]?.starts ?? []).map((index) => nodeAt(run.root, index));
  const fits = ({ id, event }: Node): boolean =>
    command.at !== undefined ? id === command.at
    : command.message !== undefined ? event?.on === 'message' && event.name === command.message
    : command.signal !== undefined ? event?.on === 'signal' && event.name === command.signal
    : event?.on === 'none';
  const at = nodes.find(fits);
  if (!at) throw new Rejected('no-start', `${run.root.id} has no such start event`);
  run.tokens = [{ i: 0, e: 0, p: -1, v: command.variables ?? {} }];
  run.next = 1;
  arm(run, get(run, 0));
  schedule(run, { op: 'leave', node: at.index, scope: 0 });
}

function token(run: Run, id: number): Token {
  const found = find(run, id);
  if (!found || id === 0) throw new Rejected('unknown-token', `there is no token ${id} any more`);
  return found;
}

/** An open user task: not one that failed, nor one that has answered and waits for other signers. */
function taskToken(run: Run, id: number): Token {
  const found = token(run, id);
  const open = nodeOf(run, found).kind === 'user' && !found.m && !found.a?.w && (found.x === undefined || found.x === 'finish');
  if (!open) throw new Rejected('not-a-task', `token ${id} is no open task`);
  return found;
}

function completeTask(run: Run, { token: id, outcome, variables }: Extract<Command, { type: 'completeTask' }>): void {
  const task = nodeOf(run, taskToken(run, id)).task;
  // Without one the way on would be chosen by an earlier task's outcome.
  if (task?.outcomes && !task.outcomes.includes(outcome ?? '')) throw new Rejected('unknown-outcome', `${outcome ?? 'no outcome'} is none of ${task.outcomes.join(', ')}`);
  // A mapping that fails is told to the person who completes; the task stays open.
  finish(run, id, outcome, variables);
}

function fail(run: Run, { i }: Token, { code, message, variables }: { code?: string; message?: string; variables?: Variables }): void {
  schedule(run, { op: 'raise', on: 'error', code: code ?? 'failed', at: i, source: i, message, variables });
}

function invocationResult(run: Run, command: Extract<Command, { type: 'invocationResult' }>): void {
  const found = token(run, command.token);
  const node = nodeOf(run, found);
  if (!node.operation || found.x || found.m) throw new Rejected('unknown-token', `token ${found.i} waits for no result`);
  if (!command.ok) return fail(run, found, command);
  const variables = node.resultVariable ? { [node.resultVariable]: command.variables ?? {} } : command.variables;
  schedule(run, { op: 'finish', token: found.i, variables });
}

function fireTimer(run: Run, timer: string): void {
  const found = find(run, Number(timer.split('.')[0]));
  const event = found && listensOf(run, found).find((listened) => listened.event?.on === 'timer' && found.d?.[listened.index] !== -1 && timerId(found, listened) === timer);
  if (!found || !event) throw new Rejected('stale-timer', `the timer ${timer} is over`);
  schedule(run, { op: 'trigger', token: found.i, node: event.index });
}

function updateVariables(run: Run, { variables, token: id }: Extract<Command, { type: 'updateVariables' }>): void {
  if (id === undefined) setVariables(run, 0, variables);
  else setLocal(run, token(run, id).i, variables);
  run.changed = true;
}

function retry(run: Run, id: number): void {
  const held = token(run, id);
  if (!held.x) throw new Rejected('no-incident', `token ${id} is not held by an incident`);
  const { x: phase, e: node, p: scope, f: flow = -1, b: back, y: result } = held;
  run.effects.push({ type: 'resolved', token: id, element: nodeOf(run, held).id });
  if (phase === 'begin' || phase === 'finish') {
    patch(run, id, { x: undefined, y: undefined });
    return schedule(run, phase === 'begin' ? { op: 'begin', token: id } : { op: 'finish', token: id, ...result });
  }
  drop(run, id);
  schedule(run, phase === 'enter' ? { op: 'enter', node, scope, flow, back } : { op: 'leave', node, scope, back });
}

function cancel(run: Run, reason: string | undefined): void {
  clear(run, 0, 'cancelled');
  disarm(run, get(run, 0));
  run.status = 'cancelled';
  run.effects.push({ type: 'cancelled', reason });
}
