import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as api from '@zhengwu/contracts';
import { key, openCity, PNG, type TestCity } from './test/city.ts';
import { decide, until } from './test/people.ts';

let city: TestCity;
beforeAll(async () => {
  city = await openCity();
}, 120_000);
afterAll(() => city.close());

type Answers = Record<string, Record<string, Record<string, unknown>>>;
const view = (citizen: api.Client, id: string) => citizen.call(api.viewLifeEvent, { params: { id } });
const states = ({ parts }: api.LifeEventApplication) => parts.map((part) => part.state);
const caseOf = ({ parts }: api.LifeEventApplication, service: string): string => parts.find((one) => one.service.code === service)?.case?.id ?? '';
const rows = async (text: string, values: unknown[] = []): Promise<{ n: number }[]> => (await city.site.database.as(city.site.database.system, (tx) => tx.query<{ n: number }>(text, values))).rows;

/** Answers whatever a page still asks, in the order in which the application asks it; answers which services asked for which keys. */
const fill = async (citizen: api.Client, id: string, answers: Answers): Promise<Record<string, string[]>> => {
  const asked: Record<string, string[]> = {};
  let { parts } = await view(citizen, id);
  for (let next = parts.flatMap((part) => part.steps.filter(({ done }) => !done).map(({ id: step }) => ({ service: part.service.code, step })))[0] ?? null; next; ) {
    const draft = parts.find((part) => part.service.code === next?.service)?.draft ?? '';
    const page = await citizen.call(api.getDraftStep, { params: { id: draft, step: next.step } });
    const locked = page.prefilled.filter((one) => one.locked).map((one) => one.key);
    asked[next.service] = [...(asked[next.service] ?? []), ...page.visible.filter((one) => !locked.includes(one))];
    const held = Object.fromEntries(page.visible.filter((one) => !locked.includes(one) && page.values[one] !== undefined).map((one) => [one, page.values[one]]));
    const saved = await citizen.call(api.saveLifeEventStep, { params: { id, ...next }, body: { values: { ...held, ...answers[next.service]?.[next.step] } } });
    expect(saved.next).not.toEqual(next);
    next = saved.next;
    ({ parts } = await view(citizen, id));
  }
  return asked;
};

const give = async (citizen: api.Client, draft: string, material: string): Promise<void> => {
  const grant = await citizen.call(api.grantUpload, { body: { owner: 'draft', ownerId: draft, material, name: 'paper.png', type: 'image/png' } });
  expect((await city.upload(grant, PNG)).status).toBe(200);
};

const submit = (citizen: api.Client, id: string, idempotencyKey: string) => citizen.call(api.submitLifeEvent, { params: { id }, body: { declaration: true }, idempotencyKey });

describe('moving house: two services, one form', () => {
  test('asks once, takes one paper for both, is handed in at one moment, and has one timeline', async () => {
    const citizen = await city.citizen('citizen02');
    const guide = await citizen.call(api.getLifeEvent, { params: { code: 'move-house' } });
    expect(guide.materials).toEqual([expect.objectContaining({ code: 'home-proof', for: [expect.anything(), expect.anything()] })]);
    const { id } = await citizen.call(api.beginLifeEvent, { body: { event: 'move-house' } });
    expect((await view(citizen, id)).parts.map((part) => part.steps.map((step) => step.id))).toEqual([['new-home', 'household'], []]);
    const asked = await fill(citizen, id, { 'household-move': { 'new-home': { newDivision: '990103', newAddress: '云川市云麓区书院路8号', movedOn: '2026-11-20', phone: '12500000002' }, household: { movers: 'alone', truthful: true } } });
    expect(asked).toEqual({ 'household-move': ['newDivision', 'newAddress', 'movedOn', 'phone', 'movers', 'truthful'] });

    const before = await citizen.call(api.checkLifeEvent, { params: { id } });
    expect(before.parts.map(({ missing }) => missing.map(({ path }) => path))).toEqual([['/materials/home-proof'], ['/materials/home-proof']]);
    await expect(submit(citizen, id, before.application.submissionKey)).rejects.toMatchObject({ problem: { code: 'case.materials-missing' } });
    expect(await rows(`select count(*)::int as n from cases.draft where together = $1 and submitted_case is not null`, [id])).toEqual([{ n: 0 }]);
    await give(citizen, before.application.parts[0]?.draft ?? '', 'home-proof');
    expect((await citizen.call(api.checkLifeEvent, { params: { id } })).parts.map(({ missing }) => missing)).toEqual([[], []]);

    const [one, again] = await Promise.all([submit(citizen, id, before.application.submissionKey), submit(citizen, id, before.application.submissionKey)]);
    expect(again).toEqual(one);
    expect(one.cases).toHaveLength(2);
    const begun = await view(citizen, id);
    expect(states(begun)).toEqual(['begun', 'begun']);
    await expect(citizen.call(api.saveLifeEventStep, { params: { id, service: 'driver-address', step: 'new-home' }, body: { values: {} } })).rejects.toMatchObject({ problem: { code: 'life-event.handed-in' } });
    expect((await citizen.call(api.myCase, { params: { id: caseOf(begun, 'driver-address') } })).materials.find((material) => material.fileName)?.fileName).toBe('paper.png');

    await decide(city, 'reviewer01', caseOf(begun, 'household-move'), 'accept');
    await decide(city, 'traffic01', caseOf(begun, 'driver-address'), 'accept');
    const done = await until(() => view(citizen, id), ({ parts }) => parts.every((part) => part.case?.closed));
    expect(done.parts.map((part) => part.case?.state)).toEqual([11, 11]);
    expect(new Set(done.timeline.map(({ service }) => service.zh)).size).toBe(2);
    expect(done.timeline.map(({ at }) => at)).toEqual(done.timeline.map(({ at }) => at).toSorted());
    const own = (await citizen.call(api.listOwnRecords, {})).items.find(({ register }) => register === 'population');
    expect(own?.fields.find((field) => field.key === 'address')?.value).toBe('云川市云麓区书院路8号');
    await expect(view(await city.citizen('citizen04'), id)).rejects.toMatchObject({ problem: { code: 'life-event.no-application' } });
  }, 60_000);

  test('only what applies: without a driver’s licence the household alone', async () => {
    const citizen = await city.citizen('citizen04');
    const { id } = await citizen.call(api.beginLifeEvent, { body: { event: 'move-house', services: ['household-move'] } });
    expect((await view(citizen, id)).parts.map((part) => part.service.code)).toEqual(['household-move']);
    expect(await citizen.call(api.discardLifeEvent, { params: { id } })).toEqual({ discarded: true });
    await expect(view(citizen, id)).rejects.toMatchObject({ problem: { code: 'life-event.no-application' } });
    await expect(citizen.call(api.beginLifeEvent, { body: { event: 'move-house', services: ['senior-transit-card'] } })).rejects.toMatchObject({ problem: { code: 'life-event.no-part' } });
  });
});

describe('a child is born: the insurance waits for the registration', () => {
  const child = { certificateNumber: 'A990000123', childName: '林小满', childSex: '女', bornOn: '2026-11-18', phone: '12500000001' };
  const begin = async (citizen: api.Client): Promise<api.LifeEventApplication> => {
    const { id } = await citizen.call(api.beginLifeEvent, { body: { event: 'child-born' } });
    await fill(citizen, id, { 'birth-registration': { child, household: { joinsMine: true } }, 'newborn-insurance': { paying: { payBy: 'account' } } });
    const open = await view(citizen, id);
    await give(citizen, open.parts[0]?.draft ?? '', 'birth-certificate');
    const { cases } = await submit(citizen, id, open.submissionKey);
    expect(cases).toHaveLength(1);
    return view(citizen, id);
  };

  test('it begins by itself when that has ended well', async () => {
    const citizen = await city.citizen('citizen01');
    const waiting = await begin(citizen);
    expect(states(waiting)).toEqual(['begun', 'waiting']);
    // What waits is not swept away as a forgotten draft is.
    expect(await rows(`select count(*)::int as n from cases.draft where together = $1 and submitted_case is null and expires_at > now() + interval '700 days'`, [waiting.id])).toEqual([{ n: 1 }]);
    await decide(city, 'reviewer01', caseOf(waiting, 'birth-registration'), 'accept');
    const followed = await until(() => view(citizen, waiting.id), (one) => states(one)[1] === 'begun');
    expect(states(followed)).toEqual(['begun', 'begun']);
    await decide(city, 'social01', caseOf(followed, 'newborn-insurance'), 'accept');
    const done = await until(() => view(citizen, waiting.id), ({ parts }) => parts.every((part) => part.case?.closed));
    expect(done.parts.map((part) => part.case?.state)).toEqual([11, 11]);
    expect(await rows(`select count(*)::int as n from registers.record where register = 'resident-insurance' and key = 'A990000123' and known_to is null`)).toEqual([{ n: 1 }]);
  }, 60_000);

  test('it is dropped, and the applicant told, when that has not', async () => {
    const citizen = await city.citizen('citizen01');
    const waiting = await begin(citizen);
    await decide(city, 'reviewer01', caseOf(waiting, 'birth-registration'), 'refuseAcceptance', '出生医学证明看不清');
    const over = await until(() => view(citizen, waiting.id), (one) => states(one)[1] === 'dropped');
    expect(over.parts[1]).toMatchObject({ state: 'dropped', note: { zh: expect.stringContaining('不再办理') }, case: null });
  }, 60_000);
});

test('retiring: pension and transit card, name and telephone asked once', async () => {
  const citizen = await city.citizen('citizen06');
  const { id } = await citizen.call(api.beginLifeEvent, { body: { event: 'retire' } });
  const asked = await fill(citizen, id, { 'pension-application': { retiring: { retireOn: '2026-12-01', workKind: 'employee', paidYears: 31, bankAccount: '6200000000000000' }, contact: { phone: '12500000006' } } });
  expect(asked['senior-transit-card']).toBeUndefined();
  const open = await view(citizen, id);
  await give(citizen, open.parts[1]?.draft ?? '', 'portrait-photo');
  await submit(citizen, id, open.submissionKey);
  const begun = await view(citizen, id);
  await decide(city, 'social01', caseOf(begun, 'pension-application'), 'accept');
  await decide(city, 'health01', caseOf(begun, 'senior-transit-card'), 'accept');
  const done = await until(() => view(citizen, id), ({ parts }) => parts.every((part) => part.case?.closed));
  expect(done.parts.map((part) => part.case?.state)).toEqual([11, 11]);
}, 60_000);

test('starting a company: the housing fund follows when the company has its licence', async () => {
  const citizen = await city.citizen('citizen01');
  const number = city.demo.principals.find((one) => one.name === '林知夏')?.identifier;
  const { id } = await citizen.call(api.beginLifeEvent, { body: { event: 'start-a-company' } });
  const name = '云川小满软件有限公司';
  await fill(citizen, id, {
    'enterprise-establishment': {
      name: { companyName: name, companyType: 'sole' }, scope: { scopeItems: ['software'] },
      place: { division: '990102', address: '听潮路9号', premises: 'owned', capital: 100_000_000, termYears: 0 },
      people: { shareholders: [{ name: '林知夏', citizenNumber: number, share: 100 }] }, together: { taxpayerKind: 'small', seals: ['official'], employees: 3 }, contact: { phone: '12500000001' },
    },
    'housing-fund-unit': { paying: { rate: 8 } },
  });
  const open = await view(citizen, id);
  for (const material of ['articles', 'address-proof']) await give(citizen, open.parts[0]?.draft ?? '', material);
  await submit(citizen, id, key());
  const caseId = caseOf(await view(citizen, id), 'enterprise-establishment');
  for (const [who, outcome] of [['window01', 'accept'], ['market01', 'pass'], ['market02', 'approve']] as const) await decide(city, who, caseId, outcome);
  await Promise.all(['seal01', 'tax01', 'social01'].map((who) => decide(city, who, caseId, 'done')));
  const followed = await until(() => view(citizen, id), (one) => states(one)[1] === 'begun');
  expect(states(followed)).toEqual(['begun', 'begun']);
  await decide(city, 'building01', caseOf(followed, 'housing-fund-unit'), 'accept');
  const done = await until(() => view(citizen, id), ({ parts }) => parts.every((part) => part.case?.closed));
  expect(done.parts.map((part) => part.case?.state)).toEqual([11, 11]);
  expect(await rows(`select count(*)::int as n from registers.record where register = 'housing-fund-units' and data->>'name' = $1 and known_to is null`, [name])).toEqual([{ n: 1 }]);
}, 60_000);

test('a later part does not begin under a mandate that has ended: it is held, and its reason told', async () => {
  const mother = city.demo.principals.find((one) => one.id === city.demo.residents.find(({ username }) => username === 'citizen06')?.id)?.id ?? '';
  const agent = await city.citizen('citizen05', mother);
  const { id } = await agent.call(api.beginLifeEvent, { body: { event: 'child-born' } });
  await fill(agent, id, {
    'birth-registration': { child: { certificateNumber: 'A990000456', childName: '沈小禾', childSex: '男', bornOn: '2026-11-18', phone: '12500000005' }, household: { joinsMine: true } }, 'newborn-insurance': { paying: { payBy: 'account' } },
  });
  const open = await view(agent, id);
  await give(agent, open.parts[0]?.draft ?? '', 'birth-certificate');
  await submit(agent, id, open.submissionKey);
  await expect(agent.call(api.discardLifeEvent, { params: { id } })).rejects.toMatchObject({ problem: { code: 'life-event.handed-in' } });
  const waiting = await view(agent, id);
  await city.site.database.as(city.site.database.system, (tx) => tx.query(`update directory.mandate set status = 'ended', ended_at = now() where principal = $1`, [mother]));
  await decide(city, 'reviewer01', caseOf(waiting, 'birth-registration'), 'accept');
  await expect.poll(async () => (await rows(`select count(*)::int as n from life_events.part where application = $1 and state = 'held' and case_id is null`, [id]))[0]?.n, { timeout: 15_000 }).toBe(1);
}, 60_000);
