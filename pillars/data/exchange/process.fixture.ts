// One exchange node in a process of its own, on a database that it is told of or one that it starts: to be killed and cut off by tests, and measured by bench/exchange.
import { join } from 'node:path';
import { certificatesModule } from '@zhengwu/certificates';
import { systemClock } from '@zhengwu/clock';
import { readConfig } from '@zhengwu/config';
import { openDatabase, startDatabase, type Connection, type Database } from '@zhengwu/database';
import { directoryModule } from '@zhengwu/directory';
import { createFiles, openLocalStore } from '@zhengwu/files';
import { createHttp } from '@zhengwu/http';
import { createLog } from '@zhengwu/log';
import { assemble, schemasOf } from '@zhengwu/module';
import { Exchange } from './exchange.ts';
import { exchangeModule } from './module.ts';
import { putService } from './store.ts';

/** What the parent says. */
export interface NodeOrder {
  /** Its database; without one it starts its own. */
  connection?: Connection;
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
const modules = [directoryModule, certificatesModule, exchangeModule];

const openOwn = async (): Promise<Database> => {
  const running = await startDatabase({ dataFolder: join(config.dataFolder, 'database') }, schemasOf(modules));
  const { database: own } = running;
  // The parent lets the database server lose a process by force, upon which it begins anew, or asks what is in the log of these requests.
  const crash = (): Promise<unknown> => own.relay((tx) => tx.query<{ pid: number }>("select pid from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid() limit 1")).then(({ rows: [row] }) => row && process.kill(row.pid, 'SIGKILL'));
  const logged = async (ids: string[]): Promise<void> => {
    const { rows } = await own.as(own.system, (tx) => tx.query('select request, count(*)::int as kinds from exchange.record where request = any ($1::uuid[]) group by request', [ids]));
    process.send?.({ logged: rows });
  };
  process.on('message', (said: 'crash' | 'stop' | { logged: string[] }) => {
    if (said === 'crash') void crash();
    else if (said === 'stop') void running.stop().finally(() => process.exit(0));
    else void logged(said.logged);
  });
  return own;
};

const database = order.connection ? await openDatabase(order.connection) : await openOwn();
const assembled = await assemble(modules, { config, log, clock: systemClock, files, database });
const http = createHttp({ log, origin: config.origins.site, policies: assembled.policy, metrics: { process: false }, authenticator: { authenticate: () => undefined, isPortal: () => false, verifyCsrf: () => true } });
assembled.routes(http);
await http.listen({ host: config.host, port: order.api });
const exchange = assembled.site.use(Exchange);
await exchange.register({ id: order.subsystem, name: order.subsystem, addresses: ['127.0.0.1', config.host] });
const { service } = order;
if (service) {
  await database.as(database.system, (tx) => putService(tx, { subsystem: order.subsystem, code: service.code, name: service.code, kind: 'REST', address: service.address, openapi: null, timeout_seconds: 10, ca: null, is_on: true }));
  await exchange.allow({ kind: 'subsystem', subject: service.client, provider: order.subsystem, service: service.code, method: '*', path: '**', until: null }, 'test', 'test');
}
process.send?.({ entry: await exchange.entry() });
await assembled.start();
process.send?.({ ready: exchange.ports() });
