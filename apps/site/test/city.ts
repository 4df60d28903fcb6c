import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { auditEvents } from '@zhengwu/audit';
import { dayOf, systemClock } from '@zhengwu/clock';
import { readConfig, type Config } from '@zhengwu/config';
import { createTestDatabase, type Filling } from '@zhengwu/database';
import { makeCity, type City } from '@zhengwu/demo';
import { Defence } from '@zhengwu/defence';
import { Directory, loadMandates, loadOrganisation, Permissions } from '@zhengwu/directory';
import { createFiles, openLocalStore, type Files, type Scanner } from '@zhengwu/files';
import { createHttp, type HttpServer } from '@zhengwu/http';
import { Identity, loadAccounts } from '@zhengwu/identity';
import { createLog } from '@zhengwu/log';
import { accessAudit, assemble, createTestSite, schemasOf, type Module, type Site, type TestSite } from '@zhengwu/module';
import { withApplications } from '@zhengwu/provisioning';
import { Registers } from '@zhengwu/registers';
import { openMarking } from '../marking.ts';
import { siteModules } from '../modules.ts';
import { packFolders } from '../packs.ts';
import { permissionsOf } from '../permissions.ts';
import { withDataKey } from '../secrets.ts';
import { clientsOf, type Clients } from './clients.ts';

export const PORTAL_SECRET = 'a-secret-of-the-tests-portal-000000';
export const PASSPHRASE = 'a-passphrase-of-the-tests';

/** A small Yunchuan on a database of its own, with real HTTP on a free port. */
export interface TestCity extends Clients {
  demo: City;
  site: TestSite;
  http: HttpServer;
  origin: string;
  close(): Promise<void>;
}

type Size = Parameters<typeof makeCity>[0]['size'];

const load = async (site: Site, demo: City): Promise<void> => {
  const { database } = site;
  const { principals } = site.use(Directory);
  await database.as(database.system, async (tx) => {
    await loadOrganisation(tx, demo.organisation);
    await principals.enterAll(tx, demo.principals);
    await loadMandates(tx, demo.mandates);
    await loadAccounts(tx, demo.accounts, demo.password);
    await site.use(Registers).load(tx, demo.records as never);
  });
};

const configFor = (folder: string, settings: Readonly<Record<string, string>>): Promise<Config> =>
  withDataKey(readConfig({ ZHENGWU_PORTAL_SECRET: PORTAL_SECRET, ZHENGWU_KEY_PASSPHRASE: PASSPHRASE, ZHENGWU_DATA: folder, ...settings }));

const filesIn = async (folder: string, scanner?: Scanner): Promise<Files> =>
  createFiles({
    store: await openLocalStore(join(folder, 'store')), folder, maxBytes: 20_000_000,
    ...(scanner ? { scanning: { scanner, quarantine: await openLocalStore(join(folder, 'quarantine')) } } : {}),
  });

/** Packs frozen and the city loaded, once for all files of a run that want the same; the keys that were made go with it. */
const fillingOf = (modules: readonly Module[], demo: City, name: string, settings: Readonly<Record<string, string>>): Filling => ({
  name,
  fill: async (database, folder) => {
    const config = await configFor(folder, settings);
    const { site, stop } = await assemble(modules, { config, log: createLog({ level: 'silent' }), clock: systemClock, database, files: await filesIn(folder) });
    await load(site, demo);
    await stop();
  },
});

/** What a whole site recorded is in the catalogue of events, whether code or SQL wrote it. */
const refuseUndeclared = async ({ database }: TestSite): Promise<void> => {
  const { rows } = await database.as(database.system, (tx) => tx.query<{ event: string }>('select distinct event from audit.record'));
  const unknown = rows.map(({ event }) => event).filter((event) => !auditEvents().has(event));
  if (unknown.length > 0) throw new Error(`recorded but not in the catalogue: ${unknown.join(', ')}; declare them as the second argument of definePolicy`);
};

export const openCity = async (size: Size = { residents: 60, companies: 5, cases: 0, buildings: 10 }, packs: readonly string[] = packFolders(), scanner?: Scanner, settings: Readonly<Record<string, string>> = {}): Promise<TestCity> => {
  const demo = makeCity({ today: dayOf(new Date()), size });
  const modules = siteModules(packs);
  const database = await createTestDatabase({ modules: schemasOf(modules), filling: fillingOf(modules, demo, JSON.stringify([demo.today, size, packs, settings]), settings) });
  const folder = await mkdtemp(join(tmpdir(), 'zhengwu-city-'));
  if (database.filled) await cp(database.filled, folder, { recursive: true });
  const config = await configFor(folder, settings);
  const site = await createTestSite({ modules, database, files: await filesIn(folder, scanner), config });
  site.site.provide(Permissions, permissionsOf(site.policy));
  const { marking, close } = openMarking(site.site);
  const http = createHttp({
    log: site.site.log, origin: config.origins.site, policies: site.policy, authenticator: withApplications(site.site, site.site.use(Identity).authenticator),
    audit: accessAudit(site.site.audit, site.site.log), checkAnswers: true,
    ...site.site.use(Defence).guard(site.policy), marking,
  });
  http.fastify.addHook('onClose', close);
  site.routes(http);
  await site.start();
  const { port } = await http.listen({ host: '127.0.0.1', port: 0 });
  const origin = `http://127.0.0.1:${port}`;
  return {
    demo, site, http, origin,
    ...clientsOf(origin, PORTAL_SECRET, demo.password),
    close: async () => {
      await http.close(1);
      await refuseUndeclared(site);
      await site.drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
};

/** A fresh idempotency key. */
export const key = (): string => randomUUID();

export { PNG } from './clients.ts';
