import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as api from '@zhengwu/contracts';
import { applyForCard, decide, picture, taskFor } from './test/people.ts';
import { key, openCity, PNG, type TestCity } from './test/city.ts';
import type { Send } from './test/clients.ts';

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

const SERVICE = 'identity-card-replacement';
const NOBODY = '0190f7a0-0000-7000-8000-00000000dead';
const NASTY = [
  `<script>alert(1)</script>`, `"><img src=x onerror=alert(1)>`, `'; drop table cases.case; --`, `1' or '1'='1`, `\${7*7}{{7*7}}`, `../../../etc/passwd`,
  '\u202e\u0007\u200b', '𠮷野家\ud83d\ude00', `%00%0d%0aSet-Cookie: a=b`, `=cmd|' /C calc'!A0`, '\\u0000', '__proto__',
];

/** A refusal as it must be: a problem with a stable code in the reader's words, nothing of our inside. */
const isClear = async (response: Response, statuses: readonly number[]): Promise<api.Problem> => {
  const text = await response.text();
  expect(statuses, `${response.status} ${text}`).toContain(response.status);
  expect(response.headers.get('content-type')).toContain('application/problem+json');
  expect(text).not.toMatch(/node_modules|\.ts:\d|select |insert |pg_|at Object\./i);
  const problem = JSON.parse(text) as api.Problem;
  expect(problem).toMatchObject({ code: expect.stringMatching(/^[a-z][a-z-]*\./), detail: expect.stringMatching(/\S{4}/), status: response.status });
  return problem;
};
const submission = (more: object = {}) => ({ service: SERVICE, values: { reason: 'lost', lostOn: '2026-11-20', lossDeclared: true, phone: '12500000001', delivery: 'window' }, materials: [], ...more });
const submit = (body: unknown, headers: Record<string, string> = {}) => citizen.send('POST', '/api/cases', { body: typeof body === 'string' ? body : JSON.stringify(body), headers: { 'idempotency-key': key(), ...headers } });
const cases = async (): Promise<number> => {
  const { rows } = await city.site.database.as(city.site.database.system, (tx) => tx.query<{ n: number }>('select count(*)::int as n from cases.case'));
  return rows[0]?.n ?? -1;
};

describe('bodies', () => {
  test.each<[string, string, number[], Record<string, string>?]>([
    ['nothing', '', [400, 422]], ['no JSON', '{"service":', [400]], ['a list', '[]', [400, 422]], ['null', 'null', [400, 422]], ['a number', '7', [400, 422]],
    ['deep nesting', `{"service":"a","values":${'['.repeat(20_000)}${']'.repeat(20_000)},"materials":[]}`, [400, 413, 422]],
    ['a poisoned prototype', '{"service":"a","values":{"__proto__":{"x":1}},"materials":[]}', [400, 422]],
    ['broken UTF-8', '{"service":"\ud800"}', [400, 422]], ['a text', 'hello', [415], { 'content-type': 'text/plain' }], ['XML', '<a/>', [415], { 'content-type': 'application/xml' }],
    ['too much', JSON.stringify(submission({ values: { reason: 'x'.repeat(1_000_000) } })), [413]],
  ])('%s is refused and nothing is kept', async (_, body, statuses, headers = {}) => {
    const before = await cases();
    await isClear(await submit(body, headers), statuses);
    expect(await cases()).toBe(before);
  });

  test.each<[string, object, string]>([
    ['a wrong type', { service: 7 }, '/body/service'], ['an unknown field', { admin: true }, '/body/admin'], ['a missing field', { values: undefined }, '/body/values'],
    ['a list in place of values', { values: [] }, '/body/values'], ['a material without its upload', { materials: [{ material: 'a' }] }, '/body/materials/0/upload'],
    ['an upload that is no id', { materials: [{ material: 'a', upload: '../x' }] }, '/body/materials/0/upload'], ['a code with a path', { service: '../../etc' }, '/body/service'],
    ['too many materials', { materials: Array.from({ length: 61 }, () => ({ material: 'a', upload: NOBODY })) }, '/body/materials'],
  ])('%s is named at its place', async (_, more, path) => {
    const problem = await isClear(await submit(submission(more)), [400, 422]);
    expect(problem.issues?.map((issue) => issue.path)).toContain(path);
  });

  test('all field issues come at once', async () => {
    const problem = await isClear(await submit({ service: 7, values: 8, materials: 9, more: 1 }), [400, 422]);
    expect(problem.issues?.map((issue) => issue.path).sort()).toEqual(['/body/materials', '/body/more', '/body/service', '/body/values']);
  });

  test('a service that is not there is said so', async () => void (await isClear(await submit(submission({ service: 'no-such-service' })), [404])));
});

describe('ids and cursors that lead nowhere', () => {
  test('a joiner is refused a post that is not there, and nobody joins', async () => {
    const admin = await city.official('admin');
    const body = JSON.stringify({ name: '无岗', account: 'no-such-post', clearance: 1, posts: [NOBODY], reason: '入职' });
    await isClear(await admin.send('POST', '/api/directory/people', { body, headers: { 'idempotency-key': key() } }), [404]);
    await isClear(await fetch(`${city.origin}/api/session`, { method: 'POST', headers: { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' }, body: JSON.stringify({ account: 'no-such-post', password: 'x' }) }), [401]);
  });

  test.each(['a', '1 2', `2026-99-99T00:00:00Z ${NOBODY}`, `2026-11-22T00:00:00Z x`])('alerts after %j are those from the newest on', async (after) => {
    const security = await city.official('security');
    const response = await security.send('GET', `/api/defence/alerts?after=${encodeURIComponent(after)}`);
    expect([response.status, (await response.json() as { items: unknown[] }).items]).toEqual([200, []]);
  });
});

describe('whatever is asked to come after', () => {
  test.each(['a', '1', '-', `0:${'-'.repeat(36)}`, `2026-99-99T00:00:00Z ${NOBODY}`, '9'.repeat(30), '%'])('%j, no list falls over', async (after) => {
    for (const account of ['window01', 'supervisor', 'admin', 'security', 'audit']) {
      const { send } = await city.official(account);
      const lists = city.http.operations.filter(({ method, path, query }) => method === 'GET' && !path.includes(':') && query !== undefined && Object.hasOwn((query as { properties?: object }).properties ?? {}, 'after'));
      expect(lists.length).toBeGreaterThan(8);
      for (const { id, path } of lists) {
        const response = await send('GET', `${path}?after=${encodeURIComponent(after)}`);
        expect(response.status, `${account} ${id} ${await response.text()}`).toBeLessThan(500);
      }
    }
  });
});

describe('every operation of the site', () => {
  const withIds = (path: string, id: string): string => path.replace(/:[A-Za-z]+/g, encodeURIComponent(id));
  const bodied = (method: string): boolean => !['GET', 'DELETE'].includes(method);
  const senders = (): [string, Send][] => [['citizen', citizen.send], ['official', official.send]];
  const skipped = new Set(['live.events', 'session.signOut', 'citizen.signOut', 'demo.mailbox']);
  const operations = () => city.http.operations.filter((operation) => !skipped.has(operation.id));

  test('without who or with a stranger’s token it is closed, or public', async () => {
    for (const operation of operations()) {
      const policy = city.site.policy[operation.id];
      if ([policy?.who].flat().includes('public')) continue;
      const headers = { 'content-type': 'application/json', 'idempotency-key': key(), 'x-zhengwu-citizen': 'x'.repeat(43), cookie: 'zw_console=made-up' };
      const response = await fetch(city.origin + withIds(operation.path, NOBODY), { method: operation.method, headers, ...(bodied(operation.method) ? { body: '{}' } : {}) });
      expect([operation.id, [400, 401, 403, 404].includes(response.status) ? 'closed' : response.status]).toEqual([operation.id, 'closed']);
    }
  });

  test.each(['a', "'; select 1 --", '..%2f..', '%00', '-1', '9'.repeat(200), NOBODY])('takes the id %j without falling over', async (id) => {
    for (const [, send] of senders()) {
      for (const operation of operations()) {
        const response = await send(operation.method, withIds(operation.path, id), { headers: { 'idempotency-key': key() }, ...(bodied(operation.method) ? { body: '{"version":1,"reason":"x"}' } : {}) });
        expect(response.status, `${operation.id} ${await response.text()}`).toBeLessThan(500);
      }
    }
  });

  test.each(['?limit=-1', '?limit=1e9', '?after=!!!', `?after=${'A'.repeat(300)}`, `?q=${encodeURIComponent("%'; drop table x --")}`, '?q=%00', '?sort=;', '?state=99', '?from=2026-99-99', '?limit=1&limit=2', '?a[b]=c'])(
    'takes the query %s without falling over', async (query) => {
      for (const [, send] of senders()) {
        for (const operation of operations().filter(({ method, path }) => method === 'GET' && !path.includes(':'))) {
          const response = await send('GET', operation.path + query);
          expect(response.status, `${operation.id} ${await response.text()}`).toBeLessThan(500);
        }
      }
    });
});

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

describe('uploads', () => {
  const grant = (more: Partial<{ name: string; type: string; material: string }> = {}) =>
    citizen.call(api.grantUpload, { body: { owner: 'intake', service: SERVICE, material: 'portrait-photo', name: 'a.png', type: 'image/png', ...more } });

  test.each<[string, Buffer, string]>([
    ['a program that says it is a picture', Buffer.from('MZ\x90\x00 this program'), 'file.type-mismatch'], ['a page that says it is a picture', Buffer.from('<html><script>alert(1)</script>'), 'file.type-mismatch'],
    ['a document that says it is a picture', Buffer.from('%PDF-1.7\n%%EOF'), 'file.type-mismatch'], ['nothing', Buffer.alloc(0), 'file.empty'],
  ])('%s is refused and not kept', async (_, content, code) => {
    const one = await grant();
    expect((await isClear(await city.upload(one, content), [400, 422])).code).toBe(code);
    await isClear(await submit(submission({ materials: [{ material: 'portrait-photo', upload: one.id }] })), [404, 409, 422]);
  });

  test.each([['a.exe', 'application/x-msdownload', 'MZ'], ['a.pdf', 'application/pdf', '%PDF-1.7\n%%EOF'], ['a.png.exe', 'application/octet-stream', 'MZ']])('%s, which the material does not take, is refused', async (name, type, content) => {
    await isClear(await city.upload(await grant({ name, type }), Buffer.from(content)), [422]);
  });

  test.each(['a\u0000.png', ''])('the name %j is refused at its field', async (name) => {
    const problem = await isClear(await citizen.send('POST', '/api/uploads', { body: JSON.stringify({ owner: 'intake', service: SERVICE, material: 'portrait-photo', name, type: 'image/png' }) }), [400, 422]);
    expect(problem.issues?.map(({ path }) => path)).toContain('/body/name');
  });

  test('more than the limit is refused', async () => {
    const one = await grant();
    await isClear(await city.upload(one, Buffer.concat([PNG, Buffer.alloc(one.maxBytes + 1)])), [413]);
  });

  test.each(['../../../etc/cron.d/x.png', 'C:\\windows\\system32\\a.png', '.png', 'a/../../b.png', '\u202egnp.exe.png', '<img src=x>.png'])('the name %j becomes one that is safe', async (name) => {
    const one = await grant({ name });
    const response = await city.upload(one, PNG);
    expect(response.status).toBe(200);
    const stored = (await response.json()) as { name: string };
    expect(stored.name).not.toMatch(/[/\\\p{Cc}\p{Cf}<>]|^\./u);
  });

  test('what breaks off is not there, and can be sent again', async () => {
    const one = await grant();
    const { port, hostname } = new URL(city.origin);
    await new Promise<void>((resolve) => {
      const socket = connect(Number(port), hostname, () => socket.write(`PUT ${one.address} HTTP/1.1\r\nHost: ${hostname}\r\nContent-Type: application/octet-stream\r\nX-Upload-Token: ${one.token}\r\nContent-Length: 5000\r\n\r\n`, () => socket.write(PNG, () => socket.destroy())));
      socket.on('close', () => resolve());
      socket.on('error', () => resolve());
    });
    await isClear(await submit(submission({ materials: [{ material: 'portrait-photo', upload: one.id }] })), [404, 409, 422]);
    expect((await city.upload(one, PNG)).status).toBe(200);
    expect((await submit(submission({ materials: [{ material: 'portrait-photo', upload: one.id }] }))).status).toBe(201);
  });

  test('another token, and another person’s file, are refused', async () => {
    const one = await grant();
    await isClear(await city.upload({ ...one, token: `${one.token.slice(0, -2)}xx` }, PNG), [401, 403, 404]);
    expect((await city.upload(one, PNG)).status).toBe(200);
    const theirs = await stranger.send('POST', '/api/cases', { body: JSON.stringify(submission({ materials: [{ material: 'portrait-photo', upload: one.id }] })), headers: { 'idempotency-key': key() } });
    await isClear(theirs, [403, 404, 409, 422]);
  });
});

describe('hostile text', () => {
  test('is kept and answered as text in drafts, corrections’ notes, opinions and ratings; searching for it finds no more', async () => {
    const caseId = await applyForCard(city, citizen);
    for (const text of NASTY) {
      await official.call(api.noteCase, { params: { id: caseId }, body: { text }, idempotencyKey: key() });
      const draft = await citizen.send('POST', '/api/drafts', { body: JSON.stringify({ service: SERVICE, preCheck: { reason: text } }) });
      expect(draft.status).toBeLessThan(500);
      const found = await official.send('GET', `/api/cases?q=${encodeURIComponent(text.slice(0, 100))}`);
      expect([200, 400, 422]).toContain(found.status);
      const mine = await official.send('GET', `/api/work/tasks?q=${encodeURIComponent(text.slice(0, 100))}`);
      expect([200, 400, 422]).toContain(mine.status);
    }
    const response = await official.send('GET', `/api/cases/${caseId}`);
    expect(response.headers.get('content-type')).toMatch(/^application\/json/);
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    const said = JSON.stringify(((await response.json()) as api.CaseDetail).timeline.map((entry) => entry.detail));
    for (const text of NASTY) expect(said).toContain(JSON.stringify(text).slice(1, -1));
    await decide(city, 'window01', caseId, 'accept', NASTY.join(' '));
    expect((await citizen.call(api.myCase, { params: { id: caseId } })).state).toBeGreaterThan(4);
  });

  test.each(NASTY)('%j in every field of the application is an answer, never an accident', async (text) => {
    const values = { reason: text, lostOn: text, lossDeclared: text, phone: text, delivery: text, [text.slice(0, 60)]: text };
    expect([400, 404, 422]).toContain((await submit(submission({ values }))).status);
    const draft = await citizen.call(api.createDraft, { body: { service: SERVICE } });
    const saved = await citizen.send('PUT', `/api/drafts/${draft.id}/steps/loss`, { body: JSON.stringify({ values: { reason: text, lostOn: text } }) });
    await isClear(saved, [400, 422]);
    await citizen.call(api.discardDraft, { params: { id: draft.id } });
  });

  test('a null character, which the database cannot hold, is refused at its field', async () => {
    const caseId = await applyForCard(city, citizen);
    const response = await official.send('POST', `/api/cases/${caseId}/notes`, { body: JSON.stringify({ text: 'a\u0000b' }), headers: { 'idempotency-key': key() } });
    await isClear(response, [400, 422]);
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
