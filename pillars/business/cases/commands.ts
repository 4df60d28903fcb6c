import type { Actor } from '@zhengwu/contracts';
import { isZhengwuError } from '@zhengwu/errors';
import { fail } from './errors.ts';
import { openFlow, type Flow } from './flow.ts';
import type { CaseService, Ground } from './ground.ts';
import type { TaskRow } from './rows.ts';
import type { Once } from './committing.ts';
import type { CaseStore, Loaded } from './store.ts';

/** What commands on cases stand on. */
export interface Desk {
  readonly store: CaseStore;
  readonly ground: Ground;
  serviceOf(packHash: string, code: string): CaseService;
  now(): Date;
  /** Told after every command, so that open pages count anew. */
  changed(): void;
}

export interface Command<A> {
  actor: Actor;
  /** Makes the command happen once; the answer of the first time is given again. */
  once?: Once;
  /** Works the command out; throws a declared error to refuse it. */
  work(flow: Flow, loaded: Loaded): A;
}

const ATTEMPTS = 4;

/**
 * A command that comes again (its answer was lost on the way) gets its first answer, even though the case has gone on by that
 * very command and would refuse it now. It is looked for only when the command is refused.
 */
export const repeatable = async <A>(desk: Pick<Desk, 'store'>, { actor, once }: Pick<Command<A>, 'actor' | 'once'>, work: () => Promise<A>): Promise<A> => {
  try {
    return await work();
  } catch (error) {
    const kept = once && isZhengwuError(error) ? await desk.store.kept(actor, once) : null;
    if (!kept) throw error;
    return kept.answer as A;
  }
};

const flowOf = (desk: Desk, actor: Actor, loaded: Loaded): Flow =>
  openFlow({
    ground: desk.ground, actor, now: desk.now(), service: desk.serviceOf(loaded.case.pack_hash, loaded.case.service),
    row: loaded.case, pictures: loaded.pictures ?? {}, application: loaded.application, tasks: loaded.tasks,
    instance: { id: loaded.instance.id, definition: loaded.instance.definition, version: loaded.instance.version, state: loaded.instance.state },
  });

/**
 * Loads what `find` names, works the command out, commits it whole. When somebody else changed the case in between, it is
 * worked out again on the new state, so that two people on two tasks of one case never stand in each other's way;
 * whether the command still fits is for `work` to say.
 */
const attempted = async <A>(desk: Desk, find: () => Promise<Loaded>, { actor, once, work }: Command<A>): Promise<A> => {
  for (let attempt = 1; ; attempt += 1) {
    const loaded = await find();
    const flow = flowOf(desk, actor, loaded);
    try {
      const answer = work(flow, loaded);
      const answered = await desk.store.commit(actor, flow.unit, answer, once);
      desk.changed();
      return answered;
    } catch (error) {
      if (attempt < ATTEMPTS && isZhengwuError(error) && (error.code === 'case.changed' || error.code === 'process.changed')) continue;
      throw error;
    }
  }
};

const command = <A>(desk: Desk, find: () => Promise<Loaded>, wanted: Command<A>): Promise<A> => repeatable(desk, wanted, () => attempted(desk, find, wanted));

/** A command on a case as the actor may see it. */
export const onCase = <A>(desk: Desk, id: string, wanted: Command<A>): Promise<A> =>
  command(desk, () => desk.store.loadCase(wanted.actor, id), wanted);

/** A command on one task that the actor may handle, at the version that was looked at. */
export const onTask = <A>(
  desk: Desk, id: string, version: number, wanted: Omit<Command<A>, 'work'> & { work(flow: Flow, task: TaskRow, loaded: Loaded): A },
): Promise<A> =>
  command(desk, () => desk.store.loadTask(wanted.actor, id), {
    actor: wanted.actor,
    once: wanted.once,
    work: (flow, loaded) => {
      const task = flow.tasks.find((one) => one.id === id);
      if (!task || task.version !== version) throw changed(loaded, task);
      return wanted.work(flow, task, loaded);
    },
  });

const changed = (loaded: Loaded, task: TaskRow | undefined) => {
  const last = loaded.last;
  return fail('task.changed', { by: task?.assignee_name ?? last?.by ?? '—', at: last?.at ?? loaded.case.submitted_at }, { extra: { task: task ?? null } });
};
