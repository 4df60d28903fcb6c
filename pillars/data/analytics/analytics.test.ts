import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor, Question } from '@zhengwu/contracts';
import { readConfig } from '@zhengwu/config';
import { createLog } from '@zhengwu/log';
import { createTestSite, Datasets, defineModule, type Dataset, type TestSite } from '@zhengwu/module';
import type { Indicator } from '@zhengwu/pack';
import { answer, reachable } from './asking.ts';
import { openEngine, type Engine } from './engine/engine.ts';
import { Indicators, readSeries } from './indicators.ts';
import { analyticsModule } from './module.ts';
import { refresh } from './refresh.ts';
import { folderOf } from './snapshots.ts';
import * as store from './store.ts';

const column = (name: string, type: Dataset['columns'][number]['type']) => ({ name, type, title: { zh: name, en: name } });
const trees: Dataset = {
  code: 'trees', title: { zh: '树木', en: 'Trees' }, permission: 'tree.read', department: 'department',
  columns: [column('department', 'number'), column('kind', 'text'), column('height', 'number'), column('plantedOn', 'day'), column('isOld', 'truth'), column('seenAt', 'instant')],
  rows: 'select department, kind, height, planted_on, is_old, seen_at from trees.tree',
};
const treesModule = defineModule({
  name: 'trees', requires: [],
  migrations: [{ id: '0001', sql: `
    create table trees.tree (id int generated always as identity primary key, department int, kind text, height float8, planted_on date, is_old boolean, seen_at timestamp);
    alter table trees.tree enable row level security;
    alter table trees.tree force row level security;
    create policy system on trees.tree for all using ((select kernel.is_system())) with check ((select kernel.is_system()));` }],
  datasets: () => [trees],
});

const rows: [number, string, number | null, string, boolean, string | null][] = [
  [1, '樟', 10, '2026-01-03', true, '2026-02-01 10:00'], [1, '樟', 20, '2026-01-30', false, null], [1, '"榕",\n老', 30, '2026-02-01', true, null],
  [2, '樟', 40, '2026-02-11', false, null], [2, '', null, '2026-02-12', false, null], [2, '榕', 60, '2026-02-13', true, null],
];

let folder: string;
let site: TestSite;
let engine: Engine;
const official = (scope: 'all' | 'subtree', departments: number[] = []): Actor => ({ kind: 'official', scope: scope === 'all' ? 'all' : 'departments', departments, subjects: [], clearance: 1, permissions: { 'tree.read': { scope, departments } } }) as unknown as Actor;
const leader = official('all');
const counted: Question = { dataset: 'trees', measure: { kind: 'count' }, by: ['kind'], where: [] };
const ask = (actor: Actor, question: Partial<Question> = {}) => answer(site.site, engine, actor, { ...counted, ...question } as Question);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'zhengwu-analytics-'));
  site = await createTestSite({ modules: [treesModule, analyticsModule], config: readConfig({ ZHENGWU_DATA: folder }) });
  const { database } = site;
  await database.as(database.system, (tx) => tx.query('insert into trees.tree (department, kind, height, planted_on, is_old, seen_at) select * from jsonb_to_recordset($1::jsonb) r (d int, k text, h float8, p date, o boolean, s timestamp)',
    [JSON.stringify(rows.map(([d, k, h, p, o, s]) => ({ d, k, h, p, o, s })))]));
  engine = openEngine({ folder: folderOf(site.site), log: createLog({ level: 'silent' }) });
});
afterAll(async () => {
  await engine.stop();
  await site.drop();
  await rm(folder, { recursive: true, force: true });
});

const grown: Indicator = {
  code: 'trees-planted', name: { zh: '种树', en: 'Planted' }, definition: { zh: '当月种下的树', en: 'Trees planted in the month' }, unit: { zh: '棵', en: 'trees' }, owner: 'YC-ZJ', dataset: 'trees', time: 'plantedOn', grain: 'month',
  dimensions: ['department'], measure: { kind: 'count' }, where: [], decimals: 0, openness: 'internal', smallest: 1,
};
const series = (actor: Actor, code: string) => site.database.as(actor, (tx) => readSeries(tx, code, {}, site.site.use(Datasets)()));

describe('indicators', () => {
  beforeAll(async () => {
    const half: Indicator = { ...grown, code: 'old-trees', openness: 'open', dimensions: [], measure: { kind: 'share', where: [{ column: 'isOld', is: 'equal', value: true }] }, decimals: 3 };
    const tall: Indicator = { ...grown, code: 'median-height', dimensions: ['department'], measure: { kind: 'median', of: 'height' }, where: [{ column: 'height', is: 'known' }], decimals: 1, smallest: 2 };
    await site.site.use(Indicators).define('a'.repeat(64), [grown, half, tall]);
    await refresh(site.site, engine);
  }, 60_000);

  test('are reckoned by period and dimension; what is known is told, unknown cells and quoted line breaks survive', async () => {
    expect((await series(leader, 'trees-planted')).items).toEqual([
      { period: '2026-01-01', dimensions: { department: '1' }, value: 2 },
      { period: '2026-02-01', dimensions: { department: '1' }, value: 1 },
      { period: '2026-02-01', dimensions: { department: '2' }, value: 3 },
    ]);
    expect((await ask(leader)).rows).toEqual([['', 1, 1], ['"榕",\n老', 1, 1], ['榕', 1, 1], ['樟', 3, 3]]);
  });

  test('a leader of one department sees its values alone; a stranger sees open ones alone', async () => {
    expect((await series(official('subtree', [1]), 'trees-planted')).items.map(({ dimensions }) => dimensions.department)).toEqual(['1', '1']);
    const stranger = { kind: 'public', scope: 'own', departments: [], subjects: [], clearance: 0, permissions: {} } as unknown as Actor;
    expect((await series(stranger, 'old-trees')).items).toEqual([{ period: '2026-01-01', dimensions: {}, value: 0.5 }, { period: '2026-02-01', dimensions: {}, value: 0.5 }]);
    await expect(series(stranger, 'trees-planted')).rejects.toMatchObject({ code: 'indicator.unknown' });
  });

  test('a group smaller than may be told is there without its value', async () => {
    expect((await series(leader, 'median-height')).items).toEqual([
      { period: '2026-01-01', dimensions: { department: '1' }, value: 15 },
      { period: '2026-02-01', dimensions: { department: '1' }, value: null },
      { period: '2026-02-01', dimensions: { department: '2' }, value: 50 },
    ]);
  });

  test('reckoned anew, values follow the rows and what is gone is gone; snapshots hash to what is recorded and old ones are removed', async () => {
    const { database } = site;
    await database.as(database.system, (tx) => tx.query(`delete from trees.tree where department = 2`));
    for (let i = 0; i < 4; i++) await refresh(site.site, engine);
    expect((await series(leader, 'trees-planted')).items.map(({ value }) => value)).toEqual([2, 1]);
    const [newest] = await database.as(database.system, store.selectSnapshots);
    expect(newest).toMatchObject({ dataset: 'trees', rows: 3, columns: trees.columns.map(({ name }) => name) });
    const bytes = await readFile(join(folderOf(site.site), newest?.file ?? ''));
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(newest?.sha256);
    expect((await readdir(folderOf(site.site))).filter((name) => name.endsWith('.parquet'))).toHaveLength(3);
    await database.as(database.system, (tx) => tx.query(`insert into trees.tree (department, kind, height, planted_on, is_old) values (2, '樟', 40, '2026-02-11', false), (2, '榕', 60, '2026-02-13', true)`));
    await refresh(site.site, engine);
  }, 60_000);
});

describe('questions of one’s own', () => {
  test('reach the rows that the permission reaches, whatever is asked (property)', async () => {
    await fc.assert(fc.asyncProperty(fc.uniqueArray(fc.constantFrom(1, 2, 3)), fc.constantFrom('kind', 'department', 'isOld'), async (departments, by) => {
      const { rows: got } = await ask(official('subtree', departments), { by: [by] });
      const total = got.reduce((sum, row) => sum + Number(row.at(-1)), 0);
      expect(total).toBe((departments.includes(1) ? 3 : 0) + (departments.includes(2) ? 2 : 0));
    }), { numRuns: 20 });
  });

  test('measures, conditions and periods', async () => {
    const one = async (question: Partial<Question>) => (await ask(leader, { by: [], ...question })).rows;
    expect(await one({ measure: { kind: 'sum', of: 'height' } })).toEqual([[160, 5]]);
    expect(await one({ where: [{ column: 'plantedOn', is: 'atLeast', value: '2026-02-01' }, { column: 'kind', is: 'in', values: ['樟', '榕'] }] })).toEqual([[2, 2]]);
    expect(await one({ where: [{ column: 'seenAt', is: 'known' }] })).toEqual([[1, 1]]);
    expect(await one({ where: [{ column: 'height', is: 'equal', value: 'tall' }] })).toEqual([]);
    expect(await one({ period: { column: 'plantedOn', grain: 'quarter' } })).toEqual([['2026-01-01', 5, 5]]);
    expect(await ask(leader, { limit: 1 })).toMatchObject({ cut: true, rows: [expect.anything()], columns: ['kind', 'value', 'n'] });
  });

  test('without the permission a data set is not there; a column that is not, or does not fit, is named', async () => {
    const nobody = { ...leader, permissions: {} } as Actor;
    expect(reachable(site.site, nobody)).toEqual([]);
    await expect(ask(nobody)).rejects.toMatchObject({ code: 'analytics.dataset-unknown' });
    for (const question of [{ by: ['nothing'] }, { by: ['kind"; drop table x; --'] }, { measure: { kind: 'sum', of: 'kind' } as const }, { where: [{ column: 'x', is: 'known' } as const] }]) {
      await expect(ask(leader, question)).rejects.toMatchObject({ code: 'analytics.column-unknown' });
    }
  });
});

describe('the engine', () => {
  test.each([
    ['reads no other file', `select * from read_text('/etc/hostname')`],
    ['writes none', `copy (select 1) to '/tmp/zhengwu-escaped.csv'`],
    ['loads no extension', 'install httpfs'],
    ['keeps its limits', `set memory_limit = '64GB'`],
  ])('%s', async (_, sql) => {
    await expect(engine.ask({ sql, values: [] })).rejects.toMatchObject({ code: 'analytics.failed' });
  });

  test('a question that takes too long ends with its process; the next one finds a new one', async () => {
    const hasty = openEngine({ folder: folderOf(site.site), log: createLog({ level: 'silent' }), patience: 1500 });
    await expect(hasty.ask({ sql: 'select sum(a.range * b.range) from range(1000000000) a, range(1000) b', values: [] })).rejects.toMatchObject({ code: 'analytics.too-long' });
    expect((await hasty.ask({ sql: 'select 1::integer', values: [] })).rows).toEqual([[1]]);
    await hasty.stop();
  });
});
