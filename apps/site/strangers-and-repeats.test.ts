import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as api from '@zhengwu/contracts';
import { applyForCard, decide, picture, taskFor } from './test/people.ts';
import { key, openCity, PNG, type TestCity } from './test/city.ts';
import type { Send } from './test/clients.ts';
import { isClear, NOBODY, SERVICE, submission } from './test/refusals.ts';

let city: TestCity;
let citizen: api.Client & { token: string; send: Send };
let stranger: typeof citizen;
let official: api.Client & { send: Send };
beforeAll(async () => {
  city = await openCity();
  citizen = await city.citizen('citizen01');
  stranger = await city.citizen('citizen02');
  official = await city.official('window01');
}, 120_000);
afterAll(() => city.close());

const submit = (body: unknown, headers: Record<string, string> = {}) => citizen.send('POST', '/api/cases', { body: typeof body === 'string' ? body : JSON.stringify(body), headers: { 'idempotency-key': key(), ...headers } });
const cases = async (): Promise<number> => {
  const { rows } = await city.site.database.as(city.site.database.system, (tx) => tx.query<{ n: number }>('select count(*)::int as n from cases.case'));
  return rows[0]?.n ?? -1;
};

describe('sessions and forgeries', () => {
  const note = (headers: Record<string, string>) => official.send('POST', `/api/cases/${NOBODY}/notes`, { body: '{"text":"x"}', headers: { 'idempotency-key': key(), ...headers } });

  test.each<[string, Record<string, string>]>([
    ['no token', { 'x-csrf-token': '' }], ['a forged token', { 'x-csrf-token': 'f'.repeat(43) }],
    ['another site', { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }],
  ])('a change with %s is refused', async (_, headers) => void (await isClear(await note(headers), [403])));

  test('a token of another session is refused', async () => {
    const response = await fetch(`${city.origin}/api/session`, { method: 'POST', headers: { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' }, body: JSON.stringify({ account: 'window02', password: city.demo.password }) });
    const { csrf } = (await response.json()) as { csrf: string };
    await isClear(await note({ 'x-csrf-token': csrf }), [403]);
  });

  test('a session that has ended is refused with where to go', async () => {
    const other = await city.official('reviewer02');
    await other.call(api.signOut, {});
    await isClear(await other.send('GET', '/api/work/queues'), [401]);
  });

  test('a portal signature that is altered, old, or for another address is refused', async () => {
    for (const credential of ['', '1.abc', `${Math.floor(Date.now() / 1000) - 3600}.${'a'.repeat(43)}`]) {
      await isClear(await citizen.send('GET', '/api/my/cases', { headers: { 'x-zhengwu-portal': credential } }), [401, 403]);
    }
    await isClear(await citizen.send('GET', '/api/my/cases', { headers: { 'x-zhengwu-on-behalf-of': NOBODY } }), [401, 403]);
  });

  test('sign-in tells nobody which accounts exist', async () => {
    const tries = ['window01', 'nobody-at-all', `' or 1=1 --`].map((account) => fetch(`${city.origin}/api/session`, { method: 'POST', headers: { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' }, body: JSON.stringify({ account, password: 'wrong-password' }) }));
    const problems = await Promise.all((await Promise.all(tries)).map((response) => isClear(response, [401])));
    expect(new Set(problems.map(({ code, detail }) => code + detail)).size).toBe(1);
  });
});

describe('repeats', () => {
  const body = async () => submission({ materials: [await picture(city, citizen, SERVICE, 'portrait-photo')] });

  test('with the same key get the same answer, also in parallel; another body is refused', async () => {
    const before = await cases();
    const [one, again] = [await body(), key()];
    const answers = await Promise.all(Array.from({ length: 6 }, () => submit(one, { 'idempotency-key': again })));
    const made = await Promise.all(answers.filter(({ status }) => status === 201).map((answer) => answer.json() as Promise<{ caseId: string }>));
    for (const answer of answers) expect([201, 409]).toContain(answer.status);
    expect(new Set(made.map(({ caseId }) => caseId)).size).toBe(1);
    const later = await submit(one, { 'idempotency-key': again });
    expect([later.status, ((await later.json()) as { caseId: string }).caseId]).toEqual([201, made[0]?.caseId]);
    expect(await cases()).toBe(before + 1);
    await isClear(await submit({ ...one, values: { ...one.values, phone: '12500000009' } }, { 'idempotency-key': again }), [409, 422]);
    expect(await cases()).toBe(before + 1);
  });

  test('of another person with the same key do not get its answer', async () => {
    const again = key();
    const first = await submit(await body(), { 'idempotency-key': again });
    const { caseId } = (await first.json()) as { caseId: string };
    const response = await stranger.send('POST', '/api/cases', { body: JSON.stringify(submission()), headers: { 'idempotency-key': again } });
    expect(await response.text()).not.toContain(caseId);
  });

  test.each(['', 'short', 'x'.repeat(300), 'a b\tc', "' or 1=1"])('with the key %j are refused', async (bad) => {
    const response = await citizen.send('POST', '/api/cases', { body: JSON.stringify(submission()), headers: { 'idempotency-key': bad } });
    await isClear(response, [400, 422, 428]);
  });

  test('a draft submitted twice at once is one case', async () => {
    const draft = await citizen.call(api.createDraft, { body: { service: SERVICE } });
    const steps: [string, object][] = [['about-you', {}], ['loss', { reason: 'lost', lostOn: '2026-11-20', lossDeclared: true }], ['delivery', { phone: '12500000001', delivery: 'window' }]];
    for (const [step, values] of steps) await citizen.call(api.saveDraftStep, { params: { id: draft.id, step }, body: { values: values as never } });
    const grant = await citizen.call(api.grantUpload, { body: { owner: 'draft', ownerId: draft.id, material: 'portrait-photo', name: 'a.png', type: 'image/png' } });
    expect((await city.upload(grant, PNG)).status).toBe(200);
    const twice = await Promise.allSettled([1, 2].map(() => citizen.call(api.submitDraft, { params: { id: draft.id }, body: { declaration: true }, idempotencyKey: draft.submissionKey })));
    const ids = twice.flatMap((one) => (one.status === 'fulfilled' ? [one.value.caseId] : []));
    expect(new Set(ids).size).toBe(1);
    const last = await citizen.call(api.submitDraft, { params: { id: draft.id }, body: { declaration: true }, idempotencyKey: draft.submissionKey });
    expect(last.caseId).toBe(ids[0]);
  });
});

describe('two officials on one task', () => {
  test('one decides, the other is told who; the step is done once', async () => {
    const caseId = await applyForCard(city, citizen);
    await decide(city, 'window01', caseId, 'accept');
    const { task } = await taskFor(city, 'reviewer01', caseId, 'decide');
    const people = await Promise.all(['reviewer01', 'reviewer02'].map((account) => city.official(account)));
    const results = await Promise.allSettled(people.map((one) => one.call(api.completeTask, { params: { id: task.id }, body: { version: task.version, outcome: 'pass', opinion: '同意' }, idempotencyKey: key() })));
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const { reason } = results.find((one) => one.status === 'rejected') as PromiseRejectedResult;
    expect(reason).toMatchObject({ problem: { status: 409, detail: expect.stringMatching(/[\u4e00-\u9fff]{2,3}/) } });
    const detail = await (await city.official('approver01')).call(api.openCase, { params: { id: caseId } });
    expect(detail.tasks.filter(({ element }) => element === 'approve')).toHaveLength(1);
  });
});

describe('what belongs to others', () => {
  test('is not there: cases, drafts, papers, payments', async () => {
    const caseId = await applyForCard(city, citizen);
    const draft = await citizen.call(api.createDraft, { body: { service: SERVICE } });
    const asks: [string, string, string?][] = [
      ['GET', `/api/my/cases/${caseId}`], ['POST', `/api/my/cases/${caseId}/withdraw`, '{}'], ['POST', `/api/my/cases/${caseId}/correction`, '{"values":{},"materials":[]}'], ['POST', `/api/my/cases/${caseId}/rating`, '{"level":1}'],
      ['GET', `/api/my/cases/${caseId}/documents/acceptance`], ['GET', `/api/drafts/${draft.id}/check`], ['GET', `/api/drafts/${draft.id}/steps/loss`], ['PUT', `/api/drafts/${draft.id}/steps/loss`, '{"values":{}}'],
      ['POST', `/api/drafts/${draft.id}/submit`, '{"declaration":true}'],
    ];
    for (const [method, path, body] of asks) {
      const response = await stranger.send(method, path, { headers: { 'idempotency-key': key() }, ...(body ? { body } : {}) });
      expect([path, response.status, await response.text()]).toEqual([path, 404, expect.not.stringContaining('林知夏')]);
    }
    expect(await stranger.call(api.discardDraft, { params: { id: draft.id } })).toEqual({ discarded: false });
    expect((await citizen.call(api.listDrafts, {})).items.map(({ id }) => id)).toContain(draft.id);
    expect((await citizen.call(api.myCase, { params: { id: caseId } })).state).toBeLessThan(6);
  });

  test('an official of another department finds neither case nor task', async () => {
    const caseId = await applyForCard(city, citizen);
    const { task } = await taskFor(city, 'window01', caseId, 'decide');
    const tax = await city.official('tax01');
    await isClear(await tax.send('GET', `/api/cases/${caseId}`), [403, 404]);
    for (const [path, body] of [[`/api/tasks/${task.id}/claim`, { version: task.version }], [`/api/tasks/${task.id}/complete`, { version: task.version, outcome: 'accept' }], [`/api/cases/${caseId}/notes`, { text: 'x' }], [`/api/cases/${caseId}/reveal`, { key: 'citizenNumber', reason: 'x' }]] as const) {
      await isClear(await tax.send('POST', path, { body: JSON.stringify(body), headers: { 'idempotency-key': key() } }), [403, 404]);
    }
    const { items } = await tax.call(api.listCases, { query: { limit: 100 } });
    expect(items.map(({ id }) => id)).not.toContain(caseId);
  });

  test('a citizen is no official and an official no citizen', async () => {
    await isClear(await citizen.send('GET', '/api/cases'), [401, 403]);
    await isClear(await official.send('GET', '/api/my/cases'), [401, 403]);
  });
});
