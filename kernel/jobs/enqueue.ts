import type { Tx } from '@zhengwu/database';
import { jobType, type Event } from '@zhengwu/events';
import { tracing } from '@zhengwu/log';
import type { Enqueue, Jobs } from './jobs.ts';

/** Queue entries as graphile-worker's `add_jobs` takes them. */
export interface Spec {
  identifier: string;
  payload: unknown;
  queue_name?: string;
  run_at?: string;
  max_attempts?: number;
  job_key?: string;
  /** `request:<id>` and `trace:<traceparent>` of where the work comes from. */
  flags?: string[];
}

const append = `select events.append($1, $2, $3::jsonb || jsonb_build_object('request', kernel.actor()->>'requestId'))`;

/** Queuing from a business transaction: a row of the outbox, nothing that others must wait for. */
export const jobs: Jobs = {
  enqueue: async (tx, work) => {
    await tx.named('jobs.enqueue', append, [jobType, work.job, JSON.stringify({ ...work, trace: tracing()?.parent() })]);
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
  const { job, payload, runAt, key, queue, request, trace } = row.payload as unknown as Omit<Enqueue, 'runAt'> & { runAt?: string; request?: string | null; trace?: string };
  const flags = [...(request ? [`request:${request}`] : []), ...(trace ? [`trace:${trace}`] : [])];
  return { ...(flags.length > 0 ? { flags } : {}), identifier: job, payload: payload ?? {}, queue_name: queue, run_at: runAt, job_key: key, max_attempts: attempts(job) };
};
