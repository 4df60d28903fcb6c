import { execFile } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Authority, certificatesModule, TimeStamps } from '@zhengwu/certificates';
import { readConfig } from '@zhengwu/config';
import { directoryModule } from '@zhengwu/directory';
import { createTestSite, type TestSite } from '@zhengwu/module';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runCommand } from './cli/commands.ts';
import { withDataKey } from './secrets.ts';

const run = promisify(execFile);
/** DER of the OID 1.2.156.10197.1.501, SM2 with SM3 (GM/T 0006). */
const SM2_WITH_SM3 = Buffer.from('06082a811ccf55018375', 'hex');
let folder: string;
const opened: TestSite[] = [];
const at = (name: string): string => join(folder, name);
const settings = (suite: string): NodeJS.ProcessEnv => ({
  ZHENGWU_DEMO: 'off', ZHENGWU_DATA: at('data'), ZHENGWU_KEY_PASSPHRASE: 'a passphrase of the site', ZHENGWU_ROOT_PASSPHRASE: 'a passphrase of the root',
  ZHENGWU_PORTAL_SECRET: 'a-secret-of-the-tests-portal-000000', ZHENGWU_CRYPTO_SUITE: suite,
});
const ca = async (args: readonly string[], suite: string): Promise<void> => {
  const said: string[] = [];
  const tell = (line: string): void => void said.push(line);
  expect(await runCommand(['ca', ...args], { out: tell, err: tell }, settings(suite)), said.join('\n')).toBe(0);
};
const cipherOf = async (name: string): Promise<string> => (JSON.parse(await readFile(at(name), 'utf8')) as { cipher: string }).cipher;
const parts = async (): Promise<[string, string]> => {
  const [issuing = '', root = ''] = (await readFile(at('data/keys/certificates.pem'), 'utf8')).match(/-----BEGIN[^-]+-----[^-]+-----END[^-]+-----\n/g) ?? [];
  await writeFile(at('issuing.crt'), issuing);
  await writeFile(at('root.crt'), root);
  return [issuing, root];
};
const openssl = async (...args: string[]): Promise<string> => (await run('openssl', args, { cwd: folder })).stdout;
const siteUnder = async (suite: string): Promise<TestSite> => {
  const site = await createTestSite({ modules: [directoryModule, certificatesModule], config: await withDataKey(readConfig(settings(suite))) });
  opened.push(site);
  return site;
};
/** What an authority left in the database, as the process that starts next finds it there. */
const copyKept = async ({ database: from }: TestSite, { database: to }: TestSite): Promise<void> => {
  for (const table of ['service', 'revocation_list']) {
    const { rows } = await from.as(from.system, (tx) => tx.query<{ row: unknown }>(`select to_jsonb(t) as row from certificates.${table} t`));
    expect(rows.length).toBeGreaterThan(0);
    await to.as(to.system, async (tx) => {
      for (const { row } of rows) await tx.query(`insert into certificates.${table} select (jsonb_populate_record(null::certificates.${table}, $1::jsonb)).*`, [JSON.stringify(row)]);
    });
  }
};
/** The list that is published now, once the job had its turn. */
const listOf = async (site: TestSite): Promise<Buffer> => {
  await certificatesModule.jobs?.(site.site).find(({ name }) => name === 'certificates.publish')?.run({}, { id: '1', attempt: 1, signal: new AbortController().signal });
  const { database } = site;
  return (await database.as(database.system, (tx) => tx.query<{ der: Buffer }>('select der from certificates.revocation_list order by number desc limit 1'))).rows[0]?.der ?? Buffer.alloc(0);
};
const stampOf = (site: TestSite): Promise<Buffer> => site.site.use(TimeStamps).stamp(Buffer.alloc(32, 7));

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'zhengwu-national-ca-'));
  await ca(['init', at('root'), '--name', '云川市人民政府'], 'gm');
});
afterAll(async () => {
  for (const site of opened) await site.drop();
  await rm(folder, { recursive: true });
});

test('ca init under the national suite: root and issuing keys lie under SM4, and openssl verifies the root’s own signature and the one below it', async () => {
  expect([await cipherOf('root/root.json'), await cipherOf('data/keys/certificates.json')]).toEqual(['sm4-ctr-hmac-sm3', 'sm4-ctr-hmac-sm3']);
  await parts();
  // openssl 3.0 gives the user id to the certificate that is asked for alone, and asks a trusted root from its own store: so the root's bytes are cut out and judged by `dgst`.
  const lines = [...(await openssl('asn1parse', '-in', 'root.crt')).matchAll(/^ *(\d+):d=1 .*?(?:prim|cons): ([A-Z ]+?) *$/gm)].map(([, offset = '', what = '']) => ({ offset, what }));
  const cut = (what: string, to: string): Promise<string> => openssl('asn1parse', '-in', 'root.crt', '-strparse', lines.find((line) => line.what === what)?.offset ?? '', '-noout', '-out', to);
  await cut('SEQUENCE', 'signed.der');
  await cut('BIT STRING', 'signature.der');
  await writeFile(at('root.pub'), await openssl('x509', '-in', 'root.crt', '-noout', '-pubkey'));
  const judge = (id: string): Promise<string> => openssl('dgst', '-sm3', '-verify', 'root.pub', '-sigopt', `distid:${id}`, '-signature', 'signature.der', 'signed.der');
  expect(await judge('1234567812345678')).toBe('Verified OK\n');
  await expect(judge('another')).rejects.toMatchObject({ stdout: 'Verification failure\n' });
  expect(await openssl('verify', '-vfyopt', 'distid:1234567812345678', '-CAfile', 'root.crt', 'issuing.crt')).toBe('issuing.crt: OK\n');
});

test('an authority keeps the suite that it began with: under the other setting it stamps on SM2, and ca renew signs on SM2', async () => {
  const site = await siteUnder('intl');
  expect((await stampOf(site)).includes(SM2_WITH_SM3)).toBe(true);
  const [before] = await parts();
  await ca(['renew', at('root')], 'intl');
  const [renewed] = await parts();
  expect(new X509Certificate(renewed).publicKey.equals(new X509Certificate(before).publicKey)).toBe(true);
  expect(renewed).not.toBe(before);
  expect(await openssl('verify', '-vfyopt', 'distid:1234567812345678', '-CAfile', 'root.crt', 'issuing.crt')).toBe('issuing.crt: OK\n');
});

test('a new authority of the other suite takes over neither the issuing key, nor the services, nor the list of the one before', async () => {
  const before = await siteUnder('gm');
  await stampOf(before);
  expect((await listOf(before)).includes(SM2_WITH_SM3)).toBe(true);
  await rename(at('data/keys/certificates.pem'), at('former.pem'));
  await ca(['init', at('root-of-p256'), '--name', '云川市人民政府'], 'intl');
  for (const one of await parts()) expect(new X509Certificate(one).publicKey.asymmetricKeyDetails?.namedCurve).toBe('prime256v1');
  const after = await createTestSite({ modules: [directoryModule, certificatesModule], config: await withDataKey(readConfig(settings('intl'))) });
  opened.push(after);
  await copyKept(before, after);
  const token = await stampOf(after);
  expect(token.includes(SM2_WITH_SM3)).toBe(false);
  expect((await listOf(after)).includes(SM2_WITH_SM3)).toBe(false);
  expect(await after.site.use(Authority).chain()).toBe(await readFile(at('data/keys/certificates.pem'), 'utf8'));
});
