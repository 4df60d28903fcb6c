import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addDays, dayOf } from '@zhengwu/clock';
import { openKeyFile, type KeyStore } from '@zhengwu/crypto';
import { messageRow } from '@zhengwu/messages';
import { defineModule, type Site } from '@zhengwu/module';
import { Services } from '@zhengwu/services';
import { Licences, openLicences } from './licences.ts';
import { migration } from './migrations/0001-licences.ts';
import { policy } from './policy.ts';
import { openPrinter } from './printing.ts';
import { routes } from './routes.ts';
import { serials } from './making.ts';
import * as store from './store.ts';
import { openTypesetter } from './typeset/typesetter.ts';

/** Days before its end that the holder is told of it. */
const REMIND_DAYS = 183;
const BATCH = 200;

/** Keys in the data folder; a site without a passphrase (a test) signs with keys that end with it. */
const openKeys = ({ config }: Site): Promise<KeyStore> =>
  config.keyPassphrase === undefined
    ? openKeyFile(join(tmpdir(), `zhengwu-keys-${randomUUID()}`, 'licences.json'), randomUUID())
    : openKeyFile(join(config.dataFolder, 'keys', 'licences.json'), config.keyPassphrase);

const printIssued = async (site: Site, id: string): Promise<void> => {
  const row = await site.database.as(site.database.system, (tx) => store.byId(tx, id));
  if (row) await site.use(Licences).pdf(row);
};

/** Tells holders half a year ahead; the mark and the message commit together. */
export const remindExpiring = async ({ database, clock }: Pick<Site, 'database' | 'clock'>): Promise<number> => {
  const now = clock.now();
  return database.as(database.system, async (tx) => {
    const rows = await store.claimExpiring(tx, dayOf(now), addDays(dayOf(now), REMIND_DAYS), BATCH);
    const messages = rows.map((row) => messageRow({
      to: row.holder, template: 'licenceExpiring', caseId: null, key: `licence-expiring:${row.id}`, at: now,
      params: { name: row.name_zh, nameEn: row.name_en, date: row.valid_until },
    }));
    if (rows.length > 0) await tx.named('messages.write', 'select messages.write($1::jsonb)', [JSON.stringify(messages)]);
    return rows.length;
  });
};

export const licencesModule = defineModule({
  name: 'licences',
  requires: ['audit', 'events', 'services', 'messages'],
  migrations: [migration],
  policy,
  setup: async (site) => {
    const { database, clock, files, events, config } = site;
    const services = site.use(Services);
    const number = await database.as(database.system, (tx) => store.processNumber(tx));
    site.provide(Licences, await openLicences({
      database, clock, files, events, keys: await openKeys(site), nextSerial: serials(number),
      printer: openPrinter(openTypesetter(), files, config.origins.portal), typeOf: (hash, code) => services.licenceType(hash, code),
    }));
    services.readLicencesWith(async (holder) =>
      (await database.as(database.system, (tx) => store.inForce(tx, holder, null))).map((row) => ({
        id: row.id, type: row.type, name: { zh: row.name_zh, en: row.name_en }, fields: row.given, validUntil: row.valid_until,
      })));
  },
  routes,
  subscriptions: (site) => [{
    name: 'licences.print', types: ['licences.issued'],
    handle: (event, tx) => site.jobs.enqueue(tx, { job: 'licences.print', payload: { id: event.subject } }),
  }],
  jobs: (site) => [
    { name: 'licences.print', run: (payload) => printIssued(site, (payload as { id: string }).id) },
    { name: 'licences.remind', cron: '30 1 * * *', run: async (_, { signal }) => {
      while (!signal.aborted && (await remindExpiring(site)) === BATCH);
    } },
  ],
  stop: (site) => site.use(Licences).printer.close(),
});
