import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { changePassword, currentSession, listPeople, signIn } from '@zhengwu/contracts';
import { readConfig } from '@zhengwu/config';
import { Directory, directoryModule, Permissions } from '@zhengwu/directory';
import { createHttp, type HttpServer } from '@zhengwu/http';
import { Identity, identityModule } from '@zhengwu/identity';
import { createTestSite, type TestSite } from '@zhengwu/module';
import { runCommand } from './cli/commands.ts';
import { loadLists, readOrganisation } from './cli/organisation.ts';
import { permissionsOf } from './permissions.ts';

const FILES: Record<string, string> = {
  divisions: 'code,parent,zh,en\n990200,,云泽市,Yunze\n990201,990200,"湖东区","Hudong District, Yunze"\n',
  departments: 'code,division,zh,en,regionParent,lineParent,phone,addressZh,addressEn\nYZ-DSJ,990200,云泽市数据局,Yunze Data Bureau,YZ,,,,\nYZ,990200,云泽市人民政府,Yunze Government,,,0999-1234567,政府路1号,1 Government Road\n',
  roles: 'code,zh,en\nadministrator,系统管理员,Administrator\n',
  grants: 'role,permission,scope\nadministrator,directory.admin,all\n',
  posts: 'code,department,zh,en,roles\nYZ-DSJ.admin,YZ-DSJ,管理员,Administrator,administrator\n',
  people: 'account,name,clearance,phone,email\nzhao.wen,赵文,2,,zhao@yunze.example\nqian.li,钱礼,,,\n',
  holdings: 'account,post\nzhao.wen,YZ-DSJ.admin\n',
};
let folder: string;
let site: TestSite;
let http: HttpServer;

const written = async (files: Record<string, string>): Promise<string> => {
  const made = await mkdtemp(join(folder, 'lists-'));
  for (const [name, text] of Object.entries(files)) await writeFile(join(made, `${name}.csv`), text);
  return made;
};
const load = async (path: string, check = false) => loadLists(site.database, await readOrganisation(path), check);
const count = async (table: string) => site.database.as(site.database.system, async (tx) => Number((await tx.query<{ n: string }>(`select count(*) as n from ${table}`)).rows[0]?.n));
const call = (method: 'GET' | 'POST', url: string, headers: Record<string, string> = {}, body?: object) =>
  http.fastify.inject({ method, url, headers: { 'sec-fetch-site': 'same-origin', ...headers }, ...(body ? { payload: body } : {}) });
const enter = async (account: string, password: string) => {
  const response = await call('POST', signIn.path, {}, { account, password });
  return { session: response.json(), headers: { cookie: String(response.headers['set-cookie']).split(';')[0] as string, 'x-csrf-token': response.json().csrf as string } };
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'zhengwu-organisation-'));
  site = await createTestSite({ modules: [directoryModule, identityModule], config: readConfig({ ZHENGWU_PORTAL_SECRET: 'a-secret-of-the-tests-portal-000000', ZHENGWU_DATA: folder }) });
  site.site.provide(Permissions, permissionsOf(site.policy));
  http = createHttp({ log: site.site.log, origin: 'http://127.0.0.1:8081', policies: site.policy, authenticator: site.site.use(Identity).authenticator, checkAnswers: true });
  site.routes(http);
  await http.assemble();
}, 60_000);
afterAll(async () => {
  await http.close(1);
  await site.drop();
  await rm(folder, { recursive: true, force: true });
});

test('lists with faults are refused with all of them, each with file and line, and nothing is written', async () => {
  const bad = await written({
    ...FILES, extra: 'code\n', divisions: 'code,parent,zh,en,sea\n99020,,云泽市,Yunze,x\n990201,990299,湖东区,\n990201,,湖东区,Hudong,\n',
    departments: 'code,division,zh,en,regionParent\nA,990201,甲,A,B\nB,990201,乙,B,A\n', grants: 'role,permission,scope\nadministrator,directory.rule,world\nnobody,directory.admin,all\n',
  });
  const { issues } = await load(bad);
  const said = issues.map(({ file, line, en }) => `${file}:${line} ${en}`);
  for (const one of [
    'extra.csv:1 there is no such list', 'divisions.csv:1 divisions has no column “sea”', 'divisions.csv:2 “code” (99020) should be six digits', 'divisions.csv:3 “en” is missing',
    'divisions.csv:3 “parent”: divisions has no 990299', 'divisions.csv:4 repeats line 3', 'departments.csv:2 A lies below itself', 'departments.csv:3 B lies below itself', 'posts.csv:2 “department”: departments has no YZ-DSJ',
    'grants.csv:2 the system has no permission directory.rule', 'grants.csv:2 “scope” (world)', 'grants.csv:3 “role”: roles has no nobody',
  ]) expect(said).toContainEqual(expect.stringContaining(one));
  expect([await count('directory.division'), await count('directory.person')]).toEqual([0, 0]);
});

test('a trial keeps nothing; the load is whole, signs in with a password that must be changed, is audited and can be repeated', async () => {
  const path = await written(FILES);
  expect(await load(path, true)).toMatchObject({ issues: [], changed: { people: ['qian.li', 'zhao.wen'] } });
  expect([await count('directory.person'), await count('identity.account')]).toEqual([0, 0]);
  const { accounts, changed } = await load(path);
  expect(changed).toMatchObject({ divisions: ['990200', '990201'], holdings: ['zhao.wen YZ-DSJ.admin'] });
  expect(accounts.map((one) => one.username)).toEqual(['qian.li', 'zhao.wen']);
  await site.site.use(Directory).refresh();

  const first = accounts[1]?.password ?? '';
  const { session, headers } = await enter('zhao.wen', first);
  expect(session).toMatchObject({ mustChange: true, name: '赵文' });
  expect((await call('GET', listPeople.path, headers)).json()).toMatchObject({ status: 403, code: 'account.must-change' });
  expect((await call('POST', changePassword.path, headers, { current: first, next: first })).json()).toMatchObject({ code: 'account.same-password' });
  expect((await call('POST', changePassword.path, headers, { current: first, next: 'Yunze-own-2026' })).json()).toEqual({ changed: true });
  expect((await call('GET', currentSession.path, headers)).json()).toMatchObject({ mustChange: false });
  expect((await call('GET', listPeople.path, headers)).json().items.map((one: { name: string }) => one.name).sort()).toEqual(['赵文', '钱礼'].sort());
  expect((await call('POST', signIn.path, {}, { account: 'zhao.wen', password: first })).statusCode).toBe(401);

  expect(await load(path)).toEqual({ issues: [], changed: {}, accounts: [] });
  const next = await written({ ...FILES, people: `${FILES['people']}sun.yi,孙毅,,,\n`.replace('钱礼', '钱立'), holdings: 'account,post\nsun.yi,YZ-DSJ.admin\n' });
  const second = await load(next);
  expect(second.changed).toEqual({ people: ['qian.li', 'sun.yi'], holdings: ['sun.yi YZ-DSJ.admin'] });
  expect(second.accounts.map((one) => one.username)).toEqual(['sun.yi']);
  // A list that says nothing of clearance takes nobody's away.
  const silent = await written({ ...FILES, people: 'account,name,phone,email\nzhao.wen,赵闻,,zhao@yunze.example\n', holdings: 'account,post\n' });
  expect((await load(silent)).changed).toEqual({ people: ['zhao.wen'] });
  const { rows: [zhao] } = await site.database.as(site.database.system, (tx) => tx.query<{ clearance: number }>(`select clearance from directory.person where account = 'zhao.wen'`));
  expect(zhao?.clearance).toBe(2);
  const records = await site.database.as(site.database.system, async (tx) => (await tx.query<{ detail: unknown }>(`select detail from audit.record where event = 'organisation.loaded' order by at`)).rows);
  expect(records.map((one) => one.detail)).toEqual([expect.objectContaining({ roles: ['administrator'] }), second.changed, { people: ['zhao.wen'] }]);
  expect(JSON.stringify(records)).not.toContain(first);
});

test('JSON holds the same lists and names the same lines', async () => {
  const file = join(folder, 'city.json');
  await writeFile(file, '{\n  "divisions": [\n    { "code": "990300", "zh": "云河市", "en": "Yunhe" },\n    { "code": "9903",\n      "zh": "x", "en": "[y" },\n    { "code": "990301", "zh": "河西区" }\n  ],\n  "people": [{ "account": "x" }]\n}\n');
  const { issues } = await load(file);
  expect(issues.map(({ line }) => line)).toEqual([4, 6, 8, 8]);
  await writeFile(file, '{ "divisions": [\n');
  expect((await load(file)).issues).toMatchObject([{ en: expect.stringContaining('is no JSON') }]);
});

test.each([[['organisation']], [['organisation', 'load']], [['organisation', 'load', 'a', 'b']], [['organisation', 'save', 'a']]])('%j is misused', async (args) => {
  const said: string[] = [];
  expect(await runCommand(args, { out: () => undefined, err: (line) => said.push(line) }, {})).toBe(2);
  expect(said.join()).toContain('organisation load');
});
