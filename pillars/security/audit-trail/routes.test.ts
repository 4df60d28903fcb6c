import type { searchAudit, QueryOf, ResponseOf } from '@zhengwu/contracts';
import { createTestSite, type Module, type TestSite } from '@zhengwu/module';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { trailModule } from './module.ts';
import { routes } from './routes.ts';

type Http = Parameters<NonNullable<Module['routes']>>[1];
const person = '0192f0c0-0000-7000-8000-000000000001';
const auditor = { kind: 'official', accountId: person, personId: person, name: '审计员', scope: 'all', departments: [], subjects: [], clearance: 1, permissions: { 'audit.read': { scope: 'all', departments: [] } } } as const;
let made: TestSite;
let ask: (query: QueryOf<typeof searchAudit>, actor?: object) => Promise<ResponseOf<typeof searchAudit>>;
beforeAll(async () => {
  made = await createTestSite({ modules: [trailModule] });
  routes(made.site, { route: (_: unknown, handler: (call: object) => never) => void (ask = async (query, actor = auditor) => handler({ query, actor })) } as unknown as Http);
  await made.database.as(made.database.system, async (tx) => {
    for (let n = 0; n < 7; n++) await made.site.audit.recordFor(tx, { ...auditor, name: '办事员' }, { event: n % 2 ? 'case.closed' : 'case.accepted', subject: n < 5 ? 'case-1' : 'case-2' });
  });
});
afterAll(() => made.drop());

test('the timeline of a case comes newest first in pages without gap or repeat', async () => {
  const seen: string[] = [];
  let after: string | undefined;
  do {
    const { items, next } = await ask({ subject: 'case-1', event: 'case.accepted', limit: 2, ...(after === undefined ? {} : { after }) });
    seen.push(...items.map(({ id, at }) => `${at} ${id}`));
    after = next ?? undefined;
  } while (after !== undefined);
  expect(seen).toHaveLength(3);
  expect(seen).toEqual([...new Set(seen)].sort().reverse());
});

test('a time span and a person narrow it; whoever does not hold audit.read over the whole site sees nothing', async () => {
  expect((await ask({ person, event: 'case.closed', from: '2020-01-01T00:00:00Z' })).items).toHaveLength(3);
  expect((await ask({ event: 'case.closed', until: '2020-01-01T00:00:00Z' })).items).toEqual([]);
  expect((await ask({ event: 'case.closed' }, { ...auditor, permissions: {} })).items).toEqual([]);
});

test('each look at the trail is in the trail, with what was asked', async () => {
  await ask({ subject: 'somebody' });
  const [asked] = (await ask({ event: 'audit.asked', subject: 'somebody' })).items;
  expect(asked).toMatchObject({ account: person, detail: { subject: 'somebody' } });
});
