import { Calendars } from '@zhengwu/calendar';
import { createSealer, suiteNamed } from '@zhengwu/crypto';
import type { Tx } from '@zhengwu/database';
import { Directory } from '@zhengwu/directory';
import { Exports } from '@zhengwu/disclosure';
import type { Event } from '@zhengwu/events';
import { Licences } from '@zhengwu/licences';
import { defineModule, key, type Site } from '@zhengwu/module';
import { Payments } from '@zhengwu/payments';
import { Processes, type Variables } from '@zhengwu/processes';
import { Services } from '@zhengwu/services';
import { caseExport } from './exporting.ts';
import { cases } from './datasets.ts';
import { holdings } from './holdings.ts';
import { appointmentSlots } from './appointments.ts';
import { paid, refunded, signalled, timerFired } from './automatic.ts';
import type { Desk } from './commands.ts';
import type { Counter } from './draft.ts';
import { tasksInHand } from './handing-over.ts';
import { openLive, type Live as OpenLive } from './live.ts';
import { migrations } from './migrations.ts';
import { movingRoutes } from './moving.ts';
import { caseNumbers } from './numbers.ts';
import { policy } from './policy.ts';
import { noticePrinter } from './printing.ts';
import { applicantRoutes } from './routes-applicant.ts';
import { fileRefused } from './refused-files.ts';
import { runningCases } from './reassigning.ts';
import { officialRoutes } from './routes-official.ts';
import { taskRoutes } from './routes-tasks.ts';
import { serviceReader } from './services-ground.ts';
import { caseStore, type CaseStore } from './store.ts';
import { draftStore } from './store-drafts.ts';
import { officeStore } from './store-office.ts';
import { workStore } from './store-work.ts';
import type { Unit } from './unit.ts';
import { colleaguesOf, formsOf, groundOf, peopleOf, signingLicences } from './wiring.ts';

/** What cases offer: the desk for commands, the counter for applications. */
export const Cases = key<Counter>('cases');

const Live = key<OpenLive>('cases.live');
const DAY_MS = 86_400_000;

/** Seals where no passphrase is set, which only tests do. */
const FALLBACK_SECRET = 'zhengwu-without-a-passphrase';

/** First six digits of case numbers: the city. */
const CITY_DIVISION = '990100';

/** A case that brings a company into being makes its founder act for it: sessions must not go on without knowing. */
const tellingMandates = (store: CaseStore, changed: () => void): CaseStore => {
  const told = <A>(units: readonly Unit[], committed: A): A => {
    if (units.some((unit) => unit.mandates.length > 0)) changed();
    return committed;
  };
  return {
    ...store,
    commit: async (actor, unit, answer, once) => told([unit], await store.commit(actor, unit, answer, once)),
    commitAll: async (actor, units, answer, once) => told(units, await store.commitAll(actor, units, answer, once)),
  };
};

const openCounter = (site: Site): Counter => {
  const directory = site.use(Directory);
  const services = site.use(Services);
  const store = tellingMandates(signingLicences(caseStore(site.database), site.use(Licences)), () => directory.changed());
  const ground = groundOf({ calendars: site.use(Calendars), directory, licences: site.use(Licences), payments: site.use(Payments), services });
  const now = (): Date => site.clock.now();
  const desk: Desk = { store, ground, serviceOf: serviceReader(services, directory.departmentByCode), now, changed: () => site.use(Live).changed() };
  return {
    desk, forms: formsOf(services), drafts: draftStore(site.database), people: peopleOf(directory), slots: appointmentSlots(site.database, ground.calendar, now),
    work: workStore(site.database), numbers: caseNumbers(store), division: CITY_DIVISION,
  };
};

/** Keeps the processes of the current packs and lets those begin that begin by themselves. */
const putInForce = async (site: Site, processes: Processes): Promise<void> => {
  const calendars = site.use(Calendars);
  const inForce = [];
  for (const { data } of site.use(Services).packs()) {
    for (const xml of new Set(data.processes.map((process) => process.xml))) {
      for (const { hash } of await processes.keep(xml)) inForce.push({ owner: data.code, hash });
    }
  }
  const now = site.clock.now();
  await processes.activate(inForce, now, { dueOf: (timer) => timer.due ?? calendars.current().deadline(site.clock.now(), timer.workingDays ?? 0).toISOString() });
};

/** Cases that wait for a signal; the one that threw it has heard it already. */
const passOn = async (site: Site, { id, subject, payload }: Event, tx: Tx): Promise<void> => {
  const { name, variables } = payload as { name: string; variables?: Variables };
  const waiting = await site.use(Processes).subscribers(tx, 'signal', name);
  await signalled(site.use(Cases).desk, waiting.filter((one) => one !== subject), { name, variables, event: id });
};

const WATCHED = ['case.submitted', 'case.accepted', 'case.corrected', 'case.closed', 'case.correctionAsked', 'supervision.chased'];


export const casesModule = defineModule({
  name: 'cases',
  requires: ['audit', 'events', 'calendar', 'directory', 'registers', 'processes', 'services', 'licences', 'payments', 'messages'],
  holdings,
  datasets: () => [cases],
  internal: ['cases.search'],
  migrations,
  policy,
  setup: async (site) => {
    const counter = openCounter(site);
    site.provide(Cases, counter);
    site.provide(Live, openLive());
    site.find(Exports)?.offer(caseExport(counter.desk, counter.work));
    site.use(Directory).flow.belongings.push(tasksInHand(() => site.use(Live).changed()));
    site.use(Directory).followers.push(...runningCases(() => site.use(Live).changed()));
    const processes = site.use(Processes);
    await putInForce(site, processes);
    processes.onTimer((instance, timer) => timerFired(counter.desk, instance, timer));
  },
  routes: (site, http) => {
    const counter = site.use(Cases);
    const print = noticePrinter(counter.desk, site.use(Licences), site.config.origins.portal);
    applicantRoutes(http, counter, site.files, print);
    const colleagues = colleaguesOf(site.use(Directory), counter.desk.store, counter.work);
    officialRoutes(http, { counter, files: site.files, office: officeStore(site.database), print, audit: site.audit, colleagues, sealer: createSealer(site.config.keyPassphrase ?? FALLBACK_SECRET, 'cases.intake', suiteNamed(site.config.cryptoSuite)) });
    taskRoutes(http, counter.desk, colleagues);
    movingRoutes(http, { database: site.database, desk: counter.desk, services: site.use(Services) });
    site.use(Live).routes(http);
  },
  subscriptions: (site) => [
    { name: 'cases.paid', types: ['payments.paid'], handle: (event) => paid(site.use(Cases).desk, String(event.payload['caseId']), event.id) },
    { name: 'cases.refunded', types: ['payments.refunded'], handle: ({ payload, id }) => refunded(site.use(Cases).desk, String(payload['caseId']), Number(payload['amount']), id) },
    { name: 'cases.signalled', types: ['process.signal'], handle: (event, tx) => passOn(site, event, tx) },
    { name: 'cases.files', types: ['file.refused'], handle: (event, tx) => fileRefused(site.use(Cases).desk, event, tx) },
    { name: 'cases.live', types: WATCHED, handle: async () => site.use(Live).changed(), handleAll: async () => site.use(Live).changed() },
  ],
  jobs: (site) => [{
    name: 'cases.sweep', cron: '40 18 * * *',
    run: async () => {
      await site.use(Cases).drafts.sweep();
      await site.files.uploads.sweep(new Date(site.clock.now().getTime() - DAY_MS));
    },
  }],
  stop: (site) => site.use(Live).stop(),
});
