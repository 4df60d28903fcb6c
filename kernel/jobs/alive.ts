import { setTimeout as sleep } from 'node:timers/promises';
import { insist, type Client, type Pool } from './patient-pool.ts';
import { queueSchema } from './schema.ts';

const RELEASE_DEAD = `select ${queueSchema}.force_unlock_workers(array(
  select locked_by from (
    select locked_by from ${queueSchema}._private_jobs where locked_by is not null
    union select locked_by from ${queueSchema}._private_job_queues where locked_by is not null) held
  where locked_by not in (select application_name from pg_stat_activity)))`;

/** Jobs that this runner took and never saw: the answer was lost with the connection. */
const RELEASE_UNSEEN = `
  with freed as (
    update ${queueSchema}._private_jobs set locked_by = null, locked_at = null
    where locked_by = $1 and locked_at < now() - interval '5 seconds' and not id = any ($2::bigint[])
    returning job_queue_id)
  update ${queueSchema}._private_job_queues set locked_by = null, locked_at = null
  where locked_by = $1 and id in (select job_queue_id from freed)`;
const UNSEEN_AFTER_MS = 10_000;
const AGAIN_MS = 500;

/**
 * Marks this runner as alive by a connection of its pool's name, and frees what runners that are no more still hold: a program
 * killed at work would otherwise keep its queues shut for hours. A lost connection is opened anew, and what was taken but never
 * handed over meanwhile is freed. Answers how to end it.
 */
export const beAlive = async (pool: Pool, name: string, inHand: ReadonlySet<string>): Promise<() => Promise<void>> => {
  let isOver = false;
  let pulse: Client;
  const begin = async (): Promise<void> => {
    const client = await pool.connect();
    try {
      await client.query(`select set_config('application_name', $1, false)`, [name]);
      await client.query(RELEASE_DEAD);
    } catch (error) {
      client.release(true);
      throw error;
    }
    client.once('end', () => void (isOver || renew(client)));
    pulse = client;
  };
  const renew = async (lost: Client): Promise<void> => {
    lost.release(true);
    await insist(begin, () => isOver, AGAIN_MS);
    await sleep(UNSEEN_AFTER_MS, undefined, { ref: false });
    if (!isOver) await pulse.query(RELEASE_UNSEEN, [name, [...inHand]]).catch(() => undefined);
  };
  await begin();
  return async () => {
    isOver = true;
    await pulse.query(`select ${queueSchema}.force_unlock_workers(array[$1])`, [name]).catch(() => undefined);
    pulse.release(true);
  };
};
