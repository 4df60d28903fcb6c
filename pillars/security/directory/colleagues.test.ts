import { afterAll, beforeAll, expect, test } from 'vitest';
import { uuidv7 } from '@zhengwu/ids';
import { createTestSite, type TestSite } from '@zhengwu/module';
import { loadOrganisation } from './loading.ts';
import { directoryModule } from './module.ts';
import { findColleagues } from './store.ts';

let site: TestSite;
const text = (zh: string, en: string) => ({ zh, en });
beforeAll(async () => {
  site = await createTestSite({ modules: [directoryModule] });
  const department = (id: number, zh: string, en: string) => ({ id, code: `D-${id}`, division: '990100', name: text(zh, en), regionParent: null, lineParent: null });
  await site.database.as(site.database.system, (tx) => loadOrganisation(tx, {
    divisions: [{ code: '990100', parent: null, name: text('云川市', 'Yunchuan') }], departments: [department(1, '政务服务中心', 'Services centre'), department(2, '户籍科', 'Household office')],
    roles: [], posts: [1, 2].map((id) => ({ code: `D-${id}.window`, department: id, name: text('窗口', 'Window'), roles: [] })),
    people: [
      { id: uuidv7(), name: '甲一', account: 'window01', clearance: 1, phone: '', email: '', posts: ['D-1.window', 'D-2.window'] },
      { id: uuidv7(), name: '乙二', account: 'window02', clearance: 1, phone: '', email: '', posts: ['D-2.window'] },
    ],
  }));
});
afterAll(() => site.drop());

const found = async (words: string): Promise<string[]> =>
  (await site.database.as(site.database.system, (tx) => findColleagues(tx, words, null))).map(({ name }) => name).sort();

test('colleagues are found by name, user name or department, and each stands once however many seats they hold', async () => {
  expect(await found('')).toEqual(['乙二', '甲一']);
  expect(await found('甲')).toEqual(['甲一']);
  expect(await found('Window01')).toEqual(['甲一']);
  expect(await found('服务中心')).toEqual(['甲一']);
  expect(await found('household')).toEqual(['乙二', '甲一']);
  expect(await found('%')).toEqual([]);
});
