import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as api from '@zhengwu/contracts';
import { Services } from '@zhengwu/services';
import { openCity, type TestCity } from './test/city.ts';

let city: TestCity;
beforeAll(async () => {
  city = await openCity();
}, 120_000);
afterAll(() => city.close());

/** What no register can know: what happened, what is wanted, whom one brings along. A new question is added here on purpose, or filled from what is held. */
const theirs: Readonly<Record<string, readonly string[]>> = {
  'identity-card-replacement': ['reason', 'lostOn', 'circumstances', 'lossDeclared', 'delivery'],
  'driver-licence-first-issue': ['medicalDeclared', 'appointment', 'delivery'],
  'driver-licence-renewal': ['medicalDeclared', 'delivery'],
  'enterprise-establishment': [
    'companyName', 'companyType', 'scopeItems', 'division', 'address', 'premises', 'capital', 'termYears', 'shareholders', 'taxpayerKind', 'seals', 'employees',
  ],
};
/** Papers that no register of the city holds. */
const papers: Readonly<Record<string, readonly string[]>> = {
  'identity-card-replacement': ['portrait-photo', 'guardian-proof', 'old-card'],
  'driver-licence-first-issue': ['portrait-photo'],
  'driver-licence-renewal': ['portrait-photo'],
  'enterprise-establishment': ['articles', 'address-proof', 'permit-documents'],
};

describe('nothing is asked twice (优化营商环境条例 §36, 国务院令第722号)', () => {
  test.each(Object.keys(theirs))('%s: every question is one that the city cannot answer', (code) => {
    const { service } = city.site.site.use(Services).current(code);
    const asked = service.form.flatMap((step) => step.layout).filter((field) => field.prefill === undefined).map((field) => field.key);
    expect(asked).toEqual(theirs[code]);
  });

  test.each(Object.keys(papers))('%s: every paper that is asked for outright is one that the city does not have', (code) => {
    const { service } = city.site.site.use(Services).current(code);
    expect(service.materials.filter((one) => one.satisfiedBy.need === undefined).map((one) => one.code)).toEqual(papers[code]);
    expect(service.materials.filter((one) => one.satisfiedBy.need === undefined && one.source === 'government')).toEqual([]);
  });

  test.each([['identity-card-replacement', 'citizen01'], ['driver-licence-renewal', 'citizen02'], ['driver-licence-first-issue', 'citizen04']])('%s, begun by %s: what registers hold is filled in, and no paper of theirs is wanted', async (code, who) => {
    const citizen = await city.citizen(who);
    const draft = await citizen.call(api.createDraft, { body: { service: code } });
    for (const { id } of draft.steps ?? []) {
      const step = await citizen.call(api.getDraftStep, { params: { id: draft.id, step: id } });
      const open = step.visible.filter((key) => step.values[key] === undefined);
      expect(theirs[code], `${code}/${id}`).toEqual(expect.arrayContaining(open));
    }
    const { materials } = await citizen.call(api.getDraftMaterials, { params: { id: draft.id } });
    expect(materials.filter((one) => one.needed && !one.satisfiedBy).map((one) => one.material.code)).toEqual(['portrait-photo']);
  });

  test('a question that comes up later is filled in too, and may be changed', async () => {
    const citizen = await city.citizen('citizen01');
    const draft = await citizen.call(api.createDraft, { body: { service: 'identity-card-replacement' } });
    const step = { id: draft.id, step: 'delivery' };
    await expect(citizen.call(api.saveDraftStep, { params: step, body: { values: { phone: '12500000001', delivery: 'courier' } } })).rejects.toMatchObject({ problem: { status: 422 } });
    const shown = await citizen.call(api.getDraftStep, { params: step });
    const { items } = await citizen.call(api.listOwnRecords, {});
    expect(shown.values['deliveryAddress']).toBe(items.find(({ register }) => register === 'population')?.fields.find(({ key }) => key === 'address')?.value);
    expect(shown.values['recipient']).toBe('林知夏');
    await citizen.call(api.saveDraftStep, { params: step, body: { values: { phone: '12500000001', delivery: 'courier', deliveryAddress: '云川市鹭汀区别处2号', recipient: '林知夏' } } });
    expect((await citizen.call(api.getDraftStep, { params: step })).values['deliveryAddress']).toBe('云川市鹭汀区别处2号');
  });
});

describe('what was fetched', () => {
  test('is told before submitting, with source, keeper, ground and the applicant’s own values, and a value can be challenged', async () => {
    const citizen = await city.citizen('citizen02');
    const draft = await citizen.call(api.createDraft, { body: { service: 'driver-licence-renewal' } });
    const { fetched } = await citizen.call(api.checkDraft, { params: { id: draft.id } });
    expect(fetched?.needs.map(({ code, holds, by }) => [code, holds, by?.zh])).toEqual([['licensed', true, expect.any(String)], ['fit', true, '驾驶人体检库']]);
    const drivers = fetched?.sources.find(({ register }) => register === 'driver-licences');
    expect(drivers).toMatchObject({ own: true, found: true, keeper: { zh: expect.stringContaining('交通警察') } });
    expect(drivers?.fields.find(({ key }) => key === 'status')?.value).toEqual({ zh: '正常', en: 'Valid' });
    // 个人信息保护法 §6: of a record only what the service reads, and never its number.
    expect(drivers?.fields.map(({ key }) => key).sort()).toEqual(['classes', 'fileNumber', 'firstIssuedOn', 'points', 'status', 'unpaidViolations', 'validFrom', 'validUntil']);
    expect(fetched?.sources.find(({ register }) => register === 'population')?.fields.map(({ key }) => key)).not.toContain('marriage');

    const { items } = await citizen.call(api.listOwnRecords, {});
    const key = items.find(({ register }) => register === 'driver-licences')?.key ?? '';
    const raised = await citizen.call(api.challengeOwnValue, { params: { register: 'driver-licences' }, body: { key, field: 'firstIssuedOn', proposed: '2010-01-04', reason: '证件上写的是 2010 年' }, idempotencyKey: randomUUID() });
    expect((await citizen.call(api.listMyChallenges, {})).items.find(({ id }) => id === raised.id)).toMatchObject({ state: 'open', field: 'firstIssuedOn' });
  });
});
