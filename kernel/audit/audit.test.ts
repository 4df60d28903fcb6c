import { createTestDatabase, type Acting, type TestDatabase } from '@zhengwu/database';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { auditEvents, defineAudits } from './catalogue.ts';
import { openAudit } from './recorder.ts';
import { auditSchema } from './schema.ts';

const account = '0192f0c0-0000-7000-8000-000000000001';
const clerk: Acting = { kind: 'official', accountId: account, name: '李明', requestId: 'r-1', address: '10.0.0.1', scope: 'departments', departments: [3], subjects: [], clearance: 1 };
const whole: Acting = { ...clerk, scope: 'all' };
const auditor = { ...whole, permissions: { 'audit.read': { scope: 'all', departments: [] } } } as Acting;
const others = ['directory.admin', 'security.manage', 'audit.report'].map((permission) => ({ ...whole, permissions: { [permission]: { scope: 'all', departments: [] } } }) as Acting);
let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase({ modules: [auditSchema] });
});
afterAll(() => database.drop());

const recorded = (actor: Acting, event: string) =>
  database.as(actor, async (tx) => (await tx.query('select account, name, request, address, subject, detail from audit.record where event = $1', [event])).rows);

test('a change is recorded with who, what and from where, and only if it is committed', async () => {
  const audit = openAudit(database);
  await database.as(clerk, (tx) => audit.record(tx, { event: 'case.accepted', subject: 'c1', detail: { days: 3 } }));
  await expect(database.as(clerk, async (tx) => { await audit.record(tx, { event: 'case.accepted', subject: 'c2' }); throw new Error('no'); })).rejects.toThrow('no');
  expect(await recorded(auditor, 'case.accepted')).toEqual([{ account, name: '李明', request: 'r-1', address: '10.0.0.1', subject: 'c1', detail: { days: 3 } }]);
});

test('what the platform does at somebody’s word is recorded in their name', async () => {
  const audit = openAudit(database);
  await database.as(database.system, (tx) => audit.recordFor(tx, clerk, { event: 'session.closed', subject: account }));
  await database.as(database.system, (tx) => audit.recordFor(tx, { kind: 'public', address: '203.0.113.9' }, { event: 'session.refused', subject: 'citizen' }));
  expect(await recorded(auditor, 'session.closed')).toEqual([{ account, name: '李明', request: 'r-1', address: '10.0.0.1', subject: account, detail: {} }]);
  expect(await recorded(auditor, 'session.refused')).toEqual([{ account: null, name: null, request: null, address: '203.0.113.9', subject: 'citizen', detail: {} }]);
});

test('the trail is read by the audit administrator only (GB/T 22239-2019 8.1.5.3), and nobody can alter it', async () => {
  for (const actor of [clerk, whole, ...others, { ...auditor, kind: 'citizen' }, { ...clerk, permissions: { 'audit.read': { scope: 'department', departments: [3] } } }] as Acting[]) {
    expect(await recorded(actor, 'case.accepted')).toEqual([]);
  }
  for (const change of [`update audit.record set event = 'x'`, 'delete from audit.record', 'truncate audit.record']) {
    await expect(database.as(database.system, (tx) => tx.query(change))).rejects.toMatchObject({ code: '42501' });
    await expect(database.relay((tx) => tx.query(change))).rejects.toMatchObject({ code: '42501' });
  }
});

test('reads of personal data are committed before they resolve, many in one statement', async () => {
  const audit = openAudit(database);
  const began = performance.now();
  await Promise.all(Array.from({ length: 200 }, (_, n) => audit.read(clerk, { event: 'person.read', subject: `p${n}` })));
  expect(await recorded(auditor, 'person.read')).toHaveLength(200);
  expect(performance.now() - began).toBeLessThan(1000);
});

test('a read that cannot be recorded fails', async () => {
  const audit = openAudit(database);
  await expect(audit.read(clerk, { event: '', subject: 'p' })).rejects.toMatchObject({ code: '23514' });
});

test('an event has one name in the catalogue, written as thing.done', () => {
  defineAudits({ 'thing.done': { zh: '完成', en: 'Done', personal: true } });
  expect(auditEvents().get('thing.done')).toEqual({ zh: '完成', en: 'Done', personal: true });
  expect(() => defineAudits({ 'thing.done': { zh: '做完', en: 'Done' } })).toThrow('twice');
  expect(() => defineAudits({ thing: { zh: '', en: '' } })).toThrow('thing.done');
});
