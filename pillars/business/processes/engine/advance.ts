import type { Node } from './model.ts';
import { begin, finish, newToken, passThrough, uncaught } from './activities.ts';
import { undoNext } from './compensation.ts';
import { arm, checkConditions, raise, throwEvent, trigger } from './events.ts';
import { Incident } from './feel.ts';
import { fireInclusive, joinParallel, leave } from './flow.ts';
import { enterLoop } from './loops.ts';
import { add, definitionOf, find, hold, nodeAt, patch, Rejected, schedule, type Run, type Work } from './run.ts';
import { finishScope } from './scopes.ts';

/** Moves of one step; a model that loops without ever waiting is stopped here. */
const MOST_MOVES = 100_000;

/** Moves everything that can move, until every token waits. */
export function advance(run: Run): void {
  let moves = 0;
  do {
    for (let work = run.work[run.at]; work; work = run.work[run.at]) {
      if (++moves > MOST_MOVES) throw new Rejected('endless-loop', 'the process loops without ever waiting');
      run.at++;
      attempt(run, work);
    }
    run.work = [];
    run.at = 0;
  } while (run.status === 'running' && run.tokens.length > 0 && (finishScope(run) || fireInclusive(run) || (run.changed && checkConditions(run))));
}

/** What fails leaves no trace but a held token and an incident. */
function attempt(run: Run, work: Work): void {
  const { tokens, next, work: queue, at, outcome } = run;
  const [effects, queued] = [run.effects.length, queue.length];
  try {
    perform(run, work);
  } catch (error) {
    if (!(error instanceof Incident) || !('scope' in work || work.op === 'begin' || work.op === 'finish')) throw error;
    Object.assign(run, { tokens, next, work: queue, at, outcome });
    run.effects.length = effects;
    queue.length = queued;
    park(run, work, error.message);
  }
}

function perform(run: Run, work: Work): void {
  switch (work.op) {
    case 'enter': return find(run, work.scope) ? enter(run, nodeAt(definitionOf(run, work.scope), work.node), work) : undefined;
    case 'begin': return find(run, work.token) ? begin(run, work.token) : undefined;
    case 'finish': return finish(run, work.token, work.outcome, work.variables);
    case 'leave': return find(run, work.scope) ? leave(run, work.node, work.scope, work.back) : undefined;
    case 'trigger': return trigger(run, work.token, work.node, work.variables);
    case 'undo': return undoNext(run, work.token);
    case 'raise':
      if (!raise(run, work) && work.on === 'error' && find(run, work.source)) uncaught(run, work.source, work.code, work.message);
  }
}

function enter(run: Run, node: Node, work: Extract<Work, { op: 'enter' }>): void {
  const { scope, flow, back } = work;
  if (passThrough(run, node, scope)) return leave(run, node.index, scope, back);
  switch (node.kind) {
    case 'parallel': return joinParallel(run, node, scope, flow);
    case 'inclusive':
      if (node.incoming.length < 2) return leave(run, node.index, scope);
      return void add(run, { e: node.index, p: scope, f: flow });
    case 'exclusive': case 'boundary': case 'start': return leave(run, node.index, scope);
    case 'throw': case 'end':
      if (throwEvent(run, node, scope)) schedule(run, { op: 'leave', node: node.index, scope });
      return;
    case 'catch':
      if (node.event?.on === 'link') return leave(run, node.index, scope);
      return arm(run, newToken(run, node, scope));
    case 'eventGateway': return arm(run, newToken(run, node, scope));
    default:
      if (node.loop) return enterLoop(run, node, node.loop, scope, back);
      return begin(run, newToken(run, node, scope, back).i);
  }
}

/** Holds what failed at the place from which it can be tried again. */
function park(run: Run, work: Work, reason: string): void {
  switch (work.op) {
    case 'enter': case 'leave': {
      const place = { e: work.node, p: work.scope, ...(work.back === undefined ? {} : { b: work.back }) };
      const token = add(run, work.op === 'enter' && work.flow >= 0 ? { ...place, f: work.flow } : place);
      return hold(run, token.i, work.op, reason);
    }
    case 'begin': return hold(run, work.token, 'begin', reason);
    case 'finish':
      patch(run, work.token, { y: { outcome: work.outcome, variables: work.variables } });
      return hold(run, work.token, 'finish', reason);
    default:
  }
}
