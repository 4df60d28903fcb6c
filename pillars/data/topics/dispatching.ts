import { randomUUID } from 'node:crypto';
import { workOn, worksOf, type Ground } from './lane-work.ts';
import * as store from './store.ts';

/** How long a process may hold a lane before another takes it over, in seconds: longer than any delivery may take. */
const LEASE_SECONDS = 120;
/** Lanes worked on side by side: so many followers may be slow at once before anybody else waits for them. */
const SIDE = 64;

export interface Dispatcher {
  /** Looks for work at once. */
  wake(): void;
  stop(): Promise<void>;
}

/** Works on lanes that are due, some side by side, so that a slow or dead follower holds up nobody else. */
export const startDispatcher = (ground: Ground, everyMs = 500): Dispatcher => {
  const { database, log } = ground;
  const running = new Map<string, Promise<void>>();
  let stopped = false;
  let looking: Promise<void> | undefined;
  let again = false;
  const look = async (): Promise<void> => {
    const ways = [...ground.ways.keys(), 'inside'];
    while (!stopped && running.size < SIDE) {
      const lease = randomUUID();
      const lanes = await database.relay((tx) => store.leaseLanes(tx, lease, ways, LEASE_SECONDS, [...running.keys()], SIDE - running.size));
      if (lanes.length === 0) return;
      for (const work of worksOf(ground.carrier, lanes, lease)) {
        const name = `${work.lane.subscription} ${String(work.lane.lane)}`;
        running.set(name, workOn(ground, work).catch((error: unknown) => log.error({ err: error }, 'a lane of a topic')).finally(() => {
          running.delete(name);
          wake();
        }));
      }
    }
  };
  const wake = (): void => {
    if (stopped) return;
    if (looking) {
      again = true;
      return;
    }
    looking = look().catch((error: unknown) => log.warn({ err: error }, 'topics: no lane could be taken')).finally(() => {
      looking = undefined;
      if (!again) return;
      again = false;
      wake();
    });
  };
  const timer = setInterval(wake, everyMs);
  return {
    wake,
    stop: async () => {
      stopped = true;
      clearInterval(timer);
      await looking;
      await Promise.all(running.values());
    },
  };
};
