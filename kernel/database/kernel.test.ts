import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Acting, Tx } from './database.ts';
import { once } from './once.ts';
import { createTestDatabase, type TestDatabase } from './testing/test-database.ts';

const person = (n: number): string => `0192f0c0-0000-7000-8000-00000000000${n}`;
const citizen = (n: number): Acting => ({ kind: 'citizen', accountId: person(n), personId: person(n), scope: 'own', departments: [], subjects: [person(n)], clearance: 0 });

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase({ modules: [] });
});
afterAll(() => database.drop());

const system = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => database.as(database.system, work);
const value = async (tx: Tx, sql: string, values: unknown[] = []): Promise<unknown> => (await tx.query<{ v: unknown }>(`select ${sql} as v`, values)).rows[0]?.v;

test('the context is what the actor says, whatever it holds', async () => {
  await fc.assert(fc.asyncProperty(
    fc.constantFrom<Acting['kind']>('official', 'citizen', 'public', 'system'),
    fc.array(fc.integer({ min: 0, max: 2 ** 31 - 1 }), { maxLength: 20 }),
    fc.array(fc.uuid(), { maxLength: 5 }),
    fc.string(),
    async (kind, departments, subjects, name) => {
      const actor: Acting = { kind, departments, subjects, name: name.replaceAll('\0', ''), scope: 'departments', clearance: 2, personId: person(1) };
      const read = await database.as(actor, (tx) => value(tx, `jsonb_build_object('kind', kernel.kind(), 'departments', kernel.departments(), 'subjects', kernel.subjects(),
        'name', kernel.actor()->>'name', 'person', kernel.person(), 'clearance', kernel.clearance())`));
      expect(read).toEqual({ kind, departments, subjects, name: actor.name, person: person(1), clearance: 2 });
    }), { numRuns: 60 });
});

test('ids are version 7 and rise with time', async () => {
  const ids = await system(async (tx) => (await tx.query<{ id: string }>(`select kernel.uuidv7() as id, pg_sleep(0.002) from generate_series(1, 20)`)).rows.map(({ id }) => id));
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab]/);
  expect([...ids].sort()).toEqual(ids);
});

describe('keyed commands', () => {
  const command = (key: string, body: unknown = { a: 1 }) => ({ operation: 'case.submit', key, body });
  const submit = (actor: Acting, key: string, log: string[], body?: unknown) =>
    database.as(actor, (tx) => once(tx, command(key, body), async () => {
      log.push(key);
      await tx.query('select pg_sleep(0.05)');
      return { status: 201, answer: { number: log.length } };
    }));

  test('a repeat gets the first answer; others’ keys are others’', async () => {
    const log: string[] = [];
    expect(await submit(citizen(1), 'key-0001', log)).toEqual({ status: 201, answer: { number: 1 }, repeated: false });
    expect(await submit(citizen(1), 'key-0001', log)).toEqual({ status: 201, answer: { number: 1 }, repeated: true });
    expect((await submit(citizen(2), 'key-0001', log)).repeated).toBe(false);
    expect(log).toHaveLength(2);
  });

  test('twenty at once do the work once', async () => {
    const log: string[] = [];
    const answers = await Promise.all(Array.from({ length: 20 }, () => submit(citizen(1), 'key-0002', log)));
    expect(log).toHaveLength(1);
    expect(answers.filter(({ repeated }) => !repeated)).toHaveLength(1);
  });

  test('another body under the same key is refused, a failure keeps nothing', async () => {
    const log: string[] = [];
    await submit(citizen(1), 'key-0003', log);
    await expect(submit(citizen(1), 'key-0003', log, { a: 2 })).rejects.toMatchObject({ code: 'idempotency.key-reused', status: 422 });
    const failing = database.as(citizen(1), (tx) => once(tx, command('key-0004'), () => Promise.reject(new Error('no'))));
    await expect(failing).rejects.toThrow('no');
    expect((await submit(citizen(1), 'key-0004', log)).repeated).toBe(false);
  });
});

test('running numbers never repeat, also when their series is new and forty ask at once', async () => {
  const numbers = await Promise.all(Array.from({ length: 40 }, () => database.as(citizen(1), (tx) => value(tx, `kernel.next_number('case:2026')`))));
  expect(new Set(numbers).size).toBe(40);
  expect(await system((tx) => value(tx, `kernel.next_number('o''dd "series"')`))).toBe(1);
});

describe('calendar', () => {
  const add = (day: string, n: number) => database.as(citizen(1), (tx) => value(tx, 'kernel.add_working_days($1, $2)', [day, n]));
  beforeAll(() => system((tx) => tx.query(`
    insert into kernel.calendar_year (year, source) values (2026, '国办发明电〔2025〕7号');
    insert into kernel.calendar_day (day, working, name_zh, name_en)
      select day, false, '国庆节', 'National Day' from generate_series(date '2026-10-01', '2026-10-07', '1 day') day;
    insert into kernel.calendar_day (day, working, name_zh, name_en) values ('2026-10-10', true, '国庆节调休', 'Make-up day')`)));

  test('working days exclude holidays and count make-up days (行政许可法 §82)', async () => {
    expect(await add('2026-09-30', 1)).toBe('2026-10-08');
    expect(await add('2026-10-09', 1)).toBe('2026-10-10');
    expect(await add('2026-09-30', 0)).toBe('2026-09-30');
  });

  test('a year without a decision has no answer', async () => {
    await expect(add('2026-12-31', 1)).rejects.toThrow(/calendar\.unknown-year/);
  });

  test('citizens read the calendar but do not change it', async () => {
    await expect(database.as(citizen(1), (tx) => tx.query(`insert into kernel.calendar_year (year, source) values (2027, 'x')`))).rejects.toMatchObject({ code: '42501' });
    expect((await database.as(citizen(1), (tx) => tx.query('select from kernel.calendar_day'))).rowCount).toBe(8);
  });
});
