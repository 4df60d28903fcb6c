import { defineModule, key, type Policy, type Site } from '@zhengwu/module';
import { Alarms } from './alarms.ts';
import { openBlocks, type Blocks } from './blocks.ts';
import { Defence } from './defence.ts';
import { migration as first } from './migrations/0001-defence.ts';
import { outgoingOf } from './outgoing.ts';
import { demoPlaces } from './places.ts';
import { policy } from './policy.ts';
import { routes } from './routes.ts';
import { rankOf } from './severity.ts';
import { fromRefusal, fromSignIn, watchedEvents, type Watched } from './signals.ts';
import * as store from './store.ts';
import { recheckJob, watchUploads } from './uploads.ts';
import { openWatch } from './watch.ts';

const KEPT_DAYS = 90;
const Gate = key<Blocks>('defence.blocks');

const alarmsOf = (site: Site): Alarms => ({
  raise: async ({ kind, severity, subject, title, detail = {} }, given) => {
    const enter = async (tx: typeof given & object): Promise<void> => {
      const raised = await store.raiseAlert(tx, { kind, ruleVersion: null, severity: rankOf(severity), subject, title, detail, at: Date.now() });
      if (raised?.isNew) await site.events.append(tx, { type: 'defence.alerted', subject: raised.id, payload: { kind, severity, subject } });
    };
    await (given ? enter(given) : site.database.as(site.database.system, enter));
  },
});

/** The demo knows where some addresses for documentation are. */
const enterDemoPlaces = ({ database, config }: Site): Promise<void> =>
  database.as(database.system, async (tx) => {
    if (config.demo && (await store.places(tx)).length === 0) await store.replacePlaces(tx, demoPlaces);
  });

const open = async (site: Site): Promise<void> => {
  const blocks = openBlocks(site.config.trustedProxies);
  const alarms = alarmsOf(site);
  let watched: Watched = watchedEvents({});
  const watch = openWatch(site, { blocks, alarms, watched: () => watched });
  await enterDemoPlaces(site);
  site.provide(Alarms, alarms);
  site.provide(Gate, blocks);
  site.provide(Defence, {
    watch,
    note: watch.note,
    guard: (rules: Policy) => {
      watched = watchedEvents(rules);
      return {
        blockedFor: blocks.secondsLeft,
        outgoing: outgoingOf(site),
        refused: (refusal) => {
          for (const one of fromRefusal(refusal, site.clock.now().getTime())) watch.note(one);
        },
      };
    },
  });
};

export const defenceModule = defineModule({
  name: 'defence',
  requires: ['audit', 'calendar', 'directory', 'identity'],
  migrations: [first],
  policy,
  setup: open,
  routes: (site, http) => routes(site, http, site.use(Gate)),
  subscriptions: () => [{
    name: 'defence.sign-ins', types: ['session.opened', 'session.refused'],
    handle: async (event, tx) => {
      await store.holdWatch(tx);
      await store.insertObservations(tx, [fromSignIn(event)]);
    },
  }],
  jobs: (site) => [recheckJob(site), { name: 'defence.forget', cron: '17 19 * * *', run: () => site.database.as(site.database.system, (tx) => store.forget(tx, KEPT_DAYS)) }],
  start: (site) => {
    watchUploads(site);
    site.use(Defence).watch.start();
  },
  stop: (site) => site.use(Defence).watch.stop(),
});
