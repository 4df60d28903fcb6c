import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { FastifyInstance } from 'fastify';
import { createLog } from '@zhengwu/log';
import { buildPortal } from '../portal.ts';
import { startSite, TOKEN } from './site.ts';

const ORIGIN = 'http://portal.example';
let site: Awaited<ReturnType<typeof startSite>>;
let app: FastifyInstance;
beforeAll(async () => {
  site = await startSite();
  app = buildPortal({ siteUrl: site.url, origin: ORIGIN, secret: 'a-secret-for-tests-0123456789abcdef', log: createLog({ level: 'silent' }) });
  await app.ready();
});
afterAll(async () => {
  await app.close();
  await site.close();
});
beforeEach(() => {
  site.seen.length = 0;
  site.override.clear();
});

const cookies = { zw_portal: TOKEN };
const get = (url: string) => app.inject({ url, cookies });
const post = (url: string, fields: Record<string, string>, own: Record<string, string> = {}) =>
  app.inject({ method: 'POST', url, cookies: own, headers: { origin: ORIGIN, 'content-type': 'application/x-www-form-urlencoded' }, payload: new URLSearchParams(fields).toString() });
const field = (body: string, name: string): string => new RegExp(`name="${name}" value="([^"]*)"`).exec(body)?.[1]?.replaceAll('&#x27;', "'").replaceAll('&amp;', '&') ?? '';
/** The CSRF token of the page's form to `action`. */
const tokenIn = (body: string, action: string): string => field(body.slice(body.indexOf(`action="${action}"`)), '_csrf');
const tokenFor = async (page: string, action: string): Promise<string> => tokenIn((await get(page)).body, action);
const refusal = (code: string, status: number, extra: object) => ({ status, body: { type: 'about:blank', title: code, status, detail: '说明', instance: 'r', code, extra } });

describe('the second step, without JavaScript', () => {
  const half = () => site.override.set('POST /api/citizen/session', refusal('session.second-factor', 401, { challenge: 'half-way-token-000000000', means: ['code', 'recovery'] }));

  test('a right password leads to the page of the code, and sets no cookie', async () => {
    half();
    const answer = await post('/sign-in', { account: 'lin', password: 'yunchuan-2026', next: '/my/cases' });
    expect([answer.statusCode, answer.cookies.length, field(answer.body, 'challenge'), field(answer.body, 'next')]).toEqual([200, 0, 'half-way-token-000000000', '/my/cases']);
  });

  test('six digits are a code, anything longer a recovery code', async () => {
    const right = await post('/sign-in/second', { challenge: 'half-way-token-000000000', code: '１２３ 456', next: '/my/cases' });
    expect([right.statusCode, right.headers.location, right.cookies[0]?.name]).toEqual([303, '/my/cases', 'zw_portal']);
    const wrong = await post('/sign-in/second', { challenge: 'half-way-token-000000000', code: 'aaaa-bbbb-cccc', next: '/my' });
    expect([wrong.statusCode, field(wrong.body, 'challenge')]).toEqual([422, 'half-way-token-000000000']);
    expect(JSON.parse(site.seen.at(-1)?.body ?? '{}')).toEqual({ challenge: 'half-way-token-000000000', recoveryCode: 'aaaa-bbbb-cccc' });
  });
});

describe('proving again', () => {
  const wants = () => site.override.set('DELETE /api/account/second-factor', refusal('session.step-up', 403, { means: ['password'] }));

  test('a page asks, keeps every field, and sends the same form on', async () => {
    wants();
    const _csrf = await tokenFor('/my/second-factor', '/my/second-factor/remove');
    const asked = await post('/my/second-factor/remove', { _csrf, note: '一 & 二' }, cookies);
    expect([asked.statusCode, field(asked.body, 'note'), /action="([^"]+remove)"/.exec(asked.body)?.[1]]).toEqual([200, '一 & 二', '/my/second-factor/remove']);
    const wrong = await post('/my/second-factor/remove', { _csrf: tokenIn(asked.body, '/my/second-factor/remove'), note: '一 & 二', _proof: 'password', _password: 'wrong' }, cookies);
    expect([wrong.statusCode, field(wrong.body, 'note'), wrong.body.includes('密码或验证码不正确')]).toEqual([422, '一 & 二', true]);
    site.override.clear();
    const done = await post('/my/second-factor/remove', { _csrf: tokenIn(wrong.body, '/my/second-factor/remove'), note: '一 & 二', _proof: 'password', _password: 'yunchuan-2026' }, cookies);
    expect([done.statusCode, done.headers.location]).toEqual([303, '/my/second-factor']);
  });

  test('a password is never carried in the page', async () => {
    wants();
    const _csrf = await tokenFor('/my/second-factor', '/my/second-factor/remove');
    const wrong = await post('/my/second-factor/remove', { _csrf, _proof: 'password', _password: 'my-secret-password' }, cookies);
    expect(wrong.body).not.toContain('my-secret-password');
  });
});

test('setting up an authenticator shows a QR code and its secret; a wrong code shows the same one again', async () => {
  const begun = await post('/my/second-factor/begin', { _csrf: await tokenFor('/my/account', '/my/account') }, cookies);
  expect(begun.statusCode).toBe(403);
  site.override.set('GET /api/account/second-factor', { status: 200, body: { code: false, since: null, required: false, recoveryCodesLeft: 0, verified: true, passkeys: [] } });
  const page = await post('/my/second-factor/begin', { _csrf: await tokenFor('/my/second-factor', '/my/second-factor/begin') }, cookies);
  expect(page.body).toContain('<svg class="qr"');
  const form = { _csrf: tokenIn(page.body, '/my/second-factor/confirm'), secret: field(page.body, 'secret'), uri: field(page.body, 'uri') };
  const wrong = await post('/my/second-factor/confirm', { ...form, code: '000000' }, cookies);
  expect([wrong.statusCode, field(wrong.body, 'secret')]).toEqual([422, form.secret]);
  expect((await post('/my/second-factor/confirm', { ...form, code: '123456' }, cookies)).body).toContain('aaaa-bbbb-cccc');
});

test('whoever holds a one-time password comes to the page that changes it, whatever they asked for', async () => {
  const { body } = await (await fetch(`${site.url}/api/citizen/session`, { headers: { 'x-zhengwu-portal': 'x', 'x-zhengwu-citizen': TOKEN } })).json().then((session: object) => ({ body: { ...session, mustChange: true } }));
  site.override.set('GET /api/citizen/session', { status: 200, body });
  expect((await get('/my/cases')).headers.location).toBe('/my/account');
  expect((await get('/my/account')).body).toContain('一次性密码');
  expect(site.seen.some((one) => one.path.startsWith('/api/account/'))).toBe(false);
});

test('an account is recovered by a recovery code; the answer does not tell whether it exists', async () => {
  const done = await post('/recover', { account: 'lin', recoveryCode: 'aaaa-bbbb-cccc', password: 'Another-one-9' });
  expect([done.statusCode, done.headers.location]).toEqual([303, '/sign-in?recovered=1']);
  expect((await post('/recover', { account: 'nobody', recoveryCode: 'xxxx-xxxx-xxxx', password: 'Another-one-9' })).body).toContain('账号或恢复码不正确');
});
