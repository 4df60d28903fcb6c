import { mkdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as api from '@zhengwu/contracts';
import { Topics } from '@zhengwu/topics';
import { openCity, type TestCity } from './test/city.ts';
import { until } from './test/people.ts';

let city: TestCity;
let centre: Awaited<ReturnType<TestCity['official']>>;
const rows = async <T extends Record<string, unknown>>(text: string, values: unknown[] = []): Promise<T[]> => (await city.site.database.as(city.site.database.system, (tx) => tx.query<T>(text, values))).rows;
const put = async (folder: string, file: string, text: string): Promise<void> => {
  const path = join(city.site.site.config.dataFolder, 'sources', folder);
  await mkdir(path, { recursive: true });
  await writeFile(join(path, file), text);
  await utimes(join(path, file), 1, 1);
};
const declared = (folder: string) => ({
  name: { zh: '商户名录', en: 'Shops' }, source: { kind: 'folder' as const, folder, format: 'csv' as const, encoding: 'utf-8' as const },
  steps: [{ do: 'pick' as const, fields: { no: '编号', holder: '经营者证件' } }, { do: 'mask' as const, field: 'holder', first: 6, last: 4 }], sink: { topic: 'shops', key: 'no' }, schedule: null as api.AdapterSchedule,
});
const define = (code: string, version = 0, more: Partial<ReturnType<typeof declared>> = {}) => centre.call(api.putAdapter, { params: { code }, body: { ...declared(code), ...more, version } });
const read = (code: string) => centre.call(api.readAdapter, { params: { code } });

beforeAll(async () => {
  city = await openCity();
  centre = await city.official('data01');
  const { database, use } = city.site.site as never as { database: TestCity['site']['database']; use: TestCity['site']['site']['use'] };
  await database.as(database.system, (tx) => use(Topics).define(tx, { code: 'shops', name: { zh: '商户', en: 'Shops' }, owner: 'YC-SC', isPersonal: false, retentionDays: 30 }));
}, 120_000);
afterAll(() => city.close());

const number = '990102198506120020';

test('a flow is previewed, declared, run by hand and by the clock, held back and let go on; each is in the trail', async () => {
  await put('shops', 'a.csv', `编号,经营者证件\nS1,${number}\n,${number}\n`);
  const { source, steps, sink } = declared('shops');
  const seen = await centre.call(api.previewAdapter, { body: { source, steps, sink } });
  expect(seen).toMatchObject({ files: ['a.csv'], file: 'a.csv', columns: ['编号', '经营者证件'] });
  expect(JSON.stringify(seen)).not.toContain(number);
  expect(seen.rows[0]?.after).toMatchObject({ no: 'S1' });
  expect(await define('shops')).toEqual({ version: 1 });
  await centre.call(api.runAdapter, { params: { code: 'shops' } });
  const done = await until(() => read('shops'), ({ runs }) => runs[0]?.state === 'done');
  expect(done.runs).toMatchObject([{ files: 1, rows: 2, refused: 1, by: expect.stringMatching(/./), problem: null }]);
  expect(done.places).toMatchObject([{ file: 'a.csv', position: 2, refused: 1, problem: null }]);
  expect((await centre.call(api.listAdapterRefusals, { params: { code: 'shops' } })).items).toMatchObject([{ file: 'a.csv', row: 2, code: 'adapter.no-key' }]);

  await centre.call(api.pauseAdapter, { params: { code: 'shops' }, body: { reason: '核对' } });
  await expect(centre.call(api.runAdapter, { params: { code: 'shops' } })).rejects.toMatchObject({ problem: { code: 'adapter.paused' } });
  await put('shops', 'b.csv', `编号,经营者证件\nS2,${number}\n`);
  await define('shops', 1, { schedule: { everySeconds: 10 } });
  expect((await read('shops')).row).toMatchObject({ nextAt: null, paused: { reason: '核对' } });
  await centre.call(api.resumeAdapter, { params: { code: 'shops' } });
  await expect.poll(async () => (await read('shops')).row.rows, { timeout: 40_000, interval: 500 }).toBe(3);

  const events = (await rows<{ event: string }>(`select distinct event from audit.record where event like 'adapter.%' order by 1`)).map(({ event }) => event);
  expect(events).toEqual(['adapter.begun', 'adapter.defined', 'adapter.looked', 'adapter.paused', 'adapter.resumed']);
}, 90_000);

test('the version that was looked at is changed, no other', async () => {
  expect(await define('twice')).toEqual({ version: 1 });
  await expect(define('twice')).rejects.toMatchObject({ problem: { code: 'adapter.changed', status: 409 } });
  expect(await define('twice', 1)).toEqual({ version: 2 });
});

test('what is not public is joined into no topic that says it holds nothing about people (个人信息保护法 §6)', async () => {
  const join = { do: 'join' as const, register: 'enterprises', by: 'no', fields: { who: 'legalRepresentativeNumber' } };
  await expect(define('leak', 0, { steps: [join as never] })).rejects.toMatchObject({ problem: { code: 'adapter.too-open' } });
  expect(await define('leak', 0, { steps: [{ ...join, fields: { who: 'name' } } as never] })).toEqual({ version: 1 });
});

test('only the data centre sees flows, and nothing leads out of the folder of sources', async () => {
  await expect((await city.official('window01')).call(api.listAdapters, {})).rejects.toMatchObject({ problem: { code: 'access.denied' } });
  await expect(define('astray', 0, { source: { ...declared('x').source, folder: '../keys' } })).rejects.toMatchObject({ problem: { status: 422 } });
  expect((await centre.call(api.listAdapters, {})).items.map(({ code }) => code)).toEqual(['leak', 'shops', 'twice']);
});

test('a connection keeps its secret to itself, sends it to no other address, and goes to other machines by TLS alone (OWASP ASVS 5.0 V13.2.1, V13.3.1)', async () => {
  const reach = { kind: 'http' as const, address: 'https://data.tax.example', header: 'authorization' };
  const put = (body: { reach: api.AdapterReach; version: number; secret?: string }) => centre.call(api.putAdapterConnection, { params: { code: 'tax' }, body: { name: { zh: '税务', en: 'Tax' }, ...body } });
  expect(await put({ reach, version: 0, secret: 'Bearer hunter2' })).toEqual({ version: 1 });
  const seen = await centre.call(api.listAdapterConnections, {});
  expect(seen.items).toMatchObject([{ code: 'tax', hasSecret: true, reach }]);
  const everywhere = JSON.stringify([seen, await rows('select * from adapters.connection'), await rows(`select * from audit.record where event like 'adapter.%'`)]);
  expect(everywhere).not.toContain('hunter2');
  expect(await put({ reach: { ...reach }, version: 1 })).toEqual({ version: 2 });
  await expect(put({ reach: { ...reach, address: 'https://elsewhere.example' }, version: 2 })).rejects.toMatchObject({ problem: { code: 'adapter.secret' } });
  await expect(put({ reach: { ...reach, address: 'http://data.tax.example' }, version: 2, secret: 'x' })).rejects.toMatchObject({ problem: { code: 'adapter.in-clear' } });
  await expect(put({ reach, version: 1 })).rejects.toMatchObject({ problem: { code: 'adapter.changed' } });
  await expect((await city.official('window01')).call(api.listAdapterConnections, {})).rejects.toMatchObject({ problem: { code: 'access.denied' } });
  expect((await centre.call(api.listAdapters, {})).connections).toEqual([{ code: 'tax', name: { zh: '税务', en: 'Tax' }, kind: 'http' }]);
});

test('a trial says what keeps us out', async () => {
  await centre.call(api.putAdapterConnection, { params: { code: 'closed' }, body: { name: { zh: '关着的', en: 'Closed' }, reach: { kind: 'http', address: 'http://127.0.0.1:1', header: 'authorization' }, version: 0 } });
  expect((await centre.call(api.tryAdapterConnection, { params: { code: 'closed' } })).problem).toMatchObject({ code: 'adapter.unreachable', text: { en: expect.stringContaining('closed') } });
});
