import type { Tx } from '@zhengwu/database';
import { Directory } from '@zhengwu/directory';
import { uuidv7 } from '@zhengwu/ids';
import { defineModule, type Site } from '@zhengwu/module';
import { Registers } from '@zhengwu/registers';
import { jobs, queueSearch } from './jobs.ts';
import { Matching, openMatching, takeChanges, type OpenMatching } from './matching.ts';
import { migration } from './migrations/0001-matching.ts';
import { migration as plans } from './migrations/0002-plans.ts';
import { policy } from './policy.ts';
import { routes } from './routes.ts';
import { addRun, countOf, moveDepartment } from './store-review.ts';

interface RegisterChanged {
  register: string;
  changes: { key: string }[];
}

interface Imported {
  register: string;
  by: string;
}

/** Looks for duplicates in a register; one that is being searched is searched again by itself when that has ended. */
const searchAfter = async (site: Site, tx: Tx, { register, by }: Imported): Promise<void> => {
  const matching = site.use(Matching) as OpenMatching;
  if (!matching.profile(register)) return;
  const id = uuidv7();
  if (await addRun(tx, id, register, matching.departmentOf(register), by)) return queueSearch(site, tx, { id, register });
  throw new Error('a search of this register runs; the next one waits for it');
};

export const matchingModule = defineModule({
  name: 'matching',
  requires: ['audit', 'events', 'directory', 'registers'],
  migrations: [migration, plans],
  policy,
  routes,
  jobs,
  setup: (site) => {
    const directory = site.use(Directory);
    site.provide(Matching, openMatching(site.use(Registers), directory, site.clock));
    // Registers belong to departments whole: with some of its services, nothing of them goes.
    directory.followers.push({
      code: 'matching', name: { zh: '重复记录的判定与合并', en: 'Duplicates judged and merged' }, count: countOf,
      follow: (tx, { from, to, services }) => (services === null ? moveDepartment(tx, from, to) : Promise.resolve(0)),
    });
  },
  subscriptions: (site) => [{
    name: 'matching.entries', types: ['register.changed'],
    handle: async ({ payload }, tx) => {
      const { register, changes } = payload as unknown as RegisterChanged;
      const profile = (site.use(Matching) as OpenMatching).profile(register);
      if (profile) await takeChanges(tx, site.use(Registers), profile, [...new Set(changes.map(({ key }) => key))]);
    },
  }, {
    // What an import brought is compared with everything that was there; likely pairs wait for somebody to look at them.
    name: 'matching.imports', types: ['import.done'], handle: ({ payload }, tx) => searchAfter(site, tx, payload as unknown as Imported),
  }],
});
