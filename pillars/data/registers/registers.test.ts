import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '@zhengwu/database';
import { auditSchema } from '@zhengwu/audit';
import { eventsSchema } from '@zhengwu/events';
import type { Register } from '@zhengwu/pack';
import { maskRecord, openRegisters, registersModule, type Registers } from './index.ts';

const person = '00000000-0000-7000-8000-000000000001';
const number = '990102199003070011';
const register: Register = {
  code: 'people', name: { zh: '人口', en: 'People' }, subject: 'person', key: 'citizenNumber', keeper: 'YC-GA', sharing: { class: '2', condition: { zh: '依职权', en: 'By power' } },
  schema: { type: 'object', required: ['citizenNumber', 'address'], additionalProperties: false, properties: { citizenNumber: { type: 'string' }, address: { type: 'string' }, illness: { type: 'string' } } },
  fields: [
    { key: 'citizenNumber', label: { zh: '号码', en: 'Number' }, class: 'personal', identifier: 'citizenNumber' },
    { key: 'address', label: { zh: '地址', en: 'Address' }, class: 'internal' },
    { key: 'illness', label: { zh: '病', en: 'Illness' }, class: 'sensitive', departments: ['YC-WJ'] },
  ],
};
let database: TestDatabase;
let registers: typeof Registers extends { offers?: infer R } ? NonNullable<R> : never;

beforeAll(async () => {
  database = await createTestDatabase({ modules: [auditSchema, eventsSchema, registersModule] });
  registers = await openRegisters(database);
  await registers.define('hash', [register]);
  await database.as(database.system, async (tx) => {
    await registers.write(tx, { register: 'people', key: number, data: { citizenNumber: number, address: '旧址' }, validFrom: '2020-01-01', cause: 'seed', subject: person });
    await registers.write(tx, { register: 'people', key: number, data: { address: '新址' }, validFrom: '2026-05-01', cause: 'case-1' });
  });
});
afterAll(() => database.drop());

const read = (day: string) => database.as(database.system, (tx) => registers.read(tx, 'people', number, day));
const as = (actor: object) => database.as({ ...database.system, kind: 'citizen', subjects: [], ...actor } as never, (tx) => registers.read(tx, 'people', number, '2026-06-01'));

describe('a register', () => {
  test('answers what held on a day, in both times', async () => {
    expect(await read('2026-04-30')).toEqual({ citizenNumber: number, address: '旧址' });
    expect(await read('2026-05-01')).toEqual({ citizenNumber: number, address: '新址' });
    expect(await read('2019-12-31')).toBeNull();
  });

  test('overwrites nothing: the history keeps what was known before and its cause', async () => {
    const versions = await database.as(database.system, (tx) => registers.history(tx, 'people', number));
    expect(versions.map((one) => [one.data.address, one.validFrom, one.validTo, one.knownTo === null, one.cause])).toEqual(
      expect.arrayContaining([['新址', '2026-05-01', null, true, 'case-1'], ['旧址', '2020-01-01', '2026-05-01', true, 'seed'], ['旧址', '2020-01-01', null, false, 'seed']]),
    );
    expect(versions).toHaveLength(3);
  });

  test('tells which records changed, from when and by what, one event a write, and nothing of what is in them', async () => {
    const told = await database.as(database.system, (tx) => tx.query<{ subject: string; payload: unknown }>(`select subject, payload from events.outbox where type = 'register.changed' and subject = 'people' order by seq`));
    expect(told.rows.slice(0, 2)).toEqual([
      { subject: 'people', payload: { register: 'people', changes: [{ key: number, validFrom: '2020-01-01', cause: 'seed' }] } },
      { subject: 'people', payload: { register: 'people', changes: [{ key: number, validFrom: '2026-05-01', cause: 'case-1' }] } },
    ]);
    await expect(database.as(database.system, async (tx) => {
      await registers.write(tx, { register: 'people', key: number, data: { address: '空' }, validFrom: '2026-06-01', cause: 't' });
      throw new Error('changed my mind');
    })).rejects.toThrow();
    expect((await database.as(database.system, (tx) => tx.query(`select from events.outbox where type = 'register.changed' and subject = 'people'`))).rowCount).toBe(2);
  });

  test('refuses a record that breaks its schema or a check digit (GB 11643)', async () => {
    const write = (data: Record<string, unknown>) => database.as(database.system, (tx) => registers.write(tx, { register: 'people', key: 'x', data, validFrom: '2026-01-01', cause: 't' }));
    await expect(write({ citizenNumber: '990102199003070012', address: 'a' })).rejects.toMatchObject({ code: 'register.record-invalid' });
    await expect(write({ citizenNumber: number })).rejects.toMatchObject({ code: 'register.record-invalid' });
    await expect(write({ citizenNumber: number, address: 'a', extra: 1 })).rejects.toMatchObject({ code: 'register.record-invalid' });
  });

  test('gives its records the label that it declares; a later version raises it and never lowers it', async () => {
    const labels = async () => (await database.as(database.system, (tx) => tx.query<{ secrecy: number }>(`select distinct secrecy from registers.record where register = 'notices'`))).rows.map(({ secrecy }) => secrecy);
    const notices = (label: 'public' | 'internal'): Register => ({ ...register, code: 'notices', subject: 'none', label });
    await registers.define('one', [notices('public')]);
    await database.as(database.system, (tx) => registers.write(tx, { register: 'notices', key: number, data: { citizenNumber: number, address: '公告' }, validFrom: '2026-01-01', cause: 't' }));
    expect(await labels()).toEqual([0]);
    await registers.define('two', [notices('internal')]);
    expect(await labels()).toEqual([1]);
    await registers.define('three', [notices('public')]);
    expect(await labels()).toEqual([1]);
  });

  test('is seen by the person it is about and by nobody else', async () => {
    expect(await as({ subjects: [person] })).toMatchObject({ address: '新址' });
    expect(await as({ subjects: ['00000000-0000-7000-8000-000000000002'] })).toBeNull();
    expect(await as({ kind: 'official', scope: 'all' })).toBeNull();
    expect(await as({ kind: 'public' })).toBeNull();
  });
});

describe('masking by class', () => {
  const record = { citizenNumber: number, address: '新址', illness: '无' };
  const seen = (reader: { own?: boolean; official?: boolean; departments?: string[] }) => maskRecord(register, record, { own: false, official: false, departments: [], ...reader });

  test('shows a person all of their own record', () => expect(seen({ own: true })).toEqual(record));
  test('hides everything personal from the public', () => {
    const shown = JSON.stringify(seen({}));
    expect(shown).not.toContain(number);
    expect(shown).not.toContain('新址');
  });
  test('shows sensitive fields only to the named departments and their sections', () => {
    expect(seen({ official: true, departments: ['YC-SC'] }).illness).not.toBe('无');
    expect(seen({ official: true, departments: ['YC-WJ-YZ'] }).illness).toBe('无');
    expect(seen({ official: true, departments: ['YC-WJX'] }).illness).not.toBe('无');
  });
});
