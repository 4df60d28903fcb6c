import type { Context, Effect } from './command.ts';
import type { Definition, Node } from './model.ts';
import { armEvent } from './events.ts';
import { Incident } from './feel.ts';
import { disarmEvent, get, isSpent, listensOf, openRun, patch, timerId, type Run } from './run.ts';
import { openTask } from './activities.ts';
import type { State, Token, Undo } from './state.ts';

/** Element ids of the old version and where they go in the new one; what is not named keeps its id. */
export type ElementMapping = Readonly<Record<string, string>>;

export interface Problem {
  /** Element of the old version. */
  element: string;
  rule: 'element.gone' | 'element.kind' | 'element.scope' | 'element.loop' | 'flow.gone' | 'join' | 'expression';
  reason: string;
}

export interface Migration {
  /** The state that came in when there are problems. */
  state: State;
  problems: readonly Problem[];
  /** Timers and subscriptions that end and begin, and open tasks that are described anew. */
  effects: readonly Effect[];
}

/**
 * Moves a running instance to a new version of its definition. Every token stands where the mapping says, under the same
 * number, so that open tasks stay open; timers and subscriptions follow the new version. With any problem nothing changes.
 */
export function migrate(from: Definition, to: Definition, mapping: ElementMapping, state: State, context: Context): Migration {
  const moves = new Map<number, Token>();
  const problems: Problem[] = [];
  for (const token of own(state)) moves.set(token.i, moved(from, to, mapping, token, problems));
  checkScopes(from, to, state, moves, problems);
  if (problems.length > 0) return { state, problems, effects: [] };
  const next: State = { ...state, t: state.t.map((token) => moves.get(token.i) ?? token) };
  try {
    return { ...rearm(from, to, mapping, state, next, context, moves), problems };
  } catch (error) {
    if (!(error instanceof Incident)) throw error;
    return { state, problems: [{ element: from.id, rule: 'expression', reason: error.message }], effects: [] };
  }
}

/** What a migration would do to each of these instances, without doing it. */
export function previewMigration(from: Definition, to: Definition, mapping: ElementMapping, states: ReadonlyMap<string, State>, context: Context): ReadonlyMap<string, readonly Problem[]> {
  return new Map([...states].map(([id, state]) => [id, migrate(from, to, mapping, state, context).problems]));
}

/** Tokens of this definition: those of called processes stay with their own. */
function own(state: State): Token[] {
  const foreign = new Set<number>();
  return state.t.filter((token) => {
    if (token.c !== undefined || foreign.has(token.p)) foreign.add(token.i);
    return !foreign.has(token.i);
  });
}

const WAITS = new Set(['user', 'service', 'send', 'receive', 'call', 'subprocess', 'transaction', 'eventSubprocess', 'catch', 'eventGateway', 'parallel', 'inclusive', 'process']);

function target(from: Definition, to: Definition, mapping: ElementMapping, index: number): Node | undefined {
  if (index === 0) return to.nodes[0];
  const id = from.nodes[index]?.id ?? '';
  return to.nodes[to.index[mapping[id] ?? id] ?? -1];
}

function moved(from: Definition, to: Definition, mapping: ElementMapping, token: Token, problems: Problem[]): Token {
  const old = from.nodes[token.e] as Node;
  const say = (rule: Problem['rule'], reason: string): void => void problems.push({ element: old.id, rule, reason });
  const index = (at: number): number => {
    const node = target(from, to, mapping, at);
    if (!node) say('element.gone', `${from.nodes[at]?.id} has no counterpart`);
    return node?.index ?? -1;
  };
  const node = target(from, to, mapping, token.e);
  if (!node) {
    say('element.gone', 'is not in the new version and the mapping does not say where it goes');
    return token;
  }
  if (node.kind !== old.kind && (WAITS.has(old.kind) || WAITS.has(node.kind)) && !token.x) say('element.kind', `is a ${old.kind}, ${node.id} is a ${node.kind}`);
  if (token.m && node.loop?.type !== old.loop?.type) say('element.loop', `${node.id} does not repeat in the same way`);
  if (!token.m && node.loop && !old.loop) say('element.loop', `${node.id} repeats, the running one does not`);
  const change: { -readonly [K in keyof Token]?: Token[K] } = { e: node.index };
  if (token.f !== undefined) change.f = flowOf(from, to, mapping, token.f, node, say);
  if (token.b !== undefined) change.b = index(token.b);
  if (token.d) change.d = Object.fromEntries(Object.entries(token.d).flatMap(([at, count]) => mapEvent(from, to, mapping, Number(at), count)));
  if (token.h) change.h = token.h.map((undo) => moveUndo(undo, index));
  if (token.q) change.q = token.q.map((undo) => moveUndo(undo, index));
  return { ...token, ...change };
}

const moveUndo = (undo: Undo, index: (at: number) => number): Undo => ({ ...undo, e: index(undo.e), ...(undo.h ? { h: undo.h.map((inner) => moveUndo(inner, index)) } : {}) });

function mapEvent(from: Definition, to: Definition, mapping: ElementMapping, at: number, count: number): [string, number][] {
  const event = target(from, to, mapping, at);
  return event ? [[String(event.index), count]] : [];
}

/** The way by which a token came to a join: the flow of the same id, else the only one from the same element. */
function flowOf(from: Definition, to: Definition, mapping: ElementMapping, flow: number, join: Node, say: (rule: Problem['rule'], reason: string) => void): number {
  const old = from.flows[flow];
  const source = target(from, to, mapping, old?.from ?? -1)?.index;
  const into = join.incoming.map((index) => to.flows[index]);
  const found = into.find((candidate) => candidate?.id === (mapping[old?.id ?? ''] ?? old?.id)) ?? into.find((candidate) => candidate?.from === source);
  if (!found) say('flow.gone', `the way ${old?.id} into ${join.id} is gone`);
  return found?.index ?? -1;
}

/** A token must stay within the counterpart of its scope, and no join may be left waiting for a flow that nothing can reach. */
function checkScopes(from: Definition, to: Definition, state: State, moves: ReadonlyMap<number, Token>, problems: Problem[]): void {
  for (const [id, token] of moves) {
    const old = state.t.find((one) => one.i === id) as Token;
    const parent = moves.get(old.p);
    const node = to.nodes[token.e];
    if (!parent || !node) continue;
    const held = parent.e === token.e || parent.q !== undefined;
    if (!held && node.scope !== parent.e) problems.push({ element: from.nodes[old.e]?.id ?? '', rule: 'element.scope', reason: `${node.id} lies in another scope` });
  }
  const joins = new Map<string, number>();
  for (const token of moves.values()) if (token.f !== undefined) joins.set(`${token.p} ${token.e} ${token.f}`, (joins.get(`${token.p} ${token.e} ${token.f}`) ?? 0) + 1);
  const before = new Map<string, number>();
  for (const token of own(state)) if (token.f !== undefined) before.set(`${token.p} ${token.e} ${token.f}`, 1);
  if (joins.size < before.size) problems.push({ element: from.id, rule: 'join', reason: 'two ways into a join would become one' });
}

/** Ends what only the old version waits for, starts what only the new one does; what both wait for runs on. */
function rearm(from: Definition, to: Definition, mapping: ElementMapping, old: State, next: State, context: Context, moves: ReadonlyMap<number, Token>): { state: State; effects: readonly Effect[] } {
  const before = openRun(from, old, context);
  const after = openRun(to, next, context);
  for (const id of moves.keys()) {
    const was = [...listensOf(before, get(before, id))];
    const keys = get(after, id).r;
    if (keys) patch(after, id, { r: undefined });
    for (const event of listensOf(after, get(after, id))) {
      const at = was.findIndex((one) => target(from, to, mapping, one.index)?.index === event.index && JSON.stringify(one.event) === JSON.stringify(event.event));
      const [same] = at < 0 ? [] : was.splice(at, 1);
      if (same) keepEvent(before, after, id, same, event);
      else armEvent(after, id, event);
    }
    for (const event of was) disarmEvent(before, get(before, id), event);
  }
  return { state: { ...next, t: after.tokens }, effects: [...before.effects, ...after.effects, ...retold(before, after, moves)] };
}

/** The same event, perhaps at another place in the definition: its timer keeps its due time, its key stays. */
function keepEvent(before: Run, after: Run, id: number, was: Node, is: Node): void {
  const [old, now] = [get(before, id), get(after, id)];
  const on = is.event?.on;
  if (on === 'timer' && !isSpent(old, was) && timerId(old, was) !== timerId(now, is)) {
    after.effects.push({ type: 'moveTimer', timer: timerId(old, was), to: timerId(now, is), element: is.id });
  }
  const key = old.r?.[was.index];
  if (was.index === is.index && key !== undefined) patch(after, id, { r: { ...now.r, [is.index]: key } });
  if (was.index === is.index || (on !== 'message' && on !== 'signal')) return;
  disarmEvent(before, old, was);
  armEvent(after, id, is);
}

function retold(before: Run, after: Run, moves: ReadonlyMap<number, Token>): Effect[] {
  return [...moves.keys()].flatMap((id) => {
    const [old, now] = [get(before, id), get(after, id)];
    const [was, is] = [before.root.nodes[old.e], after.root.nodes[now.e]];
    if (is?.kind !== 'user' || now.m || now.x || now.a?.w || !was) return [];
    const [told, tell] = [openTask(before, old, was), openTask(after, now, is)];
    return JSON.stringify(told) === JSON.stringify(tell) ? [] : [tell];
  });
}
