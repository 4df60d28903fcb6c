import { Exchange } from '@zhengwu/exchange';
import { defineModule } from '@zhengwu/module';
import { Topics } from '@zhengwu/topics';
import { Federation, openFederation, VIA } from './federation.ts';
import { FIGURES, figuresService } from './figures-service.ts';
import { COLLECT, collect } from './gathering.ts';
import { followCatalogue } from './granting.ts';
import { REGISTERS, registersService } from './looking-up.ts';
import { migration as first } from './migrations/0001-federation.ts';
import { migration as second } from './migrations/0002-figures.ts';
import { policy } from './policy.ts';
import { figureRoutes } from './routes-figures.ts';
import { routes } from './routes.ts';
import { byExchange } from './sending.ts';
import { CHANGES, changesService } from './service.ts';
import { forgetReceived } from './store.ts';

/** As long as a topic may keep its messages, and longer than any replay asks for. */
const REMEMBER_DAYS = 3650;

/** 04:10 in Asia/Shanghai: subordinates have reckoned theirs by then. */
const AFTER_RECKONING = '10 20 * * *';

export const federationModule = defineModule({
  name: 'federation',
  requires: ['audit', 'jobs', 'registers', 'analytics', 'topics', 'exchange'],
  migrations: [first, second],
  policy,
  setup: (site) => {
    site.provide(Federation, openFederation(site));
    site.use(Topics).deliverBy(VIA, byExchange(site));
    site.use(Exchange).provide(CHANGES, changesService(site));
    site.use(Exchange).provide(REGISTERS, registersService(site));
    site.use(Exchange).provide(FIGURES, figuresService(site));
  },
  routes: (site, http) => {
    routes(site, http);
    figureRoutes(site, http);
  },
  subscriptions: (site) => [followCatalogue(site)],
  jobs: (site) => [
    { name: 'federation.forget', cron: '41 19 * * *', run: () => site.database.as(site.database.system, (tx) => forgetReceived(tx, REMEMBER_DAYS)) },
    { name: 'federation.gather', cron: AFTER_RECKONING, run: () => collect(site) },
    { name: COLLECT, run: (indicator) => collect(site, typeof indicator === 'string' ? indicator : null) },
  ],
});
