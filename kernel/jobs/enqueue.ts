import type { Tx } from '@zhengwu/database';
import { events, jobType, type Event } from '@zhengwu/events';
import type { Enqueue, Jobs } from './jobs.ts';

/** Queue entries as graphile-worker's `add_jobs` takes them. */
export interface Spec {
  identifier: string;
  payload: unknown;
  queue_name?: string;
  run_at?: string;
  max_attempts?: number;
  job_key?: string;
}

/** Queuing from a business transaction: a row of the outbox, nothing that others must wait for. */
export const jobs: Jobs = {
  enqueue: async (tx, work) => {
    await events.append(tx, { type: jobType, subject: work.job, payload: { ...work } });
  },
};

/** Adds to the queue itself; under the relay role only. */
export const addToQueue = async (tx: Tx, specs: readonly Spec[], preserveRunAt = false): Promise<void> => {
  if (specs.length === 0) return;
  const add = `select count(*) from graphile_worker.add_jobs(
    array(select json_populate_recordset(null::graphile_worker.job_spec, $1::json)), $2)`;
  await tx.named('jobs.add', add, [JSON.stringify(specs), preserveRunAt]);
};

/** The queue entry of an outbox row. */
export const specOf = (row: Event, attempts: (job: string) => number | undefined): Spec => {
  const { job, payload, runAt, key, queue } = row.payload as unknown as Omit<Enqueue, 'runAt'> & { runAt?: string };
  return { identifier: job, payload: payload ?? {}, queue_name: queue, run_at: runAt, job_key: key, max_attempts: attempts(job) };
};
