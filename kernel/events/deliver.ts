import type { Database, Tx } from '@zhengwu/database';
import type { Log } from '@zhengwu/log';
import type { Event, Subscription } from './events.ts';

interface Pending extends Event {
  seq: number;
  attempts: number;
}

const round = 100;
/** Events handled side by side; each holds a connection of the relay meanwhile. */
const side = 8;

/** The oldest event of each subject that is due; a subject whose oldest event failed waits for it. */
const pending = `
select d.seq, d.attempts, e.id, e.type, e.subject, e.payload, e.at
from events.delivery d join events.event e using (seq)
where d.subscriber = $1 and d.due <= now()
  and not exists (select from events.delivery b where b.subscriber = d.subscriber and b.subject = d.subject and b.seq < d.seq)
order by d.seq limit ${round}`;

/** Ends these deliveries and answers the events among them that the subscriber has not handled before. */
const finished = `
with gone as (delete from events.delivery where subscriber = $1 and seq = any ($2::bigint[]) returning seq)
insert into events.handling (event_id, subscriber) select e.id, $1 from events.event e join gone using (seq) on conflict do nothing returning event_id as id`;

const finish = async (tx: Tx, subscription: Subscription, event: Pending): Promise<void> => {
  const fresh = await tx.named('events.finish', finished, [subscription.name, [event.seq]]);
  if (fresh.rowCount > 0) await subscription.handle(event, tx);
};

/** Finishes all in one transaction. False when that failed and nothing was kept: then each has to go by itself. */
const finishedTogether = async (database: Database, subscription: Subscription, due: readonly Pending[]): Promise<boolean> => {
  if (!subscription.handleAll || due.length === 1) return false;
  const work = async (tx: Tx): Promise<void> => {
    const fresh = await tx.named<{ id: string }>('events.finish', finished, [subscription.name, due.map((event) => event.seq)]);
    const ids = new Set(fresh.rows.map((row) => row.id));
    await subscription.handleAll?.(due.filter((event) => ids.has(event.id)), tx);
  };
  return database.relay(work).then(() => true, () => false);
};

const postpone = `
update events.delivery set attempts = attempts + 1, failure = $3, due = now() + least(power(2, attempts), 3600) * interval '1 second'
where subscriber = $1 and seq = $2`;

/**
 * Hands a subscriber what waits for it, in order for each subject. A failure is tried again after 1, 2, 4 … seconds up to an hour
 * and holds back only the later events of its own subject. Answers how many were handled.
 */
export const deliver = async (database: Database, subscription: Subscription, log: Log, signal?: AbortSignal): Promise<number> => {
  let handled = 0;
  for (;;) {
    const due = await database.relay(async (tx) => (await tx.named<Pending>('events.pending', pending, [subscription.name])).rows);
    if (due.length === 0) return handled;
    if (await finishedTogether(database, subscription, due)) {
      handled += due.length;
      continue;
    }
    const one = async (event: Pending): Promise<void> => {
      try {
        await database.relay((tx) => finish(tx, subscription, event));
        handled++;
      } catch (error) {
        log.error({ err: error, event: event.id, subscriber: subscription.name }, 'an event could not be handled; it is tried again later');
        const failure = error instanceof Error ? error.message : String(error);
        await database.relay((tx) => tx.named('events.postpone', postpone, [subscription.name, event.seq, failure]));
      }
    };
    // Each is of another subject, so their order among themselves is nobody's concern.
    for (let from = 0; from < due.length && signal?.aborted !== true; from += side) await Promise.all(due.slice(from, from + side).map(one));
    if (signal?.aborted === true) return handled;
  }
};

/** Subscribers with a delivery that is due, for instance again after a failure. */
export const dueSubscribers = (database: Database): Promise<string[]> =>
  database.relay(async (tx) => (await tx.query<{ subscriber: string }>('select distinct subscriber from events.delivery where due <= now()')).rows.map((row) => row.subscriber));

/** Forgets events and marks older than `days` that nobody waits for any more. */
export const forgetEvents = (database: Database, days: number): Promise<number> =>
  database.relay(async (tx) => {
    const old = `at < now() - $1 * interval '1 day'`;
    await tx.query(`delete from events.handling where ${old}`, [days]);
    const gone = await tx.query(`delete from events.event e where ${old} and not exists (select from events.delivery d where d.seq = e.seq)`, [days]);
    return gone.rowCount;
  });
