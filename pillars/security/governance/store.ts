import type { Actor } from '@zhengwu/contracts';
import type { Tx } from '@zhengwu/database';
import type { Deed, Entry } from './entry.ts';

const COLUMNS = `id, number, register, title, fields, department, owner, state, to_char(due_at, 'YYYY-MM-DD') as due, to_char(review_at, 'YYYY-MM-DD') as review,
  escalated_at is not null as escalated, version, secrecy, created_at as "createdAt"`;
type Row = Omit<Entry, 'createdAt'> & { createdAt: Date } & Record<string, unknown>;
const entryOf = (row: Row): Entry => ({ ...row, createdAt: row.createdAt.toISOString() });

export const entryById = async (tx: Tx, id: string, lock = false): Promise<Entry | null> => {
  const { rows } = await tx.query<Row>(`select ${COLUMNS} from governance.entry where id = $1${lock ? ' for update' : ''}`, [id]);
  return rows[0] ? entryOf(rows[0]) : null;
};

export interface Search {
  register?: string;
  state?: string;
  text?: string;
  overdue?: boolean;
  after?: string;
}

/** What is due first at the top, then by number; `open` are the open states as register/state. */
export const entries = async (tx: Tx, { register, state, text, overdue, after }: Search, open: readonly string[], today: string, limit: number): Promise<Entry[]> =>
  (await tx.query<Row>(`select ${COLUMNS} from governance.entry e
    where ($1::text is null or register = $1) and ($2::text is null or state = $2)
      and ($3::text is null or title ilike $3 or number ilike $3 or fields::text ilike $3)
      and (not $4 or (due_at < $5::date and register || '/' || state = any ($6::text[])))
      and ($7::text is null or (coalesce(due_at, 'infinity'), number) > (select coalesce(a.due_at, 'infinity'), a.number from governance.entry a where a.number = $7))
    order by coalesce(due_at, 'infinity'), number limit $8`,
  [register ?? null, state ?? null, text === undefined ? null : `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`, overdue ?? false, today, open, after ?? null, limit])).rows.map(entryOf);

export interface Count {
  register: string;
  total: number;
  open: number;
  overdue: number;
  unreviewed: number;
}
export const counts = async (tx: Tx, open: readonly string[], today: string): Promise<Count[]> =>
  (await tx.query<Count & Record<string, unknown>>(`select register, count(*)::int as total, count(*) filter (where register || '/' || state = any ($1::text[]))::int as open,
    count(*) filter (where register || '/' || state = any ($1::text[]) and due_at < $2::date)::int as overdue, count(*) filter (where review_at < $2::date)::int as unreviewed
    from governance.entry group by register`, [open, today])).rows;

export const nextNumber = async (tx: Tx, prefix: string, year: string): Promise<string> => {
  const { rows } = await tx.query<{ number: number }>('select kernel.next_number($1) as number', [`governance-${prefix}-${year}`]);
  return `${prefix}-${year}-${String(rows[0]?.number ?? 0).padStart(3, '0')}`;
};

export const insertEntry = async (tx: Tx, entry: Omit<Entry, 'createdAt' | 'escalated'>, by: string | null): Promise<void> => {
  await tx.query('insert into governance.entry (id, number, register, title, fields, department, owner, state, due_at, review_at, version, created_by) values ($1, $2, $3, $4, $5::jsonb, $6, $7, $8, $9, $10, 1, $11)',
    [entry.id, entry.number, entry.register, entry.title, JSON.stringify(entry.fields), entry.department, entry.owner, entry.state, entry.due, entry.review, by]);
};

/** Writes the next version; 0 rows when the one that was read is not there any more. */
export const updateEntry = async (tx: Tx, entry: Entry): Promise<boolean> =>
  (await tx.query(`update governance.entry set title = $2, fields = $3::jsonb, owner = $4, state = $5, due_at = $6, review_at = $7, version = version + 1, escalated_at = case when $9 then escalated_at end
    where id = $1 and version = $8`, [entry.id, entry.title, JSON.stringify(entry.fields), entry.owner, entry.state, entry.due, entry.review, entry.version, entry.escalated])).rowCount > 0;

export interface ChangeRow {
  version: number;
  act: string;
  reason: string | null;
  before: unknown;
  after: unknown;
}
export const addChange = async (tx: Tx, entry: string, by: Pick<Actor, 'personId' | 'name'>, change: ChangeRow): Promise<void> => {
  await tx.query('insert into governance.entry_change (entry, version, person, name, act, reason, before, after) values ($1, $2, $3, $4, $5, $6, $7::jsonb, $8::jsonb)',
    [entry, change.version, by.personId, by.name, change.act, change.reason, JSON.stringify(change.before ?? null), JSON.stringify(change.after ?? null)]);
};
export const changes = async (tx: Tx, entry: string): Promise<(ChangeRow & { at: Date; name: string; person: string | null })[]> =>
  (await tx.query<ChangeRow & { at: Date; name: string; person: string | null } & Record<string, unknown>>('select version, at, name, person, act, reason, before, after from governance.entry_change where entry = $1 order by version desc limit 200', [entry])).rows;
export const deeds = async (tx: Tx, entry: string): Promise<Deed[]> =>
  (await tx.query<Deed & Record<string, unknown>>(`select act, person from (select act, person, version, at from governance.entry_change where entry = $1
    union all select act, person, version, at from governance.approval where entry = $1) d order by version, at`, [entry])).rows;

/** Adds an approval and answers how many the act has now; null when this person gave one already. */
export const approve = async (tx: Tx, entry: Entry, act: string, person: string): Promise<number | null> => {
  const added = await tx.query('insert into governance.approval (entry, version, act, person) values ($1, $2, $3, $4) on conflict do nothing', [entry.id, entry.version, act, person]);
  if (added.rowCount === 0) return null;
  return approvals(tx, entry, act);
};
export const approvals = async (tx: Tx, { id, version }: Entry, act: string | null): Promise<number> =>
  (await tx.query<{ n: number }>('select count(*)::int as n from governance.approval where entry = $1 and version = $2 and ($3::text is null or act = $3)', [id, version, act])).rows[0]?.n ?? 0;

export interface ProofRow {
  kind: string;
  outcome: 'passed' | 'failed';
  detail: Record<string, unknown>;
}
export const addProof = async (tx: Tx, id: string, entry: string, { kind, outcome, detail }: ProofRow): Promise<void> => {
  await tx.query('insert into governance.proof (id, entry, kind, outcome, detail) values ($1, $2, $3, $4, $5::jsonb)', [id, entry, kind, outcome, JSON.stringify(detail)]);
};
export const proofs = async (tx: Tx, entry: string): Promise<(ProofRow & { at: Date })[]> =>
  (await tx.query<ProofRow & { at: Date } & Record<string, unknown>>('select kind, outcome, detail, at from governance.proof where entry = $1 order by at desc limit 50', [entry])).rows;
/** A proof of that kind that passed since the entry was last changed. */
export const hasProof = async (tx: Tx, entry: string, kind: string): Promise<boolean> =>
  (await tx.query(`select 1 from governance.proof where entry = $1 and kind = $2 and outcome = 'passed'
    and at > (select coalesce(max(c.at), '-infinity') from governance.entry_change c where c.entry = $1 and c.act in ('create', 'prove')) limit 1`, [entry, kind])).rowCount > 0;
/** Tables that the register of assets has. */
export const placesOf = async (tx: Tx): Promise<string[]> =>
  (await tx.query<{ place: string }>(`select fields ->> 'place' as place from governance.entry where register = 'asset' and fields ->> 'kind' = 'table'`)).rows.map(({ place }) => place);
/** Entries of a register in these states. */
export const entriesIn = async (tx: Tx, register: string, states: readonly string[]): Promise<string[]> =>
  (await tx.query<{ id: string }>('select id from governance.entry where register = $1 and state = any ($2::text[]) order by number limit 100', [register, states])).rows.map(({ id }) => id);
export const peopleByAccount = async (tx: Tx): Promise<Map<string, { id: string; name: string }>> =>
  new Map((await tx.query<{ account: string; id: string; name: string }>('select account, id, name from directory.person where account is not null')).rows.map(({ account, id, name }) => [account, { id, name }]));
/** A change that lies behind us, when a site is filled. */
export const addPastChange = async (tx: Tx, entry: string, by: Pick<Actor, 'personId' | 'name'>, change: ChangeRow, day: string): Promise<void> => {
  await tx.query(`insert into governance.entry_change (entry, version, at, person, name, act, reason, before, after) values ($1, $2, $3::date + interval '10 hours', $4, $5, $6, $7, $8::jsonb, $9::jsonb)`,
    [entry, change.version, day, by.personId, by.name, change.act, change.reason, JSON.stringify(change.before), JSON.stringify(change.after)]);
};
export const setVersion = async (tx: Tx, entry: string, version: number): Promise<void> => {
  await tx.query('update governance.entry set version = $2 where id = $1', [entry, version]);
};
/** A person with the department of the seat they held last. */
export const lastSeat = async (tx: Tx, person: string): Promise<{ name: string; department: number } | null> =>
  (await tx.query<{ name: string; department: number }>(`select d.name, p.department from directory.person d join directory.holding h on h.person = d.id join directory.post p on p.id = h.post
    where d.id = $1 order by h.until desc nulls first, h.since desc limit 1`, [person])).rows[0] ?? null;
