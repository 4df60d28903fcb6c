import type { Tx } from '@zhengwu/database';

export interface SaidRow {
  code: string;
  version: number;
  act: 'given' | 'withdrawn';
  at: Date;
}
export interface CopyRow {
  id: string;
  person: string;
  status: 'asked' | 'ready' | 'gone';
  asked_at: Date;
  ready_at: Date | null;
  expires_at: Date | null;
  hash: string | null;
  size: number | null;
}
export interface CorrectionRow {
  id: string;
  person: string;
  person_name: string;
  part: string;
  wrong: string;
  wanted: string;
  department: number | null;
  status: 'open' | 'corrected' | 'refused';
  asked_at: Date;
  due_day: string;
  answer: string | null;
  answered_at: Date | null;
  overdue: boolean;
}
export interface LookRow {
  id: string;
  at: Date;
  event: string;
  subject: string;
  operation: string | null;
  department_zh: string | null;
  department_en: string | null;
  post_zh: string | null;
  post_en: string | null;
}
type Row<T> = T & Record<string, unknown>;
const MOST = 100;

/** What a person said to each text, newest first. */
export const said = async (tx: Tx, person: string): Promise<SaidRow[]> =>
  (await tx.query<Row<SaidRow>>('select code, version, act, at from privacy.consent where person = $1 order by at desc limit 500', [person])).rows;
/** What everybody who said something said last. */
export const lastOfAll = async (tx: Tx): Promise<(SaidRow & { person: string })[]> =>
  (await tx.query<Row<SaidRow & { person: string }>>('select distinct on (person, code) person, code, version, act, at from privacy.consent order by person, code, at desc')).rows;
export const say = async (tx: Tx, person: string, code: string, version: number, act: SaidRow['act']): Promise<void> => {
  await tx.query('insert into privacy.consent (person, code, version, act) values ($1, $2, $3, $4)', [person, code, version, act]);
};

export const copies = async (tx: Tx, person: string): Promise<CopyRow[]> => (await tx.query<Row<CopyRow>>('select * from privacy.copy where person = $1 order by asked_at desc limit $2', [person, MOST])).rows;
/** Asks for a copy; one that waits already stands for it. */
export const askCopy = async (tx: Tx, person: string): Promise<CopyRow> =>
  (await tx.query<Row<CopyRow>>(`insert into privacy.copy (person) values ($1) on conflict (person) where status = 'asked' do update set asked_at = excluded.asked_at returning *`, [person])).rows[0] as CopyRow;
export const copyAsked = async (tx: Tx, id: string): Promise<CopyRow | undefined> => (await tx.query<Row<CopyRow>>(`select * from privacy.copy where id = $1 and status = 'asked' for update`, [id])).rows[0];
export const copyReady = async (tx: Tx, id: string, hash: string, size: number, expires: Date): Promise<void> => {
  await tx.query(`update privacy.copy set status = 'ready', ready_at = now(), expires_at = $4, hash = $2, size = $3 where id = $1`, [id, hash, size, expires]);
};
export const copyToTake = async (tx: Tx, id: string, now: Date): Promise<CopyRow | undefined> =>
  (await tx.query<Row<CopyRow>>(`select * from privacy.copy where id = $1 and status = 'ready' and expires_at > $2`, [id, now])).rows[0];
export const expireCopies = async (tx: Tx, now: Date): Promise<CopyRow[]> =>
  (await tx.query<Row<CopyRow>>(`update privacy.copy set status = 'gone' where id in (select id from privacy.copy where status = 'ready' and expires_at <= $1 limit 100 for update skip locked) returning *`, [now])).rows;

const CORRECTION = `*, due_day::text as due_day, status = 'open' and due_day < (now() at time zone 'Asia/Shanghai')::date as overdue`;
export const corrections = async (tx: Tx, person: string): Promise<CorrectionRow[]> =>
  (await tx.query<Row<CorrectionRow>>(`select ${CORRECTION} from privacy.correction where person = $1 order by asked_at desc limit $2`, [person, MOST])).rows;
/** Those that the caller's context reaches, the most urgent first. */
export const correctionsToAnswer = async (tx: Tx, onlyOpen: boolean): Promise<CorrectionRow[]> =>
  (await tx.query<Row<CorrectionRow>>(`select ${CORRECTION} from privacy.correction c where not $1 or status = 'open' order by c.status <> 'open', c.due_day, c.asked_at limit $2`, [onlyOpen, MOST])).rows;
export const askCorrection = async (tx: Tx, row: { person: string; name: string; part: string; wrong: string; wanted: string; department: number | null; dueDay: string }): Promise<CorrectionRow> =>
  (await tx.query<Row<CorrectionRow>>(`insert into privacy.correction (person, person_name, part, wrong, wanted, department, due_day) values ($1, $2, $3, $4, $5, $6, $7) returning ${CORRECTION}`,
    [row.person, row.name, row.part, row.wrong, row.wanted, row.department, row.dueDay])).rows[0] as CorrectionRow;
export const answer = async (tx: Tx, id: string, outcome: string, text: string, by: string | null): Promise<CorrectionRow | undefined> =>
  (await tx.query<Row<CorrectionRow>>(`update privacy.correction set status = $2, answer = $3, answered_at = now(), answered_by = $4 where id = $1 and status = 'open' returning ${CORRECTION}`, [id, outcome, text, by])).rows[0];

/** Looks of officials at these subjects, newest first, with the seat that each then held. */
export const looks = async (tx: Tx, subjects: readonly string[], events: readonly string[], after: string | null, limit: number): Promise<LookRow[]> =>
  (await tx.query<Row<LookRow>>(`select r.id, r.at, r.event, r.subject, r.detail->>'operation' as operation, h.department_zh, h.department_en, h.post_zh, h.post_en
    from audit.record r
    left join lateral (select d.name_zh as department_zh, d.name_en as department_en, p.name_zh as post_zh, p.name_en as post_en
      from directory.holding h join directory.post p on p.id = h.post join directory.department d on d.id = p.department
      where h.person = r.person and h.since <= r.at and (h.until is null or h.until > r.at) order by h.since limit 1) h on true
    where r.subject = any ($1::text[]) and r.event = any ($2::text[]) and r.kind = 'official'
      and ($3::uuid is null or (r.at, r.id) < (select a.at, a.id from audit.record a where a.id = $3))
    order by r.at desc, r.id desc limit $4`, [subjects, events, after, limit])).rows;
