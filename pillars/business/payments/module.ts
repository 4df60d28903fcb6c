import { addDays, dayOf } from '@zhengwu/clock';
import { defineModule } from '@zhengwu/module';
import { holdings } from './holdings.ts';
import { migration } from './migrations/0001-payments.ts';
import { migration as labels } from './migrations/0002-labels.ts';
import { openPayments, Payments } from './payments.ts';
import { policy } from './policy.ts';
import { reconcileDay } from './reconcile.ts';
import { giveBack, RETURN, returnUnclaimed } from './returning.ts';
import { routes } from './routes.ts';
import { openSandbox, SANDBOX, type Sandbox } from './sandbox.ts';
import { sandboxRoutes } from './sandbox-routes.ts';

const FALLBACK_SECRET = 'payments-without-portal-secret-00';

/** A demo site pays at the sandbox bank; a real one registers its providers here. */
export const paymentsModule = defineModule({
  name: 'payments',
  requires: ['events', 'audit'],
  holdings,
  migrations: [migration, labels],
  policy,
  setup: (site) => {
    const providers = site.config.demo ? [openSandbox(site.database, site.config.portalSecret ?? FALLBACK_SECRET, site.config.origins.site)] : [];
    site.provide(Payments, openPayments(providers));
  },
  routes: (site, http) => {
    routes(site, http);
    const sandbox = site.use(Payments).find(SANDBOX);
    if (sandbox) sandboxRoutes(site, http, sandbox as Sandbox);
  },
  jobs: (site) => [{
    // 02:20 in Asia/Shanghai: the day before is closed.
    name: 'payments.reconcile', cron: '20 18 * * *',
    run: async () => {
      const day = addDays(dayOf(site.clock.now()), -1);
      const { findings } = await reconcileDay(site.database, site.use(Payments), day);
      await site.database.as(site.database.system, (tx) => site.audit.record(tx, { event: 'payment.reconciled', subject: day, detail: { findings } }));
      if (findings.length > 0) site.log.warn({ day, findings: findings.length }, 'orders and the provider’s statement differ');
    },
  }, { name: RETURN, run: (payload) => giveBack(site, String((payload as { number: string }).number)) }],
  subscriptions: (site) => [{
    // Paid in the very moment in which the case ended.
    name: 'payments.unclaimed', types: ['payments.unclaimed'],
    handle: (event, tx) => returnUnclaimed(site, tx, event.subject),
  }],
});
