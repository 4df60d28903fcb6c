import type { Tx } from '@zhengwu/database';

/** A kind of background work. At least once: `run` must bear being repeated. */
export interface Job<P = unknown> {
  /** `noun.verb`: `case.remind`. */
  name: string;
  /** Throwing repeats it later with growing delays, up to `attempts` times (25 unless said). */
  run(payload: P, context: JobContext): Promise<void>;
  attempts?: number;
  /** Crontab expression in UTC; the job then runs by itself with an empty payload. */
  cron?: string;
  /** Runs every so many seconds in one process of the site at a time. */
  everySeconds?: number;
}

export interface JobContext {
  id: string;
  attempt: number;
  /** Request that queued it, where one did. */
  request?: string;
  /** Aborts when the site stops; long work should end early. */
  signal: AbortSignal;
}

export interface Enqueue {
  job: string;
  payload?: unknown;
  runAt?: Date;
  /** A waiting job of the same key is replaced instead of doubled. */
  key?: string;
  /** Jobs of one queue run one after another. */
  queue?: string;
}

export interface Jobs {
  /** Queues work after the transaction commits, by way of the outbox. */
  enqueue(tx: Tx, work: Enqueue): Promise<void>;
}
