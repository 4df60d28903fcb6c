import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as api from '@zhengwu/contracts';
import { oldCentreOf } from '@zhengwu/demo';
import { Registers } from '@zhengwu/registers';
import { layOldCentre } from './demo/old-centre.ts';
import { key, openCity, type TestCity } from './test/city.ts';
import { until } from './test/people.ts';

let city: TestCity;
let centre: Awaited<ReturnType<TestCity['official']>>;
const TABLE = 'QY_JBXX';
const figures = { centres: 1, links: 3, machines: 14, people: 5 };
const read = (id: string) => centre.call(api.readConsolidation, { params: { id } });
const table = (one: api.Consolidation) => one.tables.find(({ name }) => name === TABLE);
const rows = async <T extends Record<string, unknown>>(text: string, values: unknown[] = []): Promise<T[]> => (await city.site.database.as(city.site.database.system, (tx) => tx.query<T>(text, values))).rows;

beforeAll(async () => {
  city = await openCity({ residents: 200, companies: 60, cases: 0, buildings: 10 });
  await layOldCentre(city.site.site.config.dataFolder, oldCentreOf(city.demo));
  centre = await city.official('data01');
}, 120_000);
afterAll(() => city.close());

const sample = (uscc: string) => ({ uscc, name: '云川鹭汀晨光商店', kind: '个人独资企业', legalRepresentative: '店主1', legalRepresentativeNumber: '990102198506120020', capital: 5_000_000, scope: '日用百货零售', division: '990102', foundedOn: '2011-01-15', status: 'active' });

const taken = async (): Promise<string> => (await centre.call(api.takeConsolidation, { body: { code: 'luting', figures }, idempotencyKey: key() })).id;

const mapped = async (id: string): Promise<api.ResponseOf<typeof api.proposeMapping>> => {
  const proposal = await centre.call(api.proposeMapping, { params: { id }, body: { table: TABLE, register: 'enterprises' } });
  await centre.call(api.keepMapping, { params: { id }, body: { table: TABLE, register: 'enterprises', keyColumn: proposal.keyColumn ?? '', fields: proposal.fields } });
  return proposal;
};

test('an old centre is inventoried, mapped, compared, migrated, taken back, and at last closed, with every row accounted for', async () => {
  expect((await centre.call(api.listConsolidations, {})).found).toMatchObject([{ code: 'luting', name: { zh: '鹭汀区数据中心（旧）' } }]);
  const id = await taken();
  await expect(taken()).rejects.toMatchObject({ problem: { code: 'consolidation.taken' } });
  const first = await read(id);
  const total = table(first)?.rows ?? 0;
  expect(first.tables.map(({ name }) => name)).toEqual(['BGYP', TABLE]);
  expect(total).toBeGreaterThan(16);
  await expect(centre.call(api.compareConsolidation, { params: { id } })).rejects.toMatchObject({ problem: { code: 'consolidation.unmapped' } });

  // The mapping is found by what both know: columns, writings of days, ten thousands of yuan, codes.
  const proposal = await mapped(id);
  expect(proposal.keyColumn).toBe('XYDM');
  const fieldOf = (field: string) => proposal.fields.find((one) => one.field === field);
  expect(fieldOf('foundedOn')).toMatchObject({ column: 'CLRQ', reading: 'day' });
  expect(fieldOf('capital')).toMatchObject({ column: 'ZCZB', reading: 'wan' });
  expect(fieldOf('status')).toMatchObject({ column: 'ZT', reading: 'codes', codes: expect.objectContaining({ '01': 'active' }) });
  expect(fieldOf('name')).toMatchObject({ column: 'QYMC', reading: 'text', agreement: 1 });

  await centre.call(api.compareConsolidation, { params: { id } });
  const compared = await until(() => read(id), ({ state }) => state === 'compared');
  const { added = 0, same = 0, differs = 0, refused = 0, written } = table(compared)?.outcomes ?? {};
  expect(added + same + differs + refused).toBe(total);
  expect([added, refused, written]).toEqual([12, 4, 0]);
  expect(await rows(`select 1 as one from registers.record where cause = $1`, [`consolidation:${id}`])).toEqual([]);
  const refusals = (await centre.call(api.listOldRows, { params: { id }, query: { outcome: 'refused' } })).items;
  expect(refusals.map(({ detail }) => detail[0]?.why?.zh.slice(0, 4)).toSorted()).toEqual(['不合格：', '旧库中重', '旧库中重', '没有标识'].toSorted());
  await expect(centre.call(api.switchConsolidation, { params: { id }, body: { reason: '试一试', leave: ['BGYP'] } })).rejects.toMatchObject({ problem: { code: 'consolidation.unreconciled' } });

  await centre.call(api.migrateConsolidation, { params: { id } });
  const migrated = await until(() => read(id), ({ state }) => state === 'migrated');
  expect(table(migrated)?.outcomes).toEqual({ added, same, differs, refused, written: added });
  const held = `select count(*)::int as n from registers.record where cause = $1 and known_to is null`;
  expect(await rows(held, [`consolidation:${id}`])).toEqual([{ n: added }]);
  // Nothing happens twice: a migration that is asked for again writes nothing.
  await centre.call(api.migrateConsolidation, { params: { id } });
  await until(() => read(id), ({ state }) => state === 'migrated');
  expect(await rows(held, [`consolidation:${id}`])).toEqual([{ n: added }]);

  // Taken back: unknown from now on, and still on record as it was known meanwhile.
  expect(await centre.call(api.rollBackConsolidation, { params: { id }, body: { reason: '区里要求重新核对' } })).toEqual({ takenBack: added });
  expect(await rows(held, [`consolidation:${id}`])).toEqual([{ n: 0 }]);
  expect(await rows(`select count(*)::int as n from registers.record where cause = $1`, [`consolidation:${id}`])).toEqual([{ n: added }]);
  expect((await read(id)).state).toBe('rolledBack');

  const again = await taken();
  await mapped(again);
  await centre.call(api.compareConsolidation, { params: { id: again } });
  await until(() => read(again), ({ state }) => state === 'compared');
  // What the city learns between comparison and migration is never written over.
  const learned = (await centre.call(api.listOldRows, { params: { id: again }, query: { outcome: 'added' } })).items[0]?.key ?? '';
  await city.site.database.as(city.site.database.system, (tx) => city.site.site.use(Registers).load(tx, [{ register: 'enterprises', key: learned, validFrom: '2026-11-01', cause: 'case:other', data: { ...sample(learned), address: '登记机关后来登记的地址' } }]));
  await centre.call(api.migrateConsolidation, { params: { id: again } });
  await until(() => read(again), ({ state }) => state === 'migrated');
  expect(await centre.call(api.switchConsolidation, { params: { id: again }, body: { reason: '核对完成，关闭旧中心', leave: ['BGYP'] } })).toEqual({ switched: true });
  expect(await rows<{ address: string }>(`select data->>'address' as address from registers.record where register = 'enterprises' and key = $1 and known_to is null`, [learned])).toEqual([{ address: '登记机关后来登记的地址' }]);
  await expect(centre.call(api.migrateConsolidation, { params: { id: again } })).rejects.toMatchObject({ problem: { code: 'consolidation.wrong-state' } });
  const closed = await read(again);
  expect(table(closed)?.outcomes).toEqual({ added: added - 1, same, differs: differs + 1, refused, written: added - 1 });
  expect([closed.before, closed.after]).toEqual([figures, { centres: 0, links: 0, machines: 0, people: 0 }]);
  const file = await stat(join(city.site.site.config.dataFolder, 'old-centres', 'luting.sqlite'));
  expect(file.mode & 0o222).toBe(0);
}, 60_000);

test('only the data centre consolidates, and what it does is in the trail', async () => {
  await expect((await city.official('window01')).call(api.listConsolidations, {})).rejects.toMatchObject({ problem: { code: 'access.denied' } });
  const events = (await rows<{ event: string }>(`select distinct event from audit.record where event like 'consolidation.%' order by 1`)).map(({ event }) => event);
  expect(events).toEqual(expect.arrayContaining(['consolidation.taken', 'consolidation.mapped', 'consolidation.compared', 'consolidation.migrated', 'consolidation.finished', 'consolidation.rolledBack', 'consolidation.switched', 'consolidation.rowsRead']));
});

test('a file that is no database and a centre that is not there are told apart', async () => {
  await expect(centre.call(api.takeConsolidation, { body: { code: 'nowhere', figures }, idempotencyKey: key() })).rejects.toMatchObject({ problem: { code: 'consolidation.not-found' } });
  await expect(centre.call(api.takeConsolidation, { body: { code: '../luting', figures }, idempotencyKey: key() })).rejects.toMatchObject({ problem: { status: 422 } });
});
