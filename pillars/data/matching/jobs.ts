import type { Job } from '@zhengwu/jobs';
import type { Site } from '@zhengwu/module';
import { countAll, fillRegister } from './filling.ts';
import { findStep } from './finding.ts';
import { Matching, type OpenMatching } from './matching.ts';
import * as entries from './store.ts';

export const FIND = 'matching.findDuplicates';
const KEEP = 'matching.keep';

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

/** Every night: registers that were begun are entered to their end, entries and frequencies counted anew. */
const keep = async (site: Site, signal: AbortSignal): Promise<void> => {
  const { database } = site;
  for (const profile of (site.use(Matching) as OpenMatching).profiles()) {
    let row = await database.as(database.system, (tx) => fillRegister(tx, profile));
    while (row.position !== null && !signal.aborted) row = await database.as(database.system, (tx) => fillRegister(tx, profile));
    if (signal.aborted) return;
    await database.as(database.system, async (tx) => {
      await entries.recount(tx, profile.register);
      await countAll(tx, profile);
    });
  }
};

export const jobs = (site: Site): Job[] => [
  { name: FIND, run: (payload, { signal }) => find(site, payload as Search, signal) },
  // 02:40 in Asia/Shanghai.
  { name: KEEP, cron: '40 18 * * *', run: (_, { signal }) => keep(site, signal) },
];
