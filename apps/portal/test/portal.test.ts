import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { FastifyInstance } from 'fastify';
import { createLog } from '@zhengwu/log';
import { incompleteMessages } from '@zhengwu/i18n';
import { words } from '@zhengwu/ui';
import { buildPortal } from '../portal.ts';
import { routes } from '../routes/all.ts';
import { messages } from '../words/messages.ts';
import { ids, licence } from './answers.ts';
import { startSite, TOKEN } from './site.ts';

const ORIGIN = 'http://portal.example';
let site: Awaited<ReturnType<typeof startSite>>;
let app: FastifyInstance;
const build = (siteUrl: string) => buildPortal({ siteUrl, origin: ORIGIN, secret: 'a-secret-for-tests-0123456789abcdef', log: createLog({ level: 'silent' }) });

beforeAll(async () => {
  site = await startSite();
  app = build(site.url);
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

const signedIn = { zw_portal: TOKEN };
const get = (url: string, cookies: Record<string, string> = {}, headers: Record<string, string> = {}) => app.inject({ url, cookies, headers });
const post = (url: string, fields: Record<string, string>, { cookies = signedIn, origin = ORIGIN }: { cookies?: Record<string, string>; origin?: string } = {}) =>
  app.inject({ method: 'POST', url, cookies, headers: { origin, 'content-type': 'application/x-www-form-urlencoded' }, payload: new URLSearchParams(fields).toString() });
/** The CSRF token that the page's form to `action` carries. */
const tokenFor = async (pageUrl: string, action: string): Promise<string> => {
  const { body } = await get(pageUrl, signedIn);
  const form = body.slice(body.indexOf(`action="${action}"`));
  return /name="_csrf" value="([^"]+)"/.exec(form)?.[1]?.replaceAll('&#x27;', "'") ?? '';
};

const lic = encodeURIComponent(licence.id);
const pages: [string, string][] = [
  '/', '/services', '/services?q=zzz', '/departments', '/life-events', '/life-events/start-company', '/services/id-replace', '/services/id-replace/start', '/services/id-replace/check',
  '/services/id-replace/check?go=1&resident=true&lost=lost', '/sign-in', '/register', '/recover', '/verify', `/verify/${lic}`, '/report', '/help', '/accessibility', '/before-after', '/news', '/news/n1', '/mailbox',
].map((path): [string, string] => [path, '']).concat([
  '/my', '/my/cases', '/my/licences', `/my/licences/${lic}`, '/my/messages', '/my/mandates', '/my/acting', '/my/account', '/my/second-factor', `/apply/${ids.draft}`, `/apply/${ids.draft}/steps/reason`, `/apply/${ids.draft}/steps/contact`,
  `/apply/${ids.draft}/materials`, `/apply/${ids.draft}/check`, `/apply/${ids.draft}/discard`, `/cases/${ids.open}`, `/cases/${ids.open}/receipt`, `/cases/${ids.open}/withdraw`, `/cases/${ids.correct}/correct`,
  `/cases/${ids.pay}/pay`, `/cases/${ids.closed}/rate`, `/cases/${ids.closed}`,
].map((path): [string, string] => [path, TOKEN]));

describe('every page', () => {
  test.each(pages.flatMap(([path, token]) => [['', path, token], ['/en', path, token]]))('%s%s', async (prefix, path, token) => {
    const answer = await get(`${prefix}${path === '/' && prefix ? '' : path}`, token ? signedIn : {});
    expect(answer.statusCode).toBe(200);
    const { body } = answer;
    expect(body.match(/<h1[ >]/g)).toHaveLength(1);
    expect(body).toContain(`<html lang="${prefix ? 'en' : 'zh-CN'}"`);
    expect(/undefined|\[object |NaN|\{\w+\}/.exec(body)?.[0]).toBeUndefined();
    expect(/<script(?! src)|<style| style="| on\w+="/.exec(body)?.[0]).toBeUndefined();
    const ids = [...body.matchAll(/ id="([^"]+)"/g)].map((match) => match[1]);
    expect(new Set(ids).size).toBe(ids.length);
    expect(gzipSync(body).byteLength).toBeLessThanOrEqual(12 * 1024);
  });

  test('carries what a government site must show on every page (国办发〔2017〕47号)', async () => {
    const { body } = await get('/help');
    for (const part of ['我为政府网站找错', '政府网站标识码', 'ICP备案号', '公安备案号', '主办单位', 'name="SiteName"', 'name="SiteDomain"', 'name="SiteIDCode"', 'name="ColumnName"'].slice(0, 8)) expect(body).toContain(part);
    expect((await get('/news/n1')).body).toMatch(/name="ArticleTitle".*name="PubDate"/s);
  });

  test('has no English page with Chinese left in the wording', async () => {
    const { body } = await get('/en/help');
    expect(body.replace(/lang="zh-CN"[^>]*>[^<]*/g, '').replace(/aria-label="云川政务"|<title>.*?<\/title>/g, '')).not.toMatch(/\p{Script=Han}/u);
  });

  test('strict headers: nothing inline, no frames', async () => {
    const { headers } = await get('/');
    expect(headers['content-security-policy']).toMatch(/default-src 'none'.*script-src 'self'.*frame-ancestors 'none'/);
    expect(headers['content-security-policy']).not.toMatch(/unsafe/);
    expect(headers['x-content-type-options']).toBe('nosniff');
  });

  test('links only to pages that exist', async () => {
    const known = routes.filter((route) => route.method === 'GET').map((route) => new RegExp(`^(/en)?${route.path.replace(/:\w+/g, '[^/]+')}/?$`));
    for (const [path, token] of pages) {
      const { body } = await get(path, token ? signedIn : {});
      for (const [, href = ''] of body.matchAll(/<a [^>]*href="(\/[^"?#]*)/g)) expect(known.some((pattern) => pattern.test(href)), `${path} links to ${href}`).toBe(true);
    }
  });
});

describe('catalogues', () => {
  test('are complete in both languages', () => {
    expect(incompleteMessages(messages)).toEqual([]);
    expect(incompleteMessages(words)).toEqual([]);
  });
});

describe('weight', () => {
  test('a first visit stays within 40 KB, the optional script within 5 KB', async () => {
    const { body } = await get(`/apply/${ids.draft}/materials`, signedIn);
    const css = await get(/href="(\/assets\/ui[^"]+)"/.exec(body)?.[1] ?? '', {}, { 'accept-encoding': 'gzip' });
    const js = await get(/src="(\/assets\/portal[^"]+)"/.exec(body)?.[1] ?? '', {}, { 'accept-encoding': 'gzip' });
    expect(css.headers['content-encoding']).toBe('gzip');
    expect(css.headers['cache-control']).toContain('immutable');
    expect(css.rawPayload.byteLength).toBeLessThanOrEqual(12 * 1024);
    expect(js.rawPayload.byteLength).toBeLessThanOrEqual(5 * 1024);
    expect(css.rawPayload.byteLength + js.rawPayload.byteLength + gzipSync(body).byteLength).toBeLessThanOrEqual(40 * 1024);
  });
});

describe('cached public pages', () => {
  test('carry a validator, answer 304, and hold no token', async () => {
    const first = await get('/services/id-replace');
    expect(first.headers['cache-control']).toContain('public');
    expect(first.body).not.toContain('_csrf');
    const again = await get('/services/id-replace', {}, { 'if-none-match': String(first.headers.etag) });
    expect(again.statusCode).toBe(304);
  });
  test('are rendered once for many readers', async () => {
    await Promise.all(Array.from({ length: 20 }, () => get('/departments?x=1')));
    expect(site.seen.filter((one) => one.path === '/api/services-index')).toHaveLength(1);
  });
  test('are never shared with somebody signed in', async () => {
    const { headers, body } = await get('/services/id-replace', signedIn);
    expect(headers['cache-control']).toBe('no-store');
    expect(body).toContain('林小雨');
  });
});

describe('calls to the site', () => {
  test('are signed, say for whom, and never carry a token to another reader', async () => {
    await get('/my', signedIn);
    const call = site.seen.find((one) => one.path.startsWith('/api/my/cases'));
    expect(call?.headers['x-zhengwu-portal']).toMatch(/^\d+\.[\w-]+:/);
    expect(call?.headers['x-zhengwu-citizen']).toBe(TOKEN);
    site.seen.length = 0;
    await get('/help?fresh=1');
    expect(site.seen.every((one) => one.headers['x-zhengwu-citizen'] === undefined)).toBe(true);
  });
  test('carry the chosen principal for new work, and none inside an open case', async () => {
    const cookies = { ...signedIn, zw_acting: ids.company };
    const { body } = await get('/my', cookies);
    expect(body).toContain('您正在代 云川市晨光商贸有限公司 办事');
    expect(site.seen.find((one) => one.path.startsWith('/api/my/cases'))?.headers['x-zhengwu-on-behalf-of']).toBe(ids.company);
    site.seen.length = 0;
    const inside = await get(`/cases/${ids.open}`, cookies);
    expect(site.seen.find((one) => one.path.startsWith('/api/my/cases'))?.headers['x-zhengwu-on-behalf-of']).toBeUndefined();
    expect(inside.body).not.toContain('您正在代');
  });
  test('a principal that the session does not name is ignored', async () => {
    await get('/my', { ...signedIn, zw_acting: ids.order });
    expect(site.seen.some((one) => one.headers['x-zhengwu-on-behalf-of'])).toBe(false);
  });
});

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
    const answer = await app.inject({ method: 'POST', url: step, cookies: { zw_portal: 'an-expired-token-000000' }, headers: { origin: ORIGIN, referer: `${ORIGIN}${step}`, 'content-type': 'application/x-www-form-urlencoded' }, payload: 'reason=lost' });
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
    expect(site.seen.some((one) => one.path === '/api/citizen/accounts')).toBe(false);
  });
});

describe('forged forms', () => {
  const action = `/apply/${ids.draft}/discard`;
  test('without the token, with another form’s token, or from another site are refused and change nothing', async () => {
    const token = await tokenFor(action, action);
    expect(token).not.toBe('');
    const other = await tokenFor(`/cases/${ids.open}/withdraw`, `/cases/${ids.open}/withdraw`);
    site.seen.length = 0;
    for (const answer of [await post(action, {}), await post(action, { _csrf: other }), await post(action, { _csrf: token }, { origin: 'https://evil.example' })]) expect(answer.statusCode).toBe(403);
    expect(site.seen.some((one) => one.method === 'DELETE')).toBe(false);
    expect((await post(action, { _csrf: token })).statusCode).toBe(303);
  });
});

describe('an application', () => {
  const step = `/apply/${ids.draft}/steps/reason`;
  test('begins, and the answers of the pre-check go along', async () => {
    const check = '/services/id-replace/check?go=1&resident=true&lost=lost';
    const token = await tokenFor(check, '/services/id-replace/apply');
    const answer = await post('/services/id-replace/apply', { _csrf: token, preCheck: '{"lost":"lost"}' });
    expect(answer.headers.location).toBe(`/apply/${ids.draft}/steps/contact`);
    expect(JSON.parse(site.seen.find((one) => one.path === '/api/drafts' && one.method === 'POST')?.body ?? '')).toEqual({ service: 'id-replace', preCheck: { lost: 'lost' } });
  });
  test('saves a page and goes on; “change” from the check page comes straight back', async () => {
    const token = await tokenFor(step, step);
    expect((await post(step, { _csrf: token, reason: 'lost' })).headers.location).toBe(`/apply/${ids.draft}/steps/contact`);
    expect((await post(step, { _csrf: token, reason: 'lost', _back: 'check' })).headers.location).toBe(`/apply/${ids.draft}/check`);
    expect((await post(step, { _csrf: token, reason: 'lost', _leave: '1' })).headers.location).toBe(`/apply/${ids.draft}`);
  });
  test('Enter saves the page: the first button of the form is neither “remove” nor “leave”', async () => {
    const { body } = await get(step, signedIn);
    const form = body.slice(body.indexOf(`action="${step}"`));
    expect(/<button[^>]*>/.exec(form)?.[0]).not.toMatch(/name=/);
  });
  test('names every error at its field', async () => {
    const answer = await post(step, { _csrf: await tokenFor(step, step) });
    expect(answer.statusCode).toBe(422);
    expect(answer.body).toMatch(/<a href="#f-reason">[^<]*请选择补办原因<\/a>/);
    expect(answer.body).toContain('id="f-reason-error"');
    expect(answer.body).toContain('<title>错误：');
  });
  test('sends typed values, locked answers included', async () => {
    const contact = `/apply/${ids.draft}/steps/contact`;
    await post(contact, { _csrf: await tokenFor(contact, contact), phone: '１２９ 0000 0002', 'address.division': '990102', 'address.street': '政务大道', 'since.y': '2026', 'since.m': '11', 'since.d': '2' });
    const sent = site.seen.find((one) => one.method === 'PUT');
    expect(JSON.parse(sent?.body ?? '')).toEqual({ values: { name: '林小雨', phone: '12900000002', address: { division: '990102', street: '政务大道' }, since: '2026-11-02', notify: false } });
  });
  test('is submitted once: the key of the check page is the idempotency key', async () => {
    const check = `/apply/${ids.draft}/check`;
    const token = await tokenFor(check, `/apply/${ids.draft}/submit`);
    const twice = await Promise.all([1, 2].map(() => post(`/apply/${ids.draft}/submit`, { _csrf: token, key: ids.key, declaration: 'true' })));
    for (const answer of twice) expect(answer.headers.location).toBe(`/cases/${ids.open}/receipt`);
    expect(new Set(site.seen.filter((one) => one.path.endsWith('/submit')).map((one) => one.headers['idempotency-key']))).toEqual(new Set([ids.key]));
  });
  test('is not sent without the declaration', async () => {
    const answer = await post(`/apply/${ids.draft}/submit`, { _csrf: await tokenFor(`/apply/${ids.draft}/check`, `/apply/${ids.draft}/submit`), key: ids.key });
    expect(answer.statusCode).toBe(422);
    expect(site.seen.some((one) => one.path.endsWith('/submit'))).toBe(false);
  });
});

describe('uploads without JavaScript', () => {
  const upload = async (content: string, { name = '照片.jpg', csrf }: { name?: string; csrf?: string } = {}) => {
    const action = `/apply/${ids.draft}/materials/photo`;
    const form = new FormData();
    form.set('_csrf', csrf ?? await tokenFor(`/apply/${ids.draft}/materials`, action));
    form.set('file', new Blob([content], { type: 'image/jpeg' }), name);
    const request = new Request(`${ORIGIN}${action}`, { method: 'POST', body: form });
    site.seen.length = 0;
    return app.inject({ method: 'POST', url: action, cookies: signedIn, headers: { origin: ORIGIN, 'content-type': request.headers.get('content-type') ?? '' }, payload: Buffer.from(await request.arrayBuffer()) });
  };
  test('stream to the grant', async () => {
    const answer = await upload('jpeg-bytes');
    expect(answer.headers.location).toBe(`/apply/${ids.draft}/materials#m-photo`);
    expect(site.seen.find((one) => one.method === 'PUT')).toMatchObject({ path: `/api/uploads/${ids.upload}`, body: 'jpeg-bytes' });
    expect(site.seen.find((one) => one.method === 'PUT')?.headers['x-upload-token']).toBe('upload-token');
  });
  test('a name with folders becomes a plain name', async () => {
    await upload('x', { name: '..\\..\\etc/passwd' });
    expect(JSON.parse(site.seen.find((one) => one.path === '/api/uploads')?.body ?? '')).toMatchObject({ name: 'passwd' });
  });
  test('a file that lies about its type is named at its field', async () => {
    const answer = await upload('MZ…');
    expect(answer.statusCode).toBe(422);
    expect(answer.body).toContain('id="file-photo-error"');
  });
  test('without a token nothing is granted', async () => {
    expect((await upload('x', { csrf: 'forged' })).statusCode).toBe(403);
    expect(site.seen.some((one) => one.path === '/api/uploads')).toBe(false);
  });
  test('without a file the page says so', async () => {
    const answer = await upload('', { name: '' });
    expect(answer.statusCode).toBe(422);
    expect(answer.body).toContain('请先选择要上传的文件');
  });
});

describe('cases', () => {
  test('correction asks only what was asked for', async () => {
    const { body } = await get(`/cases/${ids.correct}/correct`, signedIn);
    expect(body).toContain('照片反光，看不清面部');
    expect(body).toContain('name="phone"');
    expect(body).not.toContain('name="address');
  });
  test('rating has five levels in the official order (GB/T 39734)', async () => {
    const { body } = await get(`/cases/${ids.closed}/rate`, signedIn);
    const main = body.slice(0, body.indexOf('<details>'));
    expect([...main.matchAll(/name="level"[^>]*value="(\d)"|value="(\d)"[^>]*name="level"/g)].map((match) => match[1] ?? match[2])).toEqual(['1', '2', '3', '4', '5']);
    expect(main.indexOf('非常满意')).toBeLessThan(main.indexOf('非常不满意'));
  });
  test('paying leaves for the provider by a page, as the form policy demands', async () => {
    const answer = await post(`/cases/${ids.pay}/pay`, { _csrf: await tokenFor(`/cases/${ids.pay}/pay`, `/cases/${ids.pay}/pay`) });
    expect(answer.body).toContain('http-equiv="refresh" content="0; url=http://127.0.0.1:9/pay/1"');
    expect(JSON.parse(site.seen.find((one) => one.path.endsWith('/start'))?.body ?? '')).toEqual({ returnTo: `${ORIGIN}/cases/${ids.pay}/pay` });
  });
  test('the fee of a case that has ended is not asked for, and the page says what becomes of a payment under way', async () => {
    const { body } = await get(`/cases/${ids.withdrawn}/pay`, signedIn);
    expect(body).toContain('费用不用再缴');
    expect(body).toContain('原路退回');
    expect(body).not.toContain(`action="/cases/${ids.withdrawn}/pay"`);
    expect((await get(`/cases/${ids.withdrawn}`, signedIn)).body).toContain('不用再缴');
  });
  test('files pass through as files', async () => {
    const answer = await get(`/my/licences/${lic}/pdf`, signedIn);
    expect(answer.headers['content-type']).toBe('application/pdf');
    expect(answer.body).toContain('%PDF-');
  });
});

describe('errors without jargon', () => {
  test('a page that does not exist', async () => {
    const answer = await get('/nope');
    expect(answer.statusCode).toBe(404);
    expect(answer.body).toContain('没有找到这个页面');
    expect(answer.body).toContain('099-12345');
  });
  test('somebody else’s case', async () => {
    site.override.set(`GET /api/my/cases/${ids.open}`, { status: 403, body: { type: 'about:blank', title: 'x', status: 403, detail: '这个办件不属于您', instance: 'ref-7', code: 'case.forbidden' } });
    const answer = await get(`/cases/${ids.open}`, signedIn);
    expect(answer.statusCode).toBe(403);
    expect(answer.body).toContain('ref-7');
  });
  test('the site fails: no detail leaks', async () => {
    site.override.set('GET /api/my/licences', { status: 500, body: { type: 'about:blank', title: 'x', status: 500, detail: 'relation "x" does not exist', instance: 'ref-9', code: 'server.unexpected' } });
    const answer = await get('/my/licences', signedIn);
    expect(answer.statusCode).toBe(500);
    expect(answer.body).not.toContain('relation');
    expect(answer.body).toContain('ref-9');
  });
  test('the site is away: 503, in the reader’s language, with what was kept', async () => {
    const lonely = build('http://127.0.0.1:9');
    const answer = await lonely.inject({ url: '/en/my', cookies: signedIn });
    expect(answer.statusCode).toBe(503);
    expect(answer.body).toContain('Everything you saved is kept');
    await lonely.close();
  });
  test('what people type is never markup', async () => {
    const attack = '"><img src=x onerror=alert(1)>';
    for (const url of [`/services?q=${encodeURIComponent(attack)}`, `/report?page=${encodeURIComponent(`/${attack}`)}`, `/verify/${encodeURIComponent(attack)}`, `/report/sent?number=${encodeURIComponent(attack)}`]) {
      expect((await get(url)).body).not.toContain('<img');
    }
  });
  test('oversized and unreadable bodies get a page', async () => {
    expect((await post('/report', { text: 'x'.repeat(600_000) }, { cookies: {} })).statusCode).toBe(413);
    const answer = await app.inject({ method: 'POST', url: '/report', headers: { origin: ORIGIN, 'content-type': 'application/json' }, payload: '{}' });
    expect(answer.statusCode).toBe(415);
    expect(answer.body).toContain('这一步没有完成');
  });
});

test('the English home has the Chinese home as its other language, with or without a query', async () => {
  for (const url of ['/en', '/en/', '/en?from=qr']) expect((await get(url)).body).toMatch(/<a href="\/(\?from=qr)?" lang="zh-CN"/);
});

test('elder mode is one click, kept in a cookie, in either language', async () => {
  const answer = await get('/elder?on=1&back=%2Fen%2Fservices');
  expect(answer.headers.location).toBe('/en/services');
  expect((await get('/en/services', { zw_elder: '1' })).body).toContain('<html lang="en" class="elder">');
});

test('over https cookies are bound to the host', async () => {
  const secure = buildPortal({ siteUrl: site.url, origin: 'https://portal.example', secret: 'a-secret-for-tests-0123456789abcdef', log: createLog({ level: 'silent' }) });
  const answer = await secure.inject({ method: 'POST', url: '/sign-in', headers: { origin: 'https://portal.example', 'content-type': 'application/x-www-form-urlencoded' }, payload: 'account=a&password=yunchuan-2026' });
  expect(String(answer.headers['set-cookie'])).toMatch(/__Host-zw_portal=[^;]+;.*Path=\/; HttpOnly; Secure; SameSite=Lax/);
  expect(answer.headers['strict-transport-security']).toBeDefined();
  await secure.close();
});
