import { defineModule } from '@zhengwu/module';
import { migration } from './migrations/0001-payments.ts';
import { openPayments, Payments } from './payments.ts';
import { policy } from './policy.ts';
import { routes } from './routes.ts';
import { openSandbox, SANDBOX, type Sandbox } from './sandbox.ts';
import { sandboxRoutes } from './sandbox-routes.ts';

const FALLBACK_SECRET = 'payments-without-portal-secret-00';

/** A demo site pays at the sandbox bank; a real one registers its providers here. */
export const paymentsModule = defineModule({
  name: 'payments',
  requires: ['events', 'audit'],
  migrations: [migration],
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
});
