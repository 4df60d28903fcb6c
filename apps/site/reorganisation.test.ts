import { afterAll, beforeAll, expect, test } from 'vitest';
import * as api from '@zhengwu/contracts';
import { dayOf } from '@zhengwu/clock';
import { Directory, runDue } from '@zhengwu/directory';
import { openCity, type TestCity } from './test/city.ts';
import { applyForCard, decide, taskFor } from './test/people.ts';

let city: TestCity;
let admin: api.Client;
const today = dayOf(new Date());
beforeAll(async () => {
  city = await openCity();
  admin = await city.official('admin');
}, 120_000);
afterAll(() => city.close());

const idOf = (code: string) => city.site.site.use(Directory).departmentByCode(code)!.id;
const departmentOf = (caseId: string) => city.site.database.as(city.site.database.system, async (tx) => (await tx.query<{ department: number }>('select department from cases.case where id = $1', [caseId])).rows[0]!.department);
const apply = async () => applyForCard(city, await city.citizen('citizen01'));

test('a merger: previewed, carried out whole on its day, running cases follow with nothing lost, the old code leads to the successor, the past stays', async () => {
  const caseId = await apply();
  const [office, bureau] = [idOf('YC-GA-HZ'), idOf('YC-GA')];
  expect(await departmentOf(caseId)).toBe(office);
  const plan = { document: '云政发〔2026〕12号', effectiveOn: today, steps: [{ kind: 'merge' as const, from: [office], into: bureau }] };
  const preview = await admin.call(api.previewReorganisation, { body: plan });
  expect(preview.followed.find((one) => one.code === 'cases')).toMatchObject({ moved: 1, before: 1, after: 1 });
  expect(preview.conflicts).toEqual([]);
  expect(await departmentOf(caseId)).toBe(office);
  const late = await admin.call(api.planReorganisation, { body: { ...plan, effectiveOn: '2099-01-01' } });
  await expect(admin.call(api.runReorganisation, { params: { id: late.id } })).rejects.toMatchObject({ problem: { code: 'reorganisation.too-early' } });
  await admin.call(api.cancelReorganisation, { params: { id: late.id } });
  const { id } = await admin.call(api.planReorganisation, { body: plan });
  const result = await admin.call(api.runReorganisation, { params: { id } });
  expect(result).toEqual(preview);
  expect(await departmentOf(caseId)).toBe(bureau);
  expect(idOf('YC-GA-HZ')).toBe(bureau);
  expect(await departmentOf(await apply())).toBe(bureau);
  const names = (await admin.call(api.listDepartments, {})).items.map((one) => one.code);
  expect(names).not.toContain('YC-GA-HZ');
  const past = await admin.call(api.departmentPast, { params: { id: office } });
  expect(past.items[0]).toMatchObject({ reason: plan.document });
  await decide(city, 'window01', caseId, 'accept');
  await taskFor(city, 'reviewer01', caseId, 'decide');
  await expect(admin.call(api.runReorganisation, { params: { id } })).rejects.toMatchObject({ problem: { code: 'reorganisation.unknown' } });
});

test('a plan is carried out by itself once its day has come, in its planner’s name; one that can’t be stays planned', async () => {
  const office = idOf('YC-WJ');
  const plan = (name: string) => admin.call(api.planReorganisation, { body: { document: '云政发〔2026〕14号', effectiveOn: today, steps: [{ kind: 'rename', department: office, name: { zh: name, en: 'Health' } }] } });
  const { id } = await plan('云川市卫生健康局');
  const merging = await admin.call(api.planReorganisation, { body: { document: '云政发〔2026〕15号', effectiveOn: today, steps: [{ kind: 'split', from: office, into: [{ code: 'YC-NEW', name: { zh: '新局', en: 'New' }, posts: [], services: [] }] }] } });
  const again = await admin.call(api.planReorganisation, { body: { document: '云政发〔2026〕16号', effectiveOn: today, steps: [{ kind: 'split', from: office, into: [{ code: 'YC-NEW', name: { zh: '新局', en: 'New' }, posts: [], services: [] }] }] } });
  expect(await runDue(city.site.site)).toBe(2);
  const { items } = await admin.call(api.listReorganisations, {});
  const stateOf = (wanted: string) => items.find((one) => one.id === wanted);
  expect([stateOf(id)?.status, stateOf(merging.id)?.status, stateOf(again.id)?.status]).toEqual(['done', 'done', 'planned']);
  expect(stateOf(id)?.doneBy).toBe(stateOf(id)?.plannedBy);
});

test('a split: a service goes to the new department with its running cases and its posts; what begins from now on goes there too', async () => {
  const caseId = await apply();
  const bureau = await departmentOf(caseId);
  const reviewer = (await admin.call(api.listPosts, {})).items.find((one) => one.code === 'YC-GA-HZ.reviewer')!;
  const steps: api.ReorganisationStep[] = [{ kind: 'split', from: bureau, into: [{ code: 'YC-GA-ZZ', name: { zh: '制证中心', en: 'Card centre' }, posts: [reviewer.id], services: ['identity-card-replacement'] }] }];
  const { id } = await admin.call(api.planReorganisation, { body: { document: '云政发〔2026〕13号', effectiveOn: today, steps } });
  const result = await admin.call(api.runReorganisation, { params: { id } });
  expect(result.followed.every((one) => one.before === one.after)).toBe(true);
  const made = idOf('YC-GA-ZZ');
  expect(await departmentOf(caseId)).toBe(made);
  expect(await departmentOf(await apply())).toBe(made);
  await expect(admin.call(api.previewReorganisation, { body: { document: '同号', effectiveOn: today, steps } })).rejects.toMatchObject({ problem: { code: 'reorganisation.code-taken' } });
  await expect(admin.call(api.previewReorganisation, { body: { document: '圈', effectiveOn: today, steps: [{ kind: 'move', department: idOf('YC'), regionParent: made }] } })).rejects.toMatchObject({ problem: { code: 'reorganisation.circle' } });
});
