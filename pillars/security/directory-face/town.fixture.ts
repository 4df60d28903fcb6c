import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Authority, certificatesModule } from '@zhengwu/certificates';
import { readConfig } from '@zhengwu/config';
import { hashToken, mintToken } from '@zhengwu/crypto';
import { Directory, directoryModule, loadOrganisation } from '@zhengwu/directory';
import { identityModule, loadAccounts } from '@zhengwu/identity';
import { createTestSite, type TestSite } from '@zhengwu/module';
import { openLdap, type LdapListener } from './listener.ts';
import { directoryFaceModule } from './module.ts';

export const PASSWORD = 'Yunchuan-2026';
export const BASE = 'dc=yunchuan,dc=example';
const text = (zh: string, en = zh) => ({ zh, en });
const idOf = (index: number): string => `0190f7a0-0000-7000-8000-${String(index).padStart(12, '0')}`;
const OFFICIALS = [['li.ming', '李明', 'YC.head'], ['ouyang', '欧阳小雨', 'GA.clerk'], ['wang', '王芳', 'GA.clerk'], ['zhao', '赵(一)*', 'FJ.clerk'], ['left', '已离职', 'GA.clerk'], ['admin', '系统管理员', 'YC.admin']] as const;

/** A town of three departments and some officials, with its directory open over LDAP on a free port. */
export interface Town {
  site: TestSite;
  ldap: LdapListener;
  /** PEM of the authority that StartTLS shows. */
  chain(): Promise<string>;
  application(clientId: string, given: { permissions: string[]; scope: string; department: number }): Promise<string>;
  sql<R>(statement: string, values?: unknown[]): Promise<R[]>;
  personOf(account: string): string;
  close(): Promise<void>;
}

const organisation = (more: number) => ({
  divisions: [{ code: '990100', parent: null, name: text('云川市', 'Yunchuan') }],
  departments: [[1, 'YC', '市政府', null], [2, 'GA', '公安局', 1], [3, 'FJ', '分局，东区', 2]].map(([id, code, name, parent]) =>
    ({ id: id as number, code: code as string, division: '990100', name: text(name as string), regionParent: parent as number | null, lineParent: null })),
  roles: ['head', 'clerk', 'administrator'].map((code) => ({ code, name: text(code), grants: code === 'administrator' ? [{ permission: 'directory.admin', scope: 'all' as const }] : [] })),
  posts: [['YC.head', 1, '局长', 'head'], ['GA.clerk', 2, '经办', 'clerk'], ['FJ.clerk', 3, '经办', 'clerk'], ['YC.admin', 1, '管理员', 'administrator']].map(([code, department, name, role]) =>
    ({ code: code as string, department: department as number, name: text(name as string), roles: [role as string] })),
  people: [...OFFICIALS, ...Array.from({ length: more }, (_, index) => [`clerk${String(index).padStart(3, '0')}`, `职员${index}`, 'GA.clerk'] as const)].map(([account, name, post], index) =>
    ({ id: idOf(index), name, account, clearance: 3, phone: '12200001111', email: `${account}@yunchuan.example`, posts: [post] })),
});

export const openTown = async (more = 0): Promise<Town> => {
  const folder = await mkdtemp(join(tmpdir(), 'zhengwu-ldap-'));
  const config = readConfig({ ZHENGWU_KEY_PASSPHRASE: 'a-passphrase-of-the-tests', ZHENGWU_DATA: folder });
  const site = await createTestSite({ modules: [directoryModule, identityModule, certificatesModule, directoryFaceModule], config });
  const { database } = site;
  const loaded = organisation(more);
  const sql = async <R>(statement: string, values: unknown[] = []): Promise<R[]> => (await database.as(database.system, (tx) => tx.query<R>(statement, values))).rows;
  await database.as(database.system, async (tx) => {
    await loadOrganisation(tx, loaded as never);
    await loadAccounts(tx, loaded.people.map(({ id, account, name }) => ({ kind: 'official', username: account, person: id, name })), PASSWORD);
  });
  await sql("update directory.person set active = false where account = 'left'");
  await sql("update directory.department set phone = '0990-1100' where code = 'GA'");
  await site.site.use(Directory).refresh();
  const ldap = await openLdap(site.site, { host: '127.0.0.1', port: 0 });
  return {
    site, ldap, sql, chain: () => site.site.use(Authority).chain(), personOf: (account) => loaded.people.find((one) => one.account === account)?.id ?? '',
    application: async (clientId, { permissions, scope, department }) => {
      const secret = mintToken();
      await sql(`insert into directory.application (id, client_id, name_zh, name_en, department, permissions, scope, secret_hash) values (gen_random_uuid(), $1, $1, $1, $2, $3, $4, $5)`, [clientId, department, permissions, scope, hashToken(secret)]);
      return secret;
    },
    close: async () => {
      await ldap.close();
      await site.drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
};
