import { afterAll, beforeAll, expect, test } from 'vitest';
import * as api from '@zhengwu/contracts';
import { openCity, type TestCity } from './test/city.ts';
import { until } from './test/people.ts';

let city: TestCity;
beforeAll(async () => {
  city = await openCity({ residents: 1200, companies: 30, cases: 0, buildings: 20 });
}, 120_000);
afterAll(() => city.close());

test('a new city is measured by itself; the demo’s people who stand in the register twice are found, and whoever keeps another register sees none of it', async () => {
  const centre = await city.official('data01');
  const list = async () => (await centre.call(api.listQuality, {})).items;
  const measured = await until(list, (items) => items.every((one) => one.measuredAt !== null && !one.running));
  const codes = measured.map(({ register }) => register);
  expect(codes).toEqual(expect.arrayContaining(['population', 'enterprises', 'driver-licences', 'addresses', 'tax-registrations']));
  const population = await centre.call(api.readQuality, { params: { register: 'population' } });
  expect(population.scores.filter(({ score }) => score === null).map(({ code }) => code)).toEqual([]);
  const twice = population.scores.find(({ code }) => code === 'one-person-one-number');
  expect(twice?.failing).toBeGreaterThan(0);
  const { items } = await centre.call(api.listQualityRows, { params: { register: 'population', rule: 'one-person-one-number' }, query: { limit: 100 } });
  expect(items).toHaveLength(twice?.failing ?? -1);
  const steward = await city.official('data-sc');
  const own = (await steward.call(api.listQuality, {})).items.map(({ register }) => register);
  expect(own).toContain('enterprises');
  expect(own).not.toContain('population');
  await expect(steward.call(api.listQualityRows, { params: { register: 'population', rule: 'one-person-one-number' } })).rejects.toMatchObject({ problem: { code: 'quality.no-register' } });
  await expect((await city.official('window01')).call(api.listQuality, {})).rejects.toMatchObject({ problem: { code: 'access.denied' } });
}, 60_000);
