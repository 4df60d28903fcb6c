import { dayOf } from '@zhengwu/clock';
import { openSigningKeys, suiteNamed } from '@zhengwu/crypto';
import { Directory } from '@zhengwu/directory';
import { defineModule, type Site } from '@zhengwu/module';
import { Payments, type OrderRow } from '@zhengwu/payments';
import { Services } from '@zhengwu/services';
import { holdings } from './holdings.ts';
import { Licences, openLicences } from './licences.ts';
import { migration as schema } from './migrations/0001-licences.ts';
import { migration as printed } from './migrations/0002-printing.ts';
import { migration as labels } from './migrations/0003-labels.ts';
import { policy } from './policy.ts';
import { openPrinting, Printing } from './printing.ts';
import { routes } from './routes.ts';
import { serials } from './making.ts';
import { KEYS } from './signing.ts';
import * as store from './store.ts';
import { REMIND_BATCH, remindExpiring, tellReady, tellRevoked } from './telling.ts';
import { openTypesetter } from './typeset/typesetter.ts';

const NOBODY = { zh: '申请人', en: 'Applicant' };
const CITY = { zh: '云川市财政局', en: 'Yunchuan Finance Bureau' };

/** The receipt of a paid order. */
const printReceipt = async (site: Site, order: OrderRow): Promise<Buffer> => {
  const directory = site.use(Directory);
  const payer = await directory.principals.byId(order.payer);
  return site.use(Printing).receipt({
    number: order.number, payer: payer?.name ?? NOBODY.zh, items: order.items, amount: Number(order.amount), caseId: order.case_id,
    paidOn: dayOf(order.paid_at ?? order.created_at), refundedOn: order.refunded_at ? dayOf(order.refunded_at) : null,
    transaction: order.provider_transaction ?? '', department: directory.departmentById(order.department)?.name ?? CITY,
  });
};

export const licencesModule = defineModule({
  name: 'licences',
  requires: ['audit', 'events', 'directory', 'services', 'messages', 'payments'],
  holdings,
  migrations: [schema, printed, labels],
  policy,
  setup: async (site) => {
    const { database, clock, files, events, config } = site;
    const services = site.use(Services);
    const printing = openPrinting(openTypesetter(), files, config.origins.portal);
    site.provide(Printing, printing);
    const number = await database.as(database.system, (tx) => store.processNumber(tx));
    const licences = await openLicences({
      database, clock, files, events, keys: await openSigningKeys(config, KEYS, suiteNamed(config.cryptoSuite)), nextSerial: serials(number), printing,
      typeOf: (hash, code) => services.licenceType(hash, code),
    });
    site.provide(Licences, licences);
    site.use(Payments).printWith((order) => printReceipt(site, order));
    services.readLicencesWith(async (holder) =>
      (await licences.heldBy(holder)).map((row) => ({
        id: row.id, type: row.type, name: { zh: row.name_zh, en: row.name_en }, fields: row.given, validUntil: row.valid_until,
      })));
  },
  routes,
  subscriptions: (site) => [{
    name: 'licences.ready', types: ['licences.issued'],
    handle: (event, tx) => tellReady(tx, [event.subject], site.clock.now()),
    handleAll: (events, tx) => tellReady(tx, events.map((event) => event.subject), site.clock.now()),
  }, {
    name: 'licences.tell', types: ['licences.revoked'],
    handle: (event, tx) => tellRevoked(tx, event.subject, String(event.payload.reason ?? ''), event.at),
  }],
  jobs: (site) => [
    { name: 'licences.remind', cron: '30 1 * * *', run: async (_, { signal }) => {
      while (!signal.aborted && (await remindExpiring(site)) === REMIND_BATCH);
    } },
  ],
  stop: (site) => site.use(Printing).close(),
});
