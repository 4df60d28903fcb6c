import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readConfig } from '@zhengwu/config';
import { openKeyFile, readDataKey, signJws, verifyJws } from '@zhengwu/crypto';
import { Directory, directoryModule } from '@zhengwu/directory';
import { assemble, createTestSite, type TestSite } from '@zhengwu/module';
import { runCommand } from './cli/commands.ts';
import { dataKeyFile, withDataKey } from './secrets.ts';

const OLD = 'an old passphrase of the tests';
const NEW = 'a new passphrase of the tests';
const NUMBER = '990102199003071239';
let folder: string;
let site: TestSite;

const environment = (passphrase: string) => ({ ZHENGWU_DATA: folder, ZHENGWU_KEY_PASSPHRASE: passphrase, ZHENGWU_PORTAL_SECRET: 'a-secret-of-the-tests-portal-000000' });
const configOf = (passphrase: string) => withDataKey(readConfig(environment(passphrase)));
const rewrap = async (passphrase: string, next: string) => {
  const said: string[] = [];
  const tell = (line: string): void => void said.push(line);
  const code = await runCommand(['keys', 'rewrap'], { out: tell, err: tell }, { ...environment(passphrase), ZHENGWU_KEY_PASSPHRASE_NEW: next });
  return { code, said: said.join('\n') };
};
/** The site's directory as another start with this passphrase opens it, on the same database. */
const principalsOf = async (passphrase: string) => {
  const { log, clock, files } = site.site;
  const again = await assemble([directoryModule], { config: await configOf(passphrase), log, clock, files, database: site.database });
  return again.site.use(Directory).principals;
};
/** The licences' keys, as their module opens them. */
const keysOf = async (passphrase: string) => openKeyFile(join(folder, 'keys', 'licences.json'), (await configOf(passphrase)).keyPassphrase ?? '');

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'zhengwu-rewrap-'));
  site = await createTestSite({ modules: [directoryModule], config: await configOf(OLD) });
}, 60_000);
afterAll(async () => {
  await site.drop();
  await rm(folder, { recursive: true, force: true });
});

test('after the passphrase was changed citizens are found by their number and old licences verify; the old passphrase is refused', async () => {
  const entered = await site.site.use(Directory).principals.enter({ kind: 'person', name: '甲', identifier: NUMBER, phone: null, email: null });
  const jws = await signJws(await keysOf(OLD), 'licence', { sub: '证照' });
  const before = await readFile(dataKeyFile(folder), 'utf8');
  const others = await readFile(join(folder, 'keys/licences.json'), 'utf8');

  expect(await rewrap('a wrong passphrase of the tests', NEW)).toMatchObject({ code: 1, said: expect.stringContaining('wrong passphrase') });
  expect(await rewrap(OLD, 'short')).toMatchObject({ code: 1, said: expect.stringContaining('ZHENGWU_KEY_PASSPHRASE_NEW') });
  expect(await readFile(dataKeyFile(folder), 'utf8')).toBe(before);

  expect(await rewrap(OLD, NEW)).toMatchObject({ code: 0 });
  expect(await readFile(join(folder, 'keys/licences.json'), 'utf8')).toBe(others);
  expect(await readdir(join(folder, 'keys'))).toEqual(['data.json', 'licences.json']);
  expect((await stat(dataKeyFile(folder))).mode & 0o777).toBe(0o600);
  await expect(configOf(OLD)).rejects.toThrow(/wrong passphrase/);
  expect(await (await principalsOf(NEW)).byIdentifier(NUMBER)).toEqual(entered);
  expect(await verifyJws(await keysOf(NEW), 'licence', jws)).toMatchObject({ payload: { sub: '证照' } });
  expect(await readDataKey(dataKeyFile(folder), NEW)).not.toBe(NEW);
});

test('without its data key a site with keys does not begin another', async () => {
  await rm(dataKeyFile(folder));
  await expect(configOf(NEW)).rejects.toThrow(/data key .* is missing/);
  expect(await rewrap(NEW, OLD)).toMatchObject({ code: 1, said: expect.stringContaining('there is no key file') });
});
