import { Cases } from '@zhengwu/cases';
import { defineModule, type Site } from '@zhengwu/module';
import { Services } from '@zhengwu/services';
import type { Ground } from './application.ts';
import { proceed } from './handing-in.ts';
import { holdings } from './holdings.ts';
import { migration } from './migrations/0001-life-events.ts';
import { policy } from './policy.ts';
import { routes } from './routes.ts';
import * as store from './store.ts';

const MINUTE_MS = 60_000;
const MOST = 100;

const groundOf = (site: Site): Ground => ({ database: site.database, audit: site.audit, counter: site.use(Cases), services: site.use(Services), now: () => site.clock.now() });

/** Looks after applications whose hand-in was cut off, and parts whose turn came unheard. */
const settleAll = async (site: Site): Promise<void> => {
  const { database, clock } = site;
  const ids = await database.as(database.system, (tx) => store.unsettled(tx, new Date(clock.now().getTime() - MINUTE_MS), MOST), { readOnly: true });
  for (const id of ids) await proceed(groundOf(site), id);
};

export const lifeEventsModule = defineModule({
  name: 'life_events',
  requires: ['audit', 'events', 'services', 'cases'],
  holdings,
  migrations: [migration],
  policy,
  routes: (site, http) => routes(groundOf(site), http),
  subscriptions: (site) => [{
    name: 'life_events.closed', types: ['case.closed'],
    handle: async ({ subject }, tx) => {
      const id = await store.applicationOfCase(tx, subject);
      if (id) await proceed(groundOf(site), id);
    },
  }],
  jobs: (site) => [{ name: 'life_events.settle', everySeconds: 300, run: () => settleAll(site) }],
});
