import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { calendarModule } from '@zhengwu/calendar';
import type { Actor } from '@zhengwu/contracts';
import { placeSite } from '@zhengwu/database';
import { directoryModule } from '@zhengwu/directory';
import { isZhengwuError } from '@zhengwu/errors';
import { uuidv7 } from '@zhengwu/ids';
import { licencesModule } from '@zhengwu/licences';
import { messagesModule } from '@zhengwu/messages';
import { createTestSite, type TestSite } from '@zhengwu/module';
import { paymentsModule } from '@zhengwu/payments';
import { processesModule } from '@zhengwu/processes';
import { registersModule } from '@zhengwu/registers';
import { servicesModule } from '@zhengwu/services';
import { platform } from './automatic.ts';
import { casesModule } from './module.ts';
import { caseStore, type CaseStore } from './store.ts';
import { emptyUnit, type Unit } from './unit.ts';
import { workStore, type CaseFilter, type WorkStore } from './store-work.ts';

let site: TestSite;
let work: WorkStore;
let store: CaseStore;
let run = 0;
let number = 0;

beforeAll(async () => {
  const { migrations = [], internal = [] } = casesModule;
  const others = [licencesModule, paymentsModule, messagesModule].map((one) => ({ name: one.name, requires: one.requires, migrations: one.migrations, internal: one.internal }));
  const casesSchema = { name: 'cases', requires: ['processes', 'audit', 'events'], migrations, internal };
  site = await createTestSite({ modules: [calendarModule, directoryModule, registersModule, processesModule, servicesModule({ packs: [] }), ...others, casesSchema] });
  await placeSite(site.database.config, { zone: 'intranet', highest: 4 });
  work = workStore(site.database);
  store = caseStore(site.database);
}, 120_000);
afterAll(() => site.drop());

const people = Array.from({ length: 4 }, uuidv7);
const principals = Array.from({ length: 4 }, uuidv7);
const DEPARTMENTS = [1, 2, 3, 4, 5];

const department = fc.constantFrom(...DEPARTMENTS);
const person = fc.constantFrom(...people);
/** 0 public to 4 绝密; most are internal. */
const label = fc.oneof(fc.constant(1), fc.integer({ min: 0, max: 4 }));
const oneCase = fc.record({
  label, department, applicant: fc.constantFrom(...principals), closed: fc.boolean(), involved: fc.uniqueArray(department, { maxLength: 2 }),
  tasks: fc.array(fc.record({ department, assignee: fc.option(person), status: fc.constantFrom('open', 'claimed', 'waiting', 'done', 'cancelled') })
    // An open task is nobody's yet.
    .map((task) => (task.status === 'open' ? { ...task, assignee: null } : task)), { maxLength: 2 }),
  circulated: fc.uniqueArray(person, { maxLength: 2 }), notes: fc.array(fc.boolean(), { maxLength: 2 }),
});
const official = fc.record({ kind: fc.constant('official' as const), person, scope: fc.constantFrom('own', 'departments', 'all'), departments: fc.uniqueArray(department, { maxLength: 3 }), clearance: label });
/** A citizen stands for themselves and for those who gave them a mandate. */
const citizen = fc.record({ kind: fc.constant('citizen' as const), person: fc.constantFrom(...principals), mandates: fc.uniqueArray(fc.constantFrom(...principals), { maxLength: 2 }) });
const world = fc.record({ cases: fc.array(oneCase, { minLength: 1, maxLength: 5 }), readers: fc.array(fc.oneof(official, official, citizen), { minLength: 3, maxLength: 3 }) });

type Given = typeof oneCase extends fc.Arbitrary<infer T> ? T : never;
type Reader = typeof official extends fc.Arbitrary<infer T> ? T | (typeof citizen extends fc.Arbitrary<infer C> ? C : never) : never;
interface Entered { given: Given; id: string; material: string; tasks: string[]; notes: string[] }

const actorOf = (reader: Reader): Actor => ({
  kind: reader.kind, personId: reader.person, accountId: reader.person, name: '甲', onBehalfOf: null, posts: [], permissions: {}, clearance: reader.kind === 'official' ? reader.clearance : 0, assurance: 1, sessionId: null,
  requestId: 'r', address: '127.0.0.1', homeDepartments: [],
  ...(reader.kind === 'official'
    ? { scope: reader.scope as Actor['scope'], departments: reader.scope === 'departments' ? reader.departments : [], subjects: [] }
    : { scope: 'own' as const, departments: [], subjects: [...new Set([reader.person, ...reader.mandates])] }),
});

const AT = '2026-09-01T02:00:00Z';

const enter = async (given: Given, service: string): Promise<Entered> => {
  const id = uuidv7();
  number += 1;
  const tasks = given.tasks.map((task, token) => ({
    id: uuidv7(), case_id: id, token, element: 'check', name_zh: '审核', name_en: 'Check', kind: 'review', stage: 'review', department: task.department, outcomes: [], status: task.status,
    assignee: task.assignee, assignee_name: task.assignee && '甲', opened_at: AT, chased: false, touched: 0, version: 1,
  }));
  const history = given.notes.map((internal) => ({ id: uuidv7(), case_id: id, at: AT, kind: 'note', title_zh: '记录', title_en: 'Note', internal }));
  const material = { id: uuidv7(), case_id: id, code: 'photo', verdict: 'unseen', replaced: false, given_at: AT };
  const unit = {
    case: {
      id, number: `99010026${String(number).padStart(8, '0')}`, service, service_zh: '居住证', service_en: 'Permit', pack_hash: 'a', department: given.department, applicant: given.applicant,
      applicant_kind: 'person', applicant_name: '张三', channel: 'portal', state: given.closed ? 11 : 8, promised_days: 5, statutory_days: 20, card: 'none', version: 1, submitted_at: AT, secrecy: given.label,
      closed_at: given.closed ? '2026-10-01T00:00:00Z' : null,
    },
    application: { case_id: id, answers: {}, facts: {}, prefilled: [], contact: {}, changed: [], variables: {} }, words: `张三 ${service}`, plain: `张三 ${service}`,
    involved: given.involved.map((one) => ({ department: one, submitted_at: AT, case_id: id })), materials: [material], tasks, history,
    instance: { id, definition: 'a'.repeat(64), version: null, state: { n: 1, s: 'running', t: [] } },
  };
  await store.commit(platform, { ...emptyUnit(), ...(unit as unknown as Partial<Unit>) }, null);
  if (given.circulated.length > 0) {
    const line = { id: uuidv7(), case_id: id, at: AT, kind: 'circulated', title_zh: '传阅', title_en: 'Circulated', internal: true };
    await site.database.call(actorOf({ kind: 'official', person: people[0]!, scope: 'all', departments: [], clearance: 4 }), 'test.circulate', 'select cases.circulate($1::jsonb, $2::jsonb, $3, $4::uuid[], null, $5::jsonb)',
      [JSON.stringify({ operation: 'case.circulate', key: id, hash: 'h' }), id, given.circulated, JSON.stringify(line)]);
  }
  return { given, id, material: material.id, tasks: tasks.map((task) => task.id), notes: history.map((one) => one.id) };
};

/** What the rules say, written a second time and plainly. */
const readsLabel = (given: Given, reader: Reader): boolean => reader.kind === 'citizen' || given.label <= reader.clearance;
const seesCase = ({ given }: Entered, reader: Reader): boolean =>
  reader.kind === 'citizen'
    ? [reader.person, ...reader.mandates].includes(given.applicant)
    : readsLabel(given, reader) && (reader.scope === 'all'
      || (reader.scope === 'departments' && [given.department, ...given.involved].some((one) => reader.departments.includes(one)))
      || given.tasks.some((task) => task.assignee === reader.person) || given.circulated.includes(reader.person));

const seesTask = (entered: Entered, at: number, reader: Reader): boolean =>
  reader.kind === 'official' && readsLabel(entered.given, reader) && (seesCase(entered, reader) || (reader.scope === 'departments' && reader.departments.includes(entered.given.tasks[at]!.department)));

const visible = async (actor: Actor, table: 'case' | 'task' | 'material' | 'history', ids: readonly string[]): Promise<Set<string>> =>
  new Set((await site.database.as(actor, (tx) => tx.query<{ id: string }>(`select id from cases.${table} where id = any($1::uuid[])`, [ids]))).rows.map((row) => row.id));

const succeeds = async (work_: Promise<unknown>): Promise<boolean> => {
  try {
    await work_;
    return true;
  } catch (error) {
    if (isZhengwuError(error) && (error.code === 'case.unknown' || error.code === 'task.unknown')) return false;
    throw error;
  }
};

/** Runs the question for every reader of a random world. */
const forEach = (numRuns: number, ask: (all: Entered[], reader: Reader, actor: Actor, service: string) => Promise<void>) =>
  fc.assert(fc.asyncProperty(world, async ({ cases, readers }) => {
    run += 1;
    const service = `permit${String(run)}`;
    const all: Entered[] = [];
    for (const given of cases) all.push(await enter(given, service));
    for (const reader of readers) await ask(all, reader, actorOf(reader), service);
  }), { numRuns });

const ids = (all: readonly Entered[]): string[] => all.map(({ id }) => id).sort();

describe('who sees a case, whichever way they ask', () => {
  test('plain selects of cases, tasks, materials and history give what the rules say', async () => {
    await forEach(25, async (all, reader, actor) => {
      const seen = all.filter((one) => seesCase(one, reader));
      expect(await visible(actor, 'case', ids(all))).toEqual(new Set(ids(seen)));
      expect(await visible(actor, 'material', all.map((one) => one.material))).toEqual(new Set(seen.map((one) => one.material)));
      expect(await visible(actor, 'task', all.flatMap((one) => one.tasks))).toEqual(new Set(all.flatMap((one) => one.tasks.filter((_, at) => seesTask(one, at, reader)))));
      expect(await visible(actor, 'history', all.flatMap((one) => one.notes)))
        .toEqual(new Set(seen.flatMap((one) => one.notes.filter((_, at) => reader.kind === 'official' || !one.given.notes[at]))));
    });
  });

  test('opening one case: the official’s view and the load of a command succeed just where the rules let them', async () => {
    await forEach(12, async (all, reader, actor) => {
      for (const one of all) {
        expect(await succeeds(work.view(actor, one.id))).toBe(seesCase(one, reader));
        expect(await succeeds(store.loadCase(actor, one.id))).toBe(seesCase(one, reader));
      }
    });
  });

  test('no context, no rows', async () => {
    await forEach(3, async (all, _, actor) => {
      for (const kind of ['public', 'portal'] as const) expect(await visible({ ...actor, kind: kind as Actor['kind'], scope: 'all' }, 'case', ids(all))).toEqual(new Set());
    });
  });
});

describe('lists', () => {
  test('list, count and search of officials, and the list of citizens, hold nothing that may not be opened and all of their reach', async () => {
    await forEach(20, async (all, reader, actor, service) => {
      const filter: CaseFilter = { words: null, plain: null, service };
      if (reader.kind === 'citizen') {
        const mine = await work.mine(actor, null, { at: 'infinity', id: 'ffffffff-ffff-ffff-ffff-ffffffffffff' }, 5000);
        expect(mine.map((row) => row.id).filter((id) => ids(all).includes(id)).sort()).toEqual(ids(all.filter((one) => seesCase(one, reader))));
        return;
      }
      // Under a reach of departments a list holds the departments' cases; what only lies in one's hands is found among one's tasks.
      const listed = ids(all.filter((one) => readsLabel(one.given, reader) && (reader.scope === 'departments'
        ? [one.given.department, ...one.given.involved].some((at) => reader.departments.includes(at)) : seesCase(one, reader))));
      const list = await work.list(actor, filter, '-submitted', null, 100);
      expect(list.map((row) => row.id).sort()).toEqual(listed);
      expect(await work.count(actor, filter)).toBe(listed.length);
      const found = await work.find(actor, { ...filter, plain: '张三' }, { at: 'infinity', id: 'ffffffff-ffff-ffff-ffff-ffffffffffff' }, 100);
      expect(found.rows.map((row) => row.id).sort()).toEqual(listed);
      // Without a filter the count is that of the candidates: it may not tell of what is above the reader either.
      const counted = await work.find(actor, { words: null, plain: service }, { at: 'infinity', id: 'ffffffff-ffff-ffff-ffff-ffffffffffff' }, 100);
      expect([counted.rows.length, counted.total]).toEqual([listed.length, listed.length]);
      const due = await work.list(actor, { ...filter, open: true }, 'due', null, 100);
      expect(due.map((row) => row.id).sort()).toEqual(ids(all.filter((one) => !one.given.closed && listed.includes(one.id))));
    });
  });
});
