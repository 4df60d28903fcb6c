import { createTestDatabase, type TestDatabase } from '@zhengwu/database';
import { events, eventsSchema, type Subscription } from '@zhengwu/events';
import { createLog } from '@zhengwu/log';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { jobs } from './enqueue.ts';
import type { Job } from './jobs.ts';
import { startJobs, type RunningJobs } from './runner.ts';
import { jobsSchema } from './schema.ts';

const log = createLog({ level: 'silent' });
const citizen = { kind: 'citizen', scope: 'own', departments: [], subjects: [], clearance: 0 } as const;
let database: TestDatabase;
let running: RunningJobs | undefined;
beforeAll(async () => {
  database = await createTestDatabase({ modules: [eventsSchema, jobsSchema] });
});
afterEach(async () => {
  await running?.stop();
  running = undefined;
});
afterAll(() => database.drop());

const start = async (list: Job[], subscriptions: Subscription[] = []) => (running = await startJobs({ database, jobs: list, subscriptions, log }));
const until = async (fact: () => boolean): Promise<void> => {
  for (let waited = 0; !fact() && waited < 25_000; waited += 5) await sleep(5);
  expect(fact()).toBe(true);
};

test('work queued in a citizen’s transaction runs after its commit', async () => {
  const ran: unknown[] = [];
  await start([{ name: 'note.write', run: (payload) => { ran.push(payload); return Promise.resolve(); } }]);
  await database.as(citizen, (tx) => jobs.enqueue(tx, { job: 'note.write', payload: { a: 1 } }));
  await until(() => ran.length === 1);
  expect(ran).toEqual([{ a: 1 }]);
});

test('an event reaches its subscriber, which writes in the same transaction as the mark', async () => {
  const seen: string[] = [];
  const subscription: Subscription = {
    name: 'closer',
    types: ['case.closed'],
    handle: async (event, tx) => {
      await events.append(tx, { type: 'case.filed', subject: event.subject });
    },
  };
  const second: Subscription = { name: 'filer', types: ['case.filed'], handle: (event) => { seen.push(event.subject); return Promise.resolve(); } };
  await start([], [subscription, second]);
  await database.as(citizen, (tx) => events.append(tx, { type: 'case.closed', subject: 'c1' }));
  await until(() => seen.length === 1);
});

test('a failed delivery is tried again by itself', async () => {
  let tries = 0;
  const subscription: Subscription = {
    name: 'stubborn',
    types: ['case.tried'],
    handle: () => (++tries < 2 ? Promise.reject(new Error('first')) : Promise.resolve()),
  };
  await start([], [subscription]);
  await database.as(citizen, (tx) => events.append(tx, { type: 'case.tried', subject: 'c2' }));
  await until(() => tries === 2);
});

test('a periodic job repeats, also after a failure', async () => {
  let turns = 0;
  await start([{ name: 'clock.tick', everySeconds: 0.05, run: () => (++turns === 1 ? Promise.reject(new Error('once')) : Promise.resolve()) }]);
  await until(() => turns >= 2);
});

test('stopping waits for the work in hand', async () => {
  let finished = false;
  let began = false;
  await start([{ name: 'note.slow', run: async () => { began = true; await sleep(300); finished = true; } }]);
  await database.as(citizen, (tx) => jobs.enqueue(tx, { job: 'note.slow' }));
  await until(() => began);
  await running?.stop();
  running = undefined;
  expect(finished).toBe(true);
});

test('two jobs of one name do not start', async () => {
  const job: Job = { name: 'note.twice', run: () => Promise.resolve() };
  await expect(start([job, job])).rejects.toThrow('two jobs are named note.twice');
});
