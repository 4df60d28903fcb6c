import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Actor, BodyOf, createEntry } from '@zhengwu/contracts';
import { trailModule } from '@zhengwu/audit-trail';
import { directoryModule, loadOrganisation } from '@zhengwu/directory';
import { fixedClock } from '@zhengwu/clock';
import { createTestSite, type TestSite } from '@zhengwu/module';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkFields, dueOf, knownRegister } from './entry.ts';
import { begin, change, perform } from './keeping.ts';
import { governanceModule } from './module.ts';
import { beginLeaving } from './leavers.ts';
import { registers } from './registers/all.ts';
import { keepClocks } from './reminders.ts';
import { concludeInterrupted } from './routes-drills.ts';
import { setMark } from './drill-mark.ts';
import { noteRestore } from './restoring.ts';
import * as duties from './store-duties.ts';
import { addLink } from './store-links.ts';
import * as store from './store.ts';
import { controlById } from './controls/all.ts';
import { checks } from './checks.ts';
import { judged, stateOf } from './state.ts';
import { around } from './walk.ts';

const clock = fixedClock(new Date('2026-11-22T02:00:00Z'));
const idOf = (n: number): string => `019a0000-0000-7000-8000-0000000000${String(n).padStart(2, '0')}`;
const every = Object.fromEntries(['read', 'keep', 'approve', 'inspect', 'drill'].map((one) => [`governance.${one}`, { scope: 'all' as const, departments: [] }]));
const person = (n: number, scope: Actor['scope'] = 'all', departments: number[] = []): Actor => ({
  kind: 'official', accountId: null, personId: idOf(n), name: `官员${n}`, subjects: [], onBehalfOf: null, scope, departments, homeDepartments: [1], posts: [], permissions: every, clearance: 1, assurance: 1, sessionId: null, requestId: 'test', address: '127.0.0.1',
});
const [asker, second, third, fourth] = [person(1), person(2), person(3), person(4)];
let site: TestSite;
beforeAll(async () => {
  site = await createTestSite({ modules: [directoryModule, trailModule, governanceModule], clock });
  const { database } = site;
  await database.as(database.system, (tx) => loadOrganisation(tx, {
    divisions: [{ code: '990100', parent: null, name: { zh: '市', en: 'City' } }],
    departments: [1, 2].map((id) => ({ id, code: `D${id}`, division: '990100', name: { zh: `部门${id}`, en: `Department ${id}` }, regionParent: null, lineParent: null })),
    roles: [{ code: 'leader', name: { zh: '负责人', en: 'Head' }, grants: [] }, { code: 'clerk', name: { zh: '办事员', en: 'Clerk' }, grants: [] }],
    posts: [{ code: 'P1', department: 1, name: { zh: '一', en: 'One' }, roles: ['clerk'] }, { code: 'P2', department: 2, name: { zh: '二', en: 'Two' }, roles: ['clerk'] }, { code: 'PL', department: 1, name: { zh: '长', en: 'Head' }, roles: ['leader'] }],
    people: [1, 2, 3, 4].map((n) => ({ id: idOf(n), name: `官员${n}`, username: `official${n}`, clearance: 1, phone: '', email: '', posts: [n === 4 ? 'PL' : n === 3 ? 'P2' : 'P1'] })),
    delegations: [],
  } as never));
});
afterAll(() => site.drop());

const as = <T>(actor: Actor, work: Parameters<typeof site.database.as<T>>[1]): Promise<T> => site.database.as(actor, work);
const made = (register: string, fields: Record<string, unknown>, more: Partial<BodyOf<typeof createEntry>> = {}, actor = asker) =>
  as(actor, (tx) => begin(site.site, tx, actor, { register, title: `一条${register}`, fields, owner: idOf(1), dueAt: null, reviewAt: null, ...more }, knownRegister(register).keeper));
const did = async (actor: Actor, id: string, act: string, more: { reason?: string; fields?: Record<string, unknown> } = {}) => {
  const { entry, needs } = await as(actor, async (tx) => { const found = await store.entryById(tx, id); return { entry: found, needs: knownRegister(found!.register).acts.find((one) => one.code === act)!.needs }; });
  return as(actor, (tx) => perform(site.site, tx, actor, id, { version: entry!.version, act, ...more }, needs));
};
const policyFields = { edition: '1.0', goal: '保护政务数据', scope: '全市', text: '人人有责。', audience: 'all' };

describe('registers', () => {
  test('are well-formed: states are reachable, acts name known states, fields and acts', () => {
    const domains = new Set(registers.map(({ domain }) => domain));
    expect([...domains].sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    for (const { code, states, acts, fields, lapse, clock: days } of registers) {
      const known = new Set(states.map((one) => one.code));
      const named = [...acts.flatMap((one) => [...one.from, one.to]), ...(lapse ? [...lapse.from, lapse.to] : [])];
      expect(named.filter((one) => !known.has(one)), code).toEqual([]);
      expect(acts.flatMap((one) => one.fields).filter((one) => !fields.some(({ name }) => name === one)), code).toEqual([]);
      expect(acts.flatMap(({ others }) => others).filter((one) => one !== 'create' && one !== 'ask' && !acts.some((act) => act.code === one)), code).toEqual([]);
      const reached = new Set([states[0]!.code, ...acts.map(({ to }) => to), ...(lapse ? [lapse.to] : []), ...(code === 'drill' ? ['passed', 'missed'] : [])]);
      expect([...known].filter((one) => !reached.has(one)), code).toEqual([]);
      if (days) expect(Object.keys(days.days)).toEqual(fields.find(({ name }) => name === days.field)!.options.map(({ value }) => value));
    }
  });

  test('every fault of the fields is named at its field, and nothing is saved', async () => {
    const faults = () => checkFields(knownRegister('policy'), { edition: '', goal: 'x', scope: 'y'.repeat(300), text: 'a\0b', audience: 'nobody', extra: 1 });
    expect(faults).toThrow(expect.objectContaining({ code: 'governance.bad-fields', issues: expect.arrayContaining(['/fields/edition', '/fields/scope', '/fields/text', '/fields/audience', '/fields/extra'].map((path) => expect.objectContaining({ path }))) }));
    await expect(made('policy', {})).rejects.toMatchObject({ code: 'governance.bad-fields' });
    expect(await as(asker, (tx) => store.entries(tx, { register: 'policy' }, [], '2026-11-22', 10))).toEqual([]);
  });

  test('a clock by severity can be made faster and not slower', () => {
    const register = knownRegister('vulnerability');
    expect(dueOf(register, { severity: 'critical' }, null, '2026-11-22')).toBe('2026-11-25');
    expect(dueOf(register, { severity: 'critical' }, '2027-01-01', '2026-11-22')).toBe('2026-11-25');
    expect(dueOf(register, { severity: 'critical' }, '2026-11-23', '2026-11-22')).toBe('2026-11-23');
  });
});

describe('keeping', () => {
  test('an old version is refused with the newer one, and every change leaves who, when and why', async () => {
    const { id } = await made('duty', { role: '安全主管', tasks: '统筹' });
    const body = { version: 1, title: '安全主管职责', fields: { role: '安全主管', tasks: '统筹与检查' }, owner: idOf(2), dueAt: null, reviewAt: null, reason: '分工调整' };
    await as(asker, (tx) => change(site.site, tx, asker, id, body, 'keep'));
    await expect(as(second, (tx) => change(site.site, tx, second, id, body, 'keep'))).rejects.toMatchObject({ code: 'governance.changed', params: { version: 2 } });
    const [last] = await as(asker, (tx) => store.changes(tx, id));
    expect(last).toMatchObject({ version: 2, name: '官员1', reason: '分工调整', before: { fields: { tasks: '统筹' } }, after: { fields: { tasks: '统筹与检查' } } });
  });

  test('a change needs two people beside the one who asks', async () => {
    const { id } = await made('change', { what: '升级', risk: '低', rollback: '回装', window: '周六' });
    await expect(did(asker, id, 'approve')).rejects.toMatchObject({ code: 'governance.other-person' });
    expect((await did(second, id, 'approve')).state).toBe('asked');
    await expect(did(second, id, 'approve')).rejects.toMatchObject({ code: 'governance.approved-already' });
    expect((await did(third, id, 'approve')).state).toBe('approved');
    expect((await did(asker, id, 'rollback', { reason: '启动变慢', fields: { result: '已回装' } })).state).toBe('rolled');
  });

  test('what changed after an approval has to be approved anew', async () => {
    const { id } = await made('change', { what: '换盘', risk: '低', rollback: '换回', window: '周日' });
    await did(second, id, 'approve');
    await as(asker, (tx) => change(site.site, tx, asker, id, { version: 1, title: '换两块盘', fields: { what: '换两块盘', risk: '中', rollback: '换回', window: '周日' }, owner: idOf(1), dueAt: null, reviewAt: null }, 'keep'));
    expect((await did(third, id, 'approve')).state).toBe('asked');
    expect((await did(second, id, 'approve')).state).toBe('approved');
  });

  test('a finding is closed by another person than the one who put it right', async () => {
    const { id } = await made('finding', { severity: 'high', what: '备份未验证', rule: '8.1.10.11', found: '2026-11-20' });
    await did(second, id, 'rectify', { reason: '已做恢复验证' });
    await expect(did(second, id, 'close', { reason: '好' })).rejects.toMatchObject({ code: 'governance.other-person' });
    await expect(did(third, id, 'close')).rejects.toMatchObject({ code: 'governance.reason' });
    expect((await did(third, id, 'close', { reason: '抽查属实' })).state).toBe('closed');
  });

  test('an act that is not of this state is refused', async () => {
    const { id } = await made('medium', { kind: 'ferry', serial: 'F-01', holder: '甲', place: '保险柜' });
    await expect(did(second, id, 'destroy', { reason: 'x', fields: { witness: '乙' } })).rejects.toMatchObject({ code: 'governance.wrong-state' });
    await did(asker, id, 'condemn', { reason: '磨损' });
    await expect(did(asker, id, 'destroy', { reason: 'x', fields: { witness: '乙' } })).rejects.toMatchObject({ code: 'governance.other-person' });
    expect(await did(second, id, 'destroy', { reason: '粉碎', fields: { witness: '乙' } })).toMatchObject({ state: 'destroyed', fields: { witness: '乙' } });
  });

  test('a backup counts as proved only after a restore that really ran', async () => {
    const { id } = await made('backup', { what: '数据库与文件', rhythm: '每日', place: '二号机房', keeps: '90天' });
    await expect(did(asker, id, 'prove')).rejects.toMatchObject({ code: 'governance.no-proof' });
    const ground = { database: site.database, audit: site.site.audit };
    await noteRestore(ground, { at: '2026-11-22T00:00:00Z', rows: 9, tables: 3, files: 1, seconds: 4, faults: ['cases.case: 3 of 4 rows'] });
    await expect(did(asker, id, 'prove')).rejects.toMatchObject({ code: 'governance.no-proof' });
    await noteRestore(ground, { at: '2026-11-22T00:00:00Z', rows: 10, tables: 3, files: 1, seconds: 4, faults: [] });
    expect(await did(asker, id, 'prove')).toMatchObject({ state: 'proved', due: '2027-02-20' });
  });
});

test('a drill over which the site itself had to be started again is concluded by the next start, once', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'zhengwu-drill-'));
  const here = { ...site.site, config: { ...site.site.config, dataFolder: folder } };
  try {
    const { id } = await made('drill', { part: 'database', target: 30 });
    await setMark(here, { entry: id, at: Date.now() - 4_000 });
    await concludeInterrupted(here);
    await concludeInterrupted(here);
    const [proof, ...more] = await as(asker, (tx) => store.proofs(tx, id));
    expect([proof?.outcome, proof?.detail['siteRestarted'], Math.floor(Number(proof?.detail['seconds'])), more.length]).toEqual(['passed', true, 4, 0]);
    expect((await as(asker, (tx) => store.entryById(tx, id)))?.state).toBe('passed');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

describe('clocks', () => {
  test('an exception lapses by itself on its day', async () => {
    const { id } = await made('exception', { rule: '口令策略', why: '旧设备', instead: '单独网段' }, { dueAt: '2026-11-21' });
    await did(second, id, 'grant');
    await expect(made('exception', { rule: '口令策略', why: '旧设备', instead: '单独网段' })).rejects.toMatchObject({ code: 'governance.undated' });
    const { lapsed } = await keepClocks(site.site);
    expect(lapsed).toBe(1);
    expect((await as(asker, (tx) => store.entryById(tx, id)))?.state).toBe('lapsed');
    expect((await as(asker, (tx) => store.changes(tx, id)))[0]).toMatchObject({ act: 'lapse', name: 'Zhengwu' });
    expect((await keepClocks(site.site)).lapsed).toBe(0);
  });

  test('what stays overdue goes to the head of the department, once', async () => {
    const { id } = await made('rectification', { measure: '补做' }, { dueAt: '2026-11-10' });
    expect((await keepClocks(site.site)).escalated).toBe(1);
    expect((await keepClocks(site.site)).escalated).toBe(0);
    const brought = await as({ ...fourth, kind: 'system' }, (tx) => duties.dueFor(tx, idOf(4), ['rectification/open'], '2026-11-22'));
    expect(brought).toMatchObject([{ id, escalated: true }]);
    // Told on its first day in arrears and when it is brought to the head; the message's key is the day's, so a second run tells nobody twice.
    const told = (await as({ ...fourth, kind: 'system' }, (tx) => tx.query<{ payload: { kind: string; person: string; day: string } }>("select payload from events.outbox where type = 'governance.reminded' and subject = $1", [id]))).rows.map(({ payload }) => `${payload.kind} ${payload.day}`);
    expect([...new Set(told)].sort()).toEqual(['escalated 2026-11-22', 'overdue 2026-11-22']);
  });
});

describe('policies', () => {
  test('a published policy is to be read by all whom it concerns, and who has not is named', async () => {
    const { id } = await made('policy', policyFields);
    await did(asker, id, 'propose');
    await expect(did(asker, id, 'publish')).rejects.toMatchObject({ code: 'governance.other-person' });
    await did(second, id, 'publish');
    const { system } = site.database;
    const read = (who: Actor) => site.database.as(who, (tx) => duties.acknowledge(tx, id, who.personId ?? ''));
    const ownOnly = person(3, 'own');
    expect(await site.database.as(system, (tx) => duties.toRead(tx, idOf(3)))).toMatchObject([{ id, edition: '1.0' }]);
    await read(ownOnly);
    await read(ownOnly);
    expect(await site.database.as(system, (tx) => duties.toRead(tx, idOf(3)))).toEqual([]);
    expect(await site.database.as(system, (tx) => duties.readers(tx, id))).toMatchObject({ concerned: 4, read: 1, missing: [{ name: '官员1' }, { name: '官员2' }, { name: '官员4' }] });
    await did(asker, id, 'revise', { reason: '修订', fields: { edition: '2.0' } });
    await did(asker, id, 'propose');
    await did(second, id, 'publish');
    expect(await site.database.as(system, (tx) => duties.toRead(tx, idOf(3)))).toMatchObject([{ edition: '2.0' }]);
  });

  test('nobody acknowledges in another’s name', async () => {
    const { id } = await made('policy', policyFields);
    await did(asker, id, 'propose');
    await did(second, id, 'publish');
    await expect(site.database.as(person(3, 'own'), (tx) => duties.acknowledge(tx, id, idOf(2)))).rejects.toThrow(/row-level security/);
  });
});

test('entries follow the reach of the permission; published policies and one’s own show to all', async () => {
  const { id } = await made('duty', { role: '他处', tasks: '无' }, { owner: idOf(3) });
  const of = (who: Actor) => site.database.as(who, (tx) => store.entryById(tx, id));
  expect((await of(person(2, 'departments', [1])))?.id).toBe(id);
  expect(await of(person(2, 'departments', [2]))).toBeNull();
  expect((await of(person(3, 'own')))?.id).toBe(id);
  expect(await of(person(2, 'own'))).toBeNull();
  const visible = await site.database.as(person(2, 'own'), (tx) => store.entries(tx, {}, [], '2026-11-22', 100));
  expect(visible.every((one) => (one.register === 'policy' && one.state === 'published') || one.owner === idOf(2))).toBe(true);
});

test('who leaves gets a checklist with a day and somebody who answers for it (GB/T 22239-2019 8.1.8.2)', async () => {
  const { system } = site.database;
  await site.database.as(system, (tx) => beginLeaving(site.site, { subject: idOf(3), payload: { person: idOf(3), successor: null, by: idOf(2) } }, tx));
  const [entry] = await site.database.as(person(2, 'departments', [2]), (tx) => store.entries(tx, { register: 'leaver' }, [], '2026-11-22', 10));
  expect(entry).toMatchObject({ title: '官员3', owner: idOf(2), due: '2026-11-29', state: 'leaving', fields: { access: true, work: false } });
  await did(second, entry!.id, 'tick', { fields: { things: true, pledge: true, work: true } });
  expect((await did(fourth, entry!.id, 'complete')).state).toBe('left');
});

test('history and proofs cannot be altered by the site', async () => {
  const { id } = await made('area', { place: '三楼', grade: 'machine', rules: '双人', protection: '气体灭火' });
  for (const statement of [`update governance.entry_change set name = 'x' where entry = '${id}'`, `delete from governance.entry_change where entry = '${id}'`, `update governance.proof set outcome = 'passed'`, `delete from governance.entry where id = '${id}'`]) {
    await expect(as(asker, (tx) => tx.query(statement))).rejects.toThrow(/permission denied/);
  }
});

test('policy, person, control, evidence, finding and rectification are walked by link, both ways', async () => {
  const [policy, finding, rectification] = [await made('policy', policyFields, { owner: idOf(4) }), await made('finding', { severity: 'low', what: '未验证恢复', rule: '8.1.10.11', found: '2026-11-20' }), await made('rectification', { measure: '验证' })];
  const way = [`entry:${policy.id}`, `person:${idOf(4)}`, 'control:level3/8.1.10.11', 'evidence:reg-backup', `entry:${finding.id}`, `entry:${rectification.id}`];
  const stored = [[1, 2, 'answers-for'], [3, 4, 'shows'], [4, 5, 'remedied-by']] as const;
  for (const [from, to, kind] of stored) await as(asker, (tx) => addLink(tx, { id: idOf(60 + from), source: way[from]!, target: way[to]!, kind }, asker.personId));
  for (let at = 0; at + 1 < way.length; at++) {
    const here = await as(asker, (tx) => around(site.site, tx, way[at]!));
    const there = await as(asker, (tx) => around(site.site, tx, way[at + 1]!));
    expect(here.forward.map(({ to }) => to.node), `${way[at]} leads on`).toContain(way[at + 1]);
    expect(there.backward.map(({ to }) => to.node), `${way[at + 1]} leads back`).toContain(way[at]);
  }
  await expect(as(asker, (tx) => around(site.site, tx, 'control:level3/9.9.9'))).rejects.toMatchObject({ code: 'governance.no-node' });
});

test('a control that is declared as met counts as partly met while a check fails or its register is not kept', () => {
  const control = controlById('level3/8.1.10.11')!;
  const all = (holds: boolean) => checks.map((one) => ({ ...one, holds, found: '-' }));
  expect(judged(control, { checks: all(true), kept: new Set(['backup']) })).toMatchObject({ declared: 'met', state: 'met' });
  expect(judged(control, { checks: all(false), kept: new Set(['backup']) }).state).toBe('partly');
  expect(judged(control, { checks: all(true), kept: new Set() }).state).toBe('partly');
});

test('one state of security: ten domains, every control counted, what is overdue and what fails named', async () => {
  const state = await site.database.as(site.database.system, (tx) => stateOf(site.site, tx));
  expect(state.domains).toHaveLength(10);
  expect(state.checks.find(({ code }) => code === 'demo-off')).toMatchObject({ holds: false });
  expect(state.unclassified.length).toBeGreaterThan(0);
  expect(state.domains[9]).toMatchObject({ overdue: 1 });
  expect(state.controls.reduce((sum, { counts: { met, partly, unmet, na } }) => sum + met + partly + unmet + na, 0)).toBe(345 + 71);
  expect(state.next.length).toBeGreaterThan(0);
});
