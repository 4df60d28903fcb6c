import type { Event } from '@zhengwu/events';
import { defineModule, key, type Site } from '@zhengwu/module';
import type { Tx } from '@zhengwu/database';
import type { Arriving, Carrier } from './carrier.ts';
import { jetStreamCarrier } from './carrier-jetstream.ts';
import { postgresCarrier } from './carrier-postgres.ts';
import { startDispatcher, type Dispatcher } from './dispatching.ts';
import { migration as first } from './migrations/0001-topics.ts';
import { migration as streams } from './migrations/0002-streams.ts';
import { migration as large } from './migrations/0003-large-messages.ts';
import { openTopics, PUBLISHED, type OpenTopics } from './open.ts';
import { policy } from './policy.ts';
import { knowRegisters, publishChanges, shapeFor } from './register-topics.ts';
import { forget } from './retention.ts';
import { routes } from './routes.ts';
import * as store from './store.ts';
import { openStreams } from './streams.ts';
import { Topics } from './topics.ts';

const Open = key<OpenTopics>('topics.open');
export const Carrying = key<Carrier>('topics.carrier');
export const Running = key<{ dispatcher?: Dispatcher }>('topics.running');

const arriving = ({ id, at, payload }: Event): Arriving => ({ id, at, ...(payload as { topic: string; key: string; payload: Record<string, unknown> }) });

/** Takes what was published into the log and wakes who follows. */
const carry = async (site: Site, events: readonly Event[], tx: Tx): Promise<void> => {
  const messages = events.map(arriving);
  await store.wakeLanes(tx, await site.use(Carrying).append(tx, messages));
  // The transaction commits within moments.
  for (const ms of [3, 10, 30, 100]) setTimeout(() => site.use(Running).dispatcher?.wake(), ms).unref();
};

const openCarrier = (site: Site): Carrier => {
  const { config, database, log } = site;
  if (config.nats.servers.length === 0) return postgresCarrier(database);
  return jetStreamCarrier({ database, log, streams: openStreams(config.nats, log), news: (tx, topic) => store.wakeLanes(tx, [topic]), moved: () => site.use(Running).dispatcher?.wake() });
};

/** Handlers of this site follow by themselves. */
const followInside = (site: Site): Promise<void> => site.database.as(site.database.system, async (tx) => {
  const { handlers, subscribe } = site.use(Open);
  for (const { topic, name } of handlers.values()) await subscribe(tx, { topic, follower: name, via: 'inside', from: 'now' });
});

export const topicsModule = defineModule({
  name: 'topics',
  requires: ['audit', 'events', 'jobs', 'registers'],
  migrations: [first, streams, large],
  policy,
  setup: (site) => {
    const carrier = openCarrier(site);
    const topics = openTopics(site, carrier);
    site.provide(Carrying, carrier);
    site.provide(Open, topics);
    site.provide(Topics, topics);
    site.provide(Running, {});
  },
  routes: (site, http) => routes(site, http, site.use(Carrying), () => site.use(Running).dispatcher?.wake()),
  subscriptions: (site) => [
    { name: 'topics.carry', types: [PUBLISHED], handle: (event, tx) => carry(site, [event], tx), handleAll: (events, tx) => carry(site, events, tx) },
    { name: 'topics.registers', types: ['register.changed'], handle: (event, tx) => publishChanges(site, event, tx) },
  ],
  jobs: (site) => [{ name: 'topics.forget', cron: '13 19 * * *', run: () => forget(site, site.use(Carrying)) }, { name: 'topics.tend', everySeconds: 60, run: async () => site.use(Carrying).tend?.() }],
  start: async (site) => {
    const { database, log } = site;
    await knowRegisters(site);
    site.use(Carrying).start?.();
    await followInside(site);
    const { ways, handlers } = site.use(Open);
    site.use(Running).dispatcher = startDispatcher({ database, carrier: site.use(Carrying), log, ways, handlers, shape: shapeFor(site) });
  },
  stop: async (site) => {
    await site.use(Running).dispatcher?.stop();
    await site.use(Carrying).close();
  },
});
