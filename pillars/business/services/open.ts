import type { Audit } from '@zhengwu/audit';
import { dayOf, type Clock } from '@zhengwu/clock';
import type { Database } from '@zhengwu/database';
import type { Registers } from '@zhengwu/registers';
import { allIssues, complete, readsFacts, visibleKeys, wholeStepIssues } from './answers.ts';
import { fail } from './errors.ts';
import { fetchedView } from './fetched.ts';
import { decided, freeze, type FrozenPack, type FrozenService } from './frozen.ts';
import { readKnown } from './known.ts';
import { feeFor, materialsFor } from './materials.ts';
import type { Forms, Measures, Services } from './services.ts';
import type { LicencesOnFile, Sources } from './sources.ts';
import { selectServices, selectVersions, type Published } from './store.ts';
import { openUsccSeries } from './uscc.ts';

export interface Ground {
  database: Database;
  audit: Audit;
  registers: Registers;
  clock: Clock;
  departmentName: Sources['departmentName'];
  mayPrefill?: (applicant: string) => boolean;
}

/** The services as routes and start-up see them. */
export interface OpenServices extends Services {
  readonly measures: Measures;
  /** Reads which services are current and published again; freezes packs that are new. */
  refresh(): Promise<void>;
  /** Services of all current packs with whether they are published. */
  listed(): { frozen: FrozenService; published: boolean }[];
  today(): string;
}

const formsOf = (services: Pick<Services, 'frozen' | 'current'>, sources: Sources): Forms => {
  const { today } = sources;
  const of = services.frozen;
  const stepOf = (frozen: FrozenService, id: string) => {
    const step = frozen.service.form.find((one) => one.id === id);
    if (!step) throw fail('service.unknown', { service: `${frozen.service.code}/${id}` });
    return step;
  };
  return {
    steps: (hash, service) => of(hash, service).service.form,
    known: (actor, hash, service, applicant, answers) => readKnown(sources, actor, of(hash, service), applicant, answers),
    visible: (hash, service, step, answers) => visibleKeys(of(hash, service).service.form, stepOf(of(hash, service), step), answers),
    checkStep: (hash, service, step, values, answers, facts) => wholeStepIssues(of(hash, service), stepOf(of(hash, service), step), values, answers, facts, today()),
    readsFacts: (hash, service, step) => readsFacts(of(hash, service), stepOf(of(hash, service), step)),
    checkAll: (hash, service, answers, facts) => allIssues(of(hash, service), answers, facts, today()),
    materials: (hash, service, answers, facts) => materialsFor(of(hash, service), answers, facts, today()),
    fetched: (facts) => fetchedView(sources.registers, facts),
    fee: (hash, service, answers, facts) => feeFor(of(hash, service), answers, facts, today(), (name, input) => decided(of(hash, service), name, input)),
    current: (service) => ({ packHash: services.current(service).packHash }),
  };
};

interface Shelf {
  packs: Map<string, FrozenPack>;
  flags: Map<string, Published>;
}

const refill = async (database: Database, shelf: Shelf): Promise<void> => {
  const flags = await database.as(database.system, selectServices);
  const isNew = flags.some((flag) => !shelf.packs.has(flag.hash));
  if (shelf.packs.size === 0 || isNew) {
    for (const { hash, data } of await database.as(database.system, selectVersions)) if (!shelf.packs.has(hash)) shelf.packs.set(hash, await freeze(hash, data));
  }
  shelf.flags = new Map(flags.map((flag) => [flag.code, flag]));
};

const nothing: Measures = { after: () => Promise.resolve(new Map()), openCases: () => Promise.resolve(new Map()) };

/** Opens the services of a site over what is frozen in its database. */
export const openServices = async ({ database, audit, registers, clock, departmentName, mayPrefill }: Ground): Promise<OpenServices> => {
  const shelf: Shelf = { packs: new Map(), flags: new Map() };
  const assignUscc = await openUsccSeries(database);
  let licences: LicencesOnFile = () => Promise.resolve([]);
  let measures = nothing;
  const today = (): string => dayOf(clock.now());
  await refill(database, shelf);
  const pack = (hash: string): FrozenPack => {
    const found = shelf.packs.get(hash);
    if (!found) throw fail('service.pack-unknown', { hash });
    return found;
  };
  const frozen = (hash: string, code: string): FrozenService => {
    const found = pack(hash).services.get(code);
    if (!found) throw fail('service.unknown', { service: code });
    return found;
  };
  const current = (code: string): FrozenService => {
    const flag = shelf.flags.get(code);
    if (!flag) throw fail('service.unknown', { service: code });
    if (!flag.published) throw fail('service.withdrawn', { service: frozen(flag.hash, code).service.listing.name.zh });
    return frozen(flag.hash, code);
  };
  return {
    forms: formsOf({ frozen, current }, { audit, registers, today, departmentName, now: () => clock.now(), licences: (holder) => licences(holder), ...(mayPrefill ? { mayPrefill } : {}) }),
    current, frozen, pack, assignUscc, today,
    packs: () => [...new Set([...shelf.flags.values()].map((flag) => flag.hash))].map(pack),
    isPublished: (code) => shelf.flags.get(code)?.published ?? false,
    licenceType: (hash, code) => pack(hash).licences.get(code),
    application: (hash, code, answers) => complete(frozen(hash, code).service.form, answers),
    readLicencesWith: (read) => void (licences = read),
    measureWith: (given) => void (measures = given),
    get measures() {
      return measures;
    },
    elementName: (hash, code, element) => frozen(hash, code).elementName(element),
    refresh: () => refill(database, shelf),
    listed: () => [...shelf.flags.values()].map((flag) => ({ frozen: frozen(flag.hash, flag.code), published: flag.published })),
  };
};
