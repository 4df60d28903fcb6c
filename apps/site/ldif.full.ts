import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readConfig } from '@zhengwu/config';
import { directoryModule } from '@zhengwu/directory';
import { identityModule } from '@zhengwu/identity';
import { createTestSite, type TestSite } from '@zhengwu/module';
import { loadLists, readOrganisation } from './cli/organisation.ts';

const SLAPD = '/usr/sbin/slapd';
const BASE = 'dc=yunze,dc=example';
const PEOPLE = 40;
const run = promisify(execFile);
let folder: string;
let site: TestSite;
let slapd: ChildProcess;
let address: string;

const freePort = (): Promise<number> => new Promise((resolve) => {
  const server = createServer().listen(0, '127.0.0.1', () => {
    const { port } = server.address() as AddressInfo;
    server.close(() => resolve(port));
  });
});

const unit = (dn: string, ou: string, description: string): string => `dn: ${dn}\nobjectClass: organizationalUnit\nou: ${ou}\ndescription: ${description}\n`;
const TOWN = [
  `dn: ${BASE}\nobjectClass: dcObject\nobjectClass: organization\ndc: yunze\no: 云泽市\nl: 990200\n`,
  unit(`ou=YZ,${BASE}`, 'YZ', '云泽市人民政府'), unit(`ou=DSJ,ou=YZ,${BASE}`, 'DSJ', '云泽市数据局，负责全市政务数据的汇聚、共享、开放和安全，并承担电子政务基础设施的规划与建设'), unit(`ou=people,${BASE}`, 'people', '人员'),
  ...Array.from({ length: PEOPLE }, (_, index) => `dn: uid=clerk${index},ou=people,${BASE}\nobjectClass: inetOrgPerson\nuid: clerk${index}\ncn: 职员${index}\nsn: 职\nmail: clerk${index}@yunze.example\nuserPassword: secret${index}\n`),
  `dn: cn=all,${BASE}\nobjectClass: groupOfNames\ncn: all\nmember: uid=clerk0,ou=people,${BASE}\n`,
].join('\n');

const answers = async (): Promise<void> => {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    if (await run('ldapsearch', ['-x', '-H', address, '-b', '', '-s', 'base']).then(() => true, () => false)) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('slapd does not answer');
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'zhengwu-slapd-'));
  await mkdir(join(folder, 'store'));
  const include = ['core', 'cosine', 'inetorgperson'].map((name) => `include /etc/ldap/schema/${name}.schema`).join('\n');
  await writeFile(join(folder, 'slapd.conf'), `${include}\nmodulepath /usr/lib/ldap\nmoduleload back_mdb\npidfile ${folder}/slapd.pid\ndatabase mdb\nsuffix "${BASE}"\nrootdn "cn=root,${BASE}"\nrootpw rootpass\ndirectory ${folder}/store\n`);
  await writeFile(join(folder, 'town.ldif'), TOWN);
  address = `ldap://127.0.0.1:${await freePort()}`;
  slapd = spawn(SLAPD, ['-f', join(folder, 'slapd.conf'), '-h', address, '-d', '0'], { stdio: 'ignore' });
  await answers();
  await run('ldapadd', ['-x', '-H', address, '-D', `cn=root,${BASE}`, '-w', 'rootpass', '-f', join(folder, 'town.ldif')]);
  site = await createTestSite({ modules: [directoryModule, identityModule], config: readConfig({ ZHENGWU_DATA: folder }) });
  await site.database.as(site.database.system, (tx) => tx.query("insert into directory.division (code, name_zh, name_en) values ('990200', '云泽市', 'Yunze')"));
}, 60_000);
afterAll(async () => {
  slapd.kill();
  await site.drop();
  await rm(folder, { recursive: true, force: true });
});

const count = async (sql: string): Promise<number> => site.database.as(site.database.system, async (tx) => Number((await tx.query<{ n: string }>(`select count(*) as n from ${sql}`)).rows[0]?.n));

test('what ldapsearch exports from OpenLDAP is tried, loaded whole, and differs in nothing the second time', async () => {
  const { stdout } = await run('ldapsearch', ['-x', '-LLL', '-H', address, '-D', `cn=root,${BASE}`, '-w', 'rootpass', '-b', BASE], { maxBuffer: 10_000_000 });
  expect(stdout).toContain('description:: ');
  const path = join(folder, 'export.ldif');
  await writeFile(path, stdout);
  const read = await readOrganisation(path);
  expect(read.issues).toEqual([]);
  expect((await loadLists(site.database, read, true)).changed).toMatchObject({ departments: ['DSJ', 'YZ'] });
  expect(await count('directory.person')).toBe(0);
  const { issues, accounts } = await loadLists(site.database, read, false);
  expect([issues, accounts.length]).toEqual([[], PEOPLE]);
  expect(await count("directory.department d join directory.department p on p.id = d.region_parent where d.code = 'DSJ' and p.code = 'YZ' and d.name_zh like '云泽市数据局，%建设'")).toBe(1);
  expect(await count("directory.person where account = 'clerk7' and name = '职员7' and email = 'clerk7@yunze.example'")).toBe(1);
  expect((await loadLists(site.database, read, false)).changed).toEqual({});
}, 60_000);

test('an export with operational attributes is read as well; what is wrong is told by line, and nothing is loaded', async () => {
  const { stdout } = await run('ldapsearch', ['-x', '-LLL', '-H', address, '-D', `cn=root,${BASE}`, '-w', 'rootpass', '-b', BASE, '*', '+'], { maxBuffer: 10_000_000 });
  const path = join(folder, 'again.ldif');
  await writeFile(path, `${stdout}\ndn: uid=x,ou=people,${BASE}\nchangetype: delete\n`);
  const { issues } = await loadLists(site.database, await readOrganisation(path), false);
  expect(issues.map(({ line, en }) => [line, en])).toEqual([[stdout.split('\n').length + 2, 'only changetype: add is taken, not delete']]);
});
