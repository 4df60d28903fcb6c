import { defineModule, key } from '@zhengwu/module';
import { Checks, openChecks } from './checks.ts';
import { watchDemo } from './demo.ts';
import { pollDue } from './devices.ts';
import { countRequests, Metrics, openMetrics } from './figures.ts';
import { migration as first } from './migrations/0001-monitoring.ts';
import { migration as alerting } from './migrations/0002-alerting.ts';
import { openNetwork, type Network } from './network.ts';
import { ownChecks } from './own-checks.ts';
import { policy } from './policy.ts';
import { checkAll, probeDue } from './rounds.ts';
import { routes } from './routes.ts';
import { alertingRoutes } from './routes-alerts.ts';
import { requestRoutes } from './routes-requests.ts';
import { networkRoutes } from './routes-network.ts';
import { rollUp } from './store.ts';
import { forgetAlerts } from './store-alerts.ts';
import { forgetTraps } from './store-devices.ts';
import { forgetLines } from './store-lines.ts';
import { rollRequests } from './store-objectives.ts';
import { watchRules } from './watching.ts';

const CHECK_SECONDS = 30;
const PROBE_SECONDS = 5;

const WATCH_SECONDS = 15;

const Network = key<Network>('monitoring.network');
const Counting = key<{ stop: () => Promise<void> }>('monitoring.counting');

export const monitoringModule = defineModule({
  name: 'monitoring',
  requires: ['events', 'jobs', 'audit'],
  migrations: [first, alerting],
  policy,
  sealed: (['auth', 'priv'] as const).map((use) => ({ table: 'monitoring.device', column: `${use}_key`, key: ['id', 'uuid'], purpose: 'monitoring.device', context: `id || ' ${use}'` })),
  setup: (site) => {
    const checks = openChecks();
    for (const check of ownChecks(site)) checks.add(check);
    site.provide(Checks, checks);
    site.provide(Network, openNetwork(site));
    site.provide(Metrics, openMetrics(site));
    site.provide(Counting, { stop: () => Promise.resolve() });
  },
  routes: (site, http) => {
    routes(site, http);
    alertingRoutes(site, http);
    requestRoutes(site, http);
    networkRoutes(site, http, site.use(Network));
  },
  start: async (site) => {
    if (site.config.demo) await watchDemo(site);
    await site.use(Network).start();
    site.use(Counting).stop = countRequests(site, site.use(Metrics));
  },
  stop: async (site) => {
    await site.use(Counting).stop();
    await site.use(Network).stop();
  },
  jobs: (site) => [
    { name: 'monitoring.check', everySeconds: CHECK_SECONDS, run: () => checkAll(site, site.use(Checks)) },
    { name: 'monitoring.probe', everySeconds: PROBE_SECONDS, run: async () => void (await probeDue(site)) },
    { name: 'monitoring.poll', everySeconds: PROBE_SECONDS, run: async () => void (await pollDue(site, site.use(Network).sealer)) },
    { name: 'monitoring.roll-up', cron: '3 * * * *', run: () => site.database.as(site.database.system, async (tx) => {
      await rollUp(tx, site.clock.now());
      await rollRequests(tx, site.clock.now());
    }) },
    { name: 'monitoring.alert', everySeconds: WATCH_SECONDS, run: () => watchRules(site) },
    { name: 'monitoring.forget', cron: '47 2 * * *', run: () => site.database.as(site.database.system, async (tx) => {
      await forgetLines(tx, site.config.monitoring.keepLogDays);
      await forgetTraps(tx, site.config.monitoring.keepLogDays);
      await forgetAlerts(tx, site.clock.now());
    }) },
  ],
});
