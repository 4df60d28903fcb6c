import { fork, type ChildProcess } from 'node:child_process';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { certificatesModule } from '@zhengwu/certificates';
import { intl } from '@zhengwu/crypto';
import { startDatabase, type RunningDatabase } from '@zhengwu/database';
import { directoryModule } from '@zhengwu/directory';
import { composeMembership, exchangeModule, readEntry, signMembership, type ServerEntry } from '@zhengwu/exchange';
import { schemasOf } from '@zhengwu/module';
import { freePort, project } from '../ground.ts';
import { percentile, rounded, type Figure } from '../figure.ts';
import { asking, drive, type Driven } from '../load/drive.ts';

/** `ZHENGWU_BENCH_SECONDS=3` tries it out. */
const SECONDS = Number(process.env['ZHENGWU_BENCH_SECONDS'] ?? 20);
const CONNECTIONS = [1, 32];
const CENTRE = 'DEMO/GOV/YC-ZW/GOVCENTRE';
const TAX = 'DEMO/GOV/YC-SW/TAXCENTRE';
const ANSWER = JSON.stringify({ uscc: '91990100MA00000000', name: '云川市某某有限公司', state: 'active', capital: 1_000_000, scope: '软件开发'.repeat(40) });

interface Node {
  child: ChildProcess;
  database: RunningDatabase;
  entry: ServerEntry;
  ready: Promise<unknown>;
}

const startNode = async (folder: string, name: string, environment: Record<string, string>, order: object): Promise<Node> => {
  const own = join(folder, name);
  await mkdir(own, { mode: 0o755 });
  const database = await startDatabase({ dataFolder: join(own, 'database') }, schemasOf([directoryModule, certificatesModule, exchangeModule]));
  const api = await freePort();
  const env = {
    ...process.env, ...environment, ZHENGWU_DATA: own, ZHENGWU_KEY_PASSPHRASE: 'the passphrase of a benchmark', ZHENGWU_LOG_LEVEL: 'error', ZHENGWU_EXCHANGE_MEMBERSHIP: join(folder, 'membership.jws'), ZHENGWU_EXCHANGE_ANCHOR_FILE: join(folder, 'federation.pem'),
    ZHENGWU_ORIGIN_PKI: `http://127.0.0.1:${api}`, ZHENGWU_EXCHANGE_STAMP_SECONDS: '5', NODE_ORDER: JSON.stringify({ ...order, api, connection: database.database.config }),
  };
  const child = fork(join(project, 'pillars/data/exchange/process.fixture.ts'), { env, execArgv: [], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const told = (key: 'entry' | 'ready'): Promise<unknown> => new Promise((resolve, reject) => {
    child.on('message', (said: Record<string, unknown>) => { if (said[key]) resolve(said[key]); });
    child.once('exit', () => reject(new Error(`the node ${name} ended`)));
  });
  const ready = told('ready');
  ready.catch(() => undefined);
  return { child, database, entry: readEntry(await told('entry')), ready };
};

const openService = async (): Promise<Server> => {
  const server = createServer((request, response) => {
    request.resume().on('end', () => response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(ANSWER) }).end(ANSWER));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
};

const requestTo = (path: string): Buffer => Buffer.from(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Road-Client: ${CENTRE}\r\nAccept: application/json\r\n\r\n`);

const joinBoth = async (folder: string, nodes: readonly Node[]): Promise<void> => {
  const { privateKey, publicKey } = intl.generateKey();
  await writeFile(join(folder, 'federation.pem'), publicKey.export({ format: 'pem', type: 'spki' }));
  const key = { kid: 'f', purpose: 'federation', algorithm: 'ES256', publicKey, privateKey, createdAt: '', retiredAt: null, sign: async (text: Buffer | string) => intl.sign(privateKey, text).value };
  await writeFile(join(folder, 'membership.jws'), await signMembership(key, composeMembership({ instance: 'DEMO', entries: nodes.map(({ entry }) => entry), now: new Date(), days: 1 })));
  await Promise.all(nodes.map(({ ready }) => ready));
};

const answersAt = async (port: number, path: string): Promise<void> => {
  for (let left = 300; left > 0; left -= 1) {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, { headers: { 'x-road-client': CENTRE } }).catch(() => undefined);
    if (answer?.status === 200) return;
    await pause(100);
  }
  throw new Error('the nodes do not exchange');
};

const figuresOf = (connections: number, through: Driven, direct: Driven): Figure[] => {
  const name = (what: string): string => `exchange, ${connections} at a time: ${what}`;
  return [
    { name: name('round trips, signed and logged at both nodes, against the call direct'), unit: 'per second', ours: rounded(through.perSecond, 0), theirs: rounded(direct.perSecond, 0), ratio: rounded(direct.perSecond / through.perSecond), target: 4, better: 'less' },
    ...(connections > 1 ? [{ name: name('round trips'), unit: 'per second', ours: rounded(through.perSecond, 0), target: 500 }] : []),
    { name: name('median'), unit: 'ms', ours: rounded(percentile(through.times, 0.5)), theirs: rounded(percentile(direct.times, 0.5)) },
    { name: name('p95'), unit: 'ms', ours: rounded(percentile(through.times, 0.95)), theirs: rounded(percentile(direct.times, 0.95)) },
  ];
};

/** Two nodes in processes of their own, each on a database of its own with fsync; a service and its client in this one. */
export async function run(): Promise<Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'zhengwu-bench-exchange-'));
  await chmod(folder, 0o755);
  const service = await openService();
  const { port: direct } = service.address() as AddressInfo;
  const nodes: Node[] = [];
  try {
    const [plain, first, second] = [await freePort(), await freePort(), await freePort()];
    nodes.push(await startNode(folder, 'centre', { ZHENGWU_EXCHANGE_SERVER: 'DEMO/GOV/YC-ZW/main', ZHENGWU_PORT_EXCHANGE_NODES: String(first), ZHENGWU_PORT_EXCHANGE_PLAIN: String(plain) }, { subsystem: CENTRE }));
    nodes.push(await startNode(folder, 'tax', { ZHENGWU_EXCHANGE_SERVER: 'DEMO/GOV/YC-SW/main', ZHENGWU_PORT_EXCHANGE_NODES: String(second) }, { subsystem: TAX, service: { code: 'companies', address: `http://127.0.0.1:${direct}`, client: CENTRE } }));
    await joinBoth(folder, nodes);
    const path = `/r1/${TAX}/companies/v1/companies/91990100MA00000000`;
    await answersAt(plain, path);
    const figures: Figure[] = [];
    for (const connections of CONNECTIONS) {
      await drive(plain, connections, 2, asking(() => requestTo(path), 200));
      const through = await drive(plain, connections, SECONDS, asking(() => requestTo(path), 200));
      const straight = await drive(direct, connections, Math.min(SECONDS, 5), asking(() => requestTo('/v1/companies/91990100MA00000000'), 200));
      figures.push(...figuresOf(connections, through, straight));
    }
    return figures;
  } finally {
    for (const { child, database } of nodes) {
      child.kill('SIGKILL');
      await database.stop();
    }
    service.close();
    await rm(folder, { recursive: true, force: true });
  }
}
