import { mkdir, mkdtemp, readdir, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { readConfig } from '@zhengwu/config';
import type { Tx } from '@zhengwu/database';
import { directoryModule } from '@zhengwu/directory';
import { createTestSite, type TestSite } from '@zhengwu/module';
import { Registers, registersModule } from '@zhengwu/registers';
import { Topics, topicsModule } from '@zhengwu/topics';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { rounds } from './filling.ts';
import { Adapters, type Flow } from './flow.ts';
import { adaptersModule } from './module.ts';
import { transform } from './transforming.ts';

const nobody = () => Promise.resolve([]);
const field = (key: string) => ({ key, label: { zh: key, en: key }, class: 'public' as const });
const shops = {
  code: 'shops', name: { zh: '商铺', en: 'Shops' }, subject: 'company' as const, key: 'no', keeper: 'YC-SC', sharing: { class: '1' as const },
  schema: { type: 'object', additionalProperties: false, required: ['no', 'name'], properties: { no: { type: 'string' }, name: { type: 'string', minLength: 1, maxLength: 20 }, kind: { type: ['string', 'null'] }, seats: { type: ['integer', 'null'] } } },
  fields: [field('no'), field('name'), field('kind'), field('seats')],
};

let site: TestSite;
let adapters: Adapters;
let folder: string;
let root: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'zhengwu-adapters-'));
  root = join(folder, 'sources');
  site = await createTestSite({ modules: [directoryModule, registersModule, topicsModule, adaptersModule], config: readConfig({ ZHENGWU_DATA: folder }) });
  adapters = site.site.use(Adapters);
  await site.site.use(Registers).define('hash', [shops as never]);
});
afterAll(async () => {
  await site.drop();
  await rm(folder, { recursive: true });
});

const platform = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => site.database.as(site.database.system, work);
const put = async (folder: string, name: string, text: string, isSettled = true): Promise<void> => {
  await mkdir(join(root, folder), { recursive: true });
  await writeFile(join(root, folder, name), text);
  if (isSettled) await utimes(join(root, folder, name), 1, 1);
};
const into = (code: string, more: Partial<Flow> = {}): Flow => ({
  code, name: { zh: code, en: code }, schedule: null, source: { kind: 'folder', folder: code, format: 'csv', encoding: 'utf-8' },
  steps: [{ do: 'pick', fields: { no: '编号', name: '名称', kind: '类别', seats: '座位' } }, { do: 'translate', field: 'kind', codes: { 1: '餐饮', 2: '零售' } }, { do: 'number', field: 'seats' }],
  sink: { register: 'shops', key: 'no', validFrom: '2026-01-01' }, ...more,
});
const read = (key: string) => platform((tx) => site.site.use(Registers).read(tx, 'shops', key, '2026-06-01'));
const refusals = async (flow: string) => (await platform((tx) => tx.query('select row::int, code, field from adapters.refusal where flow = $1 order by row', [flow]))).rows;
const HEAD = '编号,名称,类别,座位\n';

describe('a folder of CSV files', () => {
  test('becomes records; rows that cannot be taken are told by number and do not stop the rest', async () => {
    await put('first', 'a.csv', `${HEAD}S1,面馆,1,20\nS2,书店,9,\nS3,,2,\nS4,茶馆,1,many\nS5,花店,2,\n`);
    const flow = into('first');
    await platform((tx) => adapters.define(tx, flow));
    expect(await adapters.run('first')).toEqual({ files: 1, rows: 5, refused: 3 });
    expect(await read('S1')).toMatchObject({ name: '面馆', kind: '餐饮', seats: 20 });
    expect(await read('S5')).toMatchObject({ kind: '零售', seats: null });
    expect(await refusals('first')).toEqual([{ row: 2, code: 'adapter.no-code', field: 'kind' }, expect.objectContaining({ row: 3, code: expect.stringMatching(/^register\./) }), { row: 4, code: 'adapter.no-number', field: 'seats' }]);
    expect(await adapters.run('first')).toEqual({ files: 0, rows: 0, refused: 0 });
  });

  test('is previewed without a trace', async () => {
    await put('look', 'a.csv', `${HEAD}P1,面馆,1,20\nP2,书店,9,\n`);
    const { before, after, refusals: refused } = await adapters.preview(into('look'));
    expect([before.length, after]).toEqual([2, [{ no: 'P1', name: '面馆', kind: '餐饮', seats: 20 }, null]]);
    expect(refused).toEqual([{ row: 2, code: 'adapter.no-code', field: 'kind' }]);
    expect(await read('P1')).toBeNull();
  });

  test('is left alone while somebody writes to it, and links lead nowhere', async () => {
    await put('wait', 'a.csv', `${HEAD}W1,面馆,1,\n`, false);
    await put('other', 'b.txt', `${HEAD}W2,面馆,1,\n`);
    await symlink(join(root, 'other', 'b.txt'), join(root, 'wait', 'b.csv'));
    await platform((tx) => adapters.define(tx, into('wait')));
    expect(await adapters.run('wait')).toEqual({ files: 0, rows: 0, refused: 0 });
    await utimes(join(root, 'wait', 'a.csv'), 1, 1);
    expect(await adapters.run('wait')).toMatchObject({ files: 1, rows: 1 });
    expect(await read('W2')).toBeNull();
  });

  test.each(['..', '../other', '/etc', 'a/b', ''])('is never %j, which leads elsewhere', async (folder) => {
    const flow = into('astray', { source: { kind: 'folder', folder, format: 'csv', encoding: 'utf-8' } });
    await expect(platform((tx) => adapters.define(tx, flow))).rejects.toMatchObject({ code: 'adapter.folder' });
    await expect(adapters.preview(flow)).rejects.toMatchObject({ code: 'adapter.folder' });
  });
});

test('a key that comes again in one file is written in its order, and a row that says what is known writes nothing', async () => {
  await put('twice', 'a.csv', `${HEAD}Z1,面馆,1,1\nZ2,书店,2,\nZ1,面铺,1,2\nZ3,,1,\nZ1,面庄,1,3\n`);
  await platform((tx) => adapters.define(tx, into('twice')));
  expect(await adapters.run('twice')).toEqual({ files: 1, rows: 5, refused: 1 });
  expect(await read('Z1')).toMatchObject({ name: '面庄', seats: 3 });
  const versions = async (): Promise<number> => (await platform((tx) => tx.query(`select 1 from registers.record where register = 'shops' and key like 'Z%'`))).rows.length;
  const before = await versions();
  await put('twice', 'b.csv', `${HEAD}Z1,面庄,1,3\nZ2,书店,2,\n`);
  expect(await adapters.run('twice')).toEqual({ files: 1, rows: 2, refused: 0 });
  expect(await versions()).toBe(before);
});

test('what cannot be kept as text, and a key that is too long, are refused by their row and do not stop the rest', async () => {
  await put('text', 'a.csv', `${HEAD}N1,面\0馆,1,1\nN2,书店,2,\nN\0,茶馆,1,\n${'N'.repeat(201)},茶馆,1,\n`);
  const flow = into('text', { steps: [{ do: 'pick', fields: { no: '编号', name: '名称' } }, { do: 'join', register: 'shops', by: 'no', fields: { kind: 'kind' } }] });
  await put('text', '0.csv', `${HEAD}N1,面馆,1,1\nN2,书店,1,1\n`);
  await platform((tx) => adapters.define(tx, into('text')));
  await adapters.run('text');
  await platform((tx) => adapters.define(tx, { ...flow, code: 'joined' }));
  expect(await adapters.run('joined')).toMatchObject({ files: 2, rows: 6, refused: 3 });
  expect((await refusals('joined')).map((one) => (one as { code: string }).code).toSorted()).toEqual(['adapter.no-record', 'adapter.text', 'adapter.text']);
  expect((await refusals('text')).map((one) => (one as { code: string }).code).toSorted()).toEqual(['adapter.long-key', 'adapter.text', 'adapter.text']);
});

test('rounds keep the order and never hold a key twice', () => {
  fc.assert(fc.property(fc.array(fc.constantFrom('a', 'b', 'c', 'd')), (keys) => {
    const cut = rounds(keys.map((key, row) => ({ row, key, cells: {} })));
    expect(cut.flat().map(({ row }) => row)).toEqual(keys.map((_, row) => row));
    for (const round of cut) expect(new Set(round.map(({ key }) => key)).size).toBe(round.length);
  }));
});

describe('a folder in use', () => {
  test('is not starved by what is done: a file beyond the first thousand is taken', async () => {
    await mkdir(join(root, 'many'), { recursive: true });
    for (let n = 0; n < 1001; n += 1) await put('many', `${String(n).padStart(4, '0')}.csv`, n < 1000 ? HEAD : `${HEAD}M1,面馆,1,1\n`);
    await platform((tx) => adapters.define(tx, into('many')));
    expect(await adapters.run('many')).toMatchObject({ files: 1000, rows: 0 });
    expect(await adapters.run('many')).toMatchObject({ files: 1, rows: 1 });
    expect(await read('M1')).toMatchObject({ name: '面馆' });
  }, 60_000);

  test('of the same name with another content is another file, and one that is only touched is not', async () => {
    await put('again', 'a.csv', `${HEAD}A1,面馆,1,1\n`);
    await platform((tx) => adapters.define(tx, into('again')));
    expect(await adapters.run('again')).toMatchObject({ files: 1, rows: 1 });
    await put('again', 'a.csv', `${HEAD}A1,面铺,1,1\n`);
    expect(await adapters.run('again')).toMatchObject({ files: 1, rows: 1 });
    expect(await read('A1')).toMatchObject({ name: '面铺' });
    await utimes(join(root, 'again', 'a.csv'), 2, 2);
    expect(await adapters.run('again')).toEqual({ files: 0, rows: 0, refused: 0 });
  });

  test('sets a file aside that is not what it says, and takes the next', async () => {
    await mkdir(join(root, 'broken'), { recursive: true });
    await writeFile(join(root, 'broken', 'a.csv'), Buffer.from([0x61, 0x0a, 0xff, 0xfe, 0x0a]));
    await utimes(join(root, 'broken', 'a.csv'), 1, 1);
    await put('broken', 'b.csv', `${HEAD}B1,面馆,1,1\n`);
    await platform((tx) => adapters.define(tx, into('broken')));
    expect(await adapters.run('broken')).toMatchObject({ files: 2, rows: 1 });
    expect(await adapters.run('broken')).toMatchObject({ files: 0 });
    const { rows } = await platform((tx) => tx.query(`select file, problem ->> 'code' as code from adapters.taken where flow = 'broken' order by file`));
    expect(rows).toEqual([{ file: 'a.csv', code: 'import.encoding' }, { file: 'b.csv', code: null }]);
  });

  test('is read from a copy: a rewrite on the way changes no row, and nothing of the copy stays', async () => {
    const path = join(root, 'copy', 'a.csv');
    await put('copy', 'a.csv', `${HEAD}${Array.from({ length: 1200 }, (_, n) => `C${n},面馆,1,1\n`).join('')}`);
    await platform((tx) => adapters.define(tx, into('copy')));
    let isRewritten = false;
    await adapters.run('copy', undefined, async () => {
      if (!isRewritten) await writeFile(path, 'x'.repeat(40_000));
      isRewritten = true;
    });
    const { rows } = await platform((tx) => tx.query(`select position::int, refused::int from adapters.taken where flow = 'copy'`));
    expect(rows).toEqual([{ position: 1200, refused: 0 }]);
    expect(await readdir(join(folder, 'adapters'))).toEqual([]);
  });

  test('is previewed in the file that is named, the latest by name otherwise', async () => {
    await put('views', 'a.csv', `${HEAD}V1,面馆,1,20\n`);
    await put('views', 'b.csv', `${HEAD}V2,书店,2,\n`);
    expect(await adapters.preview(into('views'))).toMatchObject({ files: ['b.csv', 'a.csv'], file: 'b.csv', after: [{ no: 'V2' }] });
    expect(await adapters.preview(into('views'), { file: 'a.csv' })).toMatchObject({ file: 'a.csv', after: [{ no: 'V1' }] });
    await expect(adapters.preview(into('views'), { file: '../many/0000.csv' })).rejects.toMatchObject({ code: 'adapter.no-file' });
  });
});

describe('into a topic', () => {
  const published = async () => (await platform((tx) => tx.query<{ no: string }>(`select payload -> 'payload' ->> 'no' as no from events.outbox where payload ->> 'topic' = 'news.shops'`))).rows.map(({ no }) => no).sort();

  test('a run that dies between rows, and two at once, publish each row once', async () => {
    const names = Array.from({ length: 80 }, (_, n) => `T${String(n + 10)}`);
    await put('topic', 'a.csv', HEAD + names.map((no) => `${no},${'x'.repeat(2000)},1,1\n`).join(''));
    await platform((tx) => site.site.use(Topics).define(tx, { code: 'news.shops', name: { zh: '商铺', en: 'Shops' }, owner: 'YC-SC', isPersonal: false, retentionDays: 30 }));
    await platform((tx) => adapters.define(tx, into('topic', { sink: { topic: 'news.shops', key: 'no' } })));
    const topics = site.site.use(Topics);
    const { publish } = topics;
    // Three pieces of the file: the first is committed, the second dies.
    let left = 50;
    topics.publish = (tx, message) => (left-- > 0 ? publish(tx, message) : Promise.reject(new Error('killed')));
    await expect(adapters.run('topic')).rejects.toThrow('killed');
    topics.publish = publish;
    const before = (await published()).length;
    expect(before).toBeGreaterThan(0);
    expect(before).toBeLessThan(50);
    const runs = await Promise.all([adapters.run('topic'), adapters.run('topic')]);
    expect(runs[0].rows + runs[1].rows).toBe(names.length - before);
    expect(await published()).toEqual(names);
  });

  test('that does not exist, none is defined', async () => {
    await expect(platform((tx) => adapters.define(tx, into('nowhere', { sink: { topic: 'news.none', key: 'no' } })))).rejects.toMatchObject({ code: 'adapter.sink' });
    await expect(adapters.run('nowhere')).rejects.toMatchObject({ code: 'adapter.unknown' });
  });
});

describe('steps', () => {
  test('mask hides a text whole when nothing would be hidden, and keeps its length', async () => {
    await fc.assert(fc.asyncProperty(fc.string({ unit: 'grapheme' }), fc.nat(6), fc.nat(6), async (text, first, last) => {
      const [one] = await transform([{ do: 'mask', field: 'a', first, last }], [{ row: 1, cells: { a: text } }], nobody);
      const [was, is] = [[...text], [...String((one as unknown as { cells: Record<string, string> }).cells.a)]];
      expect(is.length).toBe(was.length);
      const open = first + last >= was.length ? 0 : first + last;
      expect(is.filter((letter, at) => letter !== '*' && letter === was[at]).length).toBeLessThanOrEqual(open);
    }));
  });

  test('join asks once for all rows, and refuses those without a record', async () => {
    const asked: (readonly string[])[] = [];
    const rows = ['A', 'B', 'A'].map((no, at) => ({ row: at + 1, cells: { no } }));
    const joined = await transform([{ do: 'join', register: 'shops', by: 'no', fields: { shop: 'name' } }], rows, (_, keys) => {
      asked.push(keys);
      return Promise.resolve(keys.map((key) => (key === 'A' ? { name: '面馆' } : null)));
    });
    expect(asked).toEqual([['A', 'B']]);
    expect(joined).toEqual([{ row: 1, cells: { no: 'A', shop: '面馆' } }, { row: 2, code: 'adapter.no-record', field: 'no' }, { row: 3, cells: { no: 'A', shop: '面馆' } }]);
  });

  test('translate knows nothing that the table does not say', async () => {
    expect(await transform([{ do: 'translate', field: 'a', codes: {} }], [{ row: 1, cells: { a: 'constructor' } }], nobody)).toEqual([{ row: 1, code: 'adapter.no-code', field: 'a' }]);
  });
});
