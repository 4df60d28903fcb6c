import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { signIn, currentSession } from '@zhengwu/contracts';
import { createHttp, type HttpServer } from '@zhengwu/http';
import { Directory, directoryModule, loadOrganisation } from '@zhengwu/directory';
import { createTestSite, type TestSite } from '@zhengwu/module';
import { consoleCookie, openAuthenticator } from './authenticator.ts';
import { Identity } from './identity.ts';
import { loadAccounts } from './loading.ts';
import { identityModule } from './module.ts';
import { routes } from './routes.ts';

const WINDOW = '0190f7a0-0000-7000-8000-000000000001';
const HEAD = '0190f7a0-0000-7000-8000-000000000002';
const text = (zh: string) => ({ zh, en: zh });
const department = (id: number, code: string, regionParent: number | null, lineParent: number | null) => ({ id, code, division: '990100', name: text(code), regionParent, lineParent });

let site: TestSite;
let http: HttpServer;

const call = (method: 'GET' | 'POST' | 'DELETE', url: string, body?: unknown, headers: Record<string, string> = {}) =>
  http.fastify.inject({ method, url, headers: { 'sec-fetch-site': 'same-origin', ...headers }, ...(body ? { payload: body as object } : {}) });
const enter = (account: string, password: string) => call('POST', signIn.path, { account, password });
const cookie = (response: { headers: Record<string, unknown> }): string => String(response.headers['set-cookie']).split(';')[0] as string;

beforeAll(async () => {
  site = await createTestSite({ modules: [directoryModule, identityModule] });
  await site.database.as(site.database.system, async (tx) => {
    await loadOrganisation(tx, {
      divisions: [{ code: '990100', parent: null, name: text('云川市') }],
      // A city government, its tax bureau, a district and the district's tax office, which answers to both.
      departments: [department(1, 'YC', null, null), department(30, 'YC-SW', 1, null), department(1000, 'LT-ZF', 1, null), department(1030, 'LT-SW', 1000, 30), department(20, 'YC-SC', 1, null)],
      roles: [
        { code: 'window', name: text('窗口'), grants: [{ permission: 'task.handle', scope: 'department' }, { permission: 'case.read', scope: 'own' }] },
        { code: 'head', name: text('负责人'), grants: [{ permission: 'task.handle', scope: 'subtree' }, { permission: 'supervision.read', scope: 'all' }] },
      ],
      posts: [{ code: 'LT-SW.window', department: 1030, name: text('窗口'), roles: ['window'] }, { code: 'YC-SW.head', department: 30, name: text('局长'), roles: ['head'] }],
      people: [
        { id: WINDOW, name: '甲', account: 'window01', clearance: 1, phone: '12200000000', email: 'a@b.example', posts: ['LT-SW.window'] },
        { id: HEAD, name: '乙', account: 'head01', clearance: 2, phone: '12200000001', email: 'c@b.example', posts: ['YC-SW.head'] },
      ],
    });
    await loadAccounts(tx, [{ kind: 'official', username: 'window01', person: WINDOW, name: '甲' }, { kind: 'official', username: 'head01', person: HEAD, name: '乙' }], 'Yunchuan-2026');
  });
  await site.site.use(Directory).refresh();
  site.site.provide({ name: 'permissions' }, { list: () => [], has: () => true });
  http = createHttp({ log: site.site.log, origin: 'http://127.0.0.1:8081', policies: site.policy, authenticator: site.site.use(Identity).authenticator, checkAnswers: true });
  site.routes(http);
  await http.assemble();
});
afterAll(async () => {
  await http.close(1);
  await site.drop();
});

describe('sign-in', () => {
  test('a session says who one is and what one may do', async () => {
    const response = await enter('window01', 'Yunchuan-2026');
    expect(response.statusCode).toBe(200);
    expect(response.json()).toMatchObject({ name: '甲', kind: 'official', permissions: ['case.read', 'task.handle'] });
    expect(String(response.headers['set-cookie'])).toMatch(/HttpOnly; SameSite=Strict/);
    const again = await call('GET', currentSession.path, undefined, { cookie: cookie(response) });
    expect(again.json()).toMatchObject({ person: WINDOW });
  });

  test('unknown account and wrong password are told apart by nothing', async () => {
    const [unknown, wrong] = [await enter('nobody', 'x'), await enter('head01', 'x')];
    expect([unknown.statusCode, wrong.statusCode]).toEqual([401, 401]);
    const strip = (body: Record<string, unknown>) => ({ ...body, instance: '' });
    expect(strip(unknown.json())).toEqual(strip(wrong.json()));
  });

  test('five failures lock the account for a while, even for the right password (GB/T 22239)', async () => {
    await site.database.as(site.database.system, (tx) => loadAccounts(tx, [{ kind: 'official', username: 'locked01', person: HEAD, name: '乙' }], 'Yunchuan-2026'));
    for (let i = 0; i < 5; i += 1) await enter('locked01', 'wrong');
    expect((await enter('locked01', 'Yunchuan-2026')).statusCode).toBe(401);
    await site.database.as(site.database.system, (tx) => tx.query(`update identity.account set locked_until = now() - interval '1 second' where username = 'locked01'`));
    expect((await enter('locked01', 'Yunchuan-2026')).statusCode).toBe(200);
  });

  test('signing out ends the session at once', async () => {
    const response = await enter('window01', 'Yunchuan-2026');
    const headers = { cookie: cookie(response), 'x-csrf-token': response.json<{ csrf: string }>().csrf, origin: 'http://127.0.0.1:8081' };
    expect((await call('DELETE', signIn.path, undefined, headers)).statusCode).toBe(200);
    expect((await call('GET', currentSession.path, undefined, headers)).statusCode).toBe(401);
  });

  test('a change without the session’s CSRF token is refused', async () => {
    const response = await enter('window01', 'Yunchuan-2026');
    const forged = await call('DELETE', signIn.path, undefined, { cookie: cookie(response), 'x-csrf-token': 'forged' });
    expect(forged.statusCode).toBe(403);
    const other = await enter('head01', 'Yunchuan-2026');
    const borrowed = await call('DELETE', signIn.path, undefined, { cookie: cookie(response), 'x-csrf-token': other.json<{ csrf: string }>().csrf });
    expect(borrowed.statusCode).toBe(403);
  });

  test('a citizen token without the portal’s credential is nothing', async () => {
    const response = await call('GET', '/api/citizen/session', undefined, { 'x-zhengwu-citizen': 'anything', 'x-zhengwu-portal': '1700000000.hmac:forged' });
    expect([401, 403]).toContain(response.statusCode);
  });
});

describe('the cookie of the console', () => {
  test('is bound to its host where the origin is https, and any other name is nothing there (RFC 6265bis)', async () => {
    const { site: origins } = { site: 'https://zw.example' };
    const config = { ...site.site.config, origins: { ...site.site.config.origins, site: origins } };
    const secure = createHttp({ log: site.site.log, origin: origins, policies: site.policy, authenticator: openAuthenticator(site.site.use(Identity).sessions, 'a-secret-of-the-tests-portal-000000', consoleCookie({ origins: { site: origins }, demoSite: 'city' }), { demo: true, mustHaveFactor: () => false }) });
    routes({ ...site.site, config, use: site.site.use.bind(site.site) }, secure);
    await secure.assemble();
    const post = await secure.fastify.inject({ method: 'POST', url: signIn.path, headers: { 'sec-fetch-site': 'same-origin' }, payload: { account: 'window01', password: 'Yunchuan-2026' } });
    const set = String(post.headers['set-cookie']);
    expect(set).toMatch(/^__Host-zw_console=[^;]+; Path=\/; HttpOnly; SameSite=Strict; Max-Age=\d+; Secure$/);
    const seen = (name: string) => secure.fastify.inject({ method: 'GET', url: currentSession.path, headers: { 'sec-fetch-site': 'same-origin', cookie: `${name}=${/=([^;]+)/.exec(set)?.[1] ?? ''}` } });
    expect([(await seen('__Host-zw_console')).statusCode, (await seen('zw_console')).statusCode]).toEqual([200, 401]);
    await secure.close(1);
  });

  test('keeps its plain name on loopback http', async () => {
    expect(cookie(await enter('window01', 'Yunchuan-2026'))).toMatch(/^zw_console=/);
  });
});

describe('grants', () => {
  const grants = async (person: string) =>
    (await site.database.as(site.database.system, (tx) => tx.query<{ grants: Record<string, { scope: string; departments: number[] }> }>('select directory.grants_of($1) as grants', [person]))).rows[0]?.grants;

  test('a subtree follows the line of business as well as the region (条块)', async () => {
    expect((await grants(HEAD))?.['task.handle']).toEqual({ scope: 'subtree', departments: [30, 1030] });
    expect((await grants(HEAD))?.['supervision.read']).toEqual({ scope: 'all', departments: [] });
  });

  test('who stands in for somebody has their reach while the delegation lasts', async () => {
    const before = await grants(WINDOW);
    expect(before?.['task.handle']).toEqual({ scope: 'department', departments: [1030] });
    await site.database.as(site.database.system, (tx) => tx.query(
      `insert into directory.delegation (id, from_person, to_person, starts_at, ends_at, reason) values (gen_random_uuid(), $1, $2, now() - interval '1 hour', now() + interval '1 hour', '出差')`, [HEAD, WINDOW]));
    expect((await grants(WINDOW))?.['task.handle']).toEqual({ scope: 'subtree', departments: [30, 1030] });
    await site.database.as(site.database.system, (tx) => tx.query('update directory.delegation set ended_at = now()'));
    expect(await grants(WINDOW)).toEqual(before);
  });
});
