import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { auditSchema } from '@zhengwu/audit';
import { addDays } from '@zhengwu/clock';
import { createTestDatabase, type TestDatabase, type Tx } from '@zhengwu/database';
import { eventsSchema } from '@zhengwu/events';
import type { Register } from '@zhengwu/pack';
import { openRegisters, registersModule, type Change, type Registers } from './index.ts';
import { writeBatch } from './store-batch.ts';

const text = { type: 'string' };
const shops = (code: string): Register => ({
  code, name: { zh: '店铺', en: 'Shops' }, subject: 'none', key: 'sign', keeper: 'YC-SC', sharing: { class: '1' },
  schema: { type: 'object', additionalProperties: false, properties: { sign: text, a: text, b: text } },
  fields: ['sign', 'a', 'b'].map((key) => ({ key, label: { zh: key, en: key }, class: 'public' as const })),
});
let database: TestDatabase;
let registers: typeof Registers extends { offers?: infer R } ? NonNullable<R> : never;
beforeAll(async () => {
  database = await createTestDatabase({ modules: [auditSchema, eventsSchema, registersModule] });
  registers = await openRegisters(database);
  await registers.define('hash', [shops('single'), shops('batch')]);
});
afterAll(() => database.drop());

const KEYS = ['甲', '乙', '丙'];
const rowOf = fc.record({ day: fc.nat(5), patch: fc.dictionary(fc.constantFrom('a', 'b'), fc.constantFrom('1', '2'), { minKeys: 1 }) });
const batchOf = fc.array(fc.record({ key: fc.constantFrom(...KEYS), row: rowOf }), { minLength: 1, maxLength: 3 })
  .map((rows) => rows.filter((one, at) => rows.findIndex((other) => other.key === one.key) === at));

interface Known { data: Record<string, unknown>; valid_from: string; valid_to: string | null; cause: string }
/** All that stands of a record but the instants, which no two runs share. */
const standing = async (tx: Tx, register: string, key: string): Promise<Known[]> =>
  (await tx.query<Known & Record<string, unknown>>(`select data, valid_from, valid_to, cause, known_to is null as is_known from registers.record where register = $1 and key = $2
    order by known_from, valid_from`, [register, key])).rows;
/** Whether the change leaves everything as it is: then a batch writes nothing. */
const isVain = async (tx: Tx, { register, key, data, validFrom }: Change): Promise<boolean> => {
  const versions = (await registers.history(tx, register, key)).filter(({ knownTo }) => knownTo === null);
  const reached = versions.filter(({ validTo }) => validTo === null || validTo > validFrom);
  return reached.length > 0 && reached.every((one) => Object.entries(data).every(([field, value]) => one.data[field] === value));
};

let run = 0;
test('a batch leaves the same versions as the same rows written one by one', async () => {
  await fc.assert(fc.asyncProperty(fc.array(batchOf, { minLength: 1, maxLength: 4 }), async (batches) => {
    run += 1;
    await database.as(database.system, async (tx) => {
      for (const [n, batch] of batches.entries()) {
        const rows = batch.map(({ key, row }) => ({ key: `${key}${run}`, data: row.patch, validFrom: addDays('2026-03-01', row.day) }));
        const cause = `import:${n}`;
        let vain = 0;
        for (const row of rows) {
          const change = { register: 'single', cause, ...row };
          if (await isVain(tx, change)) vain += 1;
          else await registers.write(tx, change);
        }
        const written = await writeBatch(tx, { register: 'batch', cause, rows });
        expect(written.unchanged).toBe(vain);
        expect(written.added + written.changed).toBe(rows.length - vain);
      }
      for (const key of KEYS) expect(await standing(tx, 'batch', `${key}${run}`)).toEqual(await standing(tx, 'single', `${key}${run}`));
    });
  }), { numRuns: 30 });
});

test('one batch is one event of what changed; what changes nothing is not told', async () => {
  const rows = ['x', 'y'].map((key) => ({ key, data: { a: '1' }, validFrom: '2026-03-01' }));
  const told = async (tx: Tx) => (await tx.query<{ n: number }>(`select count(*)::int as n from events.outbox where type = 'register.changed' and subject = 'batch'`)).rows[0]?.n ?? 0;
  await database.as(database.system, async (tx) => {
    const before = await told(tx);
    expect(await writeBatch(tx, { register: 'batch', cause: 'import:t', rows })).toEqual({ added: 2, changed: 0, unchanged: 0, repeated: [] });
    expect(await told(tx)).toBe(before + 1);
    expect(await writeBatch(tx, { register: 'batch', cause: 'import:u', rows })).toEqual({ added: 0, changed: 0, unchanged: 2, repeated: [] });
    expect(await told(tx)).toBe(before + 1);
  });
});

test('a cause that may say each thing once does not change what it has written', async () => {
  const row = (a: string) => ({ key: 'once', data: { a }, validFrom: '2026-03-01' });
  await database.as(database.system, async (tx) => {
    const write = (a: string, cause: string) => writeBatch(tx, { register: 'batch', cause, rows: [row(a)], once: true });
    expect(await write('1', 'import:v')).toMatchObject({ added: 1, repeated: [] });
    expect(await write('2', 'import:v')).toEqual({ added: 0, changed: 0, unchanged: 0, repeated: ['once'] });
    expect(await write('1', 'import:v')).toMatchObject({ unchanged: 1, repeated: [] });
    expect(await write('2', 'import:w')).toMatchObject({ changed: 1, repeated: [] });
  });
});
