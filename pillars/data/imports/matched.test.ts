import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { Actor } from '@zhengwu/contracts';
import type { Tx } from '@zhengwu/database';
import { directoryModule } from '@zhengwu/directory';
import { disclosureModule } from '@zhengwu/disclosure';
import { createFiles, openLocalStore } from '@zhengwu/files';
import { composeUscc, organisationCheck } from '@zhengwu/ids';
import { matchingModule } from '@zhengwu/matching';
import { createTestSite, type TestSite } from '@zhengwu/module';
import type { Register } from '@zhengwu/pack';
import { Registers, registersModule } from '@zhengwu/registers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { receive, start } from './importing.ts';
import { importsModule } from './module.ts';
import { importById } from './store.ts';

const field = (key: string, extra: object = {}) => ({ key, label: { zh: key, en: key }, class: 'public' as const, ...extra });
const words = { type: 'string', maxLength: 60 };
const companies: Register = {
  code: 'companies', name: { zh: '企业', en: 'Companies' }, subject: 'company', key: 'uscc', keeper: 'YC-SC', sharing: { class: '1' },
  schema: { type: 'object', additionalProperties: false, required: ['uscc', 'name'], properties: { uscc: words, name: words, legalRepresentative: words, foundedOn: { type: 'string', format: 'date' }, address: words } },
  fields: [field('uscc', { identifier: 'uscc' }), field('name'), field('legalRepresentative'), field('foundedOn'), field('address')],
};
const numberOf = (n: number): string => {
  const body = String(n).padStart(8, '0');
  return composeUscc({ registrar: '9', kind: '1', division: '990100', organisation: `${body}${organisationCheck(body)}` });
};
const keeper = { kind: 'official', scope: 'all', departments: [], subjects: [], clearance: 1, name: '数据专员', personId: null, permissions: {} } as unknown as Actor;

let site: TestSite;
let folder: string;
const platform = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => site.database.as(site.database.system, work);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'zhengwu-matched-'));
  const files = await createFiles({ store: await openLocalStore(join(folder, 'bodies')), folder, maxBytes: 10_000_000 });
  site = await createTestSite({ modules: [directoryModule, disclosureModule, registersModule, matchingModule, importsModule], files });
  const registers = site.site.use(Registers);
  await registers.define('hash', [companies]);
  await platform((tx) => registers.write(tx, { register: 'companies', key: numberOf(1), data: { uscc: numberOf(1), name: '云川市清溪软件有限公司', legalRepresentative: '许青禾', foundedOn: '2021-03-04', address: '云川市鹭汀区望江路12号' }, validFrom: '2021-03-04', cause: 'case:1' }));
  await site.start();
});
afterAll(async () => {
  await site.drop();
  await rm(folder, { recursive: true });
});

const bring = async (rows: string[], trial = false): Promise<string> => {
  const text = `uscc,name,legalRepresentative,foundedOn,address\n${rows.join('\n')}\n`;
  const { import: { id }, guessed } = await receive(site.site, keeper, { register: 'companies', name: 'a.csv', format: 'csv' }, Readable.from([Buffer.from(text)]));
  await start(site.site, keeper, id, { mapping: guessed, validFrom: '2026-01-01', trial });
  await expect.poll(async () => (await platform((tx) => importById(tx, id)))?.state, { timeout: 20_000 }).toBe('done');
  return id;
};
const pairs = async (): Promise<string[]> => (await platform((tx) => tx.query<{ keys: string }>(`select least(key, other) || ' ' || greatest(key, other) as keys from matching.pair where state = 'open' order by 1`))).rows.map(({ keys }) => keys);
const searches = async (): Promise<number> => (await platform((tx) => tx.query<{ n: number }>(`select count(*)::int as n from matching.run where state = 'done'`))).rows[0]?.n ?? 0;

test('a company that an import brings under another number and a slightly other name waits beside the one that was there for somebody to look at it; an unlike one does not', async () => {
  await bring([`${numberOf(2)},清溪软件有限公司,许青禾,2021-03-04,鹭汀区望江路12号`, `${numberOf(3)},云岭山泉饮品有限公司,江小川,2019-08-01,云川市石桥区北街3号`]);
  await expect.poll(pairs, { timeout: 20_000 }).toEqual([`${numberOf(1)} ${numberOf(2)}`]);
});

test('a trial, and an import that wrote nothing, search for nothing', async () => {
  const before = await searches();
  const row = `${numberOf(4)},云川市清溪软件公司,许青禾,2021-03-04,鹭汀区望江路12号`;
  await bring([row], true);
  await bring([`${numberOf(3)},云岭山泉饮品有限公司,江小川,2019-08-01,云川市石桥区北街3号`]);
  await bring([row]);
  await expect.poll(searches, { timeout: 20_000 }).toBe(before + 1);
  expect((await pairs()).length).toBeGreaterThan(1);
});
