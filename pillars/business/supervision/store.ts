import type { Tx } from '@zhengwu/database';
import type { Finding, Kind, Running, Watched } from './rules.ts';

const rowsOf = async <R>(tx: Tx, name: string, text: string, values: readonly unknown[]): Promise<R[]> => (await tx.named<R>(`supervision.${name}`, text, values)).rows;
const without = (source: string, rule: string, extended = '0'): string =>
  `not exists (select 1 from supervision.card k where k.case_id = ${source}.id and k.rule = ${rule} and k.extended = ${extended})`;

/** Running cases due by `soon` that lack the gravest card they have earned. */
export const selectDue = (tx: Tx, today: string, soon: string, most: number): Promise<Running[]> =>
  rowsOf(tx, 'due', `select d.id, d.number, d.service, d.department, d.promised_due, d.statutory_due, d.extended from cases.due_by($2::date) d
    where ${without('d', "case when d.statutory_due < $1::date then 'over-statutory' when d.promised_due < $1::date then 'over-promise' else 'due-soon' end", 'd.extended')} limit $3`, [today, soon, most]);

export const selectSilent = (tx: Tx, before: Date, most: number): Promise<(Watched & { submitted_at: Date })[]> =>
  rowsOf(tx, 'silent', `select d.* from cases.unanswered_since($1) d where ${without('d', "'not-accepted'")} limit $2`, [before, most]);

export const selectCorrectedUnaccepted = (tx: Tx, before: Date, most: number): Promise<(Watched & { corrected_at: Date })[]> =>
  rowsOf(tx, 'corrected', `select d.* from cases.corrected_unaccepted($1) d where ${without('d', "'not-accepted'")} limit $2`, [before, most]);

export const selectOverdueStages = (tx: Tx, today: string, most: number): Promise<(Watched & { due_on: string; stage_zh: string; stage_en: string })[]> =>
  rowsOf(tx, 'stages', `select d.* from cases.overdue_stages($1) d where ${without('d', "'stage-overdue'")} limit $2`, [today, most]);

export const selectUnrectified = (tx: Tx, today: string, most: number): Promise<(Watched & { due_on: string; level: number })[]> =>
  rowsOf(tx, 'unrectified', `select d.* from cases.unrectified_ratings($1) d where ${without('d', "'bad-rating'")} limit $2`, [today, most]);

export const selectUnreasoned = (tx: Tx, caseId: string): Promise<Watched[]> => rowsOf(tx, 'unreasoned', 'select * from cases.refused_without_reason($1)', [caseId]);

/** Ids of cases that the law now takes as accepted, after `after`. */
export const selectDeemed = async (tx: Tx, before: Date, after: string, most: number): Promise<string[]> =>
  (await rowsOf<{ id: string }>(tx, 'deemed', 'select d.id from cases.unanswered_since($1) d where d.id > $2 order by d.id limit $3', [before, after, most])).map(({ id }) => id);

export const selectLapsed = async (tx: Tx, today: string, after: string, most: number): Promise<string[]> =>
  (await rowsOf<{ id: string }>(tx, 'lapsed', 'select d.id from cases.lapsed_corrections($1) d where d.id > $2 order by d.id limit $3', [today, after, most])).map(({ id }) => id);

/** Issues cards, once for a case and a rule; answers how many are new. */
export const issueCards = async (tx: Tx, findings: readonly (Finding & { kind: Kind })[], at: Date): Promise<number> =>
  (await rowsOf<{ issued: number }>(tx, 'issue', 'select supervision.issue($1::jsonb, $2) as issued', [JSON.stringify(findings), at]))[0]?.issued ?? 0;

export interface CardRow {
  id: string;
  number: string;
  rule: string;
  kind: Kind;
  case_id: string;
  case_number: string;
  department: number;
  content_zh: string;
  content_en: string;
  issued_at: Date;
  status: 'open' | 'explained' | 'closed';
  result: string | null;
}

const CARD = 'k.id, k.number, k.rule, k.kind, k.case_id, k.case_number, k.department, k.content_zh, k.content_en, k.issued_at, k.status, k.result';

export interface CardFilter {
  kind: string | null;
  status: string | null;
}

export const selectCards = (tx: Tx, { kind, status }: CardFilter, at: string, id: string, most: number): Promise<CardRow[]> =>
  rowsOf(tx, 'cards', `select ${CARD} from supervision.card k where ($1::text is null or k.kind = $1) and ($2::text is null or k.status = $2)
    and (k.issued_at, k.id) < ($3::timestamptz, $4::uuid) order by k.issued_at desc, k.id desc limit $5`, [kind, status, at, id, most]);

export const countCards = async (tx: Tx, { kind, status }: CardFilter, cap: number): Promise<number> =>
  (await rowsOf<{ n: number }>(tx, 'cards-count', `select count(*) as n from (select 1 from supervision.card k
    where ($1::text is null or k.kind = $1) and ($2::text is null or k.status = $2) limit $3) c`, [kind, status, cap]))[0]?.n ?? 0;

export const lockCard = async (tx: Tx, id: string): Promise<CardRow | undefined> => (await rowsOf<CardRow>(tx, 'card', `select ${CARD} from supervision.card k where k.id = $1 for update`, [id]))[0];

export const updateCard = async (tx: Tx, id: string, status: string, result: string, at: Date): Promise<CardRow | undefined> =>
  (await rowsOf<CardRow>(tx, 'answer', `update supervision.card k set status = $2, result = $3, answered_by = kernel.person(), answered_name = kernel.actor()->>'name', answered_at = $4
    where k.id = $1 returning ${CARD}`, [id, status, result, at]))[0];

export interface Chased {
  number: string;
  department: number;
  service: string;
  closed: boolean;
  handlers?: string[];
  departments?: number[];
}

export const markChased = async (tx: Tx, caseId: string, title: { zh: string; en: string }, text: string, at: Date): Promise<Chased | null> =>
  (await rowsOf<{ chased: Chased | null }>(tx, 'mark', 'select cases.chase($1, $2, $3, $4, $5) as chased', [caseId, title.zh, title.en, text, at]))[0]?.chased ?? null;

export const insertChase = async (tx: Tx, chase: { id: string; caseId: string; department: number; text: string; answerBy: string; at: Date }): Promise<void> => {
  await rowsOf(tx, 'chase', `insert into supervision.chase (id, case_id, department, text, answer_by, chased_by, chased_name, chased_at)
    values ($1, $2, $3, $4, $5, kernel.person(), kernel.actor()->>'name', $6)`, [chase.id, chase.caseId, chase.department, chase.text, chase.answerBy, chase.at]);
};
