import { X509Certificate } from 'node:crypto';
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Authority, certificatesModule } from '@zhengwu/certificates';
import { readConfig } from '@zhengwu/config';
import { directoryModule } from '@zhengwu/directory';
import { createTestSite, type TestSite } from '@zhengwu/module';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runCommand } from './cli/commands.ts';
import { withDataKey } from './secrets.ts';

let folder: string;
let site: TestSite;
const at = (name: string): string => join(folder, name);
const environment = () => ({
  ZHENGWU_DEMO: 'off', ZHENGWU_DATA: at('data'), ZHENGWU_KEY_PASSPHRASE: 'a passphrase of the site', ZHENGWU_PORTAL_SECRET: 'a-secret-of-the-tests-portal-000000',
});
const ca = async (args: readonly string[], more: NodeJS.ProcessEnv = { ZHENGWU_ROOT_PASSPHRASE: 'a passphrase of the root' }) => {
  const said: string[] = [];
  const tell = (line: string): void => void said.push(line);
  const code = await runCommand(['ca', ...args], { out: tell, err: tell }, { ...environment(), ...more });
  return { code, said: said.join('\n') };
};
const chain = async (): Promise<X509Certificate[]> => {
  const text = await site.site.use(Authority).chain();
  return (text.match(/-----BEGIN[^-]+-----[^-]+-----END[^-]+-----/g) ?? []).map((one) => new X509Certificate(one));
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'zhengwu-ca-'));
  site = await createTestSite({ modules: [directoryModule, certificatesModule], config: await withDataKey(readConfig(environment())) });
});
afterAll(async () => {
  await site.drop();
  await rm(folder, { recursive: true });
});

test('without an authority the site says to run ca init, and takes the new one up while it runs', async () => {
  await expect(chain()).rejects.toMatchObject({ code: 'certificate.no-authority', status: 503, message: expect.stringContaining('npx zhengwu ca init') });
  expect(await ca(['renew', at('root')])).toMatchObject({ code: 1, said: expect.stringContaining('ca init') });
  const { code, said } = await ca(['init', at('root'), '--name', '云川市人民政府']);
  expect(code, said).toBe(0);
  expect(said).toContain('云川市人民政府');
  const [issuing, root] = await chain();
  expect(issuing?.verify((root as X509Certificate).publicKey)).toBe(true);
  expect(issuing?.subject).toContain('云川市人民政府 Issuing CA');
  expect(issuing?.subject).not.toContain('DEMO');
});

test('the root key is encrypted, in its own folder alone; a second init changes nothing', async () => {
  const before = await readFile(at('root/root.json'), 'utf8');
  expect(before).not.toContain('PRIVATE');
  expect(JSON.parse(before)).toMatchObject({ kdf: { name: 'scrypt' } });
  expect(await ca(['init', at('elsewhere'), '--name', '另一个'])).toMatchObject({ code: 1, said: expect.stringContaining('already') });
  expect(await readFile(at('root/root.json'), 'utf8')).toBe(before);
});

test('renewal keeps the key, so that what was issued still chains; another root or passphrase is refused', async () => {
  const [before] = await chain();
  expect(await ca(['renew', at('nowhere')])).toMatchObject({ code: 1, said: expect.stringContaining('not the root key') });
  expect((await ca(['renew', at('root')], { ZHENGWU_ROOT_PASSPHRASE: 'some other passphrase' })).said).toMatch(/^[^\n]*ZHENGWU_ROOT_PASSPHRASE is wrong[^\n]*$/);
  await cp(at('root'), at('stick'), { recursive: true });
  expect(await ca(['renew', at('stick')])).toMatchObject({ code: 0 });
  const renewed = new X509Certificate(await readFile(at('data/keys/certificates.pem')));
  expect(renewed.publicKey.equals((before as X509Certificate).publicKey)).toBe(true);
  expect([renewed.subject, renewed.serialNumber === before?.serialNumber]).toEqual([before?.subject, false]);
});

test('what is missing is one line', async () => {
  expect(await ca(['init', at('root2')])).toMatchObject({ code: 2, said: expect.stringContaining('usage') });
  expect(await ca(['init', at('root2'), '--name', 'x'], {})).toMatchObject({ code: 1, said: expect.stringContaining('ZHENGWU_ROOT_PASSPHRASE') });
});
