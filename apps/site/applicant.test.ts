import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as api from '@zhengwu/contracts';
import { Cases, correctionLapsed } from '@zhengwu/cases';
import { Payments } from '@zhengwu/payments';
import { key, openCity, PNG, type TestCity } from './test/city.ts';
import { act, applyForCard, decide, pay, picture, until } from './test/people.ts';

let city: TestCity;
let citizen: Awaited<ReturnType<TestCity['citizen']>>;
beforeAll(async () => {
  city = await openCity();
  citizen = await city.citizen('citizen01');
}, 120_000);
afterAll(() => city.close());

const code = (value: string) => ({ problem: { code: value } });
const mine = (caseId: string, who: api.Client = citizen) => who.call(api.myCase, { params: { id: caseId } });
const sql = (text: string, values: unknown[]) => city.site.database.as(city.site.database.system, (tx) => tx.query(text, values));
/** As the applicant themselves: the platform may not touch drafts and uploads. */
const mySql = async (text: string, values: unknown[]): Promise<void> => {
  const { person } = await citizen.call(api.citizenSession, {});
  const actor = { kind: 'citizen' as const, personId: person, scope: 'own' as const, departments: [], subjects: [person], clearance: 0 };
  const { rowCount } = await city.site.database.as(actor, (tx) => tx.query(text, values));
  expect(rowCount).toBe(1);
};
const withdraw = (caseId: string, who: api.Client = citizen) => who.call(api.withdrawCase, { params: { id: caseId }, body: {}, idempotencyKey: key() });
const told = async (caseId: string): Promise<string[]> => (await citizen.call(api.myMessages, { query: { limit: 100 } })).items.filter((one) => one.caseId === caseId).map((one) => one.template);

const approved = async (): Promise<string> => {
  const caseId = await applyForCard(city, citizen);
  await decide(city, 'window01', caseId, 'accept');
  await decide(city, 'reviewer01', caseId, 'pass');
  await decide(city, 'approver01', caseId, 'approve');
  return caseId;
};

describe('the fee of a case that ends', () => {
  /** The applicant is at the bank's page already. */
  const atBank = async (): Promise<{ caseId: string; orderId: string; settle: () => Promise<unknown> }> => {
    const caseId = await approved();
    const orderId = (await mine(caseId)).payment?.orderId ?? '';
    const { address } = await citizen.call(api.startPayment, { params: { id: orderId }, body: { returnTo: 'http://127.0.0.1:8080/back' } });
    const bank = city.site.site.use(Payments).provider('sandbox') as unknown as { callbackOf(row: unknown, result: 'paid'): api.BodyOf<typeof api.paymentCallback> };
    const settle = async () => {
      const { rows } = await sql(`update payments.sandbox set status = 'paid', settled_at = now() where transaction = $1 returning *`, [address.split('/').at(-1)]);
      return api.createClient({ origin: city.origin }).call(api.paymentCallback, { params: { provider: 'sandbox' }, body: bank.callbackOf(rows[0], 'paid') });
    };
    return { caseId, orderId, settle };
  };
  const refunded = async (caseId: string) => {
    expect((await until(() => mine(caseId), (one) => one.payment?.status === 'refunded')).payment?.status).toBe('refunded');
    expect(await until(() => told(caseId), (all) => all.includes('paymentReturned'))).toContain('paymentReturned');
  };

  test('can’t be paid any more; what is paid at the bank all the same goes back and the applicant is told', async () => {
    const { caseId, orderId, settle } = await atBank();
    await withdraw(caseId);
    expect((await mine(caseId)).payment?.status).toBe('closed');
    await expect(citizen.call(api.startPayment, { params: { id: orderId }, body: { returnTo: 'http://127.0.0.1:8080/back' } })).rejects.toMatchObject(code('payment.void'));
    expect(await settle()).toEqual({ accepted: true });
    await refunded(caseId);
  }, 30_000);

  test('paid before the end but learnt of after it: it goes back too', async () => {
    const { caseId, orderId, settle } = await atBank();
    await withdraw(caseId);
    await sql(`update payments.order set status = 'created' where id = $1`, [orderId]);
    await settle();
    await refunded(caseId);
  }, 30_000);
});

describe('an appointment (机动车驾驶证初次申领)', () => {
  const service = 'driver-licence-first-issue';

  test('is still to be kept after a correction; its seat is free again when the application is withdrawn', async () => {
    const clerk = await city.official('traffic03');
    const person = city.demo.residents.find((one) => one.username === 'citizen04');
    const slots = async () => (await clerk.call(api.intakeForm, { params: { service }, query: { identifier: person?.number ?? '' } })).slots?.['appointment'] ?? [];
    const slot = (await slots())[0]?.value;
    const { caseId } = await clerk.call(api.intakeCase, {
      params: { service }, idempotencyKey: key(),
      body: {
        applicant: { kind: 'person', identifier: person?.number ?? '', name: '陈亦凡' }, materials: [await picture(city, clerk, service, 'portrait-photo')],
        values: { medicalDeclared: true, appointment: slot, phone: '12500000004', delivery: 'none' },
      },
    });
    expect((await slots()).map((one) => one.value)).not.toContain(slot);
    await act(city, 'traffic03', caseId, 'askCorrection', api.askCorrection, { items: [{ target: 'field', key: 'phone', why: '空号' }] });
    const applicant = await city.citizen('citizen04');
    expect((await mine(caseId, applicant)).todo).toBe('correct');
    await applicant.call(api.correctCase, { params: { id: caseId }, body: { values: { phone: '12500000014' }, materials: [] }, idempotencyKey: key() });
    expect(await mine(caseId, applicant)).toMatchObject({ todo: 'attend', appointment: { at: expect.any(String) } });
    await withdraw(caseId, applicant);
    expect((await mine(caseId, applicant)).appointment).toBeNull();
    expect((await slots()).map((one) => one.value)).toContain(slot);
  }, 30_000);
});

test('a draft is checked against what registers say when it is submitted, not when it was begun', async () => {
  const draft = await citizen.call(api.createDraft, { body: { service: 'identity-card-replacement' } });
  const save = (step: string, values: Record<string, unknown>) => citizen.call(api.saveDraftStep, { params: { id: draft.id, step }, body: { values } });
  await save('about-you', {});
  await save('loss', { reason: 'lost', lostOn: '2026-11-20', lossDeclared: true });
  await save('delivery', { phone: '12500000001', delivery: 'window' });
  const known = (materials: object) => mySql(`update cases.draft set facts = jsonb_set(facts, '{onFile,materials}', $2::jsonb) where id = $1`, [draft.id, JSON.stringify(materials)]);
  const submit = () => citizen.call(api.submitDraft, { params: { id: draft.id }, body: { declaration: true }, idempotencyKey: draft.submissionKey });
  await known({ 'portrait-photo': { zh: '旧照片', en: 'Old photograph' }, 'household-record': { zh: '户籍', en: 'Household' } });
  await expect(submit()).rejects.toMatchObject({ problem: { code: 'case.materials-missing', issues: [{ path: '/materials/portrait-photo' }] } });
  const { materials } = await citizen.call(api.getDraftMaterials, { params: { id: draft.id } });
  expect(materials.find((one) => one.material.code === 'portrait-photo')?.satisfiedBy).toBeUndefined();
  // Since then the register has what was missing at first.
  await known({});
  const grant = await citizen.call(api.grantUpload, { body: { owner: 'draft', ownerId: draft.id, material: 'portrait-photo', name: '我.png', type: 'image/png' } });
  await city.upload(grant, PNG);
  expect((await citizen.call(api.checkDraft, { params: { id: draft.id } })).missing).toEqual([]);
  expect((await submit()).state).toBe(1);
});

describe('what is uploaded to a case', () => {
  const grant = (caseId: string, material: string) => citizen.call(api.grantUpload, { body: { owner: 'case', ownerId: caseId, material, name: 'a.png', type: 'image/png' } });

  test('is only what its open correction asks for', async () => {
    const caseId = await applyForCard(city, citizen);
    await expect(grant(caseId, 'portrait-photo')).rejects.toMatchObject(code('upload.not-asked'));
    await act(city, 'window01', caseId, 'askCorrection', api.askCorrection, { items: [{ target: 'material', key: 'portrait-photo', why: '背景不是白色' }] });
    await expect(grant(caseId, 'household-record')).rejects.toMatchObject(code('upload.not-asked'));
    const asked = await grant(caseId, 'portrait-photo');
    expect((await city.upload(asked, PNG)).status).toBe(200);
    const body = { values: {}, materials: [{ material: 'portrait-photo', upload: asked.id }] };
    await citizen.call(api.correctCase, { params: { id: caseId }, body, idempotencyKey: key() });
    await expect(grant(caseId, 'portrait-photo')).rejects.toMatchObject(code('upload.not-asked'));
  });

  test('is of the types that held when it was granted, whatever the service asks for since', async () => {
    const { upload } = await picture(city, citizen, 'identity-card-replacement', 'portrait-photo');
    expect((await sql('select accept from cases.upload where id = $1', [upload])).rows[0]).toEqual({ accept: expect.arrayContaining(['image/png']) });
    const other = await citizen.call(api.grantUpload, { body: { owner: 'intake', service: 'identity-card-replacement', material: 'portrait-photo', name: 'a.png', type: 'image/png' } });
    await mySql(`update cases.upload set accept = '{application/pdf}' where id = $1`, [other.id]);
    expect(await (await city.upload(other, PNG)).json()).toMatchObject({ code: 'file.type-not-allowed' });
  });
});

test('a correction that comes too late is told as such, not as a withdrawal by the applicant', async () => {
  const caseId = await applyForCard(city, citizen);
  await act(city, 'window01', caseId, 'askCorrection', api.askCorrection, { items: [{ target: 'field', key: 'phone', why: '空号' }] });
  await correctionLapsed(city.site.site.use(Cases).desk, caseId);
  const all = await told(caseId);
  expect(all).toContain('correctionOverdue');
  expect(all).not.toContain('withdrawn');
});

test('a revoked decision stays on the page beside the decision that revokes it, and both can be printed (行政许可法 §69)', async () => {
  const caseId = await approved();
  await pay(city, citizen, caseId);
  await until(() => mine(caseId), (one) => one.state === 11);
  expect(await until(() => told(caseId), (all) => all.includes('licenceReady'))).toContain('licenceReady');
  const official = await city.official('approver01');
  const { version } = await official.call(api.openCase, { params: { id: caseId } });
  await official.call(api.revokeCase, { params: { id: caseId }, body: { version, reason: '申请人提供虚假材料' } as never, idempotencyKey: key() });
  const revoked = await mine(caseId);
  expect(revoked.state).toBe(15);
  expect(revoked.documents.map((one) => one.kind)).toEqual(expect.arrayContaining(['decision', 'revocation']));
  for (const kind of ['decision', 'revocation']) expect((await citizen.send('GET', `/api/my/cases/${caseId}/documents/${kind}`)).status).toBe(200);
  expect(await told(caseId)).toContain('revoked');
}, 60_000);
