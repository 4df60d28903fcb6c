import { afterAll, beforeAll, expect, test } from 'vitest';
import * as api from '@zhengwu/contracts';
import { Defence } from '@zhengwu/defence';
import { ScannerAway, type Verdict } from '@zhengwu/files';
import { openCity, type TestCity } from './test/city.ts';
import { applyForCard, until } from './test/people.ts';

/** What the scanner of this city answers; away at first. */
let verdict: Verdict | Error = new ScannerAway('away');
let city: TestCity;
let citizen: Awaited<ReturnType<TestCity['citizen']>>;
beforeAll(async () => {
  city = await openCity(undefined, undefined, { scan: () => (verdict instanceof Error ? Promise.reject(verdict) : Promise.resolve(verdict)) });
  citizen = await city.citizen('citizen01');
}, 120_000);
afterAll(() => city.close());

const recheck = (): Promise<void> => city.site.database.as(city.site.database.system, (tx) => city.site.site.jobs.enqueue(tx, { job: 'files.recheck' }));
const kinds = async (): Promise<string[]> => (await city.site.database.as(city.site.database.system, (tx) => tx.query<{ kind: string }>('select kind from defence.alert order by kind'))).rows.map(({ kind }) => kind);

test('with the scanner away a case is taken and says that a file is being checked; nobody can open it; clean, it opens', async () => {
  verdict = new ScannerAway('away');
  const id = await applyForCard(city, citizen);
  const clerk = await city.official('window01');
  const { materials } = await clerk.call(api.openCase, { params: { id } });
  const held = materials.find((one) => one.isChecking);
  expect(held?.fileName).toBeTruthy();
  expect((await citizen.call(api.myCase, { params: { id } })).materials.some((one) => one.isChecking)).toBe(true);
  const file = () => clerk.call(api.caseMaterialFile, { params: { id, material: held?.id ?? '' } });
  await expect(file()).rejects.toMatchObject({ problem: { code: 'file.checking', status: 409 } });
  expect(await until(kinds, (all) => all.includes('files.scanner-away'))).toContain('files.scanner-away');
  verdict = { isClean: true };
  await recheck();
  const cleared = await until(() => clerk.call(api.openCase, { params: { id } }), (one) => one.materials.every((material) => !material.isChecking));
  expect(cleared.materials.every((material) => !material.isChecking)).toBe(true);
  await city.site.site.use(Defence).watch.flush();
});

test('what turns out infected afterwards is gone: the material is not in order, the history says why, the applicant is told what to do', async () => {
  verdict = new ScannerAway('away');
  const other = await city.citizen('citizen02');
  const id = await applyForCard(city, other);
  verdict = { isClean: false, signature: 'Zhengwu.Test' };
  await recheck();
  const clerk = await city.official('window01');
  const seen = await until(() => clerk.call(api.openCase, { params: { id } }), (one) => one.timeline.some(({ kind }) => kind === 'fileRefused'));
  expect(seen.materials.filter(({ verdict: judged }) => judged === 'incomplete')).toHaveLength(1);
  expect(seen.materials.find(({ verdict: judged }) => judged === 'incomplete')?.note).toContain('未通过安全检查');
  await expect.poll(async () => (await other.call(api.myMessages, { query: { limit: 50 } })).items.map(({ template }) => template)).toContain('fileRefused');
  await expect.poll(kinds).toContain('files.infected');
});

test('ten refused sign-ins to one account are an alert, told by identity’s own events', async () => {
  const stranger = api.createClient({ origin: city.origin });
  for (let n = 0; n < 10; n++) await expect(stranger.call(api.signIn, { body: { account: 'reviewer01', password: `not-this-${n}` } })).rejects.toMatchObject({ problem: { status: 401 } });
  expect(await until(kinds, (all) => all.includes('brute-force'))).toContain('brute-force');
});

test('what the scanner finds at once is refused with what to do, and the draft goes on', async () => {
  verdict = { isClean: false, signature: 'Zhengwu.Test' };
  await expect(applyForCard(city, await city.citizen('citizen03'))).rejects.toThrow();
  verdict = { isClean: true };
  expect(await applyForCard(city, await city.citizen('citizen03'))).toBeTruthy();
});
