import type { Actor } from '@zhengwu/contracts';
import { newState, type Definition, type State } from '@zhengwu/processes';
import type { CaseService, Ground } from './ground.ts';
import type { ApplicationRow, CaseRow, TaskRow } from './rows.ts';
import { mayBecome, wrongState } from './states.ts';
import { emptyUnit, type InstanceWrite, type Unit } from './unit.ts';

/** One command on one case while it is being worked out. Nothing here touches the database. */
export interface Flow {
  readonly ground: Ground;
  readonly actor: Actor;
  readonly now: Date;
  readonly service: CaseService;
  readonly definition: Definition;
  readonly unit: Unit;
  /** The case as it will be; `set` collects what changed since it was read. */
  readonly row: CaseRow;
  readonly application: ApplicationRow;
  /** Tasks not yet done, as they will be. */
  readonly tasks: TaskRow[];
  readonly instance: InstanceWrite;
  state: State;
  /** File hashes of the pictures handed in, by material. */
  readonly pictures: Readonly<Record<string, string>>;
  /** The task whose completion caused this, so that its closing is not recorded twice. */
  deciding: string | null;
  /** Set once a case row exists; before that the unit inserts it. */
  readonly isNew: boolean;
}

export interface FlowInput {
  ground: Ground;
  actor: Actor;
  service: CaseService;
  row: CaseRow;
  application: ApplicationRow;
  tasks: TaskRow[];
  instance: { id: string; definition: string; version: number | null; state: State | null };
  pictures: Readonly<Record<string, string>>;
  now: Date;
}

/** Opens a flow over what was read (or over a case about to begin). */
export const openFlow = (input: FlowInput): Flow => ({
  ground: input.ground,
  actor: input.actor,
  now: input.now,
  service: input.service,
  definition: input.service.definition,
  unit: emptyUnit(),
  row: { ...input.row },
  application: { ...input.application },
  tasks: [...input.tasks],
  instance: {
    id: input.instance.id, definition: input.instance.definition, version: input.instance.version, state: input.instance.state,
    timers: [], cancelledTimers: [], subscriptions: [], cancelledSubscriptions: [],
  },
  state: input.instance.state ?? newState(),
  pictures: input.pictures,
  deciding: null,
  isNew: input.instance.version === null,
});

/** Changes columns of the case. Throws `case.wrong-state` for a step that the fifteen states do not know. */
export const setCase = (flow: Flow, set: Partial<CaseRow>): void => {
  if (set.state !== undefined && !mayBecome(flow.row.state, set.state)) throw wrongState(flow.row.state);
  Object.assign(flow.row, set);
  if (flow.isNew) return;
  flow.unit.change ??= { id: flow.row.id, version: flow.row.version, set: {} };
  Object.assign(flow.unit.change.set, set);
};

/** Changes answers, facts or results kept with the case. */
export const setApplication = (flow: Flow, set: Partial<ApplicationRow>): void => {
  Object.assign(flow.application, set);
  if (flow.isNew) return;
  flow.unit.application = { ...flow.unit.application, ...set };
  setCase(flow, {});
};

/** Changes a task that was read, or one that this very unit opens. */
export const setTask = (flow: Flow, task: TaskRow, set: Partial<TaskRow>): void => {
  Object.assign(task, set);
  if (flow.unit.tasks.includes(task)) return;
  const known = flow.unit.taskChanges.find((change) => change.id === task.id);
  if (known) Object.assign(known.set, set);
  else flow.unit.taskChanges.push({ id: task.id, version: task.version, set });
};
