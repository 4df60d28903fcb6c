import type { LimitClock } from '@zhengwu/clock';

/** Rows as the database keeps them; names are the columns'. Instants are ISO 8601 text in a unit and Date when read. */
export type Moment = string;

export interface CaseRow {
  id: string;
  number: string;
  service: string;
  service_zh: string;
  service_en: string;
  pack_hash: string;
  department: number;
  applicant: string;
  applicant_kind: 'person' | 'institution';
  applicant_name: string;
  agent: string | null;
  agent_name: string | null;
  channel: 'portal' | 'window';
  /** 1 to 15 of code list case-state. */
  state: number;
  submitted_at: Moment;
  accepted_at: Moment | null;
  closed_at: Moment | null;
  delivered_at: Moment | null;
  /** Promised limit with its stops and extension; null until accepted. */
  clock: LimitClock | null;
  clock_stopped_for: 'correction' | 'special' | 'payment' | null;
  promised_days: number;
  statutory_days: number;
  promised_due: string | null;
  statutory_due: string | null;
  card: 'none' | 'warning' | 'yellow' | 'red';
  waits_for: 'correct' | 'pay' | 'rate' | 'collect' | 'attend' | null;
  version: number;
  /** Label, 0 public to 4 绝密. */
  secrecy: number;
}

export interface ApplicationRow {
  case_id: string;
  answers: Record<string, unknown>;
  /** What registers and licences said when the case began. */
  facts: Record<string, unknown>;
  prefilled: { key: string; source: { zh: string; en: string } }[];
  contact: { phone: string | null; email: string | null; identifier: string };
  /** Fields that a correction changed. */
  changed: string[];
  /** Results of operations that later steps and licences need. */
  variables: Record<string, unknown>;
}

export interface MaterialRow {
  id: string;
  case_id: string;
  code: string;
  file_hash: string | null;
  file_name: string | null;
  file_type: string | null;
  file_size: number | null;
  satisfied_zh: string | null;
  satisfied_en: string | null;
  verdict: 'unseen' | 'seen' | 'ok' | 'incomplete';
  note: string | null;
  replaced: boolean;
  given_at: Moment;
}

export interface TaskRow {
  id: string;
  case_id: string;
  /** The engine's token that waits here. */
  token: number;
  element: string;
  name_zh: string;
  name_en: string;
  kind: string;
  stage: string;
  department: number;
  post: string | null;
  outcomes: string[];
  /** waiting: held while the applicant corrects or a special procedure runs. */
  status: 'open' | 'claimed' | 'waiting' | 'done' | 'cancelled';
  assignee: string | null;
  assignee_name: string | null;
  delegated_by: string | null;
  delegated_by_name: string | null;
  outcome: string | null;
  opinion: string | null;
  reason_code: string | null;
  signature: string | null;
  opened_at: Moment;
  claimed_at: Moment | null;
  done_at: Moment | null;
  due_on: string | null;
  chased: boolean;
  touched: number;
  version: number;
}

export interface HistoryRow {
  id: string;
  case_id: string;
  at: Moment;
  kind: string;
  title_zh: string;
  title_en: string;
  detail_zh: string | null;
  detail_en: string | null;
  person: string | null;
  person_name: string | null;
  department: number | null;
  internal: boolean;
}

export interface CorrectionRow {
  id: string;
  case_id: string;
  task_id: string;
  note: string | null;
  asked_at: Moment;
  due_on: string;
  done_at: Moment | null;
}

export interface CorrectionItemRow {
  id: string;
  correction_id: string;
  case_id: string;
  target: 'field' | 'material';
  key: string;
  why: string;
  done: boolean;
}

export interface SuspensionRow {
  id: string;
  case_id: string;
  kind: string;
  reason: string;
  result: string | null;
  planned_days: number;
  from_at: Moment;
  until_at: Moment | null;
}

export interface RatingRow {
  case_id: string;
  service: string;
  department: number;
  level: number;
  dimensions: Record<string, number>;
  comment: string | null;
  rated_at: Moment;
  due_on: string | null;
  rectified: string | null;
  rectified_at: Moment | null;
}

/** What is known of the effort at closing; hands, steps and touch time are added from the tasks. */
export interface EffortStart {
  case_id: string;
  service: string;
  closed_at: Moment;
  visits: number;
  working_days: number;
}
