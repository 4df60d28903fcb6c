import type { Database, Tx } from '@zhengwu/database';

type Raw<T> = T & Record<string, unknown>;
const first = async <T>(tx: Tx, text: string, values: readonly unknown[] = []): Promise<T> => {
  const [row] = (await tx.query<Raw<T>>(text, values)).rows;
  if (!row) throw new Error('the database answered nothing');
  return row;
};

export interface DatabaseState {
  connections: number;
  most: number;
  bytes: number;
  /** Seconds between the database's clock and ours when it answered. */
  now: Date;
  /** Bytes that the slowest replication slot is behind; null without one. */
  behind: number | null;
  standbys: number;
}

export const databaseState = (tx: Tx): Promise<DatabaseState> => first(tx, `select (select sum(numbackends) from pg_stat_database)::int as connections, current_setting('max_connections')::int as most,
  pg_database_size(current_database())::float8 as bytes, clock_timestamp() as now,
  (select max(pg_wal_lsn_diff(pg_current_wal_lsn(), restart_lsn))::float8 from pg_replication_slots) as behind, (select count(*)::int from pg_stat_replication) as standbys`);

/** Age in seconds of the oldest open transaction of the caller's own role; other roles' are not shown to it. */
const oldestTransaction = async (tx: Tx): Promise<number> =>
  (await first<{ age: number }>(tx, `select coalesce(extract(epoch from now() - min(xact_start)), 0)::float8 as age from pg_stat_activity
    where xact_start is not null and pid <> pg_backend_pid() and datname = current_database()`)).age;

export const longestTransaction = async (database: Database): Promise<number> =>
  Math.max(await database.as(database.system, oldestTransaction), await database.relay(oldestTransaction));

const LIMIT = 10_000;

export interface QueueState {
  outbox: number;
  outboxAge: number;
  late: number;
  lateAge: number;
  waiting: number;
  waitingAge: number;
  failed: number;
}

/** What waits in the outbox, for subscribers and in the queue of jobs; counted up to ten thousand. Under the relay role. */
export const queueState = (tx: Tx): Promise<QueueState> => first(tx, `select
  (select count(*)::int from (select 1 from events.outbox limit ${LIMIT}) o) as outbox,
  (select coalesce(extract(epoch from now() - min(at)), 0)::float8 from (select at from events.outbox order by seq limit 1) o) as "outboxAge",
  (select count(*)::int from (select 1 from events.delivery where attempts > 0 limit ${LIMIT}) d) as late,
  (select coalesce(extract(epoch from now() - min(e.at)), 0)::float8 from events.event e where e.seq in (select seq from events.delivery order by seq limit 1)) as "lateAge",
  (select count(*)::int from (select 1 from graphile_worker.jobs where run_at <= now() and locked_at is null and attempts < max_attempts limit ${LIMIT}) j) as waiting,
  (select coalesce(extract(epoch from now() - min(run_at)), 0)::float8 from graphile_worker.jobs where run_at <= now() and locked_at is null and attempts < max_attempts) as "waitingAge",
  (select count(*)::int from (select 1 from graphile_worker.jobs where attempts >= max_attempts and locked_at is null limit ${LIMIT}) j) as failed`);

export interface TrailState {
  /** Records older than two minutes that the signed log has not. */
  unlogged: number;
  headAge: number | null;
}

const exists = async (tx: Tx, table: string): Promise<boolean> => (await first<{ there: boolean }>(tx, 'select to_regclass($1) is not null as there', [table])).there;

/** Null where the site keeps no log. */
export const trailState = async (tx: Tx): Promise<TrailState | null> => {
  if (!(await exists(tx, 'trail.head'))) return null;
  return first(tx, `select (select count(*)::int from (select 1 from audit.record r where r.at >= (select floor from trail.log) and r.at < now() - interval '2 minutes'
      and not exists (select from trail.entry e where e.record = r.id) limit ${LIMIT}) u) as unlogged,
    (select extract(epoch from now() - max(at))::float8 from trail.head) as "headAge"`);
};

/** Certificates in force that end within thirty days, and the days until the first of all ends; null where there are none. */
export const certificateState = async (tx: Tx): Promise<{ soon: number; days: number | null } | null> => {
  if (!(await exists(tx, 'certificates.certificate'))) return null;
  return first(tx, `select count(*) filter (where not_after < now() + interval '30 days')::int as soon, (extract(epoch from min(not_after) - now()) / 86400)::float8 as days
    from certificates.certificate where state = 'valid' and not_after > now()`);
};

/** Sessions of officials and citizens that have not ended; null where nobody can sign in. */
export const sessionCount = async (tx: Tx): Promise<number | null> => {
  if (!(await exists(tx, 'identity.session'))) return null;
  return (await first<{ n: number }>(tx, 'select count(*)::int as n from (select 1 from identity.session where ends_at > now() and idle_until > now() limit 100000) s')).n;
};
