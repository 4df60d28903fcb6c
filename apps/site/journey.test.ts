import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as api from '@zhengwu/contracts';
import { Identity } from '@zhengwu/identity';
import { key, openCity, PNG, type TestCity } from './test/city.ts';
import { applyForCard, decide, pay, picture, until } from './test/people.ts';

let city: TestCity;
beforeAll(async () => {
  city = await openCity();
}, 120_000);
afterAll(() => city.close());

const anyone = () => api.createClient({ origin: city.origin });
const view = (citizen: api.Client, id: string) => citizen.call(api.myCase, { params: { id } });

describe('补办居民身份证: from draft to verified licence', () => {
  const fill = async (citizen: api.Client, id: string): Promise<void> => {
    const save = (step: string, values: Record<string, unknown>) => citizen.call(api.saveDraftStep, { params: { id, step }, body: { values } });
    await save('about-you', {});
    await expect(save('loss', { reason: 'eaten' })).rejects.toMatchObject({ problem: { status: 422, code: 'case.answers-invalid' } });
    await save('loss', { reason: 'lost', lostOn: '2026-11-20', lossDeclared: true });
    await save('delivery', { phone: '12500000001', delivery: 'window' });
  };

  test('the whole journey', async () => {
    const citizen = await city.citizen('citizen01');
    const draft = await citizen.call(api.createDraft, { body: { service: 'identity-card-replacement' } });
    const first = await citizen.call(api.getDraftStep, { params: { id: draft.id, step: 'about-you' } });
    expect(first.values['name']).toBe('林知夏');
    expect(first.prefilled.map((one) => one.key)).toContain('citizenNumber');
    await fill(citizen, draft.id);
    const { materials } = await citizen.call(api.getDraftMaterials, { params: { id: draft.id } });
    expect(materials.find((one) => one.material.code === 'household-record')?.satisfiedBy?.zh).toBeTruthy();
    const submit = () => citizen.call(api.submitDraft, { params: { id: draft.id }, body: { declaration: true }, idempotencyKey: draft.submissionKey });
    await expect(submit()).rejects.toMatchObject({ problem: { code: 'case.materials-missing' } });
    const grant = await citizen.call(api.grantUpload, { body: { owner: 'draft', ownerId: draft.id, material: 'portrait-photo', name: '../../我.png', type: 'image/png' } });
    expect((await city.upload(grant, PNG)).status).toBe(200);
    expect((await citizen.call(api.checkDraft, { params: { id: draft.id } })).missing).toEqual([]);
    const [submitted, again] = await Promise.all([submit(), submit()]);
    expect(again).toEqual(submitted);
    const { caseId } = submitted;
    expect((await view(citizen, caseId)).state).toBe(1);

    await decide(city, 'window01', caseId, 'accept');
    expect((await view(citizen, caseId)).clock).toMatchObject({ running: true, promisedRemaining: 7 });
    await decide(city, 'reviewer01', caseId, 'pass');
    await decide(city, 'approver01', caseId, 'approve');
    const due = await view(citizen, caseId);
    expect(due).toMatchObject({ todo: 'pay', payment: { amount: 4000, status: 'created' }, clock: { running: false } });
    await pay(city, citizen, caseId);
    const closed = await until(() => view(citizen, caseId), (one) => one.state === 11);
    expect(closed).toMatchObject({ state: 11, todo: 'rate', fetched: { needs: [{ code: 'resident-here', holds: true, by: { zh: '人口基础信息库' } }] } });

    const mine = await citizen.call(api.myLicence, { params: { id: closed.licences[0]?.id ?? '' } });
    expect(await anyone().call(api.verifyJws, { body: { jws: mine.jws } })).toMatchObject({ found: true, signature: 'valid', status: 'valid' });
    await citizen.call(api.rateCase, { params: { id: caseId }, body: { level: 1 }, idempotencyKey: key() });
    await expect(citizen.call(api.rateCase, { params: { id: caseId }, body: { level: 2 }, idempotencyKey: key() })).rejects.toMatchObject({ problem: { code: 'case.already-rated' } });
    await expect.poll(async () => (await citizen.call(api.myMessages, {})).items.map((one) => one.template)).toEqual(expect.arrayContaining(['received', 'accepted', 'feeDue', 'approved']));
    await expect(view(await city.citizen('citizen04'), caseId)).rejects.toMatchObject({ problem: { status: 404 } });
  }, 60_000);
});

test('who decides a case has proved themselves within half a working day; until then nothing is decided, and the same request goes on after it', async () => {
  const citizen = await city.citizen('citizen01');
  const caseId = await applyForCard(city, citizen);
  await decide(city, 'window01', caseId, 'accept');
  await decide(city, 'reviewer01', caseId, 'pass');
  const approver = await city.official('approver01');
  const { database } = city.site;
  await database.as(database.system, (tx) => tx.query(`update identity.session set proved_at = now() - interval '5 hours' where account = (select id from identity.account where username = 'approver01')`));
  city.site.site.use(Identity).sessions.forget();
  const { tasks } = await approver.call(api.openCase, { params: { id: caseId } });
  const task = tasks.find((one) => one.acts.includes('decide'));
  const command = { params: { id: task?.id ?? '' }, body: { version: task?.version ?? 0, outcome: 'approve' }, idempotencyKey: key() };
  await expect(approver.call(api.completeTask, command)).rejects.toMatchObject({ problem: { status: 403, code: 'session.step-up' } });
  await expect(approver.call(api.batchComplete, { body: { tasks: [{ id: command.params.id, version: command.body.version }], outcome: 'approve' }, idempotencyKey: key() })).rejects.toMatchObject({ problem: { code: 'session.step-up' } });
  expect((await view(citizen, caseId)).todo).not.toBe('pay');
  await approver.call(api.proveAgain, { body: { password: city.demo.password } });
  await approver.call(api.completeTask, command);
  expect((await view(citizen, caseId)).todo).toBe('pay');
}, 30_000);

describe('机动车驾驶证', () => {
  const renew = async (account: string): Promise<{ citizen: api.Client; caseId: string; feeDue: number | null }> => {
    const citizen = await city.citizen(account);
    const service = 'driver-licence-renewal';
    const materials = [await picture(city, citizen, service, 'portrait-photo')];
    const body = { service, values: { medicalDeclared: true, phone: '12500000002', delivery: 'none' }, materials };
    const { caseId, feeDue } = await citizen.call(api.submitCase, { body, idempotencyKey: key() });
    return { citizen, caseId, feeDue };
  };

  test('renewal is immediate: decided from registers, paid, the licence there within seconds and no hand has touched it', async () => {
    const { citizen, caseId, feeDue } = await renew('citizen02');
    expect(feeDue).toBe(1000);
    await pay(city, citizen, caseId);
    const closed = await until(() => view(citizen, caseId), (one) => one.state === 11);
    expect(closed.state).toBe(11);
    expect(closed.licences).toHaveLength(1);
    const official = await city.official('traffic02');
    const { tasks } = await official.call(api.openCase, { params: { id: caseId } });
    expect(tasks).toEqual([]);
  }, 30_000);

  test('an exception goes to a person, who sees why', async () => {
    const { caseId, feeDue } = await renew('citizen03');
    expect(feeDue).toBeNull();
    const official = await city.official('traffic03');
    const detail = await official.call(api.openCase, { params: { id: caseId } });
    expect(detail.facts.map((fact) => fact.severity)).not.toContain('ok');
    expect(detail.tasks[0]).toMatchObject({ element: 'examine', status: 'open' });
  }, 30_000);

  test('first issue: examination from its register, an appointment, the same case from the window', async () => {
    const clerk = await city.official('traffic03');
    const person = city.demo.residents.find((one) => one.username === 'citizen04');
    const service = 'driver-licence-first-issue';
    const form = await clerk.call(api.intakeForm, { params: { service }, query: { identifier: person?.number ?? '' } });
    expect(form.values).toMatchObject({ licenceClass: 'C1', name: '陈亦凡' });
    const slot = form.slots?.['appointment']?.[0]?.value;
    const body = {
      applicant: { kind: 'person' as const, identifier: person?.number ?? '', name: '陈亦凡' }, materials: [await picture(city, clerk, service, 'portrait-photo')],
      values: { medicalDeclared: true, appointment: slot, phone: '12500000004', delivery: 'none' },
    };
    const { caseId } = await clerk.call(api.intakeCase, { params: { service }, body, idempotencyKey: key() });
    const citizen = await city.citizen('citizen04');
    expect(await view(citizen, caseId)).toMatchObject({ todo: 'attend', appointment: { at: expect.any(String) } });
    await decide(city, 'traffic03', caseId, 'accept');
    await decide(city, 'traffic01', caseId, 'pass');
    await decide(city, 'traffic02', caseId, 'approve');
    await pay(city, citizen, caseId);
    expect((await until(() => view(citizen, caseId), (one) => one.state === 11)).licences).toHaveLength(1);
  }, 30_000);
});

describe('企业设立登记', () => {
  test('name and scope checked, departments in parallel, code assigned, one licence each, the founder represents the company', async () => {
    const citizen = await city.citizen('citizen01');
    const person = city.demo.residents.find((one) => one.username === 'citizen01');
    const values = {
      companyName: '云川清溪软件有限公司', companyType: 'sole', scopeItems: ['software'], division: '990102', address: '云川市鹭汀区听潮路8号', premises: 'leased',
      capital: 100_000_000, termYears: 0, shareholders: [{ name: '林知夏', citizenNumber: person?.number, share: 100 }], taxpayerKind: 'small', seals: ['official'],
      employees: 3, phone: '12500000001',
    };
    const guide = await citizen.call(api.getService, { params: { code: 'enterprise-establishment' } });
    const needed = guide.materials.filter((one) => one.need === 'required' && !one.satisfiedBy && one.accept.includes('image/png'));
    const materials = await Promise.all(needed.map((one) => picture(city, citizen, 'enterprise-establishment', one.code)));
    const { caseId } = await citizen.call(api.submitCase, { body: { service: 'enterprise-establishment', values, materials }, idempotencyKey: key() });
    const clerk = 'window01';
    await decide(city, clerk, caseId, 'accept');
    await decide(city, 'market01', caseId, 'pass');
    await decide(city, 'market02', caseId, 'approve');
    // Registration is done; tax, seals and social insurance handle at the same time, in any order.
    await Promise.all([decide(city, 'seal01', caseId, 'done'), decide(city, 'tax01', caseId, 'done'), decide(city, 'social01', caseId, 'done')]);
    const closed = await until(() => view(citizen, caseId), (one) => one.state === 11);
    expect(closed.state).toBe(11);
    expect(closed.licences).toHaveLength(4);
    const session = await (await city.citizen('citizen01')).call(api.citizenSession, {});
    const company = session.subjects.find((one) => one.name === values.companyName);
    expect(company?.kind).toBe('institution');
    const acting = await city.citizen('citizen01', company?.id);
    const { items } = await acting.call(api.myLicences, {});
    expect(items.filter((one) => one.holder.includes('清溪'))).toHaveLength(4);
  }, 60_000);
});
