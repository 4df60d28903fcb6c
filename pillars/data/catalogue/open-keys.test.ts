import { afterAll, beforeAll, expect, test } from 'vitest';
import { calendarModule } from '@zhengwu/calendar';
import type { Actor } from '@zhengwu/contracts';
import type { Tx } from '@zhengwu/database';
import { directoryModule } from '@zhengwu/directory';
import { createTestSite, type TestSite } from '@zhengwu/module';
import { registersModule } from '@zhengwu/registers';
import { catalogueModule } from './module.ts';
import { endKey, listKeys, makeKey, openAdmission, PER_MINUTE } from './open-keys.ts';
import { insertResource } from './store.ts';
import { metadataOf } from './metadata.ts';

const text = { zh: '树木', en: 'Trees' };
const citizen = (n: number): Actor => ({ kind: 'citizen', accountId: `01890a5d-ac96-774b-bcce-00000000000${n}`, personId: `01890a5d-ac96-774b-bcce-00000000000${n}`, name: '林知夏', scope: 'own', departments: [], homeDepartments: [], subjects: [], clearance: 0, permissions: {} }) as unknown as Actor;
const [one, other] = [citizen(1), citizen(2)];

let site: TestSite;
const system = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => site.database.as(site.database.system, work);
const list = (who: Actor) => site.database.as(who, (tx) => listKeys(site.site, tx));

beforeAll(async () => {
  site = await createTestSite({ modules: [calendarModule, directoryModule, registersModule, catalogueModule] });
  const metadata = metadataOf({ code: 'trees', name: text, subject: 'none', key: 'number', keeper: 'YC-ZJ', sharing: { class: '1' }, schema: { type: 'object', properties: { number: { type: 'string' } } }, fields: [{ key: 'number', label: text, class: 'public' }] }, 1);
  await system((tx) => insertResource(tx, { id: 'trees', provider: 'YC-ZJ', department: null, register: 'trees', metadata, person: null, by: '测试' }));
});
afterAll(() => site.drop());

test('a key is told once and kept as a hash; its owner alone sees it, ends it, and sees what it took', async () => {
  const admit = openAdmission(site.site);
  const { id, key } = await system((tx) => makeKey(tx, one, '企业查询'));
  const { rows } = await system((tx) => tx.query<{ row: string }>('select to_jsonb(k)::text as row from catalogue.open_key k'));
  expect(rows.some(({ row }) => row.includes(key.slice(8)))).toBe(false);
  await admit({ address: '203.0.113.5', key, dataset: 'trees', file: false });
  await admit({ address: '203.0.113.5', key, dataset: 'nothing-like-it', file: false });
  expect(await list(one)).toMatchObject([{ id, name: '企业查询', prefix: key.slice(0, 8), revokedAt: null, usage: [{ dataset: 'trees', calls: 1, recent: 1 }] }]);
  expect(await list(other)).toEqual([]);
  await expect(system((tx) => endKey(tx, other, id))).rejects.toMatchObject({ code: 'open.key-unknown' });
  await system((tx) => endKey(tx, one, id));
  for (const wrong of [key, `${key}x`, 'zwo_', '', 7]) await expect(admit({ address: '203.0.113.5', key: wrong, dataset: 'trees', file: false })).rejects.toMatchObject({ code: 'open.key-unknown' });
});

test('a person has ten keys in use at most', async () => {
  for (let n = 0; n < 10; n += 1) await system((tx) => makeKey(tx, other, `用途 ${n}`));
  await expect(system((tx) => makeKey(tx, other, '再一个'))).rejects.toMatchObject({ code: 'open.keys-enough' });
});

test('a key may ask more often than an address; a whole file counts as ten calls; one who asks too often is told when to come again', async () => {
  const admit = openAdmission({ ...site.site, config: { ...site.site.config, limits: { ...site.site.config.limits, rates: true } } });
  const { key } = await system((tx) => makeKey(tx, one, '批量'));
  const until = async (call: Parameters<typeof admit>[0]): Promise<number> => {
    for (let n = 0; n < 2000; n += 1) {
      const refused = await admit(call).then(() => null, (error: unknown) => error);
      if (refused) {
        expect(refused).toMatchObject({ code: 'open.too-fast', params: { seconds: expect.any(Number) } });
        return n;
      }
    }
    return Infinity;
  };
  expect(await until({ address: '203.0.113.9', key: undefined, dataset: 'trees', file: false })).toBe(PER_MINUTE.address);
  expect(await until({ address: '203.0.113.10', key: undefined, dataset: 'trees', file: true })).toBe(PER_MINUTE.address / 10);
  expect(await until({ address: '203.0.113.11', key, dataset: 'trees', file: true })).toBeGreaterThanOrEqual(PER_MINUTE.key / 10);
});
