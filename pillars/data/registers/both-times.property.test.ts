import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { auditSchema } from '@zhengwu/audit';
import { addDays } from '@zhengwu/clock';
import { createTestDatabase, type TestDatabase } from '@zhengwu/database';
import { eventsSchema } from '@zhengwu/events';
import type { Register } from '@zhengwu/pack';
import { openRegisters, registersModule, type Registers } from './index.ts';

const text = { type: 'string' };
const register: Register = {
  code: 'shops', name: { zh: '店铺', en: 'Shops' }, subject: 'none', key: 'sign', keeper: 'YC-SC', sharing: { class: '1' },
  schema: { type: 'object', additionalProperties: false, properties: { sign: text, a: text, b: text } },
  fields: ['sign', 'a', 'b'].map((key) => ({ key, label: { zh: key, en: key }, class: 'public' as const })),
};
let database: TestDatabase;
let registers: typeof Registers extends { offers?: infer R } ? NonNullable<R> : never;
beforeAll(async () => {
  database = await createTestDatabase({ modules: [auditSchema, eventsSchema, registersModule] });
  registers = await openRegisters(database);
  await registers.define('hash', [register]);
});
afterAll(() => database.drop());

const DAYS = 6;
const dayAt = (n: number): string => addDays('2026-03-01', n);
interface Write { day: number; patch: Record<string, string> }
type Days = (Record<string, string> | null)[];

/** One value a day: from its day on a change replaces what it gives; before the first version nothing holds. */
const model = (writes: readonly Write[]): Days => writes.reduce<Days>((days, { day, patch }) => {
  const first = days.findIndex((one) => one !== null);
  const from = Math.max(day, first);
  return days.map((one, n) => (n < from ? one : { ...one, ...patch }));
}, Array.from({ length: DAYS }, () => null));

const writeOf = fc.record({ day: fc.nat(DAYS - 1), patch: fc.dictionary(fc.constantFrom('a', 'b'), fc.constantFrom('1', '2', '3'), { minKeys: 1 }) });

let shops = 0;
test('each day is answered as it was known after each write: nothing that is learnt later changes what was known', async () => {
  await fc.assert(fc.asyncProperty(fc.array(writeOf, { minLength: 1, maxLength: 5 }), async (writes) => {
    const key = `shop ${String(++shops)}`;
    await database.as(database.system, async (tx) => {
      for (const { day, patch } of writes) await registers.write(tx, { register: 'shops', key, data: patch, validFrom: dayAt(day), cause: 'seed' });
      const versions = await registers.history(tx, 'shops', key);
      const instants = [...new Set(versions.map(({ knownFrom }) => knownFrom.getTime()))].sort((a, b) => a - b);
      expect(instants).toHaveLength(writes.length);
      for (const [n, instant] of [...instants, undefined].entries()) {
        const expected = model(writes.slice(0, instant === undefined ? writes.length : n + 1));
        for (let day = 0; day < DAYS; day += 1) expect(await registers.read(tx, 'shops', key, dayAt(day), instant === undefined ? undefined : new Date(instant))).toEqual(expected[day]);
      }
      expect(await registers.read(tx, 'shops', key, dayAt(DAYS - 1), new Date((instants[0] ?? 0) - 1))).toBeNull();
    });
  }), { numRuns: 25 });
});

test('a bare case id becomes case:<id>; what names its kind stays', async () => {
  const id = '01a2b3c4-0000-7000-8000-000000000001';
  await database.as(database.system, async (tx) => {
    for (const cause of [id, `correction:${id}`, '演示数据初始导入']) await registers.write(tx, { register: 'shops', key: 'causes', data: { a: cause.slice(0, 4) }, validFrom: dayAt(0), cause });
    expect((await registers.history(tx, 'shops', 'causes')).map(({ cause }) => cause)).toEqual(['演示数据初始导入', `correction:${id}`, `case:${id}`]);
  });
});
