import { afterAll, beforeAll, expect, test } from 'vitest';
import { uuidv7 } from '@zhengwu/ids';
import { createTestSite, type TestSite } from '@zhengwu/module';
import { loadOrganisation } from './loading.ts';
import { directoryModule } from './module.ts';
import * as store from './store.ts';
import * as past from './store-history.ts';

let site: TestSite;
beforeAll(async () => {
  site = await createTestSite({ modules: [directoryModule] });
});
afterAll(async () => {
  await site.drop();
});

const text = (zh: string) => ({ zh, en: zh });
const person = uuidv7();
const load = () => site.database.as(site.database.system, (tx) => loadOrganisation(tx, {
  divisions: [{ code: '990100', parent: null, name: text('云川市') }],
  departments: [{ id: 1, code: 'A', division: '990100', name: text('工商局'), regionParent: null, lineParent: null }, { id: 2, code: 'B', division: '990100', name: text('市政府'), regionParent: null, lineParent: null }],
  roles: [{ code: 'R', name: text('审核'), grants: [{ permission: 'case.read', scope: 'department' }] }], posts: [{ code: 'P', department: 1, name: text('岗位'), roles: ['R'] }],
  people: [{ id: person, name: '甲', account: 'jia', clearance: 1, phone: '12200000000', email: 'a@b.example', posts: ['P'] }],
}));
const step = async <T>(work: (tx: Parameters<Parameters<TestSite['database']['as']>[1]>[0]) => Promise<T>): Promise<{ done: T; after: Date }> => {
  const done = await site.database.as({ ...site.database.system, personId: person, name: '管理员' } as never, work);
  await new Promise((resolve) => setTimeout(resolve, 15));
  return { done, after: new Date() };
};

test('the directory answers as it stood at any moment: names, places, posts, permissions; each change with who and why', async () => {
  const { after: before } = await step(() => load());
  const { after: renamed } = await step(async (tx) => {
    await store.because(tx, '机构改革');
    await tx.query(`update directory.department set name_zh = '市场监管局', name_en = 'x', region_parent = 2 where id = 1`);
    await tx.query(`update directory.role_grant set scope = 'all' where role = 'R'`);
  });
  const { after: left } = await step(async (tx) => {
    await store.because(tx, '退休');
    await store.assignPosts(tx, person, [], (await store.person(tx, person))!.version);
  });
  await site.database.as(site.database.system, async (tx) => {
    const of = async (at: Date | null) => {
      const department = (await store.departments(tx, at)).find((one) => one.id === 1)!;
      return [department.name_zh, department.region_parent, (await store.roles(tx, at))[0]!.grants[0]!.scope, (await store.people(tx, '', null, at))[0]!.posts.length, (await store.people(tx, '', 1, at)).length];
    };
    expect(await of(before)).toEqual(['工商局', null, 'department', 1, 1]);
    expect(await of(renamed)).toEqual(['市场监管局', 2, 'all', 1, 1]);
    expect(await of(left)).toEqual(['市场监管局', 2, 'all', 0, 0]);
    expect(await of(null)).toEqual(await of(left));
    expect(await store.departments(tx, new Date('2001-01-01'))).toEqual([]);
    const [state, first] = await past.departmentStates(tx, 1);
    expect([state!.name.zh, state!.by, state!.reason, state!.regionParent?.zh, first!.name.zh]).toEqual(['市场监管局', '管理员', '机构改革', '市政府', '工商局']);
    const held = (await past.timeline(tx, person)).find((one) => one.kind === 'post')!;
    expect([held.post?.zh, held.endedBy, held.endReason, held.until !== null]).toEqual(['岗位', '管理员', '退休', true]);
    const post = (await store.posts(tx))[0]!;
    expect((await past.holders(tx, post.id)).map((one) => one.person)).toEqual(['甲']);
  });
});

test('history is no one’s to rewrite, and holds neither telephone nor mail', async () => {
  await expect(site.database.as(site.database.system, (tx) => tx.query(`update directory.history set by_name = 'x'`))).rejects.toThrow(/permission denied/);
  await expect(site.database.as(site.database.system, (tx) => tx.query('delete from directory.history'))).rejects.toThrow(/permission denied/);
  const { rows } = await site.database.as(site.database.system, (tx) => tx.query<{ value: Record<string, unknown> }>(`select value from directory.history where entity = 'person'`));
  expect(rows.every(({ value }) => !('phone' in value) && !('email' in value))).toBe(true);
});
