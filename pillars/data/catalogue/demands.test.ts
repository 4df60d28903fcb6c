import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { calendarModule } from '@zhengwu/calendar';
import { dayOf } from '@zhengwu/clock';
import type { Actor, Grant } from '@zhengwu/contracts';
import type { Tx } from '@zhengwu/database';
import { Directory, directoryModule } from '@zhengwu/directory';
import { createTestSite, type TestSite } from '@zhengwu/module';
import { registersModule } from '@zhengwu/registers';
import { answer, assign, demandView, escalate, raise, supply, takeBack } from './demands.ts';
import { metadataOf } from './metadata.ts';
import { catalogueModule } from './module.ts';
import { decide, edit, submit } from './resources.ts';
import { selectDemands, type Demand } from './store-demands.ts';

const text = (zh: string, en: string) => ({ zh, en });
const actor = (name: string, id: number, department: number, grants: Record<string, Grant['scope']>): Actor => ({
  kind: 'official', accountId: `01890a5d-ac96-774b-bcce-00000000000${id}`, personId: `01890a5d-ac96-774b-bcce-00000000000${id}`, name, scope: Object.values(grants).includes('all') ? 'all' : 'departments', departments: [department], homeDepartments: [department], subjects: [], clearance: 1,
  permissions: Object.fromEntries(Object.entries(grants).map(([permission, scope]) => [permission, { scope, departments: scope === 'all' ? [] : [department] }])),
}) as unknown as Actor;
const grants = { 'catalogue.read': 'subtree', 'catalogue.edit': 'subtree', 'catalogue.request': 'subtree', 'catalogue.answer': 'subtree' } as const;
const [builder, taxman, doctor] = [actor('住建专员', 1, 60, grants), actor('税务专员', 2, 30, grants), actor('卫健专员', 4, 90, grants)];
const officer = actor('数据管理', 3, 120, { 'catalogue.read': 'all', 'catalogue.edit': 'all', 'catalogue.publish': 'all', 'catalogue.request': 'all' });

let site: TestSite;
const system = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => site.database.as(site.database.system, work);
const seen = (who: Actor, isOpen: boolean | null = null): Promise<Demand[]> => site.database.as(who, (tx) => selectDemands(tx, isOpen));
const needed = { title: '在建工程名录', items: '工程名称、地址、施工单位', purpose: '核对建筑业纳税人', basis: '《中华人民共和国税收征收管理法》第六条' };
const raised = (who = taxman): Promise<string> => system((tx) => raise(tx, who, needed));
const assigned = async (): Promise<string> => {
  const id = await raised();
  await system((tx) => assign(site.site, tx, officer, id, 'YC-ZJ'));
  return id;
};

beforeAll(async () => {
  site = await createTestSite({ modules: [calendarModule, directoryModule, registersModule, catalogueModule] });
  await system(async (tx) => {
    await tx.query(`insert into directory.division (code, name_zh, name_en) values ('990100', '云川', 'Yunchuan') on conflict do nothing`);
    for (const [n, code] of [[60, 'YC-ZJ'], [30, 'YC-SW'], [90, 'YC-WJ'], [120, 'YC-DSJ']]) await tx.query(`insert into directory.department (id, code, division, name_zh, name_en) values ($1, $2, '990100', $2, $2)`, [n, code]);
  });
  await site.site.use(Directory).refresh();
});
afterAll(() => site.drop());

describe('a demand for what the catalogue lacks (State Council Order 809)', () => {
  test('is assigned by the data administration, never to who asks, and answered within 10 working days', async () => {
    const id = await raised();
    await expect(system((tx) => assign(site.site, tx, officer, id, 'YC-SW'))).rejects.toMatchObject({ code: 'catalogue.unknown-provider' });
    await expect(system((tx) => assign(site.site, tx, officer, id, 'YC-NONE'))).rejects.toMatchObject({ code: 'catalogue.unknown-provider' });
    await expect(system((tx) => answer(tx, builder, id, { outcome: 'refused', answer: '无', law: '《中华人民共和国统计法》第二十五条' }))).rejects.toMatchObject({ code: 'catalogue.demand-settled' });
    const due = await system((tx) => assign(site.site, tx, officer, id, 'YC-ZJ'));
    const { rows: [days] } = await system((tx) => tx.query<{ due: string }>('select kernel.add_working_days($1::date, 10)::text as due', [dayOf(site.site.clock.now())]));
    expect(due).toBe(days?.due);
    const [mine] = await seen(builder);
    expect(demandView(site.site, builder, mine as Demand)).toMatchObject({ state: 'assigned', mayAnswer: true, mayAssign: false, mayWithdraw: false, overdue: false, department: { zh: 'YC-SW' }, provider: { code: 'YC-ZJ' } });
    expect(demandView(site.site, officer, mine as Demand)).toMatchObject({ mayAssign: true, mayAnswer: false });
    await system((tx) => takeBack(tx, taxman, id, '已从他处取得'));
  });

  test('is refused by citing the law alone', async () => {
    const id = await assigned();
    await expect(system((tx) => answer(tx, builder, id, { outcome: 'refused', answer: '不便提供', law: '内部规定' }))).rejects.toMatchObject({ code: 'catalogue.law-missing' });
    await expect(system((tx) => answer(tx, doctor, id, { outcome: 'refused', answer: '不便', law: '《中华人民共和国统计法》第二十五条' }))).rejects.toMatchObject({ code: 'catalogue.demand-settled' });
    await system((tx) => answer(tx, builder, id, { outcome: 'refused', answer: '涉及统计秘密', law: '《中华人民共和国统计法》第二十五条' }));
    await expect(system((tx) => takeBack(tx, taxman, id, '不需要'))).rejects.toMatchObject({ code: 'catalogue.demand-settled' });
  });

  test('is met by a resource that its provider has published, and no other', async () => {
    const id = await assigned();
    const metadata = metadataOf({ code: 'works', name: text('在建工程', 'Works'), subject: 'none', key: 'number', keeper: 'YC-ZJ', sharing: { class: '1' }, schema: { type: 'object', properties: { number: { type: 'string' } } }, fields: [{ key: 'number', label: text('编号', 'Number'), class: 'public' }] }, 77);
    await system((tx) => edit(site.site, tx, builder, 'works', { provider: 'YC-ZJ', metadata, version: 0 }));
    await expect(system((tx) => answer(tx, builder, id, { outcome: 'met', answer: '已编目', resource: 'works' }))).rejects.toMatchObject({ code: 'catalogue.not-met' });
    await system((tx) => submit(tx, builder, 'works', 1));
    await system((tx) => decide(tx, officer, 'works', { version: 1, outcome: 'publish' }));
    await system((tx) => answer(tx, builder, id, { outcome: 'met', answer: '已编目发布', resource: 'works' }));
    expect((await seen(taxman, false)).find((one) => one.id === id)).toMatchObject({ state: 'met', resource: 'works' });
  });

  test('is seen by who asks, who is to provide it and the data administration', async () => {
    const id = await assigned();
    expect((await seen(doctor)).length).toBe(0);
    for (const who of [taxman, builder, officer]) expect((await seen(who, true)).map((one) => one.id)).toContain(id);
  });

  test('that is late is taken further up once, and counted in what its provider owes', async () => {
    const id = await assigned();
    await system((tx) => tx.query(`update catalogue.demand set due_day = '2026-01-05' where id = $1`, [id]));
    await escalate(site.site);
    await escalate(site.site);
    const { rows } = await system((tx) => tx.query<{ subject: string }>(`select subject from events.outbox where type = 'catalogue.overdue' union all select subject from events.event where type = 'catalogue.overdue'`));
    expect(rows).toEqual([{ subject: id }]);
    const [row] = (await system((tx) => supply(site.site, tx))).filter(({ provider }) => provider.code === 'YC-ZJ');
    expect(row).toMatchObject({ published: { free: 1, conditional: 0, withheld: 0 }, overdue: 1, demands: 2 });
  });
});
