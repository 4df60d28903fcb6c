import { defineModule, type Site } from '@zhengwu/module';
import { Exchange, openRunning, Running } from './exchange.ts';
import { migration as first } from './migrations/0001-exchange.ts';
import { migration as second } from './migrations/0002-write.ts';
import { policy } from './policy.ts';
import { routes } from './routes.ts';
import { followCatalogue } from './granting.ts';

const stamp = async (site: Site): Promise<void> => {
  const node = await site.use(Running).find();
  // What fails is told where it shows; the next turn tries again.
  await node?.stamping.stamp().catch(() => undefined);
};

export const exchangeModule = defineModule({
  name: 'exchange',
  requires: ['audit', 'events', 'certificates'],
  migrations: [first, second],
  policy,
  setup: (site) => {
    const running = openRunning(site);
    site.provide(Running, running);
    site.provide(Exchange, running.exchange);
  },
  routes,
  jobs: (site) => (site.config.exchange.server === undefined ? [] : [{ name: 'exchange.stamp', everySeconds: site.config.exchange.stampSeconds, run: () => stamp(site) }]),
  subscriptions: (site) => [followCatalogue(site)],
  start: (site) => site.use(Running).start(),
  stop: (site) => site.use(Running).stop(),
});
