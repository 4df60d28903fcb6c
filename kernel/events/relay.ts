import type { Database, Tx } from '@zhengwu/database';
import type { Log } from '@zhengwu/log';
import type { Event, Subscription } from './events.ts';

/** What the relay gives on, in the transaction that takes it from the outbox. */
export interface Handover {
  /** Subscribers that have something to do now. */
  subscribers: string[];
  /** Outbox rows meant for the job queue. */
  jobs: Event[];
}

export interface RelayOptions {
  database: Database;
  subscriptions: readonly Subscription[];
  log: Log;
  hand(tx: Tx, handover: Handover): Promise<void>;
}

/** Type of outbox rows that are jobs rather than events. */
export const jobType = 'job.enqueue';
const batch = 500;
const idle = 20;

const take = `
with taken as (
  delete from events.outbox where seq in (select seq from events.outbox order by seq limit $2) returning *
), logged as (
  insert into events.event (seq, id, type, subject, payload, at)
    select seq, id, type, subject, payload, at from taken where type <> '${jobType}' returning seq, type, subject
), delivered as (
  insert into events.delivery (subscriber, seq, subject)
    select s.name, l.seq, l.subject from logged l
      join jsonb_to_recordset($1::jsonb) as s(name text, types text[]) on l.type = any (s.types) or '*' = any (s.types)
    returning subscriber
)
select (select count(*) from taken) as taken, array(select distinct subscriber from delivered) as subscribers,
  array(select to_jsonb(t) from (select * from taken where type = '${jobType}' order by seq) t) as jobs`;

/** Moves one batch out of the outbox; one relay of the site at a time, so that order holds. Answers how many rows it moved. */
export const relayOnce = ({ database, subscriptions, hand }: RelayOptions): Promise<number> => {
  const wanted = JSON.stringify(subscriptions.map(({ name, types }) => ({ name, types })));
  return database.relay(async (tx) => {
    const lock = await tx.named<{ ok: boolean }>('events.lock', `select pg_try_advisory_xact_lock(hashtext('events.relay')) as ok`);
    if (lock.rows[0]?.ok !== true) return 0;
    const { rows } = await tx.named<Handover & { taken: number }>('events.take', take, [wanted, batch]);
    const { taken = 0, subscribers = [], jobs = [] } = rows[0] ?? {};
    if (subscribers.length + jobs.length > 0) await hand(tx, { subscribers, jobs });
    return taken;
  });
};

/** Looks first, in one short read: most of the time nothing waits. */
const relayWaiting = async (options: RelayOptions): Promise<number> => {
  const { ask, system } = options.database;
  const { rows } = await ask<{ waiting: boolean }>(system, 'events.waiting', 'select events.waiting($1::jsonb) as waiting');
  return rows[0]?.waiting === true ? relayOnce(options) : 0;
};

/** Runs the relay until stopped: a full batch is followed at once, an empty outbox is looked at again within 20 ms. */
export const startRelay = (options: RelayOptions): { stop(): Promise<void> } => {
  let stopped = false;
  let wake = (): void => undefined;
  const pause = (milliseconds: number): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  const loop = async (): Promise<void> => {
    while (!stopped) {
      const moved = await relayWaiting(options).catch((error: unknown) => {
        options.log.error({ err: error }, 'outbox relay failed; events wait and are tried again');
        return -1;
      });
      if (moved < batch) await pause(moved < 0 ? 1000 : idle);
    }
  };
  const running = loop();
  return {
    stop: async () => {
      stopped = true;
      wake();
      await running;
    },
  };
};
