import { once } from 'node:events';
import { createServer, connect, type AddressInfo, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { createTestDatabase, openDatabase, type TestDatabase } from '@zhengwu/database';
import { eventsSchema } from '@zhengwu/events';
import { createLog } from '@zhengwu/log';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { jobs } from './enqueue.ts';
import { startJobs } from './runner.ts';
import { jobsSchema } from './schema.ts';

/** A wire to the database that can be cut and mended. */
const openWire = async (to: number) => {
  const held = new Set<Socket>();
  const open = async (port: number): Promise<Server> => {
    const server = createServer((here) => {
      const there = connect(to, '127.0.0.1');
      for (const [one, other] of [[here, there], [there, here]] as const) {
        held.add(one);
        one.on('error', () => undefined).on('close', () => (held.delete(one), other.destroy())).pipe(other);
      }
    }).listen(port, '127.0.0.1');
    await once(server, 'listening');
    return server;
  };
  let server = await open(0);
  const { port } = server.address() as AddressInfo;
  const cut = (): void => {
    server.close();
    for (const one of held) one.destroy();
  };
  return { port, cut, mend: async () => void (server = await open(port)) };
};

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase({ modules: [eventsSchema, jobsSchema] });
});
afterAll(() => database.drop());

test('work that ends while the database is away neither ends the program nor is forgotten', async () => {
  const wire = await openWire(database.config.port);
  const away = await openDatabase({ ...database.config, port: wire.port });
  const [began, ran]: [string[], string[]] = [[], []];
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  const job = (name: string, isGood: boolean) => ({ name, run: async () => {
    began.push(name);
    await held;
    if (!isGood && began.filter((one) => one === name).length === 1) throw new Error('this one fails while nobody can note it');
    ran.push(name);
  } });
  const running = await startJobs({ database: away, jobs: [job('note.done', true), job('note.failed', false)], subscriptions: [], log: createLog({ level: 'silent' }) });
  const enqueue = (name: string): Promise<void> => database.as(database.system, (tx) => jobs.enqueue(tx, { job: name }));
  await enqueue('note.done');
  await enqueue('note.failed');
  await expect.poll(() => began.length, { timeout: 10_000 }).toBe(2);
  wire.cut();
  release();
  await sleep(1500);
  await wire.mend();
  await expect.poll(() => [...new Set(ran)].toSorted(), { timeout: 40_000 }).toEqual(['note.done', 'note.failed']);
  const left = async (): Promise<unknown> => (await database.relay((tx) => tx.query(`select locked_by from graphile_worker._private_jobs where locked_by is not null and key is null`))).rows;
  await expect.poll(left, { timeout: 20_000 }).toEqual([]);
  await running.stop();
  await away.close();
}, 90_000);
