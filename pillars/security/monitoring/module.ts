import { defineModule } from '@zhengwu/module';
import { Checks, openChecks } from './checks.ts';
import { watchDemo } from './demo.ts';
import { migration as first } from './migrations/0001-monitoring.ts';
import { ownChecks } from './own-checks.ts';
import { policy } from './policy.ts';
import { checkAll, probeDue } from './rounds.ts';
import { routes } from './routes.ts';
import { rollUp } from './store.ts';

const CHECK_SECONDS = 30;
const PROBE_SECONDS = 5;

export const monitoringModule = defineModule({
  name: 'monitoring',
  requires: ['events', 'jobs', 'audit'],
  migrations: [first],
  policy,
  setup: (site) => {
    const checks = openChecks();
    for (const check of ownChecks(site)) checks.add(check);
    site.provide(Checks, checks);
  },
  routes,
  start: (site) => (site.config.demo ? watchDemo(site) : undefined),
  jobs: (site) => [
    { name: 'monitoring.check', everySeconds: CHECK_SECONDS, run: () => checkAll(site, site.use(Checks)) },
    { name: 'monitoring.probe', everySeconds: PROBE_SECONDS, run: async () => void (await probeDue(site)) },
    { name: 'monitoring.roll-up', cron: '3 * * * *', run: () => site.database.as(site.database.system, (tx) => rollUp(tx, site.clock.now())) },
  ],
});
