import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as api from '@zhengwu/contracts';
import { key, openCity, PNG, type TestCity } from './test/city.ts';

let city: TestCity;
beforeAll(async () => {
  city = await openCity();
}, 120_000);
afterAll(() => city.close());

const until = async <T>(read: () => Promise<T>, holds: (value: T) => boolean): Promise<T> => {
  for (let tries = 0; ; tries += 1) {
    const value = await read();
    if (holds(value) || tries > 100) return value;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
};

/** Decides the first open task of a case that this official may handle. */
const decide = async (account: string, caseId: string, outcome: string, opinion = '符合条件') => {
  const official = await city.official(account);
  const detail = await official.call(api.openCase, { params: { id: caseId } });
  const task = detail.tasks.find((one) => one.acts.includes('decide'));
  if (!task) throw new Error(`${account} has nothing to decide: ${detail.tasks.map((one) => `${one.element}/${one.status}/${one.department.code}/${one.post}`).join(' ')}`);
  return official.call(api.completeTask, { params: { id: task.id }, body: { version: task.version, outcome, opinion }, idempotencyKey: key() });
};

const pay = async (citizen: api.Client, caseId: string) => {
  const view = await citizen.call(api.myCase, { params: { id: caseId } });
  const { address } = await citizen.call(api.startPayment, { params: { id: view.payment?.orderId ?? '' }, body: { returnTo: 'http://127.0.0.1:8080/back' } });
  // The sandbox bank calls back to the configured origin; in the test the server has another port.
  const transaction = address.split('/').at(-1) as string;
  const { Payments } = await import('@zhengwu/payments');
  const bank = city.site.site.use(Payments).provider('sandbox') as unknown as { callbackOf(row: unknown, result: 'paid'): api.BodyOf<typeof api.paymentCallback> };
  const { rows } = await city.site.database.as(city.site.database.system, (tx) => tx.query('update payments.sandbox set status = \'paid\', settled_at = now() where transaction = $1 returning *', [transaction]));
  const callback = bank.callbackOf(rows[0], 'paid');
  return createPublic().call(api.paymentCallback, { params: { provider: 'sandbox' }, body: callback });
};
const createPublic = () => api.createClient({ origin: city.origin });

describe('补办居民身份证: from draft to verified licence', () => {
  test('the whole journey', async () => {
    const citizen = await city.citizen('citizen01');
    const draft = await citizen.call(api.createDraft, { body: { service: 'identity-card-replacement' } });
    const first = await citizen.call(api.getDraftStep, { params: { id: draft.id, step: 'about-you' } });
    expect(first.values['name']).toBe('林知夏');
    expect(first.prefilled.map((one) => one.key)).toContain('citizenNumber');
    await citizen.call(api.saveDraftStep, { params: { id: draft.id, step: 'about-you' }, body: { values: {} } });
    await expect(citizen.call(api.saveDraftStep, { params: { id: draft.id, step: 'loss' }, body: { values: { reason: 'eaten' } } })).rejects.toMatchObject({ problem: { status: 422, code: 'case.answers-invalid' } });
    await citizen.call(api.saveDraftStep, { params: { id: draft.id, step: 'loss' }, body: { values: { reason: 'lost', lostOn: '2026-11-20', lossDeclared: true } } });
    await citizen.call(api.saveDraftStep, { params: { id: draft.id, step: 'delivery' }, body: { values: { phone: '12500000001', delivery: 'window' } } });
    const { materials } = await citizen.call(api.getDraftMaterials, { params: { id: draft.id } });
    expect(materials.find((one) => one.material.code === 'household-record')?.satisfiedBy?.zh).toBeTruthy();
    await expect(citizen.call(api.submitDraft, { params: { id: draft.id }, body: { declaration: true }, idempotencyKey: draft.submissionKey })).rejects.toMatchObject({ problem: { code: 'case.materials-missing' } });
    const grant = await citizen.call(api.grantUpload, { body: { owner: 'draft', ownerId: draft.id, material: 'portrait-photo', name: '../../我.png', type: 'image/png' } });
    expect((await city.upload(grant, PNG)).status).toBe(200);
    const check = await citizen.call(api.checkDraft, { params: { id: draft.id } });
    expect(check.missing).toEqual([]);
    const submit = () => citizen.call(api.submitDraft, { params: { id: draft.id }, body: { declaration: true }, idempotencyKey: draft.submissionKey });
    const [submitted, again] = await Promise.all([submit(), submit()]);
    expect(again).toEqual(submitted);
    const { caseId } = submitted;
    expect((await citizen.call(api.myCase, { params: { id: caseId } })).state).toBe(1);

    await decide('window01', caseId, 'accept');
    expect((await citizen.call(api.myCase, { params: { id: caseId } })).clock).toMatchObject({ running: true, promisedRemaining: 7 });
    await decide('reviewer01', caseId, 'pass');
    await decide('approver01', caseId, 'approve');
    const due = await citizen.call(api.myCase, { params: { id: caseId } });
    expect(due).toMatchObject({ todo: 'pay', payment: { amount: 4000, status: 'created' } });
    expect(due.clock.running).toBe(false);
    await pay(citizen, caseId);
    const closed = await until(() => citizen.call(api.myCase, { params: { id: caseId } }), (view) => view.state === 11);
    expect(closed).toMatchObject({ state: 11, todo: 'rate' });
    const licence = closed.licences[0];
    const mine = await citizen.call(api.myLicence, { params: { id: licence?.id ?? '' } });
    const verdict = await createPublic().call(api.verifyJws, { body: { jws: mine.jws } });
    expect(verdict).toMatchObject({ found: true, signature: 'valid', status: 'valid' });
    await citizen.call(api.rateCase, { params: { id: caseId }, body: { level: 1 }, idempotencyKey: key() });
    await expect(citizen.call(api.rateCase, { params: { id: caseId }, body: { level: 2 }, idempotencyKey: key() })).rejects.toMatchObject({ problem: { code: 'case.already-rated' } });
    const messages = await citizen.call(api.myMessages, {});
    expect(messages.items.map((one) => one.template)).toEqual(expect.arrayContaining(['received', 'accepted', 'feeDue', 'approved']));
    const other = await city.citizen('citizen04');
    await expect(other.call(api.myCase, { params: { id: caseId } })).rejects.toMatchObject({ problem: { status: 404 } });
  }, 60_000);
});
