import type { DeadLetter, SubscriptionRow } from '@zhengwu/contracts';
import type { Tx } from '@zhengwu/database';

type Row = Omit<SubscriptionRow, 'lag' | 'lastAt' | 'since'> & { lowest: number; lastAt: Date | null; since: Date };

/** Subscriptions with their lanes taken together. */
export const selectSubscriptions = async (tx: Tx): Promise<Row[]> =>
  (await tx.query<Row>(`select s.id, s.topic, s.follower, s.via, s.state, s.lanes, s.since, l.lowest, l.delivered, l.last_at as "lastAt", l.failure,
      (select count(*)::int from topics.held h where h.subscription = s.id and h.state = 'waiting') as waiting, (select count(*)::int from topics.held h where h.subscription = s.id and h.state = 'dead') as dead
    from topics.subscription s cross join lateral (
      select min(position)::bigint as lowest, sum(delivered)::bigint as delivered, max(last_at) as last_at, max(failure) as failure from topics.lane where subscription = s.id) l
    order by s.topic, s.follower limit 1000`)).rows.map((row) => ({ ...row, lowest: Number(row.lowest), delivered: Number(row.delivered) }));

/** Where a page ended: microseconds, subscription, offset. What is no such place begins at the newest. */
const PLACE = /^(\d{1,17})\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.(\d{1,15})$/;

export const selectDead = async (tx: Tx, after: string | null, limit: number): Promise<(Omit<DeadLetter, 'at'> & { at: Date; cursor: string })[]> => {
  const [, micro = null, subscription = null, offset = null] = PLACE.exec(after ?? '') ?? [];
  const moment = '(extract(epoch from h.at) * 1000000)::bigint';
  return (await tx.query<Omit<DeadLetter, 'at'> & { at: Date; cursor: string }>(`select h.subscription, s.topic, s.follower, h."offset", h.attempts, h.failure, h.at, ${moment} || '.' || h.subscription || '.' || h."offset" as cursor
    from topics.held h join topics.subscription s on s.id = h.subscription
    where h.state = 'dead' and ($1::bigint is null or (${moment}, h.subscription, h."offset") < ($1, $2::uuid, $3::bigint))
    order by ${moment} desc, h.subscription desc, h."offset" desc limit $4`, [micro, subscription, offset, limit])).rows;
};

export const countDead = async (tx: Tx, most: number): Promise<number> =>
  (await tx.query<{ n: number }>(`select count(*)::int as n from (select from topics.held where state = 'dead' limit $1) d`, [most])).rows[0]?.n ?? 0;

export const setState = async (tx: Tx, id: string, state: 'on' | 'paused'): Promise<boolean> =>
  (await tx.query('update topics.subscription set state = $2 where id = $1', [id, state])).rowCount === 1;

export const topicOfSubscription = async (tx: Tx, id: string): Promise<string | undefined> =>
  (await tx.query<{ topic: string }>('select topic from topics.subscription where id = $1', [id])).rows[0]?.topic;

/** Sets every lane to a position; what waited is offered again with the rest, dead letters behind it stay for a decision. Whoever holds a lane loses it. */
export const replayFrom = async (tx: Tx, id: string, position: number): Promise<void> => {
  await tx.query(`delete from topics.held where subscription = $1 and state <> 'discarded' and ("offset" > $2 or state = 'waiting')`, [id, position]);
  await tx.query(`update topics.lane set position = $2, attempts = 0, failure = null, due = now(), lease = null, leased_until = '-infinity' where subscription = $1`, [id, position]);
};

/** Puts a dead letter back to be tried, as the next of its key. */
export const retryLetter = async (tx: Tx, id: string, offset: number): Promise<boolean> => {
  const { rows: [row] } = await tx.query<{ lane: number }>(`update topics.held set state = 'waiting', attempts = 0, due = now(), failure = null where subscription = $1 and "offset" = $2 and state = 'dead' returning lane`, [id, offset]);
  if (!row) return false;
  await tx.query('update topics.lane set due = now() where subscription = $1 and lane = $2', [id, row.lane]);
  return true;
};

export const discardLetter = async (tx: Tx, id: string, offset: number, who: string, reason: string): Promise<boolean> =>
  (await tx.query(`update topics.held set state = 'discarded', decided_by = $3, reason = $4 where subscription = $1 and "offset" = $2 and state = 'dead'`, [id, offset, who, reason])).rowCount === 1;
