import * as api from '@zhengwu/contracts';
import { demandProof, type Call, type Http } from '@zhengwu/http';
import type { Colleagues } from './colleagues.ts';
import { onTask, repeatable, type Desk } from './commands.ts';
import * as acts from './acts.ts';
import { claim, complete } from './deciding.ts';
import { fail } from './errors.ts';
import type { Flow } from './flow.ts';
import { isZhengwuError, toProblem } from '@zhengwu/errors';
import { mayHandle, reaches } from './official-view.ts';
import { DECIDING } from './policy.ts';
import type { TaskRow } from './rows.ts';

type Acted = api.ResponseOf<typeof api.claimTask>;
type TaskCall<B> = Call<{ id: string }, unknown, B & { version: number }>;

const keyed = (call: { operation: { id: string }; idempotencyKey: string; requestHash: string }) => ({
  operation: call.operation.id, key: call.idempotencyKey, hash: call.requestHash,
});

/** Runs an act on a task that the caller may handle. */
const run = <B>(desk: Desk, call: TaskCall<B>, work: (flow: Flow, task: TaskRow, body: B & { version: number }) => Acted): Promise<Acted> =>
  onTask(desk, call.params.id, call.body.version, {
    actor: call.actor,
    once: keyed(call),
    work: (flow, task) => {
      if (!mayHandle(call.actor, task)) throw task.assignee ? fail('task.not-yours', { by: task.assignee_name ?? '—' }) : fail('task.unknown');
      return work(flow, task, call.body);
    },
  });

/** Completes a task; what decides the case itself asks who does it for a fresh proof. */
const completeProved = (flow: Flow, task: TaskRow, body: api.BodyOf<typeof api.completeTask>): Acted => {
  if (task.kind === 'decide') demandProof(DECIDING, flow.actor);
  return complete(flow, task, body);
};

/** Supervisors act on tasks in reach that are not theirs. */
const runAbove = <B>(desk: Desk, call: TaskCall<B>, work: (flow: Flow, task: TaskRow, body: B & { version: number }) => Acted): Promise<Acted> =>
  onTask(desk, call.params.id, call.body.version, {
    actor: call.actor,
    once: keyed(call),
    work: (flow, task) => {
      if (!reaches(call.actor, task.department)) throw fail('task.unknown');
      return work(flow, task, call.body);
    },
  });

/** Whoever stands in for the absent person takes on what that person has reserved; of two who try, the version lets one through. */
const takeOn = async (desk: Desk, colleagues: Colleagues, call: TaskCall<{ reason: string }>): Promise<Acted> => {
  const standsFor = await colleagues.standsInFor(call.actor);
  return runAbove(desk, call, (flow, task, body) => {
    if (!task.assignee || !standsFor.includes(task.assignee)) throw fail('task.not-yours', { by: task.assignee_name ?? '—' });
    return acts.takeOver(flow, task, body.reason);
  });
};

/** Runs an act that hands something to a colleague. */
const withColleague = <B extends { to: string }>(
  desk: Desk, colleagues: Colleagues, call: TaskCall<B>, work: (flow: Flow, task: TaskRow, to: acts.Colleague, body: B & { version: number }) => Acted,
): Promise<Acted> =>
  repeatable(desk, { actor: call.actor, once: keyed(call) }, async () => {
    const to = await colleagues.find(call.actor, call.body.to, call.params.id);
    return run(desk, call, (flow, task, body) => work(flow, task, to, body));
  });

/** The same decision on many tasks; each answers for itself. */
const completeMany = async (
  desk: Desk, call: Call<unknown, unknown, api.BodyOf<typeof api.batchComplete>>,
): Promise<api.ResponseOf<typeof api.batchComplete>> => {
  const done: string[] = [];
  const refused: { id: string; code: string; message: string }[] = [];
  for (const { id, version } of call.body.tasks) {
    try {
      await onTask(desk, id, version, {
        actor: call.actor,
        once: { operation: call.operation.id, key: `${call.idempotencyKey}:${id}`, hash: call.requestHash },
        work: (flow, task) => {
          if (!mayHandle(call.actor, task)) throw fail('task.unknown');
          return completeProved(flow, task, { version, outcome: call.body.outcome, opinion: call.body.opinion });
        },
      });
      done.push(id);
    } catch (error) {
      // What is broken is no refusal: the whole request fails, is logged, and can be sent again under its key; so can one that waits for a proof.
      if (!isZhengwuError(error) || error.code.startsWith('session.')) throw error;
      refused.push({ id, ...refusal(error, call.language) });
    }
  }
  return { done, refused };
};

/** Acts on one task, each its own operation with its own permission. */
export const taskRoutes = (http: Http, desk: Desk, colleagues: Colleagues): void => {
  http.route(api.claimTask, (call) => run(desk, call, claim));
  http.route(api.releaseTask, (call) => run(desk, call, acts.release));
  http.route(api.completeTask, (call) => run(desk, call, completeProved));
  http.route(api.takeOverTask, (call) => runAbove(desk, call, (flow, task, body) => acts.takeOver(flow, task, body.reason)));
  http.route(api.takeOnTask, (call) => takeOn(desk, colleagues, call));
  http.route(api.transferTask, (call) => withColleague(desk, colleagues, call, acts.transfer));
  http.route(api.delegateTask, (call) => withColleague(desk, colleagues, call, acts.delegate));
  http.route(api.addSigner, (call) => withColleague(desk, colleagues, call, acts.signAlso));
  http.route(api.removeSigner, (call) => runAbove(desk, call, (flow, task, body) => acts.signNoMore(flow, task, body.reason)));
  http.route(api.sendBackTask, (call) => run(desk, call, acts.sendBack));
  http.route(api.askCorrection, (call) => run(desk, call, acts.correctionFor));
  http.route(api.suspendCase, (call) => run(desk, call, acts.suspend));
  http.route(api.resumeCase, (call) => run(desk, call, (flow, task, body) => acts.resume(flow, task, body.result)));
  http.route(api.extendCase, (call) => run(desk, call, acts.extend));
  http.route(api.batchComplete, (call) => completeMany(desk, call));
  http.route(api.taskCandidates, (call) => colleagues.candidates(call.actor, call.params.id, call.query.q ?? ''));
};

const refusal = (error: unknown, language: api.Language): { code: string; message: string } => {
  const problem = toProblem(error, language, '');
  return { code: problem.code, message: problem.detail };
};
