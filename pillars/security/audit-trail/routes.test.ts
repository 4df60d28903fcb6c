import * as api from '@zhengwu/contracts';
import type { QueryOf, ResponseOf, searchAudit } from '@zhengwu/contracts';
import { createTestSite, type Module, type TestSite } from '@zhengwu/module';
import { directoryModule } from '@zhengwu/directory';
import { systemClock } from '@zhengwu/clock';
import { openKeyFile, type KeyStore } from '@zhengwu/crypto';
import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { trailModule } from './module.ts';
import { verifyProof, type RecordProof } from './proof.ts';
import { routes } from './routes.ts';
import { appendRecords } from './worker.ts';

type Http = Parameters<NonNullable<Module['routes']>>[1];
const person = '0192f0c0-0000-7000-8000-000000000001';
const auditor = { kind: 'official', accountId: person, personId: person, name: '审计员', scope: 'all', departments: [], subjects: [], clearance: 1, permissions: { 'audit.read': { scope: 'all', departments: [] } } } as const;
let made: TestSite;
const handlers = new Map<string, (call: object) => Promise<never>>();
const call = <R>(operation: { id: string }, given: object): Promise<R> => handlers.get(operation.id)?.({ actor: auditor, ...given }) as Promise<R>;
let ask: (query: QueryOf<typeof searchAudit>, actor?: object) => Promise<ResponseOf<typeof searchAudit>>;
beforeAll(async () => {
  made = await createTestSite({ modules: [trailModule, directoryModule] });
  routes(made.site, { route: ({ id }: { id: string }, handler: (given: object) => Promise<never>) => void handlers.set(id, async (given) => handler(given)) } as unknown as Http);
  ask = (query, actor = auditor) => call(api.searchAudit, { query, actor });
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

test('one record is opened with its place, its numbers masked, and proved by a file that public keys judge', async () => {
  await made.database.as(made.database.system, (tx) => made.site.audit.recordFor(tx, { ...auditor, address: '198.51.100.7' }, { event: 'case.noted', subject: 'masked', detail: { said: '他是 110101199003078515', id: '0192f0c0-0000-7000-8000-000000000001' } }));
  const keys: KeyStore = await openKeyFile(join(tmpdir(), `zhengwu-routes-${randomUUID()}`, 'audit.json'), randomUUID());
  const [found] = (await ask({ address: '198.51.100.7' })).items;
  const id = found?.id as string;
  await expect(call(api.proveAuditRecord, { params: { id } })).rejects.toMatchObject({ code: 'trail.not-appended' });
  await appendRecords({ database: made.database, keys, clock: systemClock });
  const opened = await call<ResponseOf<typeof api.openAuditRecord>>(api.openAuditRecord, { params: { id } });
  expect(JSON.stringify(opened.record.detail)).not.toContain('110101199003078515');
  expect(opened.record.detail).toMatchObject({ id: '0192f0c0-0000-7000-8000-000000000001' });
  expect(opened).toMatchObject({ record: { position: expect.any(Number) as number }, leaf: expect.stringMatching(/^[0-9a-f]{64}$/) as string, head: { stamped: false } });
  const pem = (await keys.current('audit')).publicKey.export({ type: 'spki', format: 'pem' }) as string;
  const proof = await call<RecordProof>(api.proveAuditRecord, { params: { id } });
  expect(await verifyProof(proof, pem)).toBe(true);
  expect(await verifyProof({ ...proof, position: proof.position - 1 }, pem)).toBe(false);
  await expect(call(api.openAuditRecord, { params: { id: randomUUID() } })).rejects.toMatchObject({ code: 'trail.no-record' });
});

test('a range is verified, the state of the log says when and what waits', async () => {
  const verified = await call<ResponseOf<typeof api.verifyAudit>>(api.verifyAudit, { body: { from: 0 }, idempotencyKey: randomUUID(), requestHash: 'x' });
  expect(verified).toMatchObject({ from: 0, findings: [], by: '审计员' });
  const state = await call<ResponseOf<typeof api.auditState>>(api.auditState, {});
  expect(state).toMatchObject({ size: verified.until, retainedFrom: 0, head: { size: verified.until }, verified: { until: verified.until } });
  expect(state.waiting).toBeGreaterThan(0);
});

test('the timeline of a case holds its tasks', async () => {
  await made.database.as(made.database.system, async (tx) => {
    await made.site.audit.recordFor(tx, auditor, { event: 'case.accepted', subject: 'case-9' });
    await made.site.audit.recordFor(tx, auditor, { event: 'task.claimed', subject: 'task-9', detail: { case: 'case-9' } });
  });
  const events = async (query: object) => (await ask({ subject: 'case-9', ...query })).items.map(({ event }) => event).filter((event) => !event.startsWith('audit.'));
  expect(await events({})).toEqual(['case.accepted']);
  expect(await events({ whole: true })).toEqual(['task.claimed', 'case.accepted']);
});

test.each(api.auditReports)('figures of %s are counted within their days', async (kind) => {
  const report = (from: string, until: string) => call<ResponseOf<typeof api.reportAudit>>(api.reportAudit, { params: { kind }, query: { from, until } });
  expect((await report('2020-01-01', '2020-01-31')).rows).toEqual([]);
  const { rows } = await report('2020-01-01', '2099-01-01');
  if (kind === 'events') expect(rows.find(({ key }) => key === 'audit.asked')).toMatchObject({ name: { zh: expect.any(String) as string }, people: 1 });
  if (kind === 'days') expect(rows.length).toBeGreaterThan(0);
});
