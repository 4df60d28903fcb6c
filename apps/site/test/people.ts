import * as api from '@zhengwu/contracts';
import { Payments } from '@zhengwu/payments';
import { key, PNG, type TestCity } from './city.ts';
import type { Clients } from './clients.ts';

type Acts = { [K in string]: unknown };

/** Reads until it holds, ten seconds at most; answers what it read last. */
export const until = async <T>(read: () => Promise<T>, holds: (value: T) => boolean): Promise<T> => {
  for (let tries = 0; ; tries += 1) {
    const value = await read();
    if (holds(value) || tries > 100) return value;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
};

/** The task of a case on which this official may do `act` now. */
export const taskFor = async (city: Pick<Clients, 'official'>, account: string, caseId: string, act: api.Act): Promise<{ official: api.Client; task: api.CaseTask; detail: api.CaseDetail }> => {
  const official = await city.official(account);
  const detail = await official.call(api.openCase, { params: { id: caseId } });
  const task = detail.tasks.find((one) => one.acts.includes(act));
  if (!task) throw new Error(`${account} can't ${act}: ${detail.tasks.map((one) => `${one.element}/${one.status}/${one.department.code}/${one.post}/${one.acts.join('+')}`).join(' ')}`);
  return { official, task, detail };
};

/** Decides the first task of a case that this official may decide. */
export const decide = async (city: Pick<Clients, 'official'>, account: string, caseId: string, outcome: string, opinion = '符合条件') => {
  const { official, task } = await taskFor(city, account, caseId, 'decide');
  return official.call(api.completeTask, { params: { id: task.id }, body: { version: task.version, outcome, opinion }, idempotencyKey: key() });
};

/** Any other act on a task. */
export const act = async <B extends Acts>(city: Pick<Clients, 'official'>, account: string, caseId: string, offered: api.Act, operation: Parameters<api.Client['call']>[0], body: B) => {
  const { official, task } = await taskFor(city, account, caseId, offered);
  return official.call(operation, { params: { id: task.id }, body: { version: task.version, ...body }, idempotencyKey: key() }) as Promise<api.ResponseOf<typeof api.claimTask>>;
};

/** Pays the fee of a case at the sandbox bank, with the callback sent as the bank sends it. */
export const pay = async (city: TestCity, citizen: api.Client, caseId: string): Promise<void> => {
  const view = await citizen.call(api.myCase, { params: { id: caseId } });
  const { address } = await citizen.call(api.startPayment, { params: { id: view.payment?.orderId ?? '' }, body: { returnTo: 'http://127.0.0.1:8080/back' } });
  const bank = city.site.site.use(Payments).provider('sandbox') as unknown as { callbackOf(row: unknown, result: 'paid'): api.BodyOf<typeof api.paymentCallback> };
  const { rows } = await city.site.database.as(city.site.database.system, (tx) =>
    tx.query(`update payments.sandbox set status = 'paid', settled_at = now() where transaction = $1 returning *`, [address.split('/').at(-1)]));
  await api.createClient({ origin: city.origin }).call(api.paymentCallback, { params: { provider: 'sandbox' }, body: bank.callbackOf(rows[0], 'paid') });
};

/** Uploads a picture for one material and answers its reference. */
export const picture = async (city: Pick<Clients, 'upload'>, client: api.Client, service: string, material: string): Promise<{ material: string; upload: string }> => {
  const grant = await client.call(api.grantUpload, { body: { owner: 'intake', service, material, name: 'picture.png', type: 'image/png' } });
  const response = await city.upload(grant, PNG);
  if (response.status !== 200) throw new Error(`upload: ${response.status} ${await response.text()}`);
  return { material, upload: grant.id };
};

/** Applies for a replacement of an identity card in one request. */
export const applyForCard = async (city: TestCity, citizen: api.Client): Promise<string> => {
  const service = 'identity-card-replacement';
  const materials = [await picture(city, citizen, service, 'portrait-photo')];
  const values = { reason: 'lost', lostOn: '2026-11-20', lossDeclared: true, phone: '12500000001', delivery: 'window' };
  return (await citizen.call(api.submitCase, { body: { service, values, materials }, idempotencyKey: key() })).caseId;
};
