import { Exchange } from '@zhengwu/exchange';
import { defineModule } from '@zhengwu/module';
import { Topics } from '@zhengwu/topics';
import { Federation, openFederation, VIA } from './federation.ts';
import { followCatalogue } from './granting.ts';
import { REGISTERS, registersService } from './looking-up.ts';
import { migration } from './migrations/0001-federation.ts';
import { policy } from './policy.ts';
import { routes } from './routes.ts';
import { byExchange } from './sending.ts';
import { CHANGES, changesService } from './service.ts';
import { forgetReceived } from './store.ts';

/** As long as a topic may keep its messages, and longer than any replay asks for. */
const REMEMBER_DAYS = 3650;

export const federationModule = defineModule({
  name: 'federation',
  requires: ['audit', 'registers', 'topics', 'exchange'],
  migrations: [migration],
  policy,
  setup: (site) => {
    site.provide(Federation, openFederation(site));
    site.use(Topics).deliverBy(VIA, byExchange(site));
    site.use(Exchange).provide(CHANGES, changesService(site));
    site.use(Exchange).provide(REGISTERS, registersService(site));
  },
  routes,
  subscriptions: (site) => [followCatalogue(site)],
  jobs: ({ database }) => [{ name: 'federation.forget', cron: '41 19 * * *', run: () => database.as(database.system, (tx) => forgetReceived(tx, REMEMBER_DAYS)) }],
});
