// One exchange node in a process of its own, on a database that it is told of: to be killed by tests, and measured by bench/exchange.
import { join } from 'node:path';
import { certificatesModule } from '@zhengwu/certificates';
import { systemClock } from '@zhengwu/clock';
import { readConfig } from '@zhengwu/config';
import { openDatabase, type Connection } from '@zhengwu/database';
import { directoryModule } from '@zhengwu/directory';
import { createFiles, openLocalStore } from '@zhengwu/files';
import { createHttp } from '@zhengwu/http';
import { createLog } from '@zhengwu/log';
import { assemble } from '@zhengwu/module';
import { Exchange } from './exchange.ts';
import { exchangeModule } from './module.ts';
import { putService } from './store.ts';

/** What the parent says. */
export interface NodeOrder {
  connection: Connection;
  subsystem: string;
  /** Port of the site's API, where its revocation list is. */
  api: number;
  /** A service of an information system, and the subsystem that may call it. */
  service?: { code: string; address: string; client: string };
}

const order = JSON.parse(process.env['NODE_ORDER'] ?? '{}') as NodeOrder;
const config = readConfig(process.env);
const log = createLog({ level: config.log.level, name: config.exchange.server ?? '' });
const files = await createFiles({ store: await openLocalStore(join(config.dataFolder, 'bodies')), folder: config.dataFolder, maxBytes: 1_000_000_000 });
const database = await openDatabase(order.connection);
const assembled = await assemble([directoryModule, certificatesModule, exchangeModule], { config, log, clock: systemClock, files, database });
const http = createHttp({ log, origin: config.origins.site, policies: assembled.policy, metrics: { process: false }, authenticator: { authenticate: () => undefined, isPortal: () => false, verifyCsrf: () => true } });
assembled.routes(http);
await http.listen({ host: '127.0.0.1', port: order.api });
const exchange = assembled.site.use(Exchange);
await exchange.register({ id: order.subsystem, name: order.subsystem });
const { service } = order;
if (service) {
  await database.as(database.system, (tx) => putService(tx, { subsystem: order.subsystem, code: service.code, name: service.code, kind: 'REST', address: service.address, openapi: null, timeout_seconds: 10, ca: null, is_on: true }));
  await exchange.allow({ kind: 'subsystem', subject: service.client, provider: order.subsystem, service: service.code, method: '*', path: '**', until: null }, 'test', 'test');
}
process.send?.({ entry: await exchange.entry() });
await assembled.start();
process.send?.({ ready: exchange.ports() });
