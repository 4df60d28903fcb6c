import { afterAll, beforeAll, expect, test } from 'vitest';
import * as api from '@zhengwu/contracts';
import { key, openCity, type TestCity } from './test/city.ts';

const service = 'enterprise-establishment';
const password = 'Hengjiang.7421';
let city: TestCity;
beforeAll(async () => {
  city = await openCity();
}, 120_000);
afterAll(() => city.close());

const refused = { problem: { status: 403, code: 'case.identity-unchecked' } };

test('实名登记 (市场主体登记管理条例 §15): who only told who they are founds no company online; checked at the window, they go on in the same session', async () => {
  const nobody = city.portal('');
  expect((await nobody.call(api.getService, { params: { code: service } })).assurance).toBe(2);
  expect((await nobody.call(api.getService, { params: { code: 'identity-card-replacement' } })).assurance).toBe(1);

  const { name, number: citizenNumber } = city.demo.residents[40]!;
  await nobody.call(api.registerCitizen, { body: { name, citizenNumber, phone: '12500000009', account: 'founder01', password } });
  const { token, session } = await nobody.call(api.citizenSignIn, { body: { account: 'founder01', password } });
  expect(session.verified).toBe(false);
  const founder = city.portal(token);
  const begin = () => founder.call(api.createDraft, { body: { service } });
  await expect(begin()).rejects.toMatchObject(refused);
  await expect(founder.call(api.submitCase, { body: { service, values: {}, materials: [] }, idempotencyKey: key() })).rejects.toMatchObject(refused);
  await expect(founder.call(api.createDraft, { body: { service: 'identity-card-replacement' } })).resolves.toMatchObject({ service: { code: 'identity-card-replacement' } });

  await (await city.official('window01')).call(api.verifyAtWindow, { body: { name, citizenNumber, document: 'resident-card' } });
  const draft = await begin();
  expect(draft.service.code).toBe(service);

  // Checked no longer, between beginning and sending: what is sent is judged, too.
  const { database } = city.site;
  await database.as(database.system, (tx) => tx.query(`update identity.account set verified_at = null where username = 'founder01'`));
  const again = city.portal((await nobody.call(api.citizenSignIn, { body: { account: 'founder01', password } })).token);
  await expect(again.call(api.submitDraft, { params: { id: draft.id }, body: { declaration: true }, idempotencyKey: draft.submissionKey })).rejects.toMatchObject(refused);
});
