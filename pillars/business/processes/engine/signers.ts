import type { Json, LoopSpec, Variables } from './model.ts';
import { add, childrenOf, close, drop, find, get, isAdded, isInstance, kill, nodeOf, patch, Rejected, schedule, type Run } from './run.ts';
import type { Multi, Token } from './state.ts';
import { advanceLoop, positive, startInstance } from './loops.ts';
import { setVariables } from './variables.ts';

/** 加签: one more instance of a countersigning, or a signer beside a single task; that task ends when all have answered. */
export function addSigner(run: Run, id: number, signer: Json): void {
  const token = get(run, id);
  const whole = token.m ? token : isInstance(run, token) ? get(run, token.p) : undefined;
  const node = nodeOf(run, token);
  if (node.kind !== 'user' || token.x || token.a?.w) throw new Rejected('not-a-task', `token ${id} is no open task`);
  if (whole) return addInstance(run, whole, node.loop as LoopSpec, signer);
  const first = isAdded(run, token) ? get(run, token.p) : token;
  patch(run, first.i, { a: first.a ?? { o: [] } });
  const added = add(run, { e: first.e, p: first.i, v: { signer } });
  schedule(run, { op: 'begin', token: added.i });
}

function addInstance(run: Run, whole: Token, loop: LoopSpec, signer: Json): void {
  const multi = whole.m as Multi;
  if (loop.type === 'standard') throw new Rejected('not-signers', 'a loop has no signers');
  if (loop.type === 'sequential') return void patch(run, whole.i, { m: { ...multi, n: multi.n + 1, q: [signer, ...(multi.q ?? [])] } });
  patch(run, whole.i, { m: { ...multi, n: multi.n + 1 } });
  startInstance(run, whole.i, loop, signer);
}

/** 减签: takes one signer away; the last one stays. */
export function removeSigner(run: Run, id: number): void {
  const token = get(run, id);
  if (isAdded(run, token)) {
    kill(run, id, 'removed');
    return resume(run, token.p);
  }
  const whole = find(run, token.p);
  if (!whole?.m || !isInstance(run, token)) throw new Rejected('not-signers', `token ${id} is not one of several signers`);
  if (whole.m.n < 2) throw new Rejected('last-signer', 'the last signer can not be taken away');
  kill(run, id, 'removed');
  patch(run, whole.i, { m: { ...whole.m, n: whole.m.n - 1, s: whole.m.s - 1 } });
  advanceLoop(run, whole.i);
}

export function finishAdded(run: Run, token: Token, outcome?: string, variables?: Variables): void {
  close(run, token, 'completed', outcome);
  drop(run, token.i);
  const first = get(run, token.p);
  setVariables(run, first.p, variables);
  if (outcome !== undefined) patch(run, first.i, { a: { ...first.a, o: [...(first.a?.o ?? []), outcome] } });
  resume(run, first.i);
}

/** The first holder's answer is kept until the last added signer has answered. */
export function waitsForSigners(run: Run, token: Token, outcome?: string, variables?: Variables): boolean {
  if (!token.a || token.a.w || childrenOf(run, token.i).length === 0) return false;
  close(run, token, 'completed', outcome);
  // The boundary events stay: the task as a whole is not over.
  patch(run, token.i, { a: { ...token.a, w: { outcome, variables } } });
  return true;
}

function resume(run: Run, id: number): void {
  const first = get(run, id);
  if (first.a?.w && childrenOf(run, id).length === 0) schedule(run, { op: 'finish', token: id, ...first.a.w });
}

/** Any added signer who did not agree decides; else the first holder. */
export function withSigners(run: Run, token: Token, outcome: string | undefined): string | undefined {
  const agree = positive(nodeOf(run, token));
  return token.a?.o.find((other) => other !== agree) ?? outcome;
}
