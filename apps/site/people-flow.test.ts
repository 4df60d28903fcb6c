import { afterAll, beforeAll, expect, test } from 'vitest';
import * as api from '@zhengwu/contracts';
import { key, openCity, type TestCity } from './test/city.ts';
import { applyForCard, taskFor } from './test/people.ts';

let city: TestCity;
let admin: api.Client;
beforeAll(async () => {
  city = await openCity();
  admin = await city.official('admin');
}, 120_000);
afterAll(() => city.close());

const person = async (account: string) => (await admin.call(api.listPeople, { query: { q: account } })).items.find((one) => one.account === account)!;
const post = async (code: string) => (await admin.call(api.listPosts, {})).items.find((one) => one.code === code)!.id;
const trail = async (event: string, subject: string) => (await (await city.official('audit')).call(api.searchAudit, { query: { event, subject } })).items;
const claimed = async (account: string) => {
  const caseId = await applyForCard(city, await city.citizen('citizen01'));
  const { official, task } = await taskFor(city, account, caseId, 'claim');
  await official.call(api.claimTask, { params: { id: task.id }, body: { version: task.version }, idempotencyKey: key() });
  return caseId;
};
const countOf = (items: readonly { code: string; count: number }[]) => Object.fromEntries(items.map((one) => [one.code, one.count]));

test('a leaver: at once the session answers 401, the account is closed, the task is with the successor, and all of it is in the trail', async () => {
  const [leaver, successor] = [await person('window01'), await person('window02')];
  const caseId = await claimed('window01');
  const session = await city.official('window01');
  const before = countOf((await admin.call(api.previewLeaving, { params: { id: leaver.id } })).items);
  expect(before).toMatchObject({ posts: 4, tasks: 1, delegations: 0 });
  expect(before['sessions']).toBeGreaterThan(0);
  expect((await session.send('GET', '/api/session')).status).toBe(200);
  const done = await admin.call(api.leavePerson, { params: { id: leaver.id }, body: { version: leaver.version, successor: successor.id, reason: '退休' } });
  expect(countOf(done.items)).toEqual(before);
  expect((await session.send('GET', '/api/session')).status).toBe(401);
  await expect(city.official('window01')).rejects.toThrow('401');
  const [task] = (await (await city.official('window02')).call(api.openCase, { params: { id: caseId } })).tasks;
  expect(task).toMatchObject({ status: 'claimed', assignee: { id: successor.id } });
  expect(countOf((await admin.call(api.previewLeaving, { params: { id: leaver.id } })).items)).toEqual(Object.fromEntries(Object.keys(before).map((code) => [code, 0])));
  expect((await trail('people.left', leaver.id))[0]?.detail).toMatchObject({ reason: '退休', tasks: 1, posts: 4, successor: successor.id });
  expect((await trail('task.transferred', caseId)).map((one) => one.name)).toEqual([(await person('admin')).name]);
  const past = (await admin.call(api.personTimeline, { params: { id: leaver.id } })).items.filter((one) => one.kind === 'post');
  expect(past.every((one) => one.until !== null && one.endReason === '退休')).toBe(true);
});

test('a mover: posts change and work in hand goes back to its queue; nobody can be asked to follow who is not in office', async () => {
  const mover = await person('window02');
  const caseId = await claimed('window02');
  const body = { version: mover.version, posts: [await post('YC-MZ.clerk')], handOver: true, reason: '轮岗' };
  await expect(admin.call(api.movePerson, { params: { id: mover.id }, body: { ...body, successor: (await person('window01')).id } })).rejects.toMatchObject({ problem: { code: 'people.no-successor' } });
  const { items } = await admin.call(api.movePerson, { params: { id: mover.id }, body: { ...body, successor: null } });
  expect(countOf(items)['tasks']).toBeGreaterThan(0);
  const [task] = (await (await city.official('window03')).call(api.openCase, { params: { id: caseId } })).tasks;
  expect(task).toMatchObject({ status: 'open', assignee: null });
  expect((await person('window02')).posts.map((one) => one.code)).toEqual(['YC-MZ.clerk']);
});

test('a joiner: person, account and posts in one step; an administrator’s post waits for a second administrator; nothing is half done', async () => {
  const joined = await admin.call(api.joinPerson, { body: { name: '新来', account: 'newcomer', clearance: 1, posts: [await post('YC-MZ.clerk')], reason: '录用' } });
  const signedIn = await fetch(city.origin + api.signIn.path, { method: 'POST', headers: { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' }, body: JSON.stringify({ account: 'newcomer', password: joined.password }) });
  expect(signedIn.status).toBe(200);
  await expect(admin.call(api.joinPerson, { body: { name: '另一人', account: 'newcomer', clearance: 1, posts: [], reason: '录用' } })).rejects.toMatchObject({ problem: { code: 'people.account-taken' } });
  const auditor = await admin.call(api.joinPerson, { body: { name: '审计', account: 'second-auditor', clearance: 1, posts: [await post('YC-DSJ.auditor')], reason: '增设' } });
  expect(auditor.proposal).not.toBeNull();
  expect((await person('second-auditor')).posts).toEqual([]);
  const security = await city.official('security');
  await security.call(api.decideProposal, { params: { id: auditor.proposal! }, body: { approve: true, opinion: '同意' } });
  expect((await person('second-auditor')).posts.map((one) => one.code)).toEqual(['YC-DSJ.auditor']);
  await expect(admin.call(api.leavePerson, { params: { id: (await person('admin')).id }, body: { version: (await person('admin')).version, successor: null, reason: '走' } })).rejects.toMatchObject({ problem: { code: 'people.self' } });
});
