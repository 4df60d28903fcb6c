import { fork, type ChildProcess } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { certificatesModule } from '@zhengwu/certificates';
import { intl } from '@zhengwu/crypto';
import { createTestDatabase, type TestDatabase } from '@zhengwu/database';
import { directoryModule } from '@zhengwu/directory';
import { schemasOf } from '@zhengwu/module';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { composeMembership, signMembership, type ServerEntry } from './membership.ts';
import { exchangeModule } from './module.ts';
import { ask, CENTRE, freePort, openSystem, TAX, type System } from './nodes.fixture.ts';
import type { NodeOrder } from './process.fixture.ts';

const SECONDS = Number(process.env['EXCHANGE_FAULT_SECONDS'] ?? 25);

/** A line between two nodes that can be cut. */
const openLine = async (to: number) => {
  const open = new Set<Socket>();
  let isCut = false;
  const server = createServer((from) => {
    if (isCut) return void from.destroy();
    const onward = connect(to, '127.0.0.1');
    for (const one of [from, onward]) open.add(one.on('error', () => undefined).on('close', () => { open.delete(one); from.destroy(); onward.destroy(); }));
    from.pipe(onward).pipe(from);
  });
  const port = await freePort();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const cut = async (ms: number): Promise<void> => {
    isCut = true;
    for (const one of open) one.destroy();
    await pause(ms);
    isCut = false;
  };
  return { port, cut, close: () => { for (const one of open) one.destroy(); server.close(); } };
};

interface Kept {
  child: ChildProcess | undefined;
  database: TestDatabase;
  entry: ServerEntry | undefined;
  start(): Promise<void>;
  kill(): void;
}

let folder: string;
let system: System;
let line: Awaited<ReturnType<typeof openLine>>;
let nodes: { centre: Kept; tax: Kept };
let port: number;

const keep = async (name: string, environment: Record<string, string>, order: Omit<NodeOrder, 'connection'>): Promise<Kept> => {
  const database = await createTestDatabase({ modules: schemasOf([directoryModule, certificatesModule, exchangeModule]) });
  const own = join(folder, name);
  await mkdir(own, { recursive: true });
  const env = { ...process.env, ...environment, ZHENGWU_DATA: own, ZHENGWU_KEY_PASSPHRASE: 'a passphrase for this test', ZHENGWU_LOG_LEVEL: 'silent', ZHENGWU_EXCHANGE_MEMBERSHIP: join(folder, 'membership.jws'), ZHENGWU_EXCHANGE_ANCHOR_FILE: join(folder, 'federation.pem'), ZHENGWU_ORIGIN_PKI: `http://127.0.0.1:${order.api}`, NODE_ORDER: JSON.stringify({ ...order, connection: database.config }) };
  const kept: Kept = {
    child: undefined, database, entry: undefined,
    start: () => new Promise((resolve, reject) => {
      const child = fork(join(import.meta.dirname, 'process.fixture.ts'), { env, execArgv: [], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
      kept.child = child;
      child.on('message', (said: { entry?: ServerEntry; ready?: object }) => {
        if (said.entry) kept.entry = said.entry;
        if (said.ready) resolve();
      });
      child.once('exit', (code) => { kept.child = undefined; reject(new Error(`the node ${name} ended: ${String(code)}`)); });
    }),
    kill: () => void kept.child?.kill('SIGKILL'),
  };
  return kept;
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'zhengwu-faults-'));
  system = await openSystem((asked, _request, response) => void setTimeout(() => response.end(asked.url), Math.random() * 20));
  const { privateKey, publicKey } = intl.generateKey();
  await writeFile(join(folder, 'federation.pem'), publicKey.export({ format: 'pem', type: 'spki' }));
  const ports = await Promise.all(Array.from({ length: 5 }, freePort));
  const [plain = 0, first = 0, second = 0, api = 0, other = 0] = ports;
  port = plain;
  line = await openLine(second);
  nodes = {
    centre: await keep('centre', { ZHENGWU_EXCHANGE_SERVER: 'DEMO/GOV/YC-ZW/main', ZHENGWU_PORT_EXCHANGE_NODES: String(first), ZHENGWU_PORT_EXCHANGE_PLAIN: String(plain), ZHENGWU_EXCHANGE_STAMP_SECONDS: '1' }, { subsystem: CENTRE, api }),
    tax: await keep('tax', { ZHENGWU_EXCHANGE_SERVER: 'DEMO/GOV/YC-SW/main', ZHENGWU_PORT_EXCHANGE_NODES: String(second), ZHENGWU_EXCHANGE_ADDRESS: `https://127.0.0.1:${line.port}`, ZHENGWU_EXCHANGE_STAMP_SECONDS: '1' }, { subsystem: TAX, api: other, service: { code: 'svc', address: system.address, client: CENTRE } }),
  };
  await Promise.all([nodes.centre.start(), nodes.tax.start()]);
  const key = { kid: 'f', purpose: 'federation', algorithm: 'ES256', publicKey, privateKey, createdAt: '', retiredAt: null, sign: async (text: Buffer | string) => intl.sign(privateKey, text).value };
  const entries = [nodes.centre.entry, nodes.tax.entry].filter((one) => one !== undefined);
  await writeFile(join(folder, 'membership.jws'), await signMembership(key, composeMembership({ instance: 'DEMO', entries, now: new Date(), days: 1 })));
  for (let left = 300; (await ask(port, `/r1/${TAX}/svc/warm`)).status !== 200; left -= 1) if (left === 0) throw new Error('the nodes do not exchange'); else await pause(100);
}, 90_000);
afterAll(async () => {
  for (const { child, kill, database } of Object.values(nodes)) {
    child?.removeAllListeners('exit');
    kill();
    await database.drop();
  }
  line.close();
  await system.close();
  await rm(folder, { recursive: true, force: true });
});

const restart = async (kept: Kept): Promise<void> => {
  kept.kill();
  await expect.poll(() => kept.child, { timeout: 10_000 }).toBeUndefined();
  await pause(Math.random() * 300);
  await kept.start();
};

/** What goes wrong, in turn and at random moments. */
const troubles = [
  () => restart(nodes.tax), () => line.cut(300), () => restart(nodes.centre), () => line.cut(1500),
  async () => {
    const { database } = nodes.tax;
    await database.relay((tx) => tx.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and usename = current_user'));
  },
];

test('nodes are killed and their line is cut at random: no message that was answered is lost, and none is carried out twice', async () => {
  const answered = new Map<string, string>();
  let sent = 0;
  const until = Date.now() + SECONDS * 1000;
  const send = async (worker: number): Promise<void> => {
    while (Date.now() < until) {
      const path = `/${worker}-${(sent += 1)}`;
      const got = await ask(port, `/r1/${TAX}/svc${path}`, { method: 'POST', body: path }).catch(() => undefined);
      if (got?.status === 200) {
        expect(got.body.toString()).toBe(path);
        answered.set(path, String(got.headers['x-road-request-id']));
      } else await pause(20);
    }
  };
  const disturb = async (): Promise<void> => {
    for (let turn = 0; Date.now() < until - 3000; turn += 1) {
      await pause(500 + Math.random() * 700);
      await (troubles[turn % troubles.length] as () => Promise<unknown>)();
    }
  };
  await Promise.all([...Array.from({ length: 6 }, (_, worker) => send(worker)), disturb()]);
  expect(answered.size).toBeGreaterThan(50);
  const calls = Map.groupBy(system.asked, ({ url }) => url);
  expect([...calls].filter(([url, times]) => url !== '/warm' && times.length > 1).map(([url]) => url)).toEqual([]);
  expect([...answered.keys()].filter((path) => !calls.has(path))).toEqual([]);
  const ids = [...answered.values()];
  for (const { database } of [nodes.centre, nodes.tax]) {
    const { rows } = await database.as(database.system, (tx) => tx.query<{ request: string; kinds: number }>('select request, count(*)::int as kinds from exchange.record where request = any ($1::uuid[]) group by request', [ids]));
    expect(rows.filter(({ kinds }) => kinds === 2).length).toBe(ids.length);
  }
  process.stdout.write(`${sent} sent, ${answered.size} answered, ${system.asked.length} carried out\n`);
}, (SECONDS + 60) * 1000);
