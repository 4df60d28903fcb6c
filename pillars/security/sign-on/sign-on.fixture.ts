import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { readConfig } from '@zhengwu/config';
import { Directory, directoryModule, loadOrganisation } from '@zhengwu/directory';
import { createHttp, type HttpServer } from '@zhengwu/http';
import { Identity, identityModule, loadAccounts } from '@zhengwu/identity';
import { createTestSite, type TestSite } from '@zhengwu/module';
import * as oidc from 'openid-client';
import { signOnModule } from './module.ts';
import { ask, newKeys, openBrowser, openListener, openRelyingParty, type Browser } from './relying.fixture.ts';

const PASSWORD = 'Yunchuan-2026';
export const BACK = 'http://127.0.0.1:9555/back';
export const BYE = 'http://127.0.0.1:9555/bye';
const text = (zh: string) => ({ zh, en: `${zh} (en)` });
const PEOPLE = [['0190f7a0-0000-7000-8000-00000000000b', 'security', '安全', 'security'], ['0190f7a0-0000-7000-8000-00000000000c', 'reviewer', '审核员', 'reviewer'], ['0190f7a0-0000-7000-8000-00000000000d', 'leaver', '将离', 'reviewer']] as const;

/** An official with a session: the cookie for a browser, and calls of the API. */
export interface Person {
  cookie: string;
  api(method: string, path: string, body?: unknown): Promise<{ status: number; body: Record<string, unknown> & { code?: string } }>;
  browser(): Browser;
}

/** A site that signs three officials on to applications outside. */
export interface Town {
  site: TestSite;
  http: HttpServer;
  origin: string;
  issuer: string;
  keys: Awaited<ReturnType<typeof newKeys>>;
  told: Awaited<ReturnType<typeof openListener>>;
  official(account: string): Promise<Person>;
  /** Registers an application and how it signs people on; the city's own unless said. */
  register(clientId: string, more?: object): Promise<void>;
  rp(clientId: string, auth?: oidc.ClientAuth): Promise<oidc.Configuration>;
  /** Signs on and exchanges the code. */
  enter(config: oidc.Configuration, browser: Browser, scope?: string, more?: Record<string, string>): ReturnType<typeof oidc.authorizationCodeGrant>;
  sql<R>(statement: string, values?: unknown[]): Promise<R[]>;
  close(): Promise<void>;
}

const freePort = (): Promise<number> => new Promise((resolve) => {
  const probe = createServer().listen(0, '127.0.0.1', () => {
    const { port } = probe.address() as AddressInfo;
    probe.close(() => resolve(port));
  });
});

const load = async (site: TestSite): Promise<void> => {
  const { database } = site;
  await database.as(database.system, async (tx) => {
    await loadOrganisation(tx, {
      divisions: [{ code: '990100', parent: null, name: text('云川市') }],
      departments: [{ id: 1, code: 'YC', division: '990100', name: text('市政府'), regionParent: null, lineParent: null }],
      roles: [{ code: 'security', name: text('安全管理员'), grants: [{ permission: 'directory.grant', scope: 'all' }] }, { code: 'reviewer', name: text('审核'), grants: [] }],
      posts: ['security', 'reviewer'].map((role) => ({ code: `YC.${role}`, department: 1, name: text(role), roles: [role] })),
      people: PEOPLE.map(([id, account, name, role]) => ({ id, name, account, clearance: 1, phone: '12200000000', email: `${account}@b.example`, posts: [`YC.${role}`] })),
    });
    await loadAccounts(tx, PEOPLE.map(([person, username, name]) => ({ kind: 'official' as const, username, person, name })), PASSWORD);
  });
  await site.site.use(Directory).refresh();
};

const personOf = (origin: string, cookie: string, csrf: string): Person => ({
  cookie,
  api: async (method, path, body) => {
    const response = await fetch(origin + path, { method, headers: { cookie, 'x-csrf-token': csrf, 'sec-fetch-site': 'same-origin', ...(body === undefined ? {} : { 'content-type': 'application/json' }) }, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
    return { status: response.status, body: (await response.json().catch(() => ({}))) as Record<string, unknown> };
  },
  browser: () => openBrowser(origin, cookie),
});

export const openTown = async (prepare: (http: HttpServer) => void = () => undefined): Promise<Town> => {
  const port = await freePort();
  const config = readConfig({ ZHENGWU_PORTAL_SECRET: 'a-secret-of-the-tests-portal-000000', ZHENGWU_KEY_PASSPHRASE: 'a-passphrase-of-the-tests', ZHENGWU_PORT_SITE: String(port), ZHENGWU_DATA: `/tmp/zhengwu-sign-on-${port}-${process.pid}` });
  const site = await createTestSite({ modules: [directoryModule, identityModule, signOnModule], config });
  site.site.provide({ name: 'permissions' }, { list: () => [], has: () => true });
  await load(site);
  const http = createHttp({ log: site.site.log, origin: config.origins.site, policies: site.policy, authenticator: site.site.use(Identity).authenticator, checkAnswers: true });
  prepare(http);
  site.routes(http);
  await site.start();
  await http.listen({ host: '127.0.0.1', port });
  const [origin, keys, told] = [config.origins.site, await newKeys(), await openListener()];
  const official = async (account: string): Promise<Person> => {
    const response = await fetch(`${origin}/api/session`, { method: 'POST', headers: { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' }, body: JSON.stringify({ account, password: PASSWORD }) });
    if (!response.ok) throw new Error(`sign-in of ${account}: ${response.status} ${await response.text()}`);
    return personOf(origin, response.headers.get('set-cookie')?.split(';')[0] ?? '', ((await response.json()) as { csrf: string }).csrf);
  };
  const settings = { version: 0, redirectUris: [BACK], logoutUris: [BYE], backchannelUri: told.address, method: 'private_key_jwt', keys: keys.jwks, institution: null, bound: false, scopes: ['openid', 'profile', 'org', 'roles'], assurance: 1, own: true };
  return {
    site, http, origin, issuer: `${origin}/sso`, keys, told, official,
    register: async (clientId, more = {}) => {
      const security = await official('security');
      const made = await security.api('PUT', `/api/directory/applications/${clientId}`, { version: 0, name: text('会议系统'), department: 1, permissions: [], scope: 'department', active: true, endsOn: null, reason: '登记' });
      const put = await security.api('PUT', `/api/sign-on/clients/${clientId}`, { ...settings, ...more });
      if (made.status !== 200 || put.status !== 200) throw new Error(`not registered: ${JSON.stringify([made, put])}`);
    },
    rp: (clientId, auth) => openRelyingParty(`${origin}/sso`, clientId, auth ?? oidc.PrivateKeyJwt({ key: keys.key, kid: 'k1' })),
    enter: async (config, browser, scope = 'openid profile org', more = {}) => {
      const { address, checks } = await ask(config, BACK, scope, more);
      const end = await browser.follow(address);
      if (!end.address.startsWith(BACK)) throw new Error(`ended at ${end.address}: ${end.page}`);
      return oidc.authorizationCodeGrant(config, new URL(end.address), checks);
    },
    sql: async <R>(statement: string, values: unknown[] = []) => (await site.database.as(site.database.system, (tx) => tx.query<R & Record<string, unknown>>(statement, values))).rows,
    close: async () => {
      told.server.close();
      await http.close(1);
      await site.drop();
    },
  };
};
