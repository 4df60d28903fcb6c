import type { Actor } from '@zhengwu/contracts';
import type { Tx } from '@zhengwu/database';
import { uuidv7 } from '@zhengwu/ids';
import { correctionFor, resume, suspend } from './acts.ts';
import { advance } from './advance.ts';
import { correct, rate, withdraw } from './applicant-acts.ts';
import { revoke } from './closing.ts';
import type { Desk } from './commands.ts';
import { claim, complete } from './deciding.ts';
import { openFlow, type Flow } from './flow.ts';
import type { Ground } from './ground.ts';
import { recordPayment } from './operations.ts';
import type {
  ApplicationRow, CaseRow, CorrectionItemRow, CorrectionRow, EffortStart, HistoryRow, MaterialRow, RatingRow, SuspensionRow, TaskRow,
} from './rows.ts';
import type { Loaded } from './store.ts';
import { beginCase, type Application } from './submission.ts';
import type { InstanceWrite, Unit } from './unit.ts';

/** A case that lives through the ordinary commands at instants gone by, in memory, until it is written with many others. */
export interface Lived {
  case: CaseRow;
  application: ApplicationRow;
  words: { words: string; plain: string };
  involved: Unit['involved'];
  materials: MaterialRow[];
  tasks: TaskRow[];
  history: HistoryRow[];
  corrections: CorrectionRow[];
  correctionItems: CorrectionItemRow[];
  suspensions: SuspensionRow[];
  rating: RatingRow | null;
  effort: EffortStart | null;
  /** Seconds the applicant spent, as measured. */
  applicantSeconds: number;
  instance: Loaded['instance'];
  instances: InstanceWrite[];
  orders: unknown[];
}

export interface Act {
  actor: Actor;
  at: Date;
}

/** What was done once is not done again: no licence is issued, no message sent, no register written for the past. */
const pastGround = (ground: Ground): Ground => ({
  ...ground,
  makeLicence: () => ({ id: uuidv7(), name: { zh: '电子证照', en: 'electronic licence' }, row: null }),
  makeMessage: () => null,
  makePrincipal: () => ({ id: uuidv7(), row: null }),
  makeRegisterWrite: () => null,
  assignUscc: () => '',
});

const foldTasks = (lived: Lived, unit: Unit): void => {
  for (const change of unit.taskChanges) {
    const task = lived.tasks.find((one) => one.id === change.id);
    if (task) Object.assign(task, change.set, { version: task.version + 1 });
  }
  lived.tasks.push(...unit.tasks);
};

const foldProceedings = (lived: Lived, unit: Unit): void => {
  lived.history.push(...unit.history.map((entry) => (entry.kind === 'licence' ? { ...entry, detail_zh: null, detail_en: null } : entry)));
  if (unit.correction) lived.corrections.push(unit.correction);
  lived.correctionItems.push(...unit.correctionItems);
  const { correctionDone, suspension, resumed } = unit;
  if (correctionDone) {
    for (const one of lived.corrections) if (one.id === correctionDone.id) one.done_at = correctionDone.at;
    for (const one of lived.correctionItems) if (one.correction_id === correctionDone.id) one.done = true;
  }
  if (suspension) lived.suspensions.push(suspension);
  if (resumed) for (const one of lived.suspensions) if (!one.until_at) Object.assign(one, { until_at: resumed.at, result: resumed.result });
};

/** Takes a unit of work in, as `cases.write` would. */
const fold = (lived: Lived, unit: Unit): void => {
  if (unit.change) Object.assign(lived.case, unit.change.set, { version: lived.case.version + 1 });
  if (unit.application && unit.change) Object.assign(lived.application, unit.application);
  lived.involved.push(...unit.involved);
  for (const one of lived.materials) if (unit.replacedMaterials.includes(one.id)) one.replaced = true;
  lived.materials.push(...unit.materials);
  foldTasks(lived, unit);
  foldProceedings(lived, unit);
  lived.rating = unit.rating ?? lived.rating;
  lived.effort = unit.effort ?? lived.effort;
  lived.orders.push(...unit.orders);
  if (unit.instance) {
    lived.instances.push({ ...unit.instance });
    lived.instance = { ...lived.instance, version: (unit.instance.version ?? 0) + 1, state: unit.instance.state as Loaded['instance']['state'] };
  }
};

const isWaiting = (task: TaskRow): boolean => task.status === 'open' || task.status === 'claimed' || task.status === 'waiting';

/** The commands of a case's life, for instants gone by. */
export interface Past {
  begin(act: Act, application: Application, applicantSeconds: number): Lived;
  /** Tasks that wait for somebody. */
  open(lived: Lived): TaskRow[];
  /** Claims at `claimed` and decides at `act.at`. */
  decide(lived: Lived, act: Act, task: TaskRow, claimed: Date, outcome: string, opinion: string): void;
  askCorrection(lived: Lived, act: Act, task: TaskRow, items: { target: 'field' | 'material'; key: string; why: string }[]): void;
  /** Gives everything that was asked for, each material by a new file. */
  correct(lived: Lived, act: Act, fileOf: (material: string) => Pick<MaterialRow, 'file_hash' | 'file_name' | 'file_type' | 'file_size'>): void;
  suspend(lived: Lived, act: Act, task: TaskRow, body: { kind: string; reason: string; plannedDays: number }): void;
  resume(lived: Lived, act: Act, task: TaskRow, result: string): void;
  pay(lived: Lived, act: Act): void;
  withdraw(lived: Lived, act: Act, reason: string): void;
  revoke(lived: Lived, act: Act, reason: string): void;
  rate(lived: Lived, act: Act, level: number, comment: string | null): void;
}

const newLife = (flow: Flow, applicantSeconds: number): Lived => ({
  case: { ...flow.row }, application: { ...flow.application }, words: { words: flow.unit.words ?? '', plain: flow.unit.plain ?? '' },
  involved: [], materials: [], tasks: [], history: [], corrections: [], correctionItems: [], suspensions: [], rating: null, effort: null, applicantSeconds,
  instance: { id: flow.row.id, definition: flow.instance.definition, version: 1, state: flow.state }, instances: [], orders: [],
});

/** Opens the past over a desk. */
export const openPast = (desk: Pick<Desk, 'ground' | 'serviceOf'>): Past => {
  const ground = pastGround(desk.ground);
  const live = (lived: Lived, { actor, at }: Act, work: (flow: Flow) => unknown): void => {
    const flow = openFlow({
      ground, actor, now: at, service: desk.serviceOf(lived.case.pack_hash, lived.case.service), row: lived.case, pictures: {},
      application: lived.application, tasks: lived.tasks.filter(isWaiting).map((task) => ({ ...task })), instance: lived.instance,
    });
    work(flow);
    fold(lived, flow.unit);
  };
  const on = (lived: Lived, act: Act, task: TaskRow, work: (flow: Flow, task: TaskRow) => unknown): void =>
    live(lived, act, (flow) => work(flow, flow.tasks.find((one) => one.id === task.id) as TaskRow));
  return {
    begin: ({ actor, at }, application, applicantSeconds) => {
      const { flow } = beginCase(ground, actor, application, at);
      const lived = newLife(flow, applicantSeconds);
      fold(lived, flow.unit);
      return lived;
    },
    open: (lived) => lived.tasks.filter(isWaiting),
    decide: (lived, act, task, claimed, outcome, opinion) => {
      on(lived, { ...act, at: claimed }, task, (flow, one) => claim(flow, one));
      on(lived, act, task, (flow, one) => complete(flow, one, { version: one.version, outcome, opinion }));
    },
    askCorrection: (lived, act, task, items) => on(lived, act, task, (flow, one) => correctionFor(flow, one, { version: one.version, items })),
    correct: (lived, act, fileOf) => {
      const correction = lived.corrections.find((one) => !one.done_at) as CorrectionRow;
      const items = lived.correctionItems.filter((one) => one.correction_id === correction.id);
      const wanted = items.filter((one) => one.target === 'material').map((one) => one.key);
      const materials = wanted.map((code): MaterialRow => ({
        id: uuidv7(), case_id: lived.case.id, code, ...fileOf(code), satisfied_zh: null, satisfied_en: null, verdict: 'unseen', note: null, replaced: false, given_at: act.at.toISOString(),
      }));
      const replaced = lived.materials.filter((one) => wanted.includes(one.code)).map((one) => one.id);
      live(lived, act, (flow) => correct(flow, { correction, items, answers: {}, materials, replaced }));
    },
    suspend: (lived, act, task, body) => on(lived, act, task, (flow, one) => suspend(flow, one, { version: one.version, ...body } as Parameters<typeof suspend>[2])),
    resume: (lived, act, task, result) => on(lived, act, task, (flow, one) => resume(flow, one, result)),
    pay: (lived, act) => {
      lived.orders = [];
      live(lived, act, (flow) => {
        recordPayment(flow);
        advance(flow, { type: 'deliverMessage', name: 'payment.paid' });
      });
    },
    withdraw: (lived, act, reason) => live(lived, act, (flow) => withdraw(flow, reason)),
    revoke: (lived, act, reason) => live(lived, act, (flow) => revoke(flow, reason, [])),
    rate: (lived, act, level, comment) => live(lived, act, (flow) => rate(flow, { level, ...(comment ? { comment } : {}) } as Parameters<typeof rate>[1])),
  };
};

const effortOf = ({ case: row, effort, tasks, materials, applicantSeconds }: Lived): object[] => {
  if (!effort) return [];
  const done = tasks.filter((task) => task.status === 'done');
  return [{
    case_id: row.id, service: row.service, closed_at: effort.closed_at, steps: done.length + 1,
    papers: materials.filter((one) => one.file_hash && !one.replaced).length, spared: materials.filter((one) => one.satisfied_zh).length, visits: effort.visits,
    hands: new Set(done.map((task) => task.assignee)).size, working_days: effort.working_days,
    applicant_seconds: applicantSeconds, clerk_seconds: done.reduce((sum, task) => sum + task.touched, 0),
  }];
};

/** Writes many lives at once, as system. Open cases keep their process and an unpaid order; closed ones need neither. */
export const loadPast = async (tx: Tx, lives: readonly Lived[]): Promise<void> => {
  const open = lives.filter((one) => !one.case.closed_at);
  const rows = {
    cases: lives.map((one) => one.case),
    applications: lives.map((one) => one.application),
    words: lives.map(({ case: { id, department, submitted_at }, words }) => ({ case_id: id, department, submitted_at, ...words })),
    involved: lives.flatMap((one) => one.involved), materials: lives.flatMap((one) => one.materials), tasks: lives.flatMap((one) => one.tasks),
    history: lives.flatMap((one) => one.history), corrections: lives.flatMap((one) => one.corrections),
    correctionItems: lives.flatMap((one) => one.correctionItems), suspensions: lives.flatMap((one) => one.suspensions),
    ratings: lives.flatMap((one) => one.rating ?? []), efforts: lives.flatMap(effortOf),
    instances: open.flatMap((one) => one.instances), orders: open.flatMap((one) => one.orders),
  };
  await tx.query('select cases.load_past($1::jsonb)', [JSON.stringify(rows)]);
};
