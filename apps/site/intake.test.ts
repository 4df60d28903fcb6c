import { afterAll, beforeAll, expect, test } from 'vitest';
import * as api from '@zhengwu/contracts';
import { openCity, type TestCity } from './test/city.ts';

const service = 'identity-card-replacement';
let city: TestCity;
let clerk: api.Client;
beforeAll(async () => {
  city = await openCity();
  clerk = await city.official('window01');
}, 120_000);
afterAll(() => city.close());

const look = () => clerk.call(api.intakeForm, { params: { service }, query: { identifier: city.demo.residents.find((one) => one.username === 'citizen01')?.number ?? '' } });
const needed = (materials: readonly unknown[]) => (materials as { material: { code: string }; needed: boolean; satisfiedBy?: api.Text }[]).filter((one) => one.needed && !one.satisfiedBy).map((one) => one.material.code);

test('at the counter the site says what to ask by the answers so far, with all of FEEL, and keeps to the registers of the first look-up', async () => {
  const first = await look();
  expect(first.applicant?.name).toBe('林知夏');
  expect(first.visible).toContain('lostOn');
  const reads = async () => (await city.site.database.as(city.site.database.system, (tx) => tx.query<{ n: number }>(`select count(*)::int as n from audit.record where event like 'register.%' or event like 'intake.%'`))).rows[0]?.n;
  const before = await reads();
  expect(before).toBeGreaterThan(0);
  const ask = (values: Record<string, unknown>) => clerk.call(api.evaluateIntake, { params: { service }, body: { values: { ...first.values, ...values }, facts: first.facts } });
  const damaged = await ask({ reason: 'damaged', delivery: 'courier' });
  expect(damaged.visible).not.toContain('lostOn');
  expect(damaged.visible).toEqual(expect.arrayContaining(['reason', 'delivery', 'deliveryAddress']));
  const lost = await ask({ reason: 'lost', delivery: 'window' });
  expect(lost.visible).toContain('lostOn');
  expect(lost.visible).not.toContain('deliveryAddress');
  expect(await reads()).toBe(before);
});

test('the facts are sealed: nothing of a register can be read in them, nor can they be made up or used by somebody else', async () => {
  const { facts, values } = await look();
  expect(facts).not.toMatch(/citizenNumber|林知夏|\{/);
  expect(Buffer.from(facts.split(/[^\w-]/).at(-1) ?? '', 'base64url').toString()).not.toMatch(/citizenNumber|林知夏/);
  const ask = (client: api.Client, sealed: string, of = service) => client.call(api.evaluateIntake, { params: { service: of }, body: { values, facts: sealed } });
  expect(needed((await ask(clerk, facts)).materials)).toEqual(['portrait-photo']);
  for (const wrong of ['', '{}', `${facts.slice(0, -6)}AAAAAA`]) await expect(ask(clerk, wrong)).rejects.toMatchObject({ problem: { code: 'intake.facts-unknown' } });
  await expect(ask(clerk, facts, 'enterprise-establishment')).rejects.toMatchObject({ problem: { code: 'intake.facts-unknown' } });
});

test('only who takes applications at the counter may ask, and only for services that are open', async () => {
  const body = { values: {}, facts: 'none' };
  await expect((await city.official('supervisor')).call(api.evaluateIntake, { params: { service }, body })).rejects.toMatchObject({ problem: { status: 403 } });
  await expect(clerk.call(api.evaluateIntake, { params: { service: 'no-such-service' }, body })).rejects.toMatchObject({ problem: { status: 404 } });
});
