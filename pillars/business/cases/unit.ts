import { named, type AuditEntry } from '@zhengwu/audit';
import type { Acting } from '@zhengwu/database';
import type { NewEvent } from '@zhengwu/events';
import type {
  ApplicationRow, CaseRow, CorrectionItemRow, CorrectionRow, EffortStart, HistoryRow, MaterialRow, RatingRow, SuspensionRow, TaskRow,
} from './rows.ts';

export interface TaskChange {
  id: string;
  /** The version that was read; another one refuses the whole unit. */
  version: number;
  set: Partial<TaskRow>;
}

export interface TimerStart {
  timer: string;
  due: string;
  /** A limit in working days, a span of time, or a moment that is fixed. */
  kind: 'days' | 'span' | 'date';
  started: string;
}

/** What becomes of the process instance: begun, or gone on from the version that was read. */
export interface InstanceWrite {
  id: string;
  definition: string;
  /** null: begun here. */
  version: number | null;
  state: unknown;
  timers: TimerStart[];
  cancelledTimers: string[];
  subscriptions: { subscription: string; kind: string; name: string; correlation: unknown }[];
  cancelledSubscriptions: string[];
  /** From this instant its timers stand still. */
  held?: string;
  /** At this instant they go on with what was left. */
  released?: string;
}

/**
 * Everything that one command changes, as data. It is worked out without touching the database and committed by one
 * statement (`cases.write`), so that a command happens whole or not at all; commands of the same moment share a statement.
 */
export interface Unit {
  case?: CaseRow;
  change?: { id: string; version: number; set: Partial<CaseRow> };
  application?: Partial<ApplicationRow>;
  words?: string;
  plain?: string;
  involved: { department: number; submitted_at: string; case_id: string }[];
  materials: MaterialRow[];
  replacedMaterials: string[];
  tasks: TaskRow[];
  taskChanges: TaskChange[];
  instance?: InstanceWrite;
  history: HistoryRow[];
  correction?: CorrectionRow;
  correctionItems: CorrectionItemRow[];
  correctionDone?: { id: string; at: string };
  suspension?: SuspensionRow;
  resumed?: { case: string; at: string; result: string };
  rating?: RatingRow;
  effort?: EffortStart;
  /** The case ends here: its unpaid order is void, and without approval its seat at the office is free again. */
  ended?: { case: string; at: string; approved: boolean };
  draftSubmitted?: { id: string; version: number; case: string };
  appointment?: { place: string; at: string; seat: number; case_id: string };
  /** New companies, and the mandate of who founded them. */
  principals: unknown[];
  mandates: { id: string; principal: string; agent: string; basis: string }[];
  orders: unknown[];
  licences: unknown[];
  licenceRevocations: unknown[];
  registerWrites: unknown[];
  messages: unknown[];
  events: NewEvent[];
  audit: AuditEntry[];
}

export const emptyUnit = (): Unit => ({
  involved: [], materials: [], replacedMaterials: [], tasks: [], taskChanges: [], history: [], correctionItems: [],
  principals: [], mandates: [], orders: [], licences: [], licenceRevocations: [], registerWrites: [], messages: [], events: [], audit: [],
});

/** A unit and who sent it. */
export interface Sealed {
  actor: Acting;
  unit: Unit;
}

const RARE = ['correction', 'correctionItems', 'correctionDone', 'suspension', 'resumed', 'rating', 'draftSubmitted', 'appointment', 'principals', 'mandates', 'ended'] as const;

const isThere = (value: unknown): boolean => value !== undefined && !(Array.isArray(value) && value.length === 0);

const rareOf = (unit: Unit): object => Object.fromEntries(RARE.flatMap((name) => (isThere(unit[name]) ? [[name, unit[name]]] : [])));

const newRows = ({ case: row, application, words, plain }: Unit) =>
  row ? [{ row, application, search: { case_id: row.id, department: row.department, submitted_at: row.submitted_at, words, plain } }] : [];

/** Units as `cases.write` takes them: rows of one table side by side, what is rare for each by itself; what is empty is left out. */
export const merge = (all: readonly Sealed[]): string => {
  const units = all.map((one) => one.unit);
  const begun = units.flatMap(newRows);
  const merged = {
    cases: begun.map((one) => one.row), applications: begun.map((one) => one.application), searches: begun.map((one) => one.search),
    changes: units.flatMap((unit) => unit.change ?? []),
    applicationChanges: units.flatMap(({ change, application }) => (change && application ? [{ id: change.id, set: application }] : [])),
    involved: units.flatMap((unit) => unit.involved), materials: units.flatMap((unit) => unit.materials), replacedMaterials: units.flatMap((unit) => unit.replacedMaterials),
    tasks: units.flatMap((unit) => unit.tasks), taskChanges: units.flatMap((unit) => unit.taskChanges), instances: units.flatMap((unit) => unit.instance ?? []),
    history: units.flatMap((unit) => unit.history), orders: units.flatMap((unit) => unit.orders), licences: units.flatMap((unit) => unit.licences),
    licenceRevocations: units.flatMap((unit) => unit.licenceRevocations), registerWrites: units.flatMap((unit) => unit.registerWrites),
    messages: units.flatMap((unit) => unit.messages), efforts: units.flatMap((unit) => unit.effort ?? []), events: units.flatMap((unit) => unit.events),
    audit: all.flatMap(({ actor, unit }) => unit.audit.map((entry) => ({ actor: named(actor), ...entry }))),
    rest: units.map(rareOf).filter((rare) => Object.keys(rare).length > 0),
  };
  return JSON.stringify(Object.fromEntries(Object.entries(merged).filter(([, value]) => value.length > 0)));
};
