import { loadOrganisation, Directory, directoryModule } from '@zhengwu/directory';
import { createHttp, type HttpServer } from '@zhengwu/http';
import { createHmacSigner } from '@zhengwu/crypto';
import { createTestSite, type TestSite } from '@zhengwu/module';
import { readConfig } from '@zhengwu/config';
import { fixedClock, type FixedClock } from '@zhengwu/clock';
import { generateSync } from 'otplib';
import { Identity } from './identity.ts';
import { loadAccounts } from './loading.ts';
import { identityModule } from './module.ts';

export const PASSWORD = 'Yunchuan-2026';
const SECRET = 'a-secret-of-the-tests-portal-000000';
export const ADMIN = '0190f7a0-0000-7000-8000-00000000000a';
export const SECURITY = '0190f7a0-0000-7000-8000-00000000000b';
export const CLERK = '0190f7a0-0000-7000-8000-00000000000c';
export const CITIZEN_NUMBER = '99010119900307109X';
const text = (zh: string) => ({ zh, en: zh });

/** Answers as a test looks at them. */
export interface Answer {
  status: number;
  body: Record<string, unknown> & { code?: string; extra?: Record<string, unknown> };
  headers: Record<string, unknown>;
}
export type Ask = (method: 'GET' | 'POST' | 'PATCH' | 'DELETE', url: string, body?: unknown) => Promise<Answer>;

/** A site of directory and identity with three officials and one citizen; its clock moves when told. */
export interface Town {
  site: TestSite;
  clock: FixedClock;
  /** Without a session, as the console's sign-in page. */
  anybody: Ask;
  /** Without a session, through the portal. */
  portal(token?: string): Ask;
  official(cookie: string, csrf: string): Ask;
  /** A session by password alone; throws when that is not enough. */
  enter(account: string, password?: string): Promise<Ask>;
  sql<R>(text: string, values?: unknown[]): Promise<R[]>;
  close(): Promise<void>;
}

const load = async (site: TestSite): Promise<void> => {
  const { database } = site;
  await database.as(database.system, async (tx) => {
    await loadOrganisation(tx, {
      divisions: [{ code: '990100', parent: null, name: text('云川市') }],
      departments: [{ id: 1, code: 'YC', division: '990100', name: text('市政府'), regionParent: null, lineParent: null }],
      roles: [
        { code: 'administrator', name: text('系统管理员'), grants: [{ permission: 'account.recover', scope: 'all' }] },
        { code: 'security', name: text('安全管理员'), grants: [{ permission: 'session.manage', scope: 'all' }, { permission: 'account.recover', scope: 'all' }] },
        { code: 'window', name: text('窗口'), grants: [{ permission: 'account.window', scope: 'department' }] },
      ],
      posts: ['administrator', 'security', 'window'].map((role) => ({ code: `YC.${role}`, department: 1, name: text(role), roles: [role] })),
      people: [[ADMIN, 'admin', 'administrator'], [SECURITY, 'security', 'security'], [CLERK, 'window01', 'window']].map(([id = '', account = '', role = '']) => ({ id, name: account, account, clearance: 1, phone: '12200000000', email: `${account}@b.example`, posts: [`YC.${role}`] })),
    });
    const citizen = await site.site.use(Directory).principals.rowOf({ kind: 'person', name: '林小雨', identifier: CITIZEN_NUMBER, phone: null, email: null });
    await site.site.use(Directory).principals.enterAll(tx, [{ kind: 'person', name: '林小雨', identifier: CITIZEN_NUMBER, phone: null, email: null }]);
    await loadAccounts(tx, [
      { kind: 'official', username: 'admin', person: ADMIN, name: '甲' }, { kind: 'official', username: 'security', person: SECURITY, name: '乙' },
      { kind: 'official', username: 'window01', person: CLERK, name: '丙' }, { kind: 'citizen', username: 'lin', person: citizen.id, name: '林小雨' },
    ], PASSWORD);
  });
  await site.site.use(Directory).refresh();
};

export const openTown = async (environment: Record<string, string> = {}, prepare: (http: HttpServer) => void = () => undefined): Promise<Town> => {
  const clock = fixedClock(new Date());
  const config = readConfig({ ZHENGWU_PORTAL_SECRET: SECRET, ZHENGWU_KEY_PASSPHRASE: 'a-passphrase-of-the-tests', ...environment });
  const site = await createTestSite({ modules: [directoryModule, identityModule], config, clock });
  await load(site);
  site.site.provide({ name: 'permissions' }, { list: () => [], has: () => true });
  const http: HttpServer = createHttp({ log: site.site.log, origin: config.origins.site, policies: site.policy, authenticator: site.site.use(Identity).authenticator, checkAnswers: true });
  prepare(http);
  site.routes(http);
  await http.assemble();
  const signer = createHmacSigner(SECRET, 'portal-credential');
  const send = async (method: string, url: string, body: unknown, headers: Record<string, string>): Promise<Answer> => {
    const response = await http.fastify.inject({ method: method as 'GET', url, headers: { 'sec-fetch-site': 'same-origin', 'user-agent': 'test', ...headers }, ...(body === undefined ? {} : { payload: body as object }) });
    return { status: response.statusCode, body: response.json(), headers: response.headers };
  };
  const portal = (token = ''): Ask => (method, url, body) => {
    const seconds = String(Math.floor(Date.now() / 1000));
    return send(method, url, body, { 'x-zhengwu-portal': `${seconds}.${signer.sign(seconds, method, url, '203.0.113.9', token, '')}`, 'x-zhengwu-address': '203.0.113.9', ...(token ? { 'x-zhengwu-citizen': token } : {}) });
  };
  const official = (cookie: string, csrf: string): Ask => (method, url, body) => send(method, url, body, { cookie, 'x-csrf-token': csrf });
  const anybody: Ask = (method, url, body) => send(method, url, body, {});
  return {
    site, clock, anybody, portal, official,
    enter: async (account, password = PASSWORD) => sessionOf(await anybody('POST', '/api/session', { account, password }), official),
    sql: async <R>(statement: string, values: unknown[] = []) => (await site.database.as(site.database.system, (tx) => tx.query<R>(statement, values))).rows,
    close: async () => {
      await http.close(1);
      await site.drop();
    },
  };
};

/** The session that an answer opened. */
export const sessionOf = ({ status, body, headers }: Answer, official: Town['official']): Ask => {
  if (status !== 200) throw new Error(`no session: ${status} ${JSON.stringify(body)}`);
  return official(String(headers['set-cookie']).split(';')[0] as string, body['csrf'] as string);
};

/** The code of an authenticator at the clock's time, `steps` on. */
export const codeAt = (secret: string, clock: FixedClock, steps = 0): string => generateSync({ secret, epoch: Math.floor(clock.now().getTime() / 1000) + 30 * steps });

/** Sets up an authenticator in a session; answers its secret and the recovery codes. The step of the first code is used. */
export const enrol = async (ask: Ask, clock: FixedClock): Promise<{ secret: string; recoveryCodes: string[] }> => {
  const secret = (await ask('POST', '/api/account/second-factor', {})).body['secret'] as string;
  const { status, body } = await ask('POST', '/api/account/second-factor/confirmation', { code: codeAt(secret, clock) });
  if (status !== 200) throw new Error(`not enrolled: ${JSON.stringify(body)}`);
  return { secret, recoveryCodes: body['recoveryCodes'] as string[] };
};
