import { createTestDatabase, type TestDatabase, type Tx } from '@zhengwu/database';
import { createLog } from '@zhengwu/log';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { deliver } from './deliver.ts';
import type { Subscription } from './events.ts';
import { events } from './outbox.ts';
import { relayOnce } from './relay.ts';
import { eventsSchema } from './schema.ts';

const log = createLog({ level: 'silent' });
const citizen = { kind: 'citizen', scope: 'own', departments: [], subjects: [], clearance: 0 } as const;
let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase({ modules: [eventsSchema] });
});
afterAll(() => database.drop());
beforeEach(() => database.as(database.system, async (tx) => {
  await tx.query('delete from events.delivery; delete from events.event; delete from events.outbox');
}));

const listener = (seen: string[], failing: (text: string) => boolean = () => false): Subscription => ({
  name: 'listener',
  types: ['case.closed'],
  handle: (event) => {
    const text = `${event.subject}:${String(event.payload['n'])}`;
    if (failing(text)) return Promise.reject(new Error('not now'));
    seen.push(text);
    return Promise.resolve();
  },
});
const hand = () => Promise.resolve();
const append = (tx: Tx, subject: string, n: number) => events.append(tx, { type: 'case.closed', subject, payload: { n } });
const relay = (subscription: Subscription) => relayOnce({ database, subscriptions: [subscription], log, hand });
const makeDue = () => database.as(database.system, (tx) => tx.query('update events.delivery set due = now()'));

describe('outbox', () => {
  test('a citizen may append but not read; a rolled back event is not delivered', async () => {
    const seen: string[] = [];
    await database.as(citizen, (tx) => append(tx, 'a', 1));
    await expect(database.as(citizen, async (tx) => { await append(tx, 'a', 2); throw new Error('no'); })).rejects.toThrow('no');
    const read = await database.as(citizen, (tx) => tx.query('select from events.outbox'));
    expect(read.rowCount).toBe(0);
    expect(await relay(listener(seen))).toBe(1);
    expect(await deliver(database, listener(seen), log)).toBe(1);
    expect(seen).toEqual(['a:1']);
  });

  test('events of one subject arrive in order; a failure holds back its own subject only', async () => {
    const seen: string[] = [];
    await database.as(citizen, async (tx) => {
      for (const n of [1, 2, 3]) for (const subject of ['a', 'b']) await append(tx, subject, n);
    });
    const failing = listener(seen, (text) => text === 'a:2');
    await relay(failing);
    await deliver(database, failing, log);
    expect(seen).toEqual(['a:1', 'b:1', 'b:2', 'b:3']);
    await makeDue();
    await deliver(database, listener(seen), log);
    expect(seen).toEqual(['a:1', 'b:1', 'b:2', 'b:3', 'a:2', 'a:3']);
  });

  test('an event whose delivery comes twice is handled once', async () => {
    const seen: string[] = [];
    await database.as(citizen, (tx) => append(tx, 'a', 1));
    await relay(listener(seen));
    const again = `insert into events.delivery (subscriber, seq, subject) select 'listener', seq, subject from events.event`;
    await deliver(database, listener(seen), log);
    await database.as(database.system, (tx) => tx.query(again));
    await deliver(database, listener(seen), log);
    expect(seen).toEqual(['a:1']);
  });

  test('a listener that takes several at once gets one of each subject at a time; when that fails each goes by itself', async () => {
    const seen: string[] = [];
    const groups: number[] = [];
    const one = listener(seen, (text) => text === 'b:1');
    const group: Subscription = {
      ...one,
      handleAll: async (all, tx) => {
        groups.push(all.length);
        if (all.some(({ subject }) => subject === 'b')) throw new Error('not with b');
        for (const event of all) await one.handle(event, tx);
      },
    };
    await database.as(citizen, async (tx) => {
      for (const n of [1, 2]) for (const subject of ['a', 'b', 'c']) await append(tx, subject, n);
    });
    await relay(group);
    await deliver(database, group, log);
    expect(seen).toEqual(['a:1', 'c:1', 'a:2', 'c:2']);
    expect(groups).toEqual([3, 2]);
    await makeDue();
    await deliver(database, { ...group, handleAll: undefined, handle: listener(seen).handle } as never, log);
    expect(seen.slice(4)).toEqual(['b:1', 'b:2']);
  });

  test('two relays never move at once', async () => {
    await database.as(citizen, async (tx) => {
      for (let n = 0; n < 50; n++) await append(tx, 'a', n);
    });
    const seen: string[] = [];
    const moved = await Promise.all([relay(listener(seen)), relay(listener(seen)), relay(listener(seen))]);
    expect(moved.reduce((sum, n) => sum + n, 0)).toBe(50);
  });
});
