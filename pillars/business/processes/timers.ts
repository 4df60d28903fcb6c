import type { Database } from '@zhengwu/database';
import type { Log } from '@zhengwu/log';
import { claimTimers, settleTimer, type DueTimer } from './store.ts';

/** Carries a due timer to whoever owns the instance; resolves when it is done or no longer matters, throws to have it again later. */
export type TimerHandler = (instance: string, timer: string) => Promise<void>;

const BATCH = 50;
/** Seconds a worker has for a batch before another may take it. */
const LEASE = 60;

/** Fires every timer that is due; answers how many were carried out. Safe in several processes at once. */
export async function fireDueTimers(database: Database, handle: TimerHandler, log: Pick<Log, 'error'>, signal?: AbortSignal): Promise<number> {
  let fired = 0;
  for (;;) {
    const due = await database.as(database.system, (tx) => claimTimers(tx, BATCH, LEASE));
    for (const timer of due) {
      if (signal?.aborted) return fired;
      if (await fire(database, handle, log, timer)) fired++;
    }
    if (due.length < BATCH) return fired;
  }
}

async function fire(database: Database, handle: TimerHandler, log: Pick<Log, 'error'>, timer: DueTimer): Promise<boolean> {
  let done = true;
  try {
    await handle(timer.instance, timer.timer);
  } catch (error) {
    done = false;
    log.error({ error, ...timer }, 'a process timer failed and will be tried again');
  }
  await database.as(database.system, (tx) => settleTimer(tx, timer, done));
  return done;
}
