import { calendarModule } from '@zhengwu/calendar';
import { casesModule } from '@zhengwu/cases';
import type { FixedClock } from '@zhengwu/clock';
import type { Acting } from '@zhengwu/database';
import { directoryModule } from '@zhengwu/directory';
import { uuidv7 } from '@zhengwu/ids';
import { messagesModule } from '@zhengwu/messages';
import { createTestSite, type TestSite } from '@zhengwu/module';
import { processesModule } from '@zhengwu/processes';
import { registersModule } from '@zhengwu/registers';
import { servicesModule } from '@zhengwu/services';
import { supervisionModule } from './module.ts';
import type { CaseActs } from './watch.ts';

const { migrations = [], internal = [] } = casesModule;
const casesSchema = { name: 'cases', requires: ['processes', 'audit', 'events'], migrations, internal };

/** A site with the tables of cases, without their commands. */
export const openSupervised = (clock: FixedClock, acts: CaseActs): Promise<TestSite> =>
  createTestSite({
    clock,
    modules: [calendarModule, directoryModule, registersModule, processesModule, servicesModule({ packs: [] }), messagesModule, casesSchema, supervisionModule({ acts: () => acts })],
  });

export const official = (departments: readonly number[] | 'all', personId: string | null = null): Acting & { name: string } => ({
  kind: 'official', scope: departments === 'all' ? 'all' : 'departments', departments: departments === 'all' ? [] : departments, subjects: [], clearance: 1,
  personId, accountId: personId, name: '监察员',
});

export interface NewCase {
  id?: string;
  department?: number;
  service?: string;
  state?: number;
  submitted?: string;
  accepted?: string | null;
  closed?: string | null;
  promised?: string | null;
  statutory?: string | null;
  stopped?: 'correction' | 'special' | null;
  /** Working days of extension. */
  extended?: number;
}

let made = 0;

/** Rows of cases as their own module writes them, entered by the owner's statement. */
export const enterCases = async (site: TestSite, cases: readonly NewCase[]): Promise<string[]> => {
  const rows = cases.map((one) => ({
    id: one.id ?? uuidv7(), number: `990100${String(++made).padStart(8, '0')}`, service: one.service ?? 'resident.permit', service_zh: '居住证申领', service_en: 'Residence permit',
    pack_hash: 'a'.repeat(64), department: one.department ?? 11, applicant: uuidv7(), applicant_kind: 'person', applicant_name: '张三', channel: 'portal', state: one.state ?? 8,
    submitted_at: one.submitted ?? '2026-09-01T02:00:00Z', accepted_at: one.accepted === undefined ? '2026-09-01T02:00:00Z' : one.accepted, closed_at: one.closed ?? null,
    promised_days: 5, statutory_days: 20, promised_due: one.promised ?? null, statutory_due: one.statutory ?? null, clock_stopped_for: one.stopped ?? null, clock: one.extended === undefined ? null : { started: '2026-09-01', days: 5, extended: one.extended, stops: [] }, card: 'none', version: 1,
  }));
  for (const row of rows) {
    await enter(site, {
      cases: [row], applications: [{ case_id: row.id, answers: {}, facts: {}, prefilled: [], contact: {}, changed: [], variables: {} }],
      searches: [{ case_id: row.id, department: row.department, submitted_at: row.submitted_at, words: row.number, plain: row.number }],
    });
  }
  return rows.map((row) => row.id);
};

/** Commits further rows of a case: tasks, history, rating, effort. */
export const enter = (site: TestSite, unit: Record<string, unknown>): Promise<unknown> =>
  site.database.call(site.database.system, 'test.write', 'select cases.write($1::jsonb, null, $2::jsonb)', [JSON.stringify(unit)]);

/** A live task of a case. */
export const task = (caseId: string, of: { department?: number; due?: string | null; assignee?: string; status?: string; opinion?: string } = {}): Record<string, unknown> => ({
  id: uuidv7(), case_id: caseId, token: 1, element: 'check', name_zh: '审核', name_en: 'Check', kind: 'user', stage: 'review', department: of.department ?? 11, outcomes: [],
  status: of.status ?? (of.assignee ? 'claimed' : 'open'), assignee: of.assignee ?? null, assignee_name: of.assignee ? '李四' : null, opened_at: '2026-09-01T02:00:00Z',
  due_on: of.due ?? null, chased: false, touched: 600, version: 1, opinion: of.opinion ?? null,
});

export interface SeenCard {
  rule: string;
  kind: string;
}

export const cardsOf = (site: TestSite, caseId: string): Promise<SeenCard[]> =>
  site.database.as(site.database.system, async (tx) => (await tx.query<SeenCard>('select rule, kind from supervision.card where case_id = $1 order by rule', [caseId])).rows.map(({ rule, kind }) => ({ rule, kind })));

export const cardOfCase = (site: TestSite, caseId: string): Promise<string | undefined> =>
  site.database.as(site.database.system, async (tx) => (await tx.query<{ card: string }>('select card from cases.case where id = $1', [caseId])).rows[0]?.card);
