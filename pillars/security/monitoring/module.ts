import { defineModule, key } from '@zhengwu/module';
import { Checks, openChecks } from './checks.ts';
import { watchDemo } from './demo.ts';
import { pollDue } from './devices.ts';
import { migration as first } from './migrations/0001-monitoring.ts';
import { openNetwork, type Network } from './network.ts';
import { ownChecks } from './own-checks.ts';
import { policy } from './policy.ts';
import { checkAll, probeDue } from './rounds.ts';
import { routes } from './routes.ts';
import { networkRoutes } from './routes-network.ts';
import { rollUp } from './store.ts';
import { forgetTraps } from './store-devices.ts';
import { forgetLines } from './store-lines.ts';

const CHECK_SECONDS = 30;
const PROBE_SECONDS = 5;

const Network = key<Network>('monitoring.network');

export const monitoringModule = defineModule({
  name: 'monitoring',
  requires: ['events', 'jobs', 'audit'],
  migrations: [first],
  policy,
  setup: (site) => {
    const checks = openChecks();
    for (const check of ownChecks(site)) checks.add(check);
    site.provide(Checks, checks);
    site.provide(Network, openNetwork(site));
  },
  routes: (site, http) => {
    routes(site, http);
    networkRoutes(site, http, site.use(Network));
  },
  start: async (site) => {
    if (site.config.demo) await watchDemo(site);
    await site.use(Network).start();
  },
  stop: (site) => site.use(Network).stop(),
  jobs: (site) => [
    { name: 'monitoring.check', everySeconds: CHECK_SECONDS, run: () => checkAll(site, site.use(Checks)) },
    { name: 'monitoring.probe', everySeconds: PROBE_SECONDS, run: async () => void (await probeDue(site)) },
    { name: 'monitoring.poll', everySeconds: PROBE_SECONDS, run: async () => void (await pollDue(site, site.use(Network).sealer)) },
    { name: 'monitoring.roll-up', cron: '3 * * * *', run: () => site.database.as(site.database.system, (tx) => rollUp(tx, site.clock.now())) },
    { name: 'monitoring.forget', cron: '47 2 * * *', run: () => site.database.as(site.database.system, async (tx) => {
      await forgetLines(tx, site.config.monitoring.keepLogDays);
      await forgetTraps(tx, site.config.monitoring.keepLogDays);
    }) },
  ],
});
