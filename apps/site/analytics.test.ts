import { afterAll, beforeAll, expect, test } from 'vitest';
import * as api from '@zhengwu/contracts';
import { openCity, type TestCity } from './test/city.ts';

let city: TestCity;
beforeAll(async () => {
  city = await openCity();
});
afterAll(() => city.close());

test('a figure is declared once by a pack, reckoned when the data centre asks, and the same for a leader and a stranger', async () => {
  const [centre, mayor, clerk] = [await city.official('data01'), await city.official('mayor'), await city.official('window01')];
  const stranger = api.createClient({ origin: city.origin, headers: () => ({}) });
  const which = { params: { code: 'companies-founded' } };
  await centre.call(api.refreshAnalytics, { body: {} });
  await expect.poll(async () => (await mayor.call(api.readIndicator, which)).indicator.reckonedAt).not.toBeNull();
  const { items } = await mayor.call(api.readIndicator, which);
  const records = await city.site.database.as(city.site.database.system, (tx) => tx.query(`select from registers.record where register = 'enterprises' and known_to is null and valid_to is null`));
  expect(items.reduce((sum, { value }) => sum + (value ?? 0), 0)).toBe(records.rowCount);
  expect((await stranger.call(api.readOpenIndicator, which)).items).toEqual(items);
  await expect(clerk.call(api.listIndicators)).rejects.toMatchObject({ problem: { status: 403 } });
});

test('a question of one’s own reaches what the permission on those rows reaches: the personal register is not there for who may not read it', async () => {
  const [mayor, centre] = [await city.official('mayor'), await city.official('data01')];
  const codes = async (who: typeof mayor) => (await who.call(api.listDatasets)).items.map(({ code }) => code);
  expect(await codes(mayor)).toContain('cases');
  expect(await codes(centre)).not.toContain('cases');
  await expect(centre.call(api.askDataset, { body: { dataset: 'cases', measure: { kind: 'count' }, by: ['state'], where: [] } })).rejects.toMatchObject({ problem: { code: 'analytics.dataset-unknown' } });
  await expect.poll(async () => (await mayor.call(api.listDatasets)).items.find(({ code }) => code === 'cases')?.takenAt ?? null).not.toBeNull();
  const asked = await mayor.call(api.askDataset, { body: { dataset: 'cases', measure: { kind: 'count' }, by: ['state'], where: [] } });
  expect(asked.columns).toEqual(['state', 'value', 'n']);
});
