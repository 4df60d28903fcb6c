import type { Json, LoopSpec, Node, Variables } from './model.ts';
import { Incident } from './feel.ts';
import { add, childrenOf, clear, disarm, drop, get, nodeOf, patch, schedule, type Run } from './run.ts';
import type { Multi, Token } from './state.ts';
import { arm } from './events.ts';
import { evaluateAll, evaluateAt, isTrue, setVariables } from './variables.ts';

/** Instances of one activity; more is taken for a mistake in the collection. */
const MOST_INSTANCES = 1000;

/** Starts a multi-instance or loop: one token stands for the whole and keeps the boundary events. */
export function enterLoop(run: Run, node: Node, loop: LoopSpec, scope: number, back?: number): void {
  const items = loop.type === 'standard' ? [] : itemsOf(run, loop, scope);
  if (items.length > MOST_INSTANCES) throw new Incident(`${node.id} would repeat ${items.length} times; the most is ${MOST_INSTANCES}`);
  const multi: Multi = { n: loop.type === 'standard' ? (loop.maximum ?? -1) : items.length, s: 0, d: 0 };
  const body = add(run, { e: node.index, p: scope, m: multi, ...(back === undefined ? {} : { b: back }) });
  arm(run, body);
  if (loop.type === 'standard') {
    if (loop.testBefore && !isTrue(run, body.i, loop.loopCondition ?? 'false', { loopCounter: 0 })) return schedule(run, { op: 'finish', token: body.i });
    return startInstance(run, body.i, loop, null);
  }
  if (items.length === 0) return schedule(run, { op: 'finish', token: body.i });
  if (loop.type === 'parallel') for (const item of items) startInstance(run, body.i, loop, item);
  else {
    patch(run, body.i, { m: { ...multi, q: items.slice(1) } });
    startInstance(run, body.i, loop, items[0] ?? null);
  }
}

function itemsOf(run: Run, loop: LoopSpec, scope: number): readonly Json[] {
  if (loop.cardinality !== undefined) {
    const count = evaluateAt(run, scope, loop.cardinality);
    if (typeof count !== 'number' || !Number.isInteger(count) || count < 0) throw new Incident(`${loop.cardinality}: ${JSON.stringify(count)} is not a count`);
    return Array.from({ length: Math.min(count, MOST_INSTANCES + 1) }, (_, index) => index + 1);
  }
  const items = evaluateAt(run, scope, loop.collection ?? 'null');
  if (!Array.isArray(items)) throw new Incident(`${loop.collection}: ${JSON.stringify(items)} is not a list`);
  return items as readonly Json[];
}

export function startInstance(run: Run, body: number, loop: LoopSpec, item: Json): void {
  const whole = get(run, body);
  const multi = whole.m as Multi;
  const own: Variables = { loopCounter: multi.s + 1, ...(loop.elementVariable ? { [loop.elementVariable]: item } : {}) };
  patch(run, body, { m: { ...multi, s: multi.s + 1 } });
  const instance = add(run, { e: whole.e, p: body, v: own });
  schedule(run, { op: 'begin', token: instance.i });
}

/** One instance is done: keep its result, then decide whether the whole is. */
export function finishInstance(run: Run, token: Token, outcome?: string, variables?: Variables): void {
  const node = nodeOf(run, token);
  const body = get(run, token.p);
  const multi = body.m as Multi;
  const extra = outcome === undefined ? variables : { outcome, ...variables };
  const output = node.loop?.outputElement === undefined ? undefined : evaluateAt(run, token.i, node.loop.outputElement, extra);
  const mapped = node.outputs && node.kind !== 'call' ? evaluateAll(run, token.i, node.outputs, extra) : undefined;
  setVariables(run, body.p, mapped ?? (output === undefined ? variables : undefined));
  patch(run, body.i, {
    m: {
      ...multi, d: multi.d + 1,
      ...(outcome === undefined ? {} : { o: [...(multi.o ?? []), outcome] }),
      ...(output === undefined ? {} : { r: [...(multi.r ?? []), output] }),
    },
    ...(token.h ? { h: [...(body.h ?? []), ...token.h] } : {}),
  });
  disarm(run, token);
  drop(run, token.i);
  advanceLoop(run, body.i);
}

/** Ends the whole when it is decided or nothing is left; else starts what comes next. */
export function advanceLoop(run: Run, id: number): void {
  const body = get(run, id);
  const node = nodeOf(run, body);
  const loop = node.loop as LoopSpec;
  const multi = body.m as Multi;
  const verdict = verdictOf(node, loop, multi);
  if (verdict !== undefined || isComplete(run, body, loop)) {
    clear(run, id, 'decided');
    return schedule(run, { op: 'finish', token: id, outcome: verdict ?? multi.o?.at(-1) });
  }
  if (loop.type === 'standard') return advanceStandard(run, id, loop, multi);
  if (childrenOf(run, id).length > 0) return;
  const [next, ...rest] = multi.q ?? [];
  if (next === undefined) return schedule(run, { op: 'finish', token: id, outcome: multi.o?.at(-1) });
  patch(run, id, { m: { ...multi, q: rest } });
  startInstance(run, id, loop, next);
}

function advanceStandard(run: Run, id: number, loop: LoopSpec, multi: Multi): void {
  const more = (loop.maximum === undefined || multi.d < loop.maximum) && isTrue(run, id, loop.loopCondition ?? 'false', { loopCounter: multi.d });
  if (more) startInstance(run, id, loop, null);
  else schedule(run, { op: 'finish', token: id, outcome: multi.o?.at(-1) });
}

function isComplete(run: Run, body: Token, loop: LoopSpec): boolean {
  if (loop.completionCondition === undefined || !body.m) return false;
  const { n, s, d, o = [] } = body.m;
  return isTrue(run, body.i, loop.completionCondition, {
    numberOfInstances: n, numberOfCompletedInstances: d, numberOfActiveInstances: s - d, outcomes: o,
  });
}

/** The outcome that agrees: the first one the task offers. */
export const positive = (node: Node): string => node.task?.outcomes?.[0] ?? 'approve';

/** 会签: all must agree, the first refusal decides. 或签: the first answer decides. 比例: a share of those asked must agree. */
function verdictOf(node: Node, loop: LoopSpec, multi: Multi): string | undefined {
  const outcomes = multi.o ?? [];
  const against = outcomes.find((outcome) => outcome !== positive(node));
  const agreed = outcomes.filter((outcome) => outcome === positive(node)).length;
  switch (loop.policy?.rule) {
    case 'any': return outcomes[0];
    case 'all': case 'inTurn': return against ?? (agreed === multi.n ? positive(node) : undefined);
    case 'share': {
      if (agreed >= loop.policy.share * multi.n - 1e-9) return positive(node);
      return agreed + multi.n - multi.d < loop.policy.share * multi.n - 1e-9 ? against : undefined;
    }
    default: return undefined;
  }
}

/** What the whole hands on: the output collection. */
export function bodyResult(run: Run, body: Token): Variables | undefined {
  const collection = nodeOf(run, body).loop?.outputCollection;
  return collection ? { [collection]: body.m?.r ?? [] } : undefined;
}
