import { EventEmitter } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { openPool, type Database } from '@zhengwu/database';
import { deliver, dueSubscribers, forgetEvents, startRelay, type Subscription } from '@zhengwu/events';
import { tracing, type Log } from '@zhengwu/log';
import { parseCronItems, run, type JobHelpers, type Runner, type Task, type TaskList, type WorkerEvents } from 'graphile-worker';
import { beAlive } from './alive.ts';
import { addToQueue, specOf, type Spec } from './enqueue.ts';
import type { Job } from './jobs.ts';
import { bePatient, insist } from './patient-pool.ts';
import { queueSchema } from './schema.ts';
import { workerLog } from './worker-log.ts';

export interface RunnerOptions {
  database: Database;
  jobs: readonly Job[];
  subscriptions: readonly Subscription[];
  log: Log;
  /** Jobs at once in this process; 4 unless said. */
  concurrency?: number;
  /** Days that events are kept after delivery; 90 unless said. */
  keepEventsDays?: number;
}

export interface RunningJobs {
  /** Takes no more work, finishes what is in hand, then resolves. */
  stop(): Promise<void>;
}

const AGAIN_MS = 1000;
const deliverJob = 'events.deliver';
const deliverySpec = (subscriber: string): Spec => ({
  identifier: deliverJob,
  payload: { subscriber },
  queue_name: `${deliverJob}:${subscriber}`,
  job_key: `${deliverJob}:${subscriber}`,
});

const unique = (names: readonly string[], what: string): void => {
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new Error(`two ${what} are named ${twice}`);
};

const periodicSpec = (job: Job, seconds: number): Spec => ({
  identifier: job.name,
  payload: {},
  job_key: `every:${job.name}`,
  queue_name: `every:${job.name}`,
  run_at: new Date(Date.now() + seconds * 1000).toISOString(),
});

const flagOf = (flags: Record<string, true> | null, kind: string): string | undefined =>
  Object.keys(flags ?? {}).find((flag) => flag.startsWith(`${kind}:`))?.slice(kind.length + 1);

/** Runs a job as part of the request that queued it: its line in the log carries the request's id, its span hangs below the request's. */
const runFrom = async (job: Job, payload: unknown, { job: { id, attempts, flags }, abortSignal }: JobHelpers, log: Log): Promise<void> => {
  const [request, parent] = [flagOf(flags, 'request'), flagOf(flags, 'trace')];
  const context = { id, attempt: attempts, signal: abortSignal, ...(request === undefined ? {} : { request }) };
  const work = (): Promise<void> => job.run(payload, context);
  const began = performance.now();
  let failed = true;
  try {
    await (tracing()?.within(`job ${job.name}`, { 'zhengwu.request': request, 'zhengwu.attempt': attempts }, work, parent) ?? work());
    failed = false;
  } finally {
    if (request !== undefined) log.info({ requestId: request, job: job.name, ms: Math.round(performance.now() - began), failed }, 'job ran');
  }
};

/** A periodic job puts its next turn into the queue however this one ends; it is not repeated in between. */
const asTask = (database: Database, job: Job, log: Log): Task => async (payload: unknown, helpers: JobHelpers) => {
  const { everySeconds } = job;
  if (everySeconds === undefined) return runFrom(job, payload, helpers, log);
  try {
    await runFrom(job, payload, helpers, log);
  } catch (error) {
    helpers.logger.error(`${job.name} failed; its next turn comes in ${everySeconds} s`, { error });
  }
  await database.relay((tx) => addToQueue(tx, [periodicSpec(job, everySeconds)]));
};

/** What events themselves need: again what failed before, and forgetting what is old. */
const housekeeping = ({ database, keepEventsDays = 90 }: RunnerOptions): Job[] => [
  {
    name: 'events.retry',
    everySeconds: 1,
    run: async () => {
      const due = await dueSubscribers(database);
      await database.relay((tx) => addToQueue(tx, due.map(deliverySpec)));
    },
  },
  { name: 'events.forget', cron: '17 3 * * *', run: async () => void (await forgetEvents(database, keepEventsDays)) },
  { name: 'kernel.forget-keys', cron: '29 3 * * *', run: () => forgetKeys(database) },
];

const forgetKeys = (database: Database): Promise<void> =>
  database.as(database.system, async (tx) => {
    await tx.query(`delete from kernel.idempotency where at < now() - interval '7 days'`);
  });

const taskList = (options: RunnerOptions, all: readonly Job[]): TaskList => {
  const subscriptions = new Map(options.subscriptions.map((subscription) => [subscription.name, subscription]));
  const tasks: TaskList = Object.fromEntries(all.map((job) => [job.name, asTask(options.database, job, options.log)]));
  tasks[deliverJob] = async (payload, helpers) => {
    const subscription = subscriptions.get((payload as { subscriber: string }).subscriber);
    if (subscription) await deliver(options.database, subscription, options.log, helpers.abortSignal);
  };
  return tasks;
};

const startPeriodic = (database: Database, all: readonly Job[]): Promise<void> =>
  database.relay((tx) => addToQueue(tx, all.flatMap((job) => (job.everySeconds === undefined ? [] : [periodicSpec(job, 0)])), true));

const startRunner = (options: RunnerOptions, all: readonly Job[], pgPool: ReturnType<typeof openPool>, events: WorkerEvents): Promise<Runner> =>
  run({
    pgPool,
    events,
    schema: queueSchema,
    concurrency: options.concurrency ?? 4,
    noHandleSignals: true,
    pollInterval: 1000,
    gracefulShutdownAbortTimeout: 5000,
    logger: workerLog(options.log),
    taskList: taskList(options, all),
    parsedCronItems: parseCronItems(all.flatMap(({ name, cron }) => (cron === undefined ? [] : [{ task: name, match: cron, identifier: name }]))),
  });

/** A runner and its mark of being alive. Ends by itself only when its queue failed in a way that waiting does not mend. */
const beginRunner = async (options: RunnerOptions, all: readonly Job[], pool: ReturnType<typeof openPool>) => {
  const events: WorkerEvents = new EventEmitter();
  const named = new Promise<string>((resolve) => void events.once('pool:create', ({ workerPool }) => resolve(workerPool.id)));
  const inHand = new Set<string>();
  events.on('job:start', ({ job }) => void inHand.add(job.id));
  events.on('job:complete', ({ job }) => void inHand.delete(job.id));
  const runner = await startRunner(options, all, pool, events);
  const ended = runner.promise.catch((error: unknown) => error);
  const rest = await beAlive(pool, await named, inHand);
  return { runner, ended, rest };
};

/** Keeps a runner running: one that ended without being asked to is replaced. */
const keepRunner = async (options: RunnerOptions, all: readonly Job[], pool: ReturnType<typeof openPool>) => {
  let isOver = false;
  let current = await beginRunner(options, all, pool);
  const follow = async (): Promise<void> => {
    while (!isOver) {
      const error = await current.ended;
      await current.rest();
      if (isOver) return;
      options.log.error({ err: error }, 'the job runner ended; another takes its place');
      await sleep(AGAIN_MS);
      current = (await insist(() => beginRunner(options, all, pool), () => isOver, AGAIN_MS)) ?? current;
    }
  };
  const followed = follow();
  return async (): Promise<void> => {
    isOver = true;
    await current.runner.stop().catch(() => undefined);
    await followed;
  };
};

/** Runs the site's background work: the outbox relay, deliveries, queued, periodic and timed jobs. */
export const startJobs = async (options: RunnerOptions): Promise<RunningJobs> => {
  const { database, subscriptions, log } = options;
  const all = [...options.jobs, ...housekeeping(options)];
  unique([...all.map(({ name }) => name), deliverJob], 'jobs');
  unique(subscriptions.map(({ name }) => name), 'subscriptions');
  const attempts = new Map(all.map((job) => [job.name, job.attempts]));
  const pool = bePatient(openPool(database.config, database.config.relay, (options.concurrency ?? 4) + 3));
  // Before the runner, which makes its tasks known in an order of its own: both at once can lock each other out.
  await startPeriodic(database, all);
  const stopRunner = await keepRunner(options, all, pool);
  const relay = startRelay({
    database,
    subscriptions,
    log,
    hand: async (tx, { subscribers, jobs }) => {
      await addToQueue(tx, [...subscribers.map(deliverySpec), ...jobs.map((row) => specOf(row, (name) => attempts.get(name)))]);
    },
  });
  return {
    stop: async () => {
      await relay.stop();
      await stopRunner();
      await pool.end();
    },
  };
};
