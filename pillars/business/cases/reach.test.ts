import { afterAll, beforeAll, expect, test } from 'vitest';
import { calendarModule } from '@zhengwu/calendar';
import type { Actor } from '@zhengwu/contracts';
import { directoryModule } from '@zhengwu/directory';
import { uuidv7 } from '@zhengwu/ids';
import { createTestSite, type TestSite } from '@zhengwu/module';
import { processesModule } from '@zhengwu/processes';
import { registersModule } from '@zhengwu/registers';
import { servicesModule } from '@zhengwu/services';
import { casesModule } from './module.ts';
import { workStore, type CaseFilter, type CaseSort, type WorkStore } from './store-work.ts';

const { migrations = [], internal = [] } = casesModule;
const ALL: CaseFilter = { words: null, plain: null };
const me = uuidv7();

let site: TestSite;
let work: WorkStore;
let ids: Record<string, string>;

const official = (scope: 'own' | 'departments' | 'all', departments: number[] = []): Actor => ({
  kind: 'official', scope, departments, subjects: [], clearance: 1, personId: me, accountId: me, name: '李四', onBehalfOf: null, homeDepartments: departments, posts: [],
  permissions: {}, assurance: 1, sessionId: null, requestId: 'r', address: '127.0.0.1',
});

interface Given { department?: number; hour: number; due?: string | null; closed?: boolean; involves?: number; handledBy?: string; circulatedTo?: string; cancelled?: boolean }

const rowOf = (given: Given) => ({
  id: uuidv7(), number: `99010026${String(given.hour).padStart(8, '0')}`, service: 'permit', service_zh: '居住证申领', service_en: 'Residence permit', pack_hash: 'a', department: given.department ?? 11,
  applicant: uuidv7(), applicant_kind: 'person', applicant_name: '张三', channel: 'portal', state: given.closed ? 11 : 8, promised_days: 5, statutory_days: 20, card: 'none', version: 1,
  submitted_at: `2026-09-01T${String(given.hour).padStart(2, '0')}:00:00Z`, closed_at: given.closed ? '2026-10-01T00:00:00Z' : null, promised_due: given.due ?? null,
});

const taskOf = (caseId: string, assignee: string, cancelled = false) => ({
  id: uuidv7(), case_id: caseId, token: 1, element: 'check', name_zh: '审核', name_en: 'Check', kind: 'user', stage: 'review', department: 11, outcomes: [],
  status: cancelled ? 'cancelled' : 'claimed', assignee, assignee_name: '李四', opened_at: '2026-09-01T02:00:00Z', chased: false, touched: 0, version: 1,
});

const enter = async (given: Given): Promise<string> => {
  const row = rowOf(given);
  const unit = {
    cases: [row], applications: [{ case_id: row.id, answers: {}, facts: {}, prefilled: [], contact: {}, changed: [], variables: {} }],
    searches: [{ case_id: row.id, department: row.department, submitted_at: row.submitted_at, words: `${row.number} 张三 居住证`, plain: `${row.number} 张三` }],
    ...(given.involves ? { involved: [{ department: given.involves, submitted_at: row.submitted_at, case_id: row.id }] } : {}),
    ...(given.handledBy ? { tasks: [taskOf(row.id, given.handledBy, given.cancelled)] } : {}),
  };
  await site.database.call(site.database.system, 'test.write', 'select cases.write($1::jsonb, null, $2::jsonb)', [JSON.stringify(unit)]);
  if (given.circulatedTo) {
    const line = { id: uuidv7(), case_id: row.id, at: '2026-09-02T00:00:00Z', kind: 'circulated', title_zh: '传阅', title_en: 'Circulated', internal: true };
    await site.database.call(official('all'), 'test.circulate', 'select cases.circulate($1::jsonb, $2::jsonb, $3, $4::uuid[], null, $5::jsonb)',
      [JSON.stringify({ operation: 'case.circulate', key: row.id, hash: 'h' }), row.id, [given.circulatedTo], JSON.stringify(line)]);
  }
  return row.id;
};

beforeAll(async () => {
  const casesSchema = { name: 'cases', requires: ['processes', 'audit', 'events'], migrations, internal };
  site = await createTestSite({ modules: [calendarModule, directoryModule, registersModule, processesModule, servicesModule({ packs: [] }), casesSchema] });
  work = workStore(site.database);
  const given: Record<string, Given> = {
    mine: { hour: 1, handledBy: me, due: '2026-09-20' }, dropped: { hour: 2, handledBy: me, cancelled: true, closed: true, due: '2026-09-08' }, read: { hour: 3, circulatedTo: me, department: 77, due: '2026-09-09' },
    theirs: { hour: 4, handledBy: uuidv7(), due: '2026-09-09' }, joint: { hour: 5, department: 12, involves: 13, due: '2026-09-10' }, undated: { hour: 6 },
  };
  ids = {};
  for (const [name, one] of Object.entries(given)) ids[name] = await enter(one);
}, 120_000);
afterAll(() => site.drop());

const namesOf = (rows: readonly { id: string }[]): string[] => rows.map((row) => Object.entries(ids).find(([, id]) => id === row.id)?.[0] ?? '?');
const listed = async (reader: Actor, sort: CaseSort = '-submitted') => namesOf(await work.list(reader, ALL, sort, null, 20));
const found = async (reader: Actor, filter: Partial<CaseFilter>) => namesOf((await work.find(reader, { ...ALL, ...filter }, { at: 'infinity', id: 'ffffffff-ffff-ffff-ffff-ffffffffffff' }, 20)).rows);

test('who sees only their own sees what they have, had, and were given to read (传阅), in lists, counts and searches', async () => {
  const reader = official('own');
  expect(await listed(reader)).toEqual(['read', 'dropped', 'mine']);
  expect(await listed(reader, 'submitted')).toEqual(['mine', 'dropped', 'read']);
  expect(await listed(reader, 'due')).toEqual(['read', 'mine']);
  expect(await work.count(reader, ALL)).toBe(3);
  expect(await found(reader, { words: `'张三'` })).toEqual(['read', 'dropped', 'mine']);
  expect(await found(reader, { plain: '张三' })).toEqual(['read', 'dropped', 'mine']);
});

test('a department counts, lists and finds the cases in which it is only involved, each once', async () => {
  const reader = official('departments', [13]);
  expect(await listed(reader)).toEqual(['joint']);
  expect(await listed(reader, 'due')).toEqual(['joint']);
  expect(await work.count(reader, ALL)).toBe(1);
  expect(await work.count(reader, { ...ALL, state: 11 })).toBe(0);
  expect(await work.count(official('departments', [12, 13]), ALL)).toBe(1);
  expect(await found(reader, { words: `'张三'` })).toEqual(['joint']);
  expect(await found(reader, { plain: '张三' })).toEqual(['joint']);
});

test('oldest first, and by due day: open ones, the nearest first, those without a day last', async () => {
  expect(await listed(official('all'), 'submitted')).toEqual(['mine', 'dropped', 'read', 'theirs', 'joint', 'undated']);
  expect(await listed(official('departments', [11]), 'submitted')).toEqual(['mine', 'dropped', 'theirs', 'undated']);
  const byDay = await listed(official('all'), 'due');
  expect(byDay).toEqual([...['read', 'theirs'].sort((a, b) => (ids[a] as string).localeCompare(ids[b] as string)), 'joint', 'mine', 'undated']);
});

test.each(['-submitted', 'submitted', 'due'] as const)('page by page the order %s misses nobody and repeats nobody', async (sort) => {
  for (const reader of [official('all'), official('departments', [11, 13]), official('own')]) {
    const whole = await work.list(reader, ALL, sort, null, 20);
    const paged: string[] = [];
    for (let last = null as (typeof whole)[number] | null; paged.length <= whole.length;) {
      const place = last && { at: sort === 'due' ? (last.promised_due ?? '') : new Date(last.submitted_at).toISOString(), id: last.id };
      const [next] = await work.list(reader, ALL, sort, place, 1);
      if (!next) break;
      paged.push(next.id);
      last = next;
    }
    expect(paged).toEqual(whole.map((row) => row.id));
  }
});

test('by due day an index is walked; nothing is sorted', async () => {
  const { rows } = await site.database.as(site.database.system, async (tx) => {
    await tx.query('set local enable_seqscan = off');
    await tx.query('set local enable_bitmapscan = off');
    return tx.query<{ 'QUERY PLAN': string }>(`explain select c.id from cases.case c where c.closed_at is null and (c.promised_due, c.id) > ('2026-09-09', '${uuidv7()}') order by c.promised_due, c.id limit 5`);
  });
  const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
  expect(plan).toContain('case_due');
  expect(plan).not.toContain('Sort');
});
