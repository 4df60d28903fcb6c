import { defineModule, key } from '@zhengwu/module';
import { openEngine, type Engine } from './engine/engine.ts';
import { Indicators, openIndicators } from './indicators.ts';
import { migration as first } from './migrations/0001-analytics.ts';
import { migration as second } from './migrations/0002-rows-behind.ts';
import { policy } from './policy.ts';
import { refresh, REFRESH } from './refresh.ts';
import { routes } from './routes.ts';
import { openFolder } from './snapshots.ts';

const Reckoning = key<Engine>('analytics.engine');
/** 02:40 in Asia/Shanghai, when nobody works. */
const NIGHTLY = '40 18 * * *';

export const analyticsModule = defineModule({
  name: 'analytics',
  requires: ['audit', 'jobs'],
  migrations: [first, second],
  policy,
  setup: async (site) => {
    site.provide(Reckoning, openEngine({ folder: await openFolder(site), log: site.log }));
    site.provide(Indicators, openIndicators(site));
  },
  routes: (site, http) => routes(site, http, site.use(Reckoning)),
  jobs: (site) => [
    { name: 'analytics.nightly', cron: NIGHTLY, run: () => refresh(site, site.use(Reckoning)) },
    { name: REFRESH, run: () => refresh(site, site.use(Reckoning)) },
  ],
  stop: (site) => site.use(Reckoning).stop(),
});
