import { fixedClock } from '@zhengwu/clock';
import type { Tx } from '@zhengwu/database';
import { directoryModule } from '@zhengwu/directory';
import { createTestSite, type TestSite } from '@zhengwu/module';
import type { Register } from '@zhengwu/pack';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { registersModule } from './module.ts';
import { Registers } from './registers.ts';
import { expireAll } from './retention.ts';

let site: TestSite;
const never = new AbortController().signal;
const platform = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => site.database.as(site.database.system, work);
const register = (code: string, years: number | 'permanent' | null): Register => ({
  code, name: { zh: code, en: code }, subject: 'none', key: 'name', keeper: 'YC-GA', sharing: { class: '1' }, schema: { type: 'object', properties: { name: { type: 'string' } } }, fields: [{ key: 'name', label: { zh: '名', en: 'Name' }, class: 'public' }],
  ...(years === null ? {} : { retention: { years, basis: { zh: '保管期限表', en: 'Schedule' } } }),
});
const codes = ['five', 'forever', 'unsaid'];

beforeAll(async () => {
  site = await createTestSite({ modules: [directoryModule, registersModule], clock: fixedClock('2026-11-23T04:00:00Z') });
  await site.site.use(Registers).define('hash', [register('five', 5), register('forever', 'permanent'), register('unsaid', null)]);
  const row = (code: string, key: string, from: string, to: string | null, known: string, until: string | null) => [code, key, from, to, known, until];
  const rows = codes.flatMap((code) => [
    row(code, 'now', '2001-01-01', null, '2001-01-01', null),
    row(code, 'superseded long ago', '2001-01-01', null, '2001-01-01', '2021-11-22T15:59:59Z'),
    row(code, 'superseded in time', '2001-01-01', null, '2001-01-01', '2021-11-22T16:00:00Z'),
    row(code, 'ended long ago', '2001-01-01', '2021-11-23', '2001-01-01', null),
    row(code, 'ended in time', '2001-01-01', '2021-11-24', '2001-01-01', null),
    row(code, 'doubted', '2001-01-01', '2010-01-01', '2001-01-01', null),
    ...Array.from({ length: 7 }, (_, n) => row(code, `old ${n}`, '2001-01-01', null, '2001-01-01', '2011-01-01')),
  ]);
  await platform(async (tx) => {
    for (const one of rows) await tx.query(`insert into registers.record (register, key, valid_from, valid_to, known_from, known_to, data, cause) values ($1, $2, $3, $4, $5, $6, '{}', 'seed')`, one);
    await tx.query(`insert into registers.challenge (register, key, field, on_day, proposed, reason, person, name, due_day) values ('five', 'doubted', 'name', '2009-01-01', '"x"', '?', kernel.uuidv7(), '王', '2026-12-01')`);
  });
});
afterAll(() => site.drop());

const kept = async (code: string): Promise<string[]> => (await platform((tx) => tx.query<{ key: string }>('select key from registers.record where register = $1 order by key', [code]))).rows.map(({ key }) => key);
const told = async () => (await platform((tx) => tx.query<{ subject: string; detail: { removed: number; before: string } }>(`select subject, detail from audit.record where event = 'register.expired' order by at, id`))).rows;

test('versions that ended before the years of their register are removed, by batches, each told with its count; what holds stays for ever', async () => {
  await expireAll(site.site, never, 4);
  expect(await kept('five')).toEqual(['doubted', 'ended in time', 'now', 'superseded in time']);
  for (const code of ['forever', 'unsaid']) expect(await kept(code)).toHaveLength(13);
  const records = await told();
  expect(records.map(({ detail }) => detail.removed)).toEqual([4, 4, 1]);
  expect(records[0]).toMatchObject({ subject: 'five', detail: { register: 'five', before: '2021-11-23', years: 5, basis: '保管期限表' } });
});

test('a night on which nothing has run out leaves no record', async () => {
  await expireAll(site.site, never);
  expect(await told()).toHaveLength(3);
});
