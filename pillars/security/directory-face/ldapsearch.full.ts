import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { BASE, openTown, PASSWORD, type Town } from './town.fixture.ts';

let town: Town;
let folder: string;
beforeAll(async () => {
  town = await openTown(30);
  folder = await mkdtemp(join(tmpdir(), 'zhengwu-ldapsearch-'));
  await writeFile(join(folder, 'chain.pem'), await town.chain());
}, 60_000);
afterAll(async () => {
  await town.close();
  await rm(folder, { recursive: true, force: true });
});

/** Runs a program of Debian's ldap-utils against the town; an own folder as home, so that no configuration of the machine counts. */
const run = (program: string, args: readonly string[]): Promise<{ code: number; out: string }> => new Promise((resolve) => {
  const env = { PATH: process.env['PATH'], HOME: folder, LDAPTLS_CACERT: join(folder, 'chain.pem'), LDAPTLS_REQCERT: 'demand' };
  execFile(program, ['-H', `ldap://localhost:${town.ldap.port}`, ...args], { env, timeout: 20_000 }, (error, stdout, stderr) => resolve({ code: error ? Number(error.code) : 0, out: stdout + stderr }));
});
const AS = ['-x', '-ZZ', '-D', `uid=li.ming,ou=people,${BASE}`, '-w', PASSWORD];
const dnsIn = (out: string): string[] => out.replaceAll('\n ', '').split('\n').filter((line) => line.startsWith('dn:'));

test('ldapsearch reads over StartTLS with our authority verified, and will not with another', async () => {
  const { code, out } = await run('ldapsearch', [...AS, '-LLL', '-b', `ou=people,${BASE}`, '(cn=欧阳*)', 'uid', 'sn']);
  expect({ code, out }).toEqual({ code: 0, out: `dn: uid=ouyang,ou=people,${BASE}\nuid: ouyang\nsn:: ${Buffer.from('欧阳').toString('base64')}\n\n` });
  await writeFile(join(folder, 'chain.pem'), await readFile('/etc/ssl/certs/ca-certificates.crt').catch(() => Buffer.from('')));
  expect((await run('ldapsearch', [...AS, '-b', BASE])).code).not.toBe(0);
  await writeFile(join(folder, 'chain.pem'), await town.chain());
});

test('ldapwhoami answers whose connection it is', async () => {
  expect((await run('ldapwhoami', AS)).out.trim()).toBe(`dn:uid=li.ming,ou=people,${BASE}`);
  expect((await run('ldapwhoami', ['-x'])).out.trim()).toBe('anonymous');
});

test('pages of five add up to the whole', async () => {
  const paged = await run('ldapsearch', [...AS, '-LLL', '-b', BASE, '-E', 'pr=5/noprompt', '(objectClass=*)', '1.1']);
  const whole = await run('ldapsearch', [...AS, '-LLL', '-b', BASE, '(objectClass=*)', '1.1']);
  expect(dnsIn(whole.out).length).toBeGreaterThan(40);
  expect(dnsIn(paged.out)).toEqual(dnsIn(whole.out));
});

test('limits are told by their code: size, time within, no such entry, wrong name, wrong password', async () => {
  const limited = await run('ldapsearch', [...AS, '-LLL', '-z', '3', '-b', BASE]);
  expect([limited.code, dnsIn(limited.out).length]).toEqual([4, 3]);
  expect((await run('ldapsearch', [...AS, '-l', '5', '-b', BASE, '-s', 'base'])).code).toBe(0);
  expect((await run('ldapsearch', [...AS, '-b', `uid=nobody,ou=people,${BASE}`])).code).toBe(32);
  expect((await run('ldapsearch', [...AS, '-b', 'no name at all'])).code).toBe(34);
  expect((await run('ldapsearch', ['-x', '-D', `uid=wang,ou=people,${BASE}`, '-w', 'wrong', '-b', BASE])).code).toBe(49);
  expect((await run('ldapsearch', ['-x', '-b', BASE])).code).toBe(50);
});

test('five wrong passwords lock the account for the right one too', async () => {
  const as = (password: string): string[] => ['-x', '-ZZ', '-D', `uid=zhao,ou=people,${BASE}`, '-w', password];
  for (let attempt = 0; attempt < 5; attempt += 1) expect((await run('ldapwhoami', as('wrong'))).code).toBe(49);
  expect((await run('ldapwhoami', as(PASSWORD))).code).toBe(49);
});

test('ldapmodify and ldapdelete change nothing', async () => {
  await writeFile(join(folder, 'change.ldif'), `dn: uid=wang,ou=people,${BASE}\nchangetype: modify\nreplace: cn\ncn: x\n`);
  expect((await run('ldapmodify', [...AS, '-f', join(folder, 'change.ldif')])).code).toBe(53);
  expect((await run('ldapdelete', [...AS, `uid=wang,ou=people,${BASE}`])).code).toBe(53);
});

test('the lines of docs/security/ldap.md work as they stand', async () => {
  const secret = await town.application('attendance', { permissions: ['ldap.read'], scope: 'all', department: 1 });
  const page = await readFile(join(import.meta.dirname, '../../../docs/security/ldap.md'), 'utf8');
  const lines = [...page.matchAll(/^ldap(?:search|whoami) .*$/gm)].map(([line]) => line);
  expect(lines.length).toBeGreaterThan(3);
  for (const line of lines) {
    const [program = '', ...words] = [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? '');
    const given = words.flatMap((word, index) => (word === '-H' || words[index - 1] === '-H' ? [] : [word.replace('SECRET', secret).replace('PASSWORD', PASSWORD)]));
    const { code, out } = await run(program, given);
    expect({ line, code }).toEqual({ line, code: 0 });
    expect(out).toMatch(/dn:|namingContexts/);
  }
});
