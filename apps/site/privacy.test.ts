import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as api from '@zhengwu/contracts';
import { Holdings } from '@zhengwu/module';
import { key, openCity, type TestCity } from './test/city.ts';
import { applyForCard, until } from './test/people.ts';

let city: TestCity;
let citizen: api.Client;
let caseId: string;
beforeAll(async () => {
  city = await openCity();
  citizen = await city.citizen('citizen01');
  caseId = await applyForCard(city, citizen);
}, 120_000);
afterAll(() => city.close());

const system = <T>(work: (tx: Parameters<Parameters<TestCity['site']['database']['as']>[1]>[0]) => Promise<T>) => city.site.database.as(city.site.database.system, work);

test('a citizen sees, within seconds, that an official looked: department, post, case and purpose, but no name (个人信息保护法 §44)', async () => {
  const before = await citizen.call(api.myLooks, {});
  const official = await city.official('window01');
  await official.call(api.openCase, { params: { id: caseId } });
  const { items } = await citizen.call(api.myLooks, {});
  expect(items.length).toBe(before.items.length + 1);
  expect(items[0]).toMatchObject({ what: { en: 'Case opened' }, department: { zh: expect.any(String) as string }, post: { zh: expect.any(String) as string }, purpose: { en: 'Handling what you applied for' } });
  expect(items[0]?.about?.zh).toMatch(/身份证/);
  const name = (await official.call(api.currentSession, {})).name;
  expect(JSON.stringify(items)).not.toContain(name);
});

test('nobody else sees these looks, and a page goes on where the one before ended', async () => {
  const official = await city.official('window01');
  for (let n = 0; n < 3; n++) await official.call(api.openCase, { params: { id: caseId } });
  expect((await (await city.citizen('citizen04')).call(api.myLooks, {})).items.filter(({ about }) => about?.zh.includes('身份证'))).toEqual([]);
  const first = await citizen.call(api.myLooks, { query: { limit: 2 } });
  const second = await citizen.call(api.myLooks, { query: { limit: 2, after: first.next as string } });
  expect(new Set([...first.items, ...second.items].map(({ id }) => id)).size).toBe(4);
});

describe('consent (个人信息保护法 §13 to §16)', () => {
  const prefilled = async () => {
    const draft = await citizen.call(api.createDraft, { body: { service: 'identity-card-replacement' } });
    return (await citizen.call(api.getDraftStep, { params: { id: draft.id, step: 'about-you' } })).prefilled.map((one) => one.key);
  };

  test('once withdrawn, nothing is filled in from registers; given again, it is; both stay in the history', async () => {
    expect(await prefilled()).toContain('citizenNumber');
    expect(await citizen.call(api.withdrawConsent, { params: { code: 'register-prefill' } })).toMatchObject({ given: false });
    expect(await prefilled()).toEqual([]);
    await expect(citizen.call(api.giveConsent, { params: { code: 'register-prefill' }, body: { version: 99 } })).rejects.toMatchObject({ problem: { code: 'privacy.text-changed' } });
    const given = await citizen.call(api.giveConsent, { params: { code: 'register-prefill' }, body: { version: 1 } });
    expect(given.history.map(({ act }) => act)).toEqual(['given', 'withdrawn']);
    expect(await prefilled()).toContain('citizenNumber');
  });
});

test('a copy of one’s own data is made, told of, downloaded by its owner alone, and gone after seven days (§45)', async () => {
  await applyForCard(city, citizen);
  const asked = await citizen.call(api.askCopy, { idempotencyKey: key() });
  const copies = async () => (await citizen.call(api.myPrivacy, {})).copies;
  const [ready] = await until(copies, ([one]) => one?.status === 'ready');
  expect(ready).toMatchObject({ id: asked.id, status: 'ready' });
  const told = await until(async () => (await citizen.call(api.myMessages, {})).items.map(({ template }) => template), (all) => all.includes('privacyCopyReady'));
  expect(told).toContain('privacyCopyReady');
  const take = async (who: string) => (await city.citizen(who)).send('GET', `/api/my/privacy/copies/${asked.id}/file`);
  const answer = await take('citizen01');
  expect(answer.status).toBe(200);
  const body = Buffer.from(await answer.arrayBuffer());
  expect(body.subarray(0, 4).toString('hex')).toBe('504b0304');
  expect(body.toString()).toContain('林知夏');
  expect(body.toString()).toContain('lossDeclared');
  expect(body.toString()).toContain('picture.png');
  expect((await take('citizen04')).status).toBe(404);
  await system((tx) => tx.query(`update privacy.copy set expires_at = now() - interval '1 second' where id = $1`, [asked.id]));
  expect((await take('citizen01')).status).toBe(404);
});

test('what is handed out about one person holds no identifier of another: every pair of residents', async () => {
  const holdings = city.site.site.use(Holdings)();
  const people = city.demo.principals.filter(({ kind }) => kind === 'person').slice(0, 25);
  const texts = await system(async (tx) => {
    const all: { id: string; text: string }[] = [];
    for (const { id } of people) {
      const rows: unknown[] = [];
      for (const one of holdings) rows.push(await one.gather(tx, id));
      all.push({ id, text: JSON.stringify(rows) });
    }
    return all;
  });
  expect(texts.every(({ text }) => text.length > 100)).toBe(true);
  for (const { id, text } of texts) {
    for (const other of people) if (other.id !== id) expect(text.includes(other.id), `${id} holds ${other.id}`).toBe(false);
  }
});

test('a request for correction reaches the keepers with a day, and its answer the person (§46)', async () => {
  const asked = await citizen.call(api.askDataCorrection, { body: { part: 'cases', wrong: '电话写错了', wanted: '12500000002' }, idempotencyKey: key() });
  expect(asked).toMatchObject({ status: 'open', dueDay: expect.stringMatching(/^\d{4}-\d{2}-\d{2}$/) as string });
  await expect(citizen.call(api.askDataCorrection, { body: { part: 'nothing', wrong: 'x', wanted: 'y' }, idempotencyKey: key() })).rejects.toMatchObject({ problem: { code: 'privacy.no-part' } });
  const supervisor = await city.official('supervisor');
  const { items } = await supervisor.call(api.listDataCorrections, { query: { open: true } });
  expect(items.map(({ id }) => id)).toContain(asked.id);
  const answered = await supervisor.call(api.answerDataCorrection, { params: { id: asked.id }, body: { outcome: 'corrected', text: '已更正' }, idempotencyKey: key() });
  expect(answered).toMatchObject({ status: 'corrected', answer: '已更正' });
  await expect(supervisor.call(api.answerDataCorrection, { params: { id: asked.id }, body: { outcome: 'refused', text: '不' }, idempotencyKey: key() })).rejects.toMatchObject({ problem: { code: 'privacy.answered' } });
  expect((await citizen.call(api.myPrivacy, {})).corrections[0]).toMatchObject({ answer: '已更正' });
});

describe('the trail is the audit administrator’s alone (GB/T 22239-2019 8.1.5.3)', () => {
  test('the other two administrators are refused by the routes and see no row in the database', async () => {
    for (const account of ['admin', 'security']) {
      const official = await city.official(account);
      await expect(official.call(api.searchAudit, {})).rejects.toMatchObject({ problem: { status: 403 } });
      await expect(official.call(api.auditState, {})).rejects.toMatchObject({ problem: { status: 403 } });
    }
    const auditor = await city.official('audit');
    expect((await auditor.call(api.searchAudit, { query: { subject: caseId } })).items.length).toBeGreaterThan(0);
    expect((await auditor.call(api.reportAudit, { params: { kind: 'departments' }, query: { from: '2020-01-01', until: '2099-01-01' } })).rows.length).toBeGreaterThan(0);
  });
});
