import type { Tx } from '@zhengwu/database';
import type { Job } from '@zhengwu/jobs';
import type { Site } from '@zhengwu/module';
import { countAll, fillRegister } from './filling.ts';
import { findStep } from './finding.ts';
import { Matching, type OpenMatching } from './matching.ts';
import * as entries from './store.ts';
import * as store from './store-review.ts';

const FIND = 'matching.findDuplicates';
const KEEP = 'matching.keep';
const FILL = 'matching.fill';
/** Seconds after which a register that is new, or too large to be entered while somebody waits, is looked for. */
const FILL_EVERY = 600;

interface Search {
  id: string;
  register: string;
}

/** One transaction a step, so that a search that is killed goes on where it was. */
const find = async (site: Site, { id, register }: Search, signal: AbortSignal): Promise<void> => {
  const profile = (site.use(Matching) as OpenMatching).profile(register);
  if (!profile) return;
  while (await site.database.as(site.database.system, (tx) => findStep(tx, profile, id))) {
    if (signal.aborted) throw new Error('the search goes on after the start');
  }
};

/** Enters the registers to their end, a step in a transaction. */
const fill = async ({ database, use }: Site, signal: AbortSignal): Promise<void> => {
  for (const profile of (use(Matching) as OpenMatching).profiles()) {
    while (!signal.aborted && (await database.as(database.system, (tx) => fillRegister(tx, profile))).position !== null);
  }
};

/** Queues a search; of one register one runs after another, so that one queued twice finds nothing left to do. */
export const queueSearch = ({ jobs: queue }: Site, tx: Tx, { id, register }: Search): Promise<void> =>
  queue.enqueue(tx, { job: FIND, payload: { id, register }, key: `matching-find-${register}`, queue: `matching-find-${register}` });

/** Registers to their end, and searches whose job was given up. */
const catchUp = async (site: Site, signal: AbortSignal): Promise<void> => {
  await fill(site, signal);
  await site.database.as(site.database.system, async (tx) => {
    for (const run of await store.runningRuns(tx)) await queueSearch(site, tx, run);
  });
};

/** Every night: entries and frequencies are counted anew, however long millions take. */
const keep = async (site: Site, signal: AbortSignal): Promise<void> => {
  const { database } = site;
  await fill(site, signal);
  for (const profile of (site.use(Matching) as OpenMatching).profiles()) {
    if (signal.aborted) return;
    await database.copy(database.system, async (tx) => {
      await entries.recount(tx, profile.register);
      await countAll(tx, profile);
    });
  }
};

export const jobs = (site: Site): Job[] => [
  { name: FIND, run: (payload, { signal }) => find(site, payload as Search, signal) },
  { name: FILL, everySeconds: FILL_EVERY, run: (_, { signal }) => catchUp(site, signal) },
  // 02:40 in Asia/Shanghai.
  { name: KEEP, cron: '40 18 * * *', run: (_, { signal }) => keep(site, signal) },
];
