import type { Actor } from '@zhengwu/contracts';
import { contextOf, type Acting, type Database, type Tx } from '@zhengwu/database';

export interface ChangeRow {
  id: string;
  kind: string;
  object: string;
  was: number;
  level: number;
  reason: string;
  state: 'done' | 'asked' | 'refused';
  by_person: string | null;
  by_name: string;
  at: Date;
  decided_name: string | null;
  decided_at: Date | null;
  opinion: string | null;
}

const COLUMNS = 'id, kind, object, was, level, reason, state, by_person, by_name, at, decided_name, decided_at, opinion';

/** The label of an object under the reader's own row-level security; null when it is none of theirs. */
export const labelOf = async (database: Database, actor: Acting, kind: string, key: string): Promise<number | null> =>
  database.as(actor, async (tx) => (await tx.query<{ label: number | null }>('select kernel.label_of($1, $2) as label', [kind, key])).rows[0]?.label ?? null, { readOnly: true });

/** The highest label that this site may hold. */
export const highest = async (tx: Tx): Promise<number> => (await tx.query<{ highest: number }>('select kernel.highest_label() as highest')).rows[0]?.highest ?? 1;

export const historyOf = async (tx: Tx, kind: string, key: string, readsUpTo: number): Promise<ChangeRow[]> =>
  (await tx.query<ChangeRow>(`select ${COLUMNS} from labels.change where kind = $1 and object = $2 and secrecy <= $3 order by at desc limit 50`, [kind, key, readsUpTo])).rows;

export const put = async (tx: Tx, kind: string, key: string, was: number, level: number): Promise<boolean> =>
  (await tx.query<{ done: boolean }>('select labels.put($1, $2, $3, $4) as done', [kind, key, was, level])).rows[0]?.done === true;

export type NewChange = Pick<ChangeRow, 'kind' | 'object' | 'was' | 'level' | 'reason' | 'state'>;

/** Null when a lowering waits already. */
export const insertChange = async (tx: Tx, actor: Actor, { kind, object, was, level, reason, state }: NewChange): Promise<ChangeRow | null> =>
  (await tx.query<ChangeRow>(`insert into labels.change (kind, object, was, level, reason, state, by_person, by_name, secrecy)
    values ($1, $2, $3::int, $4::int, $5, $6, $7, $8, greatest(1, $3::int, $4::int)) on conflict do nothing returning ${COLUMNS}`, [kind, object, was, level, reason, state, actor.personId, actor.name])).rows[0] ?? null;

/** Requests that wait and what was decided lately, under the reader's clearance. */
export const requests = async (tx: Tx): Promise<ChangeRow[]> =>
  (await tx.query<ChangeRow>(`select ${COLUMNS} from labels.change where state = 'asked' or decided_at is not null order by (state = 'asked') desc, at desc limit 100`)).rows;

export const request = async (tx: Tx, id: string): Promise<ChangeRow | null> => (await tx.query<ChangeRow>(`select ${COLUMNS} from labels.change where id = $1 and state = 'asked'`, [id])).rows[0] ?? null;

export const decide = async (tx: Tx, actor: Actor, id: string, state: 'done' | 'refused', opinion: string): Promise<ChangeRow | null> =>
  (await tx.query<ChangeRow>(`update labels.change set state = $2, opinion = $3, decided_by = $4, decided_name = $5, decided_at = clock_timestamp() where id = $1 and state = 'asked' returning ${COLUMNS}`,
    [id, state, opinion, actor.personId, actor.name])).rows[0] ?? null;

/** In the name of the official, within what the platform does for them. */
export const record = async (tx: Tx, actor: Actor, event: string, subject: string, detail: Record<string, unknown>): Promise<void> => {
  await tx.query('select audit.record($1::jsonb, $2, $3, $4::jsonb)', [contextOf(actor), event, subject, JSON.stringify(detail)]);
};
