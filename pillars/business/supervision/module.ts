import { Calendars } from '@zhengwu/calendar';
import { Cases, correctionLapsed, deemAccepted } from '@zhengwu/cases';
import { addDays, dayOf } from '@zhengwu/clock';
import { Directory } from '@zhengwu/directory';
import { defineModule, type Module, type Site } from '@zhengwu/module';
import { Services } from '@zhengwu/services';
import { remindLate } from './chases.ts';
import { tellIncident } from './incidents.ts';
import { openMeasures } from './measures.ts';
import { migration } from './migrations/0001-supervision.ts';
import { chases } from './migrations/0002-chases.ts';
import { migration as incidents } from './migrations/0003-incidents.ts';
import { migration as labels } from './migrations/0004-labels.ts';
import { policy } from './policy.ts';
import { routes } from './routes.ts';
import { found, usualKinds, type Kinds } from './rules.ts';
import { countUntil } from './store-figures.ts';
import { selectUnreasoned } from './store.ts';
import { card, issueDueCards, moveOn, type CaseActs, type Watch } from './watch.ts';

export interface SupervisionOptions {
  /** Cards other than the usual ones. */
  kinds?: Partial<Kinds>;
  /** What cases do by themselves when a day has passed, where it is not the cases module's own. */
  acts?(site: Site): CaseActs;
}

const actsOfCases = (site: Site): CaseActs => {
  const { desk } = site.use(Cases);
  return { deemAccepted: (id) => deemAccepted(desk, id), correctionLapsed: (id) => correctionLapsed(desk, id) };
};

const SCAN_SECONDS = 60;
/** Commands of the last minutes of a day may still be committing after midnight. */
const SETTLED_MS = 10 * 60_000;

/** Closings that say no must say why (行政许可法 §38). */
const reasons = (site: Site, kinds: Kinds) => ({
  name: 'supervision.reasons',
  types: ['case.closed'],
  handle: async (event: { subject: string }, tx: Parameters<typeof selectUnreasoned>[0]) => {
    const findings = (await selectUnreasoned(tx, event.subject)).map((one) =>
      found(one, 'no-reason', { zh: `办件${one.number}作出了不予办理的决定，但没有写明理由。`, en: `Case ${one.number} was refused without a stated reason.` }));
    if (findings.length > 0) await card(tx, { kinds, now: () => site.clock.now() }, findings);
  },
});

/** Supervision 电子监察: cards by the clock, chases, ratings to put right, figures. */
export const supervisionModule = ({ acts = actsOfCases, kinds: chosen = {} }: SupervisionOptions = {}): Module => {
  const kinds: Kinds = { ...usualKinds, ...chosen };
  return defineModule({
    name: 'supervision',
    requires: ['audit', 'events', 'calendar', 'directory', 'services', 'cases', 'processes', 'messages'],
    migrations: [migration, chases, incidents, labels],
    policy,
    setup: (site) => site.use(Services).measureWith(openMeasures(site.database, site.clock)),
    routes: (site, http) => routes({ database: site.database, clock: site.clock, audit: site.audit, events: site.events, directory: site.use(Directory) }, () => site.use(Cases).desk, http),
    subscriptions: (site) => [
      reasons(site, kinds),
      { name: 'supervision.incidents', types: ['case.incident'], handle: (event, tx) => tellIncident(tx, event, site.clock.now()) },
    ],
    jobs: (site) => {
      const watch: Watch = {
        database: site.database, log: site.log, kinds, calendar: () => site.use(Calendars).current(), now: () => site.clock.now(), acts: acts(site),
      };
      return [
        {
          name: 'supervision.watch',
          everySeconds: SCAN_SECONDS,
          // Cards first: a case that the law takes as accepted was not accepted in time.
          run: async (_, { signal }) => {
            await issueDueCards(watch, signal);
            await moveOn(watch, signal);
          },
        },
        { name: 'supervision.remind', everySeconds: SCAN_SECONDS, run: (_, { signal }) => remindLate(site, signal) },
        {
          name: 'supervision.count-days',
          everySeconds: SCAN_SECONDS,
          run: () => site.database.as(site.database.system, (tx) => countUntil(tx, addDays(dayOf(new Date(site.clock.now().getTime() - SETTLED_MS)), -1))),
        },
      ];
    },
  });
};
