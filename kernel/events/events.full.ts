import { createTestDatabase, type Connection, type TestDatabase } from '@zhengwu/database';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { events } from './outbox.ts';
import { eventsSchema } from './schema.ts';

const effects = {
  name: 'effects',
  requires: ['events'],
  migrations: [{
    id: '0001-effects',
    sql: `create table effects.line (n bigint generated always as identity, event uuid not null, subject text not null, turn int not null);
      alter table effects.line enable row level security; alter table effects.line force row level security;
      create policy all_ on effects.line using ((select kernel.is_system()));`,
  }],
};

/** A process that relays and delivers, each event becoming one line, until it is killed. */
const worker = (connection: Connection): string => `
  const load = (file) => import(${JSON.stringify(`${import.meta.dirname}/`)} + file);
  const { openDatabase } = await import(${JSON.stringify(join(import.meta.dirname, '../database/index.ts'))});
  const [{ relayOnce }, { deliver }] = [await load('relay.ts'), await load('deliver.ts')];
  const database = await openDatabase(${JSON.stringify(connection)});
  const log = { error() {} };
  const subscription = { name: 'writer', types: ['*'], handle: (event, tx) => tx.query('insert into effects.line (event, subject, turn) values ($1, $2, $3)', [event.id, event.subject, event.payload.turn]) };
  for (;;) {
    await relayOnce({ database, subscriptions: [subscription], log, hand: async () => {} });
    await deliver(database, subscription, log);
  }`;

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase({ modules: [eventsSchema, effects] });
});
afterAll(() => database.drop());

const startWorker = (): ChildProcess => spawn(process.execPath, ['--input-type=module', '-e', worker(database.config)], { stdio: 'ignore' });
const lines = () => database.as(database.system, async (tx) => (await tx.query<{ subject: string; turn: number }>('select subject, turn from effects.line order by n')).rows);

test('every event has its effect once and in order for its subject, however often the worker is killed', async () => {
  const subjects = Array.from({ length: 20 }, (_, n) => `case-${n}`);
  const turns = 30;
  let child = startWorker();
  for (let turn = 0; turn < turns; turn++) {
    await database.as(database.system, async (tx) => {
      for (const subject of subjects) await events.append(tx, { type: 'case.moved', subject, payload: { turn } });
    });
    if (turn % 5 === 4) {
      await sleep(150 + turn * 7);
      child.kill('SIGKILL');
      await once(child, 'exit');
      child = startWorker();
    }
  }
  await expect.poll(async () => (await lines()).length, { timeout: 60_000, interval: 200 }).toBe(subjects.length * turns);
  child.kill('SIGKILL');
  await once(child, 'exit');
  for (const subject of subjects) {
    const seen = (await lines()).filter((line) => line.subject === subject).map((line) => line.turn);
    expect(seen).toEqual(Array.from({ length: turns }, (_, n) => n));
  }
}, 120_000);
