import type { ResponseKind } from '@zhengwu/contracts';
import type { Tx } from '@zhengwu/database';
import { uuidv7 } from '@zhengwu/ids';

export interface ResponseEntry {
  alert: string | null;
  kind: ResponseKind;
  target: string;
  minutes: number;
  /** Who ordered it; null: a rule. */
  by: string | null;
}

/** Enters a response; a rule's only where none of its kind holds the target already. Answers its id. */
export const insertResponse = async (tx: Tx, { alert, kind, target, minutes, by }: ResponseEntry): Promise<string | null> =>
  (await tx.named<{ id: string }>('defence.response.insert', `insert into defence.response (id, alert, kind, target, ends_at, name)
    select $1, $2, $3, $4, now() + make_interval(mins => $5), $6 where $6::text is not null or not exists (
      select from defence.response r where r.kind = $3 and r.target = $4 and r.undone_at is null and r.ends_at > now())
    returning id`, [uuidv7(), alert, kind, target, minutes, by])).rows[0]?.id ?? null;

export interface Running {
  kind: ResponseKind;
  target: string;
  until: Date;
}

/** Blocks that hold now. */
export const runningBlocks = async (tx: Tx, limit: number): Promise<Running[]> =>
  (await tx.named<Running & Record<string, unknown>>('defence.blocks', `select kind, target, max(ends_at) as until from defence.response where kind = 'block' and undone_at is null and ends_at > now()
    group by kind, target order by 3 desc limit $1`, [limit])).rows;

export interface Undone {
  kind: ResponseKind;
  target: string;
  /** Whether another response of the kind still holds the target. */
  still: Date | null;
}

/** Ends a response before its time; null when it has ended already. */
export const undo = async (tx: Tx, id: string, by: string, reason: string): Promise<Undone | null> =>
  (await tx.named<Undone & Record<string, unknown>>('defence.response.undo', `with done as (
      update defence.response set undone_at = now(), undone_by = $2, undone_reason = $3 where id = $1 and undone_at is null and ends_at > now() returning id, kind, target)
    select d.kind, d.target, (select max(r.ends_at) from defence.response r where r.kind = d.kind and r.target = d.target and r.undone_at is null and r.ends_at > now() and r.id <> d.id) as still from done d`,
    [id, by, reason])).rows[0] ?? null;

export const endSessions = async (tx: Tx, account: string): Promise<number> => (await tx.named<{ ended: number }>('defence.sessions.end', 'select defence.end_sessions($1) as ended', [account])).rows[0]?.ended ?? 0;
export const lockAccount = async (tx: Tx, account: string, minutes: number): Promise<boolean> =>
  (await tx.named<{ done: boolean }>('defence.account.lock', 'select defence.lock_account($1, now() + make_interval(mins => $2)) as done', [account, minutes])).rows[0]?.done ?? false;
export const openAccount = async (tx: Tx, account: string, until: Date | null): Promise<void> => {
  await tx.named('defence.account.open', 'select defence.lock_account($1, null)', [account]);
  if (until) await tx.named('defence.account.until', 'select defence.lock_account($1, $2)', [account, until]);
};
