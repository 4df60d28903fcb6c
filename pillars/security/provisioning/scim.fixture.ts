import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '@zhengwu/config';
import { hashToken, mintToken } from '@zhengwu/crypto';
import { Directory, directoryModule, loadOrganisation } from '@zhengwu/directory';
import { createHttp, type HttpServer } from '@zhengwu/http';
import { Identity, identityModule, loadAccounts } from '@zhengwu/identity';
import { uuidv7 } from '@zhengwu/ids';
import { accessAudit, createTestSite, type TestSite } from '@zhengwu/module';
import { withApplications } from './client.ts';
import { provisioningModule } from './module.ts';

export const PASSWORD = 'Yunchuan-2026';
const text = (zh: string, en = zh) => ({ zh, en });
export const idOf = (index: number): string => `0190f7a0-0000-7000-8000-${String(index).padStart(12, '0')}`;
const OFFICIALS = [['admin', '系统管理员', 'YC.admin'], ['li.ming', '李明', 'GA.head'], ['wang.fang', '王芳', 'GA.clerk'], ['ouyang', '欧阳小雨', 'FJ.clerk'], ['market', '赵市场', 'SC.clerk']] as const;

const organisation = () => ({
  divisions: [{ code: '990100', parent: null, name: text('云川市', 'Yunchuan') }],
  departments: ([[1, 'YC', '市政府', null], [2, 'GA', '公安局', 1], [3, 'FJ', '东区分局', 2], [4, 'SC', '市场局', 1]] as const).map(([id, code, name, parent]) => ({ id, code, division: '990100', name: text(name), regionParent: parent, lineParent: null })),
  roles: ['head', 'clerk', 'administrator', 'cashier', 'accountant'].map((code) => ({ code, name: text(code), grants: code === 'administrator' ? [{ permission: 'directory.admin', scope: 'all' as const }] : [] })),
  posts: ([['YC.admin', 1, '管理员', 'administrator'], ['GA.head', 2, '局长', 'head'], ['GA.clerk', 2, '经办', 'clerk'], ['FJ.clerk', 3, '经办', 'clerk'], ['SC.clerk', 4, '经办', 'clerk'], ['SC.cash', 4, '出纳', 'cashier'], ['SC.book', 4, '会计', 'accountant']] as const)
    .map(([code, department, name, role]) => ({ code, department, name: text(name), roles: [role] })),
  people: OFFICIALS.map(([account, name, post], index) => ({ id: idOf(index), name, account, clearance: 1, phone: '', email: `${account}@yunchuan.example`, posts: [post] })),
});

export interface Answer {
  status: number;
  type: string;
  headers: Record<string, unknown>;
  body: Record<string, unknown>;
}
/** One call of SCIM by a client. */
export type Send = (method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, body?: unknown, headers?: Record<string, string>) => Promise<Answer>;

interface Registered {
  scope?: string;
  department?: number;
  permissions?: string[];
  ends?: Date;
  institution?: string;
}

/** A town of four departments whose directory is kept over SCIM. */
export interface Town {
  site: TestSite;
  http: HttpServer;
  /** Registers an application and answers how it calls. */
  client(clientId: string, given?: Registered): Promise<Send>;
  token(clientId: string, given?: Registered): Promise<{ token: string }>;
  send(token: string | null): Send;
  sql<R>(statement: string, values?: unknown[]): Promise<R[]>;
  close(): Promise<void>;
}

export const openTown = async (): Promise<Town> => {
  const folder = await mkdtemp(join(tmpdir(), 'zhengwu-scim-'));
  const config = readConfig({ ZHENGWU_KEY_PASSPHRASE: 'a-passphrase-of-the-tests', ZHENGWU_DATA: folder });
  const site = await createTestSite({ modules: [directoryModule, identityModule, provisioningModule], config });
  const { database } = site;
  const loaded = organisation();
  const sql = async <R>(statement: string, values: unknown[] = []): Promise<R[]> => (await database.as(database.system, (tx) => tx.query<R>(statement, values))).rows;
  await database.as(database.system, async (tx) => {
    await loadOrganisation(tx, loaded as never);
    await loadAccounts(tx, loaded.people.map(({ id, account, name }) => ({ kind: 'official', username: account, person: id, name })), PASSWORD);
  });
  await sql(`insert into directory.exclusion values ('cash', '出纳不得兼任会计', 'No cashier keeps the books', '{role:cashier}', '{role:accountant}', '会计法 §37')`);
  await site.site.use(Directory).refresh();
  const http = createHttp({
    log: site.site.log, origin: config.origins.site, policies: site.policy, authenticator: withApplications(site.site, site.site.use(Identity).authenticator), audit: accessAudit(site.site.audit, site.site.log), checkAnswers: true,
  });
  site.routes(http);
  await http.assemble();
  await site.start();
  const send = (token: string | null): Send => async (method, path, body, headers = {}) => {
    const answer = await http.fastify.inject({
      method, url: `/scim/v2${path}`, headers: { ...(token === null ? {} : { authorization: `Bearer ${token}` }), ...(body === undefined ? {} : { 'content-type': 'application/scim+json' }), ...headers }, ...(body === undefined ? {} : { payload: JSON.stringify(body) }),
    });
    return { status: answer.statusCode, type: String(answer.headers['content-type'] ?? ''), headers: answer.headers, body: answer.body === '' ? {} : (answer.json() as Record<string, unknown>) };
  };
  const token = async (clientId: string, { scope = 'all', department = 1, permissions = ['scim.provision'], ends = new Date(Date.now() + 86_400_000), institution }: Registered = {}): Promise<{ token: string }> => {
    const [made, id] = [mintToken(), uuidv7()];
    await sql('insert into directory.application (id, client_id, name_zh, name_en, department, permissions, scope) values ($1, $2, $3, $2, $4, $5, $6)', [id, clientId, '人事系统', department, permissions, scope]);
    await sql(`insert into directory.application_token (id, application, hash, institution, made_by, made_by_name, ends_at) values ($1, $2, $3, $4, $5, '系统管理员', $6)`, [uuidv7(), id, hashToken(made), institution ?? null, idOf(0), ends]);
    return { token: made };
  };
  return {
    site, http, send, sql, token, client: async (clientId, given) => send((await token(clientId, given)).token),
    close: async () => {
      await http.close(0);
      await site.drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
};

export const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
export const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
export const OWN = 'urn:zhengwu:params:scim:schemas:extension:1.0:User';
export const patch = (...operations: unknown[]) => ({ schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'], Operations: operations });
export const joiner = (userName: string, more: Record<string, unknown> = {}) => ({ schemas: [USER, ENTERPRISE], userName, name: { formatted: '陈新来' }, title: '经办', [ENTERPRISE]: { department: '公安局', employeeNumber: '7' }, ...more });
