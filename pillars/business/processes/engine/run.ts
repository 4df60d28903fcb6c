import type { Definition, Node, Variables } from './model.ts';
import { Incident } from './feel.ts';
import type { CloseReason, Context, Effect, Refusal } from './command.ts';
import type { Phase, State, Status, Token } from './state.ts';

/** One step in the making. `tokens` and each token are replaced, never changed, so the state that came in stays whole. */
export interface Run {
  readonly root: Definition;
  readonly context: Context;
  readonly now: string;
  readonly effects: Effect[];
  /** What is still to happen in this step, in order. */
  work: Work[];
  /** How much of `work` is done. */
  at: number;
  tokens: readonly Token[];
  next: number;
  status: Status;
  outcome?: string;
  /** True when tokens of called definitions may exist. */
  calls: boolean;
  /** Variables changed: conditional events are looked at again. */
  changed: boolean;
}

/** Moves of the marking. They go through one queue, so that files need not know each other. */
export type Work =
  | { readonly op: 'enter'; readonly node: number; readonly scope: number; readonly flow: number; readonly back?: number }
  | { readonly op: 'begin'; readonly token: number }
  | { readonly op: 'finish'; readonly token: number; readonly outcome?: string; readonly variables?: Variables }
  | { readonly op: 'leave'; readonly node: number; readonly scope: number; readonly back?: number }
  | { readonly op: 'trigger'; readonly token: number; readonly node: number; readonly variables?: Variables }
  | { readonly op: 'raise'; readonly on: 'error' | 'escalation'; readonly code: string; readonly at: number; readonly source: number; readonly variables?: Variables; readonly message?: string }
  | { readonly op: 'undo'; readonly token: number };

export class Rejected extends Error {
  readonly code: Refusal;
  constructor(code: Refusal, detail: string) {
    super(detail);
    this.code = code;
  }
}

export function openRun(root: Definition, state: State, context: Context): Run {
  const now = typeof context.now === 'string' ? context.now : context.now.toISOString();
  return {
    root, context, now,
    effects: [], work: [], at: 0, tokens: state.t, next: state.n, status: state.s, outcome: state.o,
    calls: state.t.some((token) => token.c !== undefined), changed: false,
  };
}

export function find(run: Run, id: number): Token | undefined {
  for (const token of run.tokens) if (token.i === id) return token;
  return undefined;
}

export function get(run: Run, id: number): Token {
  const token = find(run, id);
  if (!token) throw new Error(`token ${id} is gone`);
  return token;
}

export function add(run: Run, token: Omit<Token, 'i'>): Token {
  const added: Token = { i: run.next++, ...token };
  run.tokens = [...run.tokens, added];
  return added;
}

/** Replaces fields of the token; undefined takes one away. */
export function patch(run: Run, id: number, change: Partial<Token>): Token {
  const changed: Partial<Token> = { ...get(run, id), ...change };
  for (const key in change) if (change[key as keyof Token] === undefined) delete changed[key as keyof Token];
  const tokens = run.tokens.slice();
  for (let at = 0; at < tokens.length; at++) if (tokens[at]?.i === id) tokens[at] = changed as Token;
  run.tokens = tokens;
  return changed as Token;
}

export function drop(run: Run, id: number): void {
  run.tokens = run.tokens.filter((token) => token.i !== id);
}

export const childrenOf = (run: Run, id: number): readonly Token[] => run.tokens.filter((token) => token.p === id);

/** The definition whose nodes the token's own index counts. */
export function definitionOf(run: Run, id: number): Definition {
  if (!run.calls) return run.root;
  for (let token = find(run, id); token && token.i !== 0; token = find(run, token.p)) {
    if (token.c !== undefined) return called(run, token.c);
  }
  return run.root;
}

export function called(run: Run, id: string): Definition {
  const definition = run.context.definitions?.(id);
  if (!definition) throw new Incident(`the process ${id} is not there`);
  return definition;
}

export const nodeOf = (run: Run, token: Token): Node => nodeAt(definitionOf(run, token.i), token.e);

export function nodeAt(definition: Definition, index: number): Node {
  const node = definition.nodes[index];
  if (!node) throw new Error(`${definition.id} has no node ${index}`);
  return node;
}

/** True for the token that stands for a loop's or multi-instance's whole. */
export const isInstance = (run: Run, token: Token): boolean => {
  const parent = find(run, token.p);
  return parent?.m !== undefined && parent.e === token.e && token.c === undefined;
};

/** True for a signer added to a single task. */
export const isAdded = (run: Run, token: Token): boolean => {
  const parent = find(run, token.p);
  return parent?.a !== undefined && parent.e === token.e;
};

export const schedule = (run: Run, work: Work): void => void run.work.push(work);

/** Holds the token where it is until somebody puts things right and retries. */
export function hold(run: Run, id: number, phase: Phase, reason: string): void {
  const token = patch(run, id, { x: phase });
  run.effects.push({ type: 'incident', token: id, element: nodeOf(run, token).id, reason });
}

/** Takes back everything below `id`, but not `id` itself, with what was still to happen there. */
export function clear(run: Run, id: number, reason: CloseReason, keep?: number): void {
  for (const token of childrenOf(run, id)) if (token.i !== keep) kill(run, token.i, reason);
  run.work = run.work.filter((work, at) => at >= run.at && !('scope' in work && work.scope === id));
  run.at = 0;
}

/** Takes the token back with everything below it; its tasks close, its timers and subscriptions end. */
export function kill(run: Run, id: number, reason: CloseReason): void {
  const token = find(run, id);
  if (!token) return;
  clear(run, id, reason);
  close(run, token, reason);
  disarm(run, token);
  drop(run, id);
}

/** Tells the world that the token's own work is over. */
export function close(run: Run, token: Token, reason: CloseReason, outcome?: string): void {
  if (token.m || token.c !== undefined || (token.x && token.x !== 'finish') || token.a?.w || token.q) return;
  const node = nodeOf(run, token);
  if (node.kind === 'user') run.effects.push({ type: 'closeTask', token: token.i, element: node.id, reason, outcome });
  else if (node.operation && reason !== 'completed') run.effects.push({ type: 'cancelInvoke', token: token.i, element: node.id });
}

/** Events the token waits for now: a loop's whole keeps the boundary events, each instance the rest. */
export function listensOf(run: Run, token: Token): readonly Node[] {
  if (token.x === 'enter' || token.x === 'begin' || token.x === 'leave' || token.q) return NOTHING;
  const definition = definitionOf(run, token.i);
  const listens = definition.nodes[token.e]?.listens;
  if (!listens || isAdded(run, token)) return NOTHING;
  const events = listens.map((index) => nodeAt(definition, index));
  if (token.m) return events.filter((event) => event.host === token.e);
  const instance = isInstance(run, token);
  return events.filter((event) => !(instance && event.host === token.e) && !(token.z && event.kind === 'start'));
}

const NOTHING: readonly Node[] = [];

/** Ends the timers and subscriptions of the token. */
export function disarm(run: Run, token: Token): void {
  for (const event of listensOf(run, token)) disarmEvent(run, token, event);
}

export function disarmEvent(run: Run, token: Token, event: Node): void {
  const on = event.event?.on;
  if (on === 'timer' && !isSpent(token, event)) run.effects.push({ type: 'cancelTimer', timer: timerId(token, event) });
  if (on === 'message' || on === 'signal') run.effects.push({ type: 'unsubscribe', subscription: `${token.i}.${event.index}` });
}

/** Cycles carry the count, so that a timer delivered twice fires once. */
export function timerId(token: Token, event: Node): string {
  const fired = token.d?.[event.index] ?? 0;
  return fired > 0 ? `${token.i}.${event.index}.${fired}` : `${token.i}.${event.index}`;
}

/** True when the timer has fired for the last time. */
export const isSpent = (token: Token, event: Node): boolean => token.d?.[event.index] === -1;
