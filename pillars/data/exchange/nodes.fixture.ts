import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, request as send, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { certificatesModule } from '@zhengwu/certificates';
import { readConfig } from '@zhengwu/config';
import { intl, type CryptoSuite, type SigningKey } from '@zhengwu/crypto';
import { directoryModule } from '@zhengwu/directory';
import { createFiles, openLocalStore } from '@zhengwu/files';
import { createHttp, standIn, type HttpServer } from '@zhengwu/http';
import { createTestSite, type TestSite } from '@zhengwu/module';
import type { Actor } from '@zhengwu/contracts';
import { Exchange, Running } from './exchange.ts';
import { composeMembership, readEntry, signMembership, type Membership, type ServerEntry } from './membership.ts';
import { exchangeModule } from './module.ts';
import { pairs, type Headers } from './wire.ts';

export const CENTRE = 'DEMO/GOV/YC-ZW/GOVCENTRE';
export const TAX = 'DEMO/GOV/YC-SW/TAXCENTRE';
export const PROVINCE = 'DEMO/GOV/PR-SW/TAXCENTRE';

export interface TestNode {
  made: TestSite;
  exchange: Exchange;
  running: Running;
  http: HttpServer;
  /** Starts background work and listeners. */
  start(): Promise<void>;
  stop(): Promise<void>;
  as(actor: Partial<Actor>): Record<string, string>;
}

/** The authority of a test's federation: signs documents that its nodes read from a file. */
export interface TestFederation {
  folder: string;
  sign(document: Membership): Promise<string>;
  compose(entries: readonly ServerEntry[], more?: Partial<Parameters<typeof composeMembership>[0]>): Membership;
  publish(jws: string): Promise<void>;
  open(server: string, subsystem: string, environment?: Record<string, string>): Promise<TestNode>;
  /** Takes all these up and hands each the document. */
  join(nodes: readonly TestNode[], groups?: Membership['groups']): Promise<Membership>;
  close(): Promise<void>;
}

export const freePort = (): Promise<number> => new Promise((resolve) => {
  const server = createServer().listen(0, '127.0.0.1', () => {
    const { port } = server.address() as AddressInfo;
    server.close(() => resolve(port));
  });
});

const openFolder = async (folder: string, name: string) => {
  const own = join(folder, name);
  return createFiles({ store: await openLocalStore(join(own, 'bodies')), folder: own, maxBytes: 100_000_000 });
};

const signerOf = (suite: CryptoSuite): { key: SigningKey; pem: string } => {
  const { privateKey, publicKey } = suite.generateKey();
  const key = { kid: 'federation', purpose: 'federation', algorithm: suite.signatureAlgorithm, publicKey, privateKey, createdAt: '', retiredAt: null, sign: async (content: Buffer | string) => suite.sign(privateKey, content).value };
  return { key, pem: publicKey.export({ format: 'pem', type: 'spki' }) as string };
};

const openNode = async (folder: string, server: string, subsystem: string, environment: Record<string, string>): Promise<TestNode> => {
  const [nodes, plain, systems, site] = [await freePort(), await freePort(), await freePort(), await freePort()];
  const config = readConfig({
    ZHENGWU_EXCHANGE_SERVER: server, ZHENGWU_PORT_EXCHANGE_NODES: String(nodes), ZHENGWU_PORT_EXCHANGE_PLAIN: String(plain), ZHENGWU_PORT_EXCHANGE: String(systems), ZHENGWU_ORIGIN_PKI: `http://127.0.0.1:${site}`,
    ZHENGWU_EXCHANGE_MEMBERSHIP: join(folder, 'membership.jws'), ZHENGWU_EXCHANGE_ANCHOR_FILE: join(folder, 'federation.pem'), ZHENGWU_SHUTDOWN_SECONDS: '0', ...environment,
  });
  const made = await createTestSite({ modules: [directoryModule, certificatesModule, exchangeModule], config, files: await openFolder(folder, randomUUID()) });
  const actors = new Map<string, Actor>();
  const http = createHttp({
    log: made.site.log, origin: `http://127.0.0.1:${site}`, policies: made.policy, checkAnswers: true, metrics: { process: false },
    authenticator: { authenticate: ({ headers }) => actors.get(String(headers['x-test'])), isPortal: () => false, verifyCsrf: () => true },
  });
  made.routes(http);
  await http.listen({ host: '127.0.0.1', port: site });
  const exchange = made.site.use(Exchange);
  await exchange.register({ id: subsystem, name: subsystem });
  let isOpen = true;
  const stop = async (): Promise<void> => {
    if (!isOpen) return;
    isOpen = false;
    await made.stop();
    await http.close(0);
    await made.database.drop();
  };
  const as = (actor: Partial<Actor>): Record<string, string> => {
    const id = randomUUID();
    actors.set(id, { ...standIn({ id: 'test', ip: '127.0.0.1' }), kind: 'official', accountId: id, personId: id, name: '数据中心管理员', homeDepartments: [1], assurance: 2, sessionId: 's', ...actor });
    return { 'x-test': id };
  };
  return { made, exchange, running: made.site.use(Running), http, start: () => made.start(), stop, as };
};

/** Nodes of one federation in one process, each with its own database, authority and keys. */
export const openFederation = async (suite: CryptoSuite = intl): Promise<TestFederation> => {
  const folder = await mkdtemp(join(tmpdir(), 'zhengwu-exchange-'));
  const signer = signerOf(suite);
  await writeFile(join(folder, 'federation.pem'), signer.pem);
  const opened: TestNode[] = [];
  let before: Membership | undefined;
  const sign = (document: Membership): Promise<string> => signMembership(signer.key, document);
  const publish = (jws: string): Promise<void> => writeFile(join(folder, 'membership.jws'), jws);
  const compose: TestFederation['compose'] = (entries, more = {}) => (before = composeMembership({ instance: 'DEMO', entries, now: new Date(), days: 7, ...(before ? { before } : {}), ...more }));
  return {
    folder, sign, compose, publish,
    open: async (server, subsystem, environment = {}) => {
      const node = await openNode(folder, server, subsystem, environment);
      opened.push(node);
      return node;
    },
    join: async (nodes, groups) => {
      const entries = await Promise.all(nodes.map(async ({ exchange }) => readEntry(JSON.parse(JSON.stringify(await exchange.entry())))));
      const document = compose(entries, groups ? { groups } : {});
      await publish(await sign(document));
      for (const { running } of nodes) await (await running.node()).holding.refresh();
      return document;
    },
    close: async () => {
      for (const node of opened) await node.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
};


/** An information system: what it was asked, and how it answers. */
export interface System {
  address: string;
  asked: { method: string; url: string; headers: Headers; body: Buffer }[];
  close(): Promise<void>;
}
export const openSystem = async (answer: (asked: System['asked'][number], ...of: Parameters<RequestListener>) => void): Promise<System> => {
  const asked: System['asked'] = [];
  const server: Server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part)).on('end', () => {
      const one = { method: request.method ?? '', url: request.url ?? '', headers: pairs(request.rawHeaders), body: Buffer.concat(parts) };
      asked.push(one);
      answer(one, request, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { asked, address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => new Promise((resolve) => { server.closeAllConnections(); server.close(() => resolve()); }) };
};

export interface Got {
  status: number;
  headers: IncomingMessage['headers'];
  raw: Headers;
  body: Buffer;
}

/** What an existing client of X-Road does: one HTTP request. */
export const ask = (port: number, target: string, { method = 'GET', headers = {}, body }: { method?: string; headers?: Record<string, string | string[]>; body?: Buffer | string } = {}, host = '127.0.0.1'): Promise<Got> => new Promise((resolve, reject) => {
  const sending = send({ host, port, path: target, method, headers: { 'X-Road-Client': CENTRE, ...headers } }, (response) => {
    const parts: Buffer[] = [];
    response.on('data', (part: Buffer) => parts.push(part)).on('error', reject).on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, raw: pairs(response.rawHeaders), body: Buffer.concat(parts) }));
  });
  sending.on('error', reject);
  sending.end(body);
});

