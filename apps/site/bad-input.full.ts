import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as api from '@zhengwu/contracts';
import { applyForCard, decide } from './test/people.ts';
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

const NASTY = [
  `<script>alert(1)</script>`, `"><img src=x onerror=alert(1)>`, `'; drop table cases.case; --`, `1' or '1'='1`, `\${7*7}{{7*7}}`, `../../../etc/passwd`,
  '\u202e\u0007\u200b', '𠮷野家\ud83d\ude00', `%00%0d%0aSet-Cookie: a=b`, `=cmd|' /C calc'!A0`, '\\u0000', '__proto__',
];

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
