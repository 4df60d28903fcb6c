import { describe, expect, test } from 'vitest';
import { ids } from './answers.ts';
import { build, field, openReader, ORIGIN, signedIn, tokenIn } from './reader.ts';
import { TOKEN } from './site.ts';

const { reader, get, post, tokenFor } = openReader();
const refusal = (code: string, status: number, extra: object) => ({ status, body: { type: 'about:blank', title: code, status, detail: '说明', instance: 'r', code, extra } });

describe('sign-in', () => {
  test('sets an HttpOnly cookie and goes on to where one wanted to go', async () => {
    const answer = await post('/sign-in', { account: 'lin.xiaoyu', password: 'yunchuan-2026', next: '/services/id-replace/start' }, { cookies: {} });
    expect(answer.statusCode).toBe(303);
    expect(answer.headers.location).toBe('/services/id-replace/start');
    expect(String(answer.headers['set-cookie'])).toMatch(/zw_portal=.*HttpOnly; SameSite=Lax/);
  });
  test.each(['//evil.example', 'https://evil.example/', '/\\evil.example', 'javascript:alert(1)'])('never goes to %s', async (next) => {
    expect((await post('/sign-in', { account: 'a', password: 'yunchuan-2026', next }, { cookies: {} })).headers.location).toBe('/my');
    expect((await get(`/elder?on=1&back=${encodeURIComponent(next)}`)).headers.location).toBe('/');
  });
  test('a wrong password keeps the name, not the password, and says what to do', async () => {
    const answer = await post('/sign-in', { account: 'lin', password: 'wrong-password' }, { cookies: {} });
    expect(answer.statusCode).toBe(422);
    expect(answer.body).toContain('<title>错误：');
    expect(answer.body).toContain('value="lin"');
    expect(answer.body).not.toContain('wrong-password');
  });
  test('a page for citizens leads to sign-in and back', async () => {
    expect((await get('/en/my/licences')).headers.location).toBe('/en/sign-in?next=%2Fmy%2Flicences');
  });
  test('a form sent after the session ended leads back to its page and says what was not saved', async () => {
    const step = `/apply/${ids.draft}/steps/reason`;
    const answer = await reader.app.inject({ method: 'POST', url: step, cookies: { zw_portal: 'an-expired-token-000000' }, headers: { origin: ORIGIN, referer: `${ORIGIN}${step}`, 'content-type': 'application/x-www-form-urlencoded' }, payload: 'reason=lost' });
    expect(answer.headers.location).toBe(`/sign-in?ended=1&next=${encodeURIComponent(step)}`);
    expect((await get(String(answer.headers.location))).body).toContain('刚才这一页没有保存');
  });
  test('an expired session is dropped', async () => {
    const answer = await get('/my', { zw_portal: 'an-expired-token-000000' });
    expect(answer.statusCode).toBe(303);
    expect(String(answer.headers['set-cookie'])).toContain('zw_portal=;');
  });
  test('registration checks the citizen number (GB 11643) before asking the site', async () => {
    const answer = await post('/register', { name: '林', citizenNumber: '110105194912310021', phone: '12900000001', account: 'linlin', password: 'long-enough' }, { cookies: {} });
    expect(answer.statusCode).toBe(422);
    expect(answer.body).toContain('id="citizenNumber-error"');
    expect(reader.site.seen.some((one) => one.path === '/api/citizen/accounts')).toBe(false);
  });
});

describe('forged forms', () => {
  const action = `/apply/${ids.draft}/discard`;
  test('without the token, with another form’s token, or from another site are refused and change nothing', async () => {
    const token = await tokenFor(action, action);
    expect(token).not.toBe('');
    const other = await tokenFor(`/cases/${ids.open}/withdraw`, `/cases/${ids.open}/withdraw`);
    reader.site.seen.length = 0;
    for (const answer of [await post(action, {}), await post(action, { _csrf: other }), await post(action, { _csrf: token }, { origin: 'https://evil.example' })]) expect(answer.statusCode).toBe(403);
    expect(reader.site.seen.some((one) => one.method === 'DELETE')).toBe(false);
    expect((await post(action, { _csrf: token })).statusCode).toBe(303);
  });
});

test('over https cookies are bound to the host', async () => {
  const secure = build(reader.site.url, 'https://portal.example');
  const answer = await secure.inject({ method: 'POST', url: '/sign-in', headers: { origin: 'https://portal.example', 'content-type': 'application/x-www-form-urlencoded' }, payload: 'account=a&password=yunchuan-2026' });
  expect(String(answer.headers['set-cookie'])).toMatch(/__Host-zw_portal=[^;]+;.*Path=\/; HttpOnly; Secure; SameSite=Lax/);
  expect(answer.headers['strict-transport-security']).toBeDefined();
  await secure.close();
});

describe('the second step, without JavaScript', () => {
  const half = () => reader.site.override.set('POST /api/citizen/session', refusal('session.second-factor', 401, { challenge: 'half-way-token-000000000', means: ['code', 'recovery'] }));

  test('a right password leads to the page of the code, and sets no cookie', async () => {
    half();
    const answer = await post('/sign-in', { account: 'lin', password: 'yunchuan-2026', next: '/my/cases' }, { cookies: {} });
    expect([answer.statusCode, answer.cookies.length, field(answer.body, 'challenge'), field(answer.body, 'next')]).toEqual([200, 0, 'half-way-token-000000000', '/my/cases']);
  });

  test('six digits are a code, anything longer a recovery code', async () => {
    const right = await post('/sign-in/second', { challenge: 'half-way-token-000000000', code: '１２３ 456', next: '/my/cases' }, { cookies: {} });
    expect([right.statusCode, right.headers.location, right.cookies[0]?.name]).toEqual([303, '/my/cases', 'zw_portal']);
    const wrong = await post('/sign-in/second', { challenge: 'half-way-token-000000000', code: 'aaaa-bbbb-cccc', next: '/my' }, { cookies: {} });
    expect([wrong.statusCode, field(wrong.body, 'challenge')]).toEqual([422, 'half-way-token-000000000']);
    expect(JSON.parse(reader.site.seen.at(-1)?.body ?? '{}')).toEqual({ challenge: 'half-way-token-000000000', recoveryCode: 'aaaa-bbbb-cccc' });
  });
});

describe('proving again', () => {
  const wants = () => reader.site.override.set('DELETE /api/account/second-factor', refusal('session.step-up', 403, { means: ['password'] }));

  test('a page asks, keeps every field, and sends the same form on', async () => {
    wants();
    const _csrf = await tokenFor('/my/second-factor', '/my/second-factor/remove');
    const asked = await post('/my/second-factor/remove', { _csrf, note: '一 & 二' });
    expect([asked.statusCode, field(asked.body, 'note'), /action="([^"]+remove)"/.exec(asked.body)?.[1]]).toEqual([200, '一 & 二', '/my/second-factor/remove']);
    const wrong = await post('/my/second-factor/remove', { _csrf: tokenIn(asked.body, '/my/second-factor/remove'), note: '一 & 二', _proof: 'password', _password: 'wrong' });
    expect([wrong.statusCode, field(wrong.body, 'note'), wrong.body.includes('密码或验证码不正确')]).toEqual([422, '一 & 二', true]);
    reader.site.override.clear();
    const done = await post('/my/second-factor/remove', { _csrf: tokenIn(wrong.body, '/my/second-factor/remove'), note: '一 & 二', _proof: 'password', _password: 'yunchuan-2026' });
    expect([done.statusCode, done.headers.location]).toEqual([303, '/my/second-factor']);
  });

  test('a password is never carried in the page', async () => {
    wants();
    const _csrf = await tokenFor('/my/second-factor', '/my/second-factor/remove');
    const wrong = await post('/my/second-factor/remove', { _csrf, _proof: 'password', _password: 'my-secret-password' });
    expect(wrong.body).not.toContain('my-secret-password');
  });
});

test('setting up an authenticator shows a QR code and its secret; a wrong code shows the same one again', async () => {
  const begun = await post('/my/second-factor/begin', { _csrf: await tokenFor('/my/account', '/my/account') });
  expect(begun.statusCode).toBe(403);
  reader.site.override.set('GET /api/account/second-factor', { status: 200, body: { code: false, since: null, required: false, recoveryCodesLeft: 0, verified: true, passkeys: [] } });
  const page = await post('/my/second-factor/begin', { _csrf: await tokenFor('/my/second-factor', '/my/second-factor/begin') });
  expect(page.body).toContain('<svg class="qr"');
  const form = { _csrf: tokenIn(page.body, '/my/second-factor/confirm'), secret: field(page.body, 'secret'), uri: field(page.body, 'uri') };
  const wrong = await post('/my/second-factor/confirm', { ...form, code: '000000' });
  expect([wrong.statusCode, field(wrong.body, 'secret')]).toEqual([422, form.secret]);
  expect((await post('/my/second-factor/confirm', { ...form, code: '123456' })).body).toContain('aaaa-bbbb-cccc');
});

test('whoever holds a one-time password comes to the page that changes it, whatever they asked for', async () => {
  const { body } = await (await fetch(`${reader.site.url}/api/citizen/session`, { headers: { 'x-zhengwu-portal': 'x', 'x-zhengwu-citizen': TOKEN } })).json().then((session: object) => ({ body: { ...session, mustChange: true } }));
  reader.site.override.set('GET /api/citizen/session', { status: 200, body });
  expect((await get('/my/cases', signedIn)).headers.location).toBe('/my/account');
  expect((await get('/my/account', signedIn)).body).toContain('一次性密码');
  expect(reader.site.seen.some((one) => one.path.startsWith('/api/account/'))).toBe(false);
});

test('an account is recovered by a recovery code; the answer does not tell whether it exists', async () => {
  const done = await post('/recover', { account: 'lin', recoveryCode: 'aaaa-bbbb-cccc', password: 'Another-one-9' }, { cookies: {} });
  expect([done.statusCode, done.headers.location]).toEqual([303, '/sign-in?recovered=1']);
  expect((await post('/recover', { account: 'nobody', recoveryCode: 'xxxx-xxxx-xxxx', password: 'Another-one-9' }, { cookies: {} })).body).toContain('账号或恢复码不正确');
});
