import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { AdapterReach } from '@zhengwu/contracts';
import { readConfig } from '@zhengwu/config';
import type { Tx } from '@zhengwu/database';
import { directoryModule } from '@zhengwu/directory';
import { createTestSite, type TestSite } from '@zhengwu/module';
import { registersModule } from '@zhengwu/registers';
import { Topics, topicsModule } from '@zhengwu/topics';
import { boundTo, Connections } from './connections.ts';
import { Adapters, type Flow } from './flow.ts';
import { adaptersModule } from './module.ts';
import * as reaches from './store-connections.ts';

export interface Outside {
  site: TestSite;
  adapters: Adapters;
  platform<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** A connection to the other system's database, which is a schema of this one that the site knows nothing of. */
  client(): Promise<pg.Client>;
  connect(code: string, reach: AdapterReach, secret: string): Promise<void>;
  postgres(code: string): Promise<void>;
  define(flow: Pick<Flow, 'code' | 'source' | 'sink'> & Partial<Flow>): Promise<number>;
  /** Keys that were published to the topic, in order. */
  published(topic: string): Promise<string[]>;
  close(): Promise<void>;
}

/** A site that may call what runs on this machine. */
export const openOutside = async (): Promise<Outside> => {
  const folder = await mkdtemp(join(tmpdir(), 'zhengwu-outside-'));
  const site = await createTestSite({ modules: [directoryModule, registersModule, topicsModule, adaptersModule], config: readConfig({ ZHENGWU_DATA: folder, ZHENGWU_DEMO: 'on' }) });
  const platform = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => site.database.as(site.database.system, work);
  const adapters = site.site.use(Adapters);
  const { rows: [at] } = await platform((tx) => tx.query<{ port: number; name: string }>('select inet_server_port() as port, current_database() as name'));
  const login = { host: '127.0.0.1', port: at?.port ?? 0, database: at?.name ?? '', user: 'zwtest_owner' };
  const connect = (code: string, reach: AdapterReach, secret: string): Promise<void> => platform(async (tx) => void (await reaches.putConnection(tx, { code, name: { zh: code, en: code }, reach, secret: site.site.use(Connections).sealer.seal(secret, boundTo(code)), by: '林数' })));
  const clients: pg.Client[] = [];
  const client = async (): Promise<pg.Client> => {
    const one = new pg.Client({ ...login, password: 'owner' });
    one.on('error', () => undefined);
    await one.connect();
    clients.push(one);
    return one;
  };
  await (await client()).query('create schema outside');
  for (const code of ['news', 'people']) await platform((tx) => site.site.use(Topics).define(tx, { code, name: { zh: code, en: code }, owner: 'YC-SC', isPersonal: code === 'people', retentionDays: 30 }));
  return {
    site, adapters, platform, client, connect,
    postgres: (code) => connect(code, { kind: 'postgres', ...login, ca: null }, 'owner'),
    define: (flow) => platform((tx) => adapters.define(tx, { name: { zh: flow.code, en: flow.code }, steps: [], schedule: null, ...flow })),
    published: async (topic) => (await platform((tx) => tx.query<{ key: string }>(`select payload ->> 'key' as key from events.outbox where payload ->> 'topic' = $1 order by id`, [topic]))).rows.map(({ key }) => key),
    close: async () => {
      for (const one of clients) await one.end();
      await site.drop();
      await rm(folder, { recursive: true });
    },
  };
};

export interface Asked {
  method: string;
  path: string;
  headers: IncomingMessage['headers'];
  body: string;
}

/** A server of somebody else. */
export const openServer = async (answer: (asked: Asked, response: ServerResponse) => void): Promise<{ address: string; asked: Asked[]; close(): Promise<void> }> => {
  const asked: Asked[] = [];
  const server: Server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part)).on('end', () => {
      const one = { method: request.method ?? '', path: request.url ?? '', headers: request.headers, body: Buffer.concat(parts).toString() };
      asked.push(one);
      answer(one, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked,
    close: () => new Promise((resolve) => {
      server.closeAllConnections();
      server.close(() => resolve());
    }),
  };
};
