import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Tx } from '@zhengwu/database';
import { directoryModule } from '@zhengwu/directory';
import { disclosureModule } from '@zhengwu/disclosure';
import { createTestSite, type TestSite } from '@zhengwu/module';
import type { Register } from '@zhengwu/pack';
import { Registers, registersModule, writeBatch } from '@zhengwu/registers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { extractRegister } from './extracting.ts';
import { importsModule } from './module.ts';
import { openRows, type Format } from './rows/open-rows.ts';

const text = { zh: '树木', en: 'Trees' };
const trees: Register = {
  code: 'trees', name: text, subject: 'none', key: 'number', keeper: 'YC-ZJ', sharing: { class: '1' },
  schema: { type: 'object', required: ['number'], additionalProperties: false, properties: { number: { type: 'string' }, kind: { type: 'string' }, height: { type: 'number' }, isOld: { type: 'boolean' }, tags: { type: 'array', items: { type: 'string' } } } },
  fields: ['number', 'kind', 'height', 'isOld', 'tags'].map((key) => ({ key, label: text, class: 'public' as const })),
};
const COUNT = 25_000;
const numberOf = (n: number): string => `T${String(n).padStart(6, '0')}`;
const odd = ['=cmd()', '樟 "老"\n,木', ' 空 格 ', '<b>&', '+1', '𠮷野'];

let site: TestSite;
let folder: string;
const platform = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => site.database.as(site.database.system, work);
const extract = (format: Format, name = `trees.${format}`, more: object = {}) => extractRegister(site.database, { register: trees, day: '2026-06-01', format, path: join(folder, name), ...more });
const readBack = async (name: string, format: Format): Promise<Record<string, unknown>[]> => {
  const path = join(folder, name);
  const { size } = await stat(path);
  const { chunks } = await openRows({ size, open: async (start, end) => createReadStream(path, start === undefined ? {} : { start, end: Math.min(end ?? size, size) - 1 }) }, format, 'utf-8');
  const rows: Record<string, unknown>[] = [];
  for await (const chunk of chunks) rows.push(...chunk.flatMap(({ cells }) => (cells ? [{ ...cells }] : [])));
  return rows;
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'zhengwu-extract-'));
  site = await createTestSite({ modules: [directoryModule, disclosureModule, registersModule, importsModule] });
  await site.site.use(Registers).define('hash', [trees]);
  const rows = Array.from({ length: COUNT }, (_, n) => ({ key: numberOf(n), validFrom: '2026-01-01', data: { number: numberOf(n), kind: odd[n] ?? '樟', height: n / 2, ...(n % 3 === 0 ? {} : { isOld: n % 2 === 0 }), tags: n === 0 ? ['a', 'b'] : [] } }));
  for (let at = 0; at < rows.length; at += 5000) await platform((tx) => writeBatch(tx, { register: 'trees', cause: 'seed', rows: rows.slice(at, at + 5000) }));
  // What begins later is not of that day.
  await platform((tx) => writeBatch(tx, { register: 'trees', cause: 'later', rows: [{ key: 'T999999', validFrom: '2026-12-01', data: { number: 'T999999' } }] }));
}, 60_000);
afterAll(async () => {
  await site.drop();
  await rm(folder, { recursive: true });
});

describe('a whole register in a file', () => {
  test.each(['csv', 'jsonl', 'xlsx', 'parquet'] as const)('%s: every record of the day once, in the order of keys, as our own reader reads it back', async (format) => {
    const { rows, sha256 } = await extract(format);
    expect(rows).toBe(COUNT);
    expect(createHash('sha256').update(await readFile(join(folder, `trees.${format}`))).digest('hex')).toBe(sha256);
    const back = await readBack(`trees.${format}`, format);
    expect(back.length).toBe(COUNT);
    expect(back.map((row) => row['number'])).toEqual(Array.from({ length: COUNT }, (_, n) => numberOf(n)));
    expect(back.slice(0, odd.length).map((row) => row['kind'])).toEqual(odd.map((one) => (format === 'csv' && /^[=+]/.test(one) ? `'${one}` : one)));
    expect([Number(back[7]?.['height']), String(back[7]?.['isOld']).toLowerCase().replace(/^[01]$/, (bit) => (bit === '1' ? 'true' : 'false')), JSON.stringify(back[0]?.['tags']).includes('a')]).toEqual([3.5, 'false', true]);
    expect(existsSync(join(folder, `trees.${format}.part`))).toBe(false);
  }, 60_000);

  test('broken off it goes on behind the last page that is on the disk, and the file is the same as one that was not', async () => {
    await extract('csv', 'whole.csv');
    const stop = { progress: (rows: number) => { if (rows >= 20_000) throw new Error('killed'); } };
    await expect(extract('csv', 'broken.csv', stop)).rejects.toThrow('killed');
    expect(existsSync(join(folder, 'broken.csv'))).toBe(false);
    // Half a page that no mark names is cut off again.
    await writeFile(join(folder, 'broken.csv.part'), 'T0', { flag: 'a' });
    const pages: number[] = [];
    expect(await extract('csv', 'broken.csv', { progress: (rows: number) => pages.push(rows) })).toMatchObject({ rows: COUNT });
    expect(pages).toEqual([COUNT]);
    expect((await readFile(join(folder, 'broken.csv'))).equals(await readFile(join(folder, 'whole.csv')))).toBe(true);
  }, 60_000);

  test('above internal is not written out', async () => {
    await expect(extractRegister(site.database, { register: { ...trees, code: 'secret', label: 'confidential' } as Register, day: '2026-06-01', format: 'csv', path: join(folder, 'secret.csv') })).rejects.toMatchObject({ code: 'import.register' });
  });
});
