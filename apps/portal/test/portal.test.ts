import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { incompleteMessages } from '@zhengwu/i18n';
import { words } from '@zhengwu/ui';
import { routes } from '../routes/all.ts';
import { messages } from '../words/messages.ts';
import { caseDetail, ids, licence } from './answers.ts';
import { build, openReader, ORIGIN, signedIn } from './reader.ts';
import { TOKEN } from './site.ts';

const { reader, get, post } = openReader();
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
    expect(reader.site.seen.filter((one) => one.path === '/api/services-index')).toHaveLength(1);
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
    const call = reader.site.seen.find((one) => one.path.startsWith('/api/my/cases'));
    expect(call?.headers['x-zhengwu-portal']).toMatch(/^\d+\.[\w-]+:/);
    expect(call?.headers['x-zhengwu-citizen']).toBe(TOKEN);
    reader.site.seen.length = 0;
    await get('/help?fresh=1');
    expect(reader.site.seen.every((one) => one.headers['x-zhengwu-citizen'] === undefined)).toBe(true);
  });
  test('carry the chosen principal for new work, and none inside an open case', async () => {
    const cookies = { ...signedIn, zw_acting: ids.company };
    const { body } = await get('/my', cookies);
    expect(body).toContain('您正在代 云川市晨光商贸有限公司 办事');
    expect(reader.site.seen.find((one) => one.path.startsWith('/api/my/cases'))?.headers['x-zhengwu-on-behalf-of']).toBe(ids.company);
    reader.site.seen.length = 0;
    const inside = await get(`/cases/${ids.open}`, cookies);
    expect(reader.site.seen.find((one) => one.path.startsWith('/api/my/cases'))?.headers['x-zhengwu-on-behalf-of']).toBeUndefined();
    expect(inside.body).not.toContain('您正在代');
  });
  test('a principal that the session does not name is ignored', async () => {
    await get('/my', { ...signedIn, zw_acting: ids.order });
    expect(reader.site.seen.some((one) => one.headers['x-zhengwu-on-behalf-of'])).toBe(false);
  });
});

test('of a paper that is still being checked for malware the applicant reads so, and that there is nothing to do', async () => {
  const detail = caseDetail(ids.open);
  expect((await get(`/en/cases/${ids.open}`, signedIn)).body).not.toContain('Being checked for malware');
  reader.site.override.set(`GET /api/my/cases/${ids.open}`, { status: 200, body: { ...detail, materials: detail?.materials.map((one) => ({ ...one, isChecking: true })) } });
  expect((await get(`/en/cases/${ids.open}`, signedIn)).body).toContain('Being checked for malware; there is nothing for you to do');
});

describe('errors without jargon', () => {
  test('a page that does not exist', async () => {
    const answer = await get('/nope');
    expect(answer.statusCode).toBe(404);
    expect(answer.body).toContain('没有找到这个页面');
    expect(answer.body).toContain('099-12345');
  });
  test('somebody else’s case', async () => {
    reader.site.override.set(`GET /api/my/cases/${ids.open}`, { status: 403, body: { type: 'about:blank', title: 'x', status: 403, detail: '这个办件不属于您', instance: 'ref-7', code: 'case.forbidden' } });
    const answer = await get(`/cases/${ids.open}`, signedIn);
    expect(answer.statusCode).toBe(403);
    expect(answer.body).toContain('ref-7');
  });
  test('the site fails: no detail leaks', async () => {
    reader.site.override.set('GET /api/my/licences', { status: 500, body: { type: 'about:blank', title: 'x', status: 500, detail: 'relation "x" does not exist', instance: 'ref-9', code: 'server.unexpected' } });
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
    const answer = await reader.app.inject({ method: 'POST', url: '/report', headers: { origin: ORIGIN, 'content-type': 'application/json' }, payload: '{}' });
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

