import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as api from '@zhengwu/contracts';
import { builtSite, ensureBuilt, freePort, type BuiltSite } from './test/built.ts';
import { PNG, type Person } from './test/clients.ts';
import { obtainLicence, startLoad } from './test/load.ts';

let folder: string;
let data: string;
let site: BuiltSite;
beforeAll(async () => {
  ensureBuilt();
  folder = await mkdtemp(join(tmpdir(), 'zhengwu-restore-'));
  await chmod(folder, 0o755);
  data = join(folder, 'data');
  site = builtSite(data, await freePort());
  await site.start();
}, 300_000);
afterAll(async () => {
  await site.stop();
  await rm(folder, { recursive: true, force: true });
}, 60_000);

const bodies = async (): Promise<string[]> =>
  (await readdir(join(data, 'files/store'), { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile()).map((entry) => entry.name);

/** Bodies that begin as pictures and PDF files do. */
const inTheOpen = async (place: string): Promise<string[]> => {
  const open: string[] = [];
  for (const entry of await readdir(place, { recursive: true, withFileTypes: true })) {
    if (entry.isFile() && /^(?:\x89PNG|%PDF)/.test((await readFile(join(entry.parentPath, entry.name))).toString('latin1', 0, 4))) open.push(entry.name);
  }
  return open;
};

test('a backup under load, the data folder destroyed, restored: licences verify, files open, work goes on', async () => {
  const anyone = api.createClient({ origin: site.origin });
  const citizen = await site.citizen('citizen01');
  const officials = await Promise.all(([['window01', 'accept'], ['reviewer01', 'pass'], ['approver01', 'approve']] as const).map(async ([account, outcome]): Promise<[Person, string]> => [await site.official(account), outcome]));
  const issued = await obtainLicence(site, citizen, officials);
  const { items: licences } = await citizen.call(api.myLicences, {});
  expect(licences.map(({ id }) => id)).toContain(issued);
  const load = startLoad(site, [citizen, await site.citizen('citizen02')], officials.slice(0, 1));
  await expect.poll(() => load.sent.filter((one) => one.caseId).length, { timeout: 30_000 }).toBeGreaterThan(5);
  const before = load.sent.flatMap((one) => one.caseId ?? []);

  // Keys of stored files change while people go on applying (GB/T 22239-2019 8.1.4.8).
  expect(await site.zhengwu('keys', 'rotate')).toMatchObject({ code: 0, said: expect.stringMatching(/the keys of [1-9]\d* files were wrapped anew, 0 files that lay open/) });
  expect(await site.zhengwu('keys', 'renew', 'columns')).toMatchObject({ code: 0, said: expect.stringMatching(/[1-9]\d* values were sealed anew, [1-9]\d* have the newest key/) });
  expect(await site.zhengwu('keys', 'renew', 'licences')).toMatchObject({ code: 0, said: expect.stringContaining('has the new key') });
  const renewed = await obtainLicence(site, await site.citizen('citizen04'), officials);
  expect(await inTheOpen(join(data, 'files/store'))).toEqual([]);
  const backup = await site.zhengwu('backup', join(folder, 'backup'));
  expect(await inTheOpen(join(folder, 'backup/files'))).toEqual([]);
  expect(backup).toMatchObject({ code: 0, said: expect.stringMatching(/backed up to .* \d+ rows, \d+ files/) });
  expect(await site.zhengwu('backup', join(folder, 'backup'))).toMatchObject({ code: 1, said: expect.stringContaining('exists already') });
  expect(await site.zhengwu('restore', join(folder, 'backup'))).toMatchObject({ code: 1, said: expect.stringContaining('already') });
  expect(load.sent.flatMap((one) => one.caseId ?? []).length).toBeGreaterThan(before.length);
  await load.stop();
  await site.stop();
  await rm(data, { recursive: true });

  expect(await site.zhengwu('restore', join(folder, 'backup'))).toMatchObject({ code: 0, said: expect.stringContaining('restored the backup of') });
  expect(existsSync(join(data, 'site.pid'))).toBe(false);
  await site.start();
  const again = await site.citizen('citizen01');
  const { items } = await again.call(api.myLicences, {});
  expect(items.map(({ id }) => id)).toEqual(licences.map(({ id }) => id));
  for (const { id } of items) {
    const { jws } = await again.call(api.myLicence, { params: { id } });
    expect(await anyone.call(api.verifyJws, { body: { jws } })).toMatchObject({ found: true, signature: 'valid' });
  }
  const mine = await (await site.citizen('citizen04')).call(api.myLicence, { params: { id: renewed } });
  expect(await anyone.call(api.verifyJws, { body: { jws: mine.jws } })).toMatchObject({ found: true, signature: 'valid' });
  expect((await site.zhengwu('keys', 'list')).said).toMatch(/^columns\t/m);
  for (const { caseId, citizen: owner } of load.sent.filter((one) => before.includes(one.caseId ?? ''))) {
    expect((await owner.call(api.myCase, { params: { id: caseId as string } })).state).toBeGreaterThan(0);
  }
  expect(await bodies()).toContain(createHash('sha256').update(PNG).digest('hex'));
  const official = await site.official('window01');
  const detail = await official.call(api.openCase, { params: { id: before[0] as string } });
  const material = detail.materials.find((one) => one.fileName !== null);
  const file = await official.send('GET', `/api/cases/${before[0]}/materials/${material?.id}/file`);
  // An official gets a marked copy: it can only be drawn from a file that opens.
  expect([file.status, file.headers.get('content-type')]).toEqual([200, 'image/png']);
  expect((await file.arrayBuffer()).byteLength).toBeGreaterThan(PNG.length);
  const more = startLoad(site, [again], []);
  await expect.poll(() => more.sent.filter((one) => one.caseId).length, { timeout: 30_000 }).toBeGreaterThan(2);
  await more.stop();
}, 240_000);
