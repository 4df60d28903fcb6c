import type { AuditEntry } from '@zhengwu/audit';
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
}

/**
 * Everything that one command changes, as data. It is worked out without touching the database and committed by one
 * statement (`cases.write`), so that a command happens whole or not at all.
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

/** The unit as one JSON text; what is empty is left out, so that the statement skips it. */
export const unitText = (unit: Unit): string =>
  JSON.stringify(Object.fromEntries(Object.entries(unit).filter(([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0))));
