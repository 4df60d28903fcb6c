import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Actor } from '@zhengwu/contracts';
import { isZhengwuError } from '@zhengwu/errors';
import { uuidv7 } from '@zhengwu/ids';
import { createTestSite, type TestSite } from '@zhengwu/module';
import { loadOrganisation } from './loading.ts';
import { directoryModule } from './module.ts';
import * as store from './store.ts';
import * as access from './store-access.ts';

let site: TestSite;
const ids = { head: uuidv7(), clerk: uuidv7(), security: uuidv7(), above: uuidv7() };
let wanted = '';
beforeAll(async () => {
  site = await createTestSite({ modules: [directoryModule] });
  const text = (zh: string) => ({ zh, en: zh });
  const department = (id: number, regionParent: number | null) => ({ id, code: `D${id}`, division: '990100', name: text(`部门${id}`), regionParent, lineParent: null });
  await site.database.as(site.database.system, async (tx) => {
    await loadOrganisation(tx, {
      divisions: [{ code: '990100', parent: null, name: text('云川市') }], departments: [department(1, null), department(2, 1)],
      roles: [{ code: 'review', name: text('审核'), grants: [{ permission: 'case.read', scope: 'department' }] }],
      posts: [{ code: 'head', department: 2, name: text('负责人'), roles: [] }, { code: 'clerk', department: 2, name: text('办事'), roles: [] }, { code: 'review', department: 2, name: text('审核'), roles: ['review'] }],
      people: Object.entries(ids).map(([name, id]) => ({ id, name, account: name, clearance: 1, phone: '', email: '', posts: name === 'head' || name === 'clerk' ? [name] : [] })),
    });
    wanted = (await store.posts(tx)).find((post) => post.code === 'review')!.id;
  });
}, 60_000);
afterAll(async () => {
  await site.drop();
});

const as = (name: keyof typeof ids): Actor => ({
  kind: 'official', accountId: ids[name], personId: ids[name], name, subjects: [], onBehalfOf: null, scope: name === 'security' ? 'all' : 'departments', departments: name === 'clerk' ? [] : name === 'above' ? [1, 2] : [2],
  homeDepartments: [], posts: [], permissions: {}, clearance: 1, assurance: 1, sessionId: null, requestId: 'r', address: '127.0.0.1',
});
const by = <T>(name: keyof typeof ids, work: (tx: Parameters<Parameters<TestSite['database']['as']>[1]>[0]) => Promise<T>): Promise<T> => site.database.as(as(name), work);
const codeOf = (work: Promise<unknown>): Promise<string> => work.then(() => 'done', (error: unknown) => (isZhengwuError(error) ? error.code : String(error)));
const postsOf = (person: string) => site.database.as(site.database.system, async (tx) => (await store.person(tx, person))!.posts.map((post) => post.code));
const permissionsOf = (person: string) => site.database.as(site.database.system, async (tx) => Object.keys((await tx.query<{ g: object }>('select directory.grants_of($1) as g', [person])).rows[0]!.g));
const sweep = (now: string) => site.database.as(site.database.system, (tx) => access.sweepAccess(tx, new Date(now)));

test('a post is asked for until a day, vouched for by the head, granted by somebody else, and ends by itself (最小授权, GB/T 22239-2019 8.1.4.2)', async () => {
  const id = uuidv7();
  await by('clerk', (tx) => access.ask(tx, id, wanted, '2099-01-31', '顶岗'));
  expect(await codeOf(by('clerk', (tx) => access.ask(tx, uuidv7(), wanted, '2099-01-31', '再申请')))).toBe('access.asked-already');
  expect(await codeOf(by('clerk', (tx) => access.step(tx, id, 'vouch', true, '自己同意')))).toBe('access.own');
  expect(await codeOf(by('security', (tx) => access.step(tx, id, 'decide', true, '越过负责人')))).toBe('access.unknown');
  expect(await by('head', async (tx) => (await access.requests(tx)).map((one) => one.id))).toEqual([id]);
  await by('head', (tx) => access.step(tx, id, 'vouch', true, '情况属实'));
  expect(await codeOf(by('head', (tx) => access.step(tx, id, 'decide', true, '一人两步')))).toBe('access.unknown');
  await by('security', (tx) => access.step(tx, id, 'decide', true, '同意'));
  expect(await permissionsOf(ids.clerk)).toEqual(['case.read']);
  expect(await sweep('2099-01-31T15:59:00Z')).toBe(0);
  expect(await sweep('2099-01-31T16:00:00Z')).toBe(1);
  expect(await postsOf(ids.clerk)).toEqual(['clerk']);
  expect(await by('clerk', async (tx) => (await access.requestsOf(tx, ids.clerk)).map((one) => one.status))).toEqual(['ended']);
});

test('a review: the head keeps or withdraws each holding but not his own; what stays unanswered goes up, then lapses; the evidence stays', async () => {
  const review = uuidv7();
  expect(await by('security', (tx) => access.openReview(tx, review, 2, '2099-03-01', '2099-03-10'))).toBe(2);
  expect(await codeOf(by('head', (tx) => access.openReview(tx, uuidv7(), 2, '2099-03-01', '2099-03-10')))).toBe('access.unknown');
  expect(await codeOf(by('security', (tx) => access.openReview(tx, uuidv7(), 2, '2099-03-01', '2099-03-10')))).toBe('review.open-already');
  const items = await by('head', (tx) => access.items(tx, review, ids.head));
  const answer = (who: keyof typeof ids, code: string, keep: boolean) => {
    const one = items.find((item) => item.person.name === code)!;
    return codeOf(by(who, (tx) => access.answer(tx, review, { person: one.person.id, post: one.post.id, keep, reason: '核对过' })));
  };
  expect(await answer('head', 'head', true)).toBe('review.own');
  expect(await answer('clerk', 'head', false)).toBe('review.unknown');
  expect(await answer('head', 'clerk', false)).toBe('done');
  expect(await answer('head', 'clerk', true)).toBe('review.unknown');
  expect(await postsOf(ids.clerk)).toEqual([]);
  expect(await sweep('2099-03-02T01:00:00Z')).toBe(0);
  expect(await by('above', async (tx) => (await access.reviews(tx))[0]!.figures)).toEqual({ all: 2, kept: 0, withdrawn: 1, lapsed: 0, gone: 0, open: 1, escalated: 1 });
  expect(await sweep('2099-03-11T01:00:00Z')).toBe(1);
  expect(await postsOf(ids.head)).toEqual([]);
  const [kept] = await by('above', (tx) => access.reviews(tx));
  expect([kept!.figures.lapsed, kept!.closedAt !== null]).toEqual([1, true]);
  expect((await by('above', (tx) => access.items(tx, review, ids.above))).map((one) => [one.person.name, one.answer, one.by])).toEqual([['clerk', 'withdrawn', 'head'], ['head', 'lapsed', null]]);
});

test('nobody answers or decides past the functions: the tables are not the application’s to write', async () => {
  for (const table of ['access_request', 'review', 'review_item']) {
    const { rowCount } = await by('security', (tx) => tx.query(`update directory.${table} set department = department`)).catch(() => ({ rowCount: 0 }));
    expect(rowCount).toBe(0);
  }
});
