import { expect, test } from 'vitest';
import { createCalendar, initialCalendars } from '@zhengwu/clock';
import { caseState } from '@zhengwu/contracts';
import { correctionFor, resume, suspend } from './acts.ts';
import { correct } from './applicant-acts.ts';
import { openFlow, type Flow } from './flow.ts';
import { startClock } from './limits.ts';
import type { CaseRow, TaskRow } from './rows.ts';

const calendar = createCalendar(initialCalendars);
const BEGUN = '2026-09-28T02:00:00.000Z';
const task = { id: 't', case_id: 'c', element: 'review', status: 'claimed', assignee: 'o', assignee_name: '李四', due_on: null, version: 1 } as unknown as TaskRow;

const flowAt = (day: string, state: number, row: Partial<CaseRow> = {}): Flow => {
  const base = {
    id: 'c', number: '1', service: 's', service_zh: '补办', service_en: 'Replacement', applicant: 'a', agent: null, department: 1, submitted_at: BEGUN, accepted_at: BEGUN, closed_at: null,
    clock: null, clock_stopped_for: null, promised_days: 5, statutory_days: 20, promised_due: null, statutory_due: null, card: 'none', waits_for: null, version: 4,
  } as unknown as CaseRow;
  const ground = { calendar: () => calendar, makeMessage: (message: unknown) => message };
  return openFlow({
    ground: ground as never, actor: { personId: 'o', name: '李四', permissions: {}, homeDepartments: [1], posts: [] } as never, now: new Date(`${day}T02:00:00Z`), service: { name: { zh: '补办', en: 'Replacement' } } as never,
    row: { ...base, ...startClock(calendar, base, '2026-09-28'), ...row, state }, pictures: {}, tasks: [{ ...task }],
    application: { case_id: 'c', answers: {}, facts: {}, prefilled: [], contact: { phone: null, email: null, identifier: '' }, changed: [], variables: {} },
    instance: { id: 'c', definition: 'd', version: 7, state: null },
  });
};

test('a special procedure holds the timers of the process and lets them go on where the clock goes on (行政许可法 §45)', () => {
  const flow = flowAt('2026-09-29', caseState.departmentAccepted);
  suspend(flow, flow.tasks[0] as TaskRow, { version: 1, kind: 'expertReview', plannedDays: 5, reason: '需专家评审' } as never);
  expect(flow.unit.instance).toMatchObject({ version: 7, held: '2026-09-29T02:00:00.000Z' });
  const later = flowAt('2026-10-12', caseState.specialStarted, { clock: flow.row.clock, clock_stopped_for: 'special' });
  resume(later, later.tasks[0] as TaskRow, '通过');
  expect(later.unit.instance).toMatchObject({ version: 7, released: '2026-10-12T02:00:00.000Z' });
  expect(later.row.promised_due).toBe('2026-10-16');
});

test('so does a correction (§32)', () => {
  const flow = flowAt('2026-09-29', caseState.departmentAccepted);
  correctionFor(flow, flow.tasks[0] as TaskRow, { version: 1, items: [{ target: 'field', key: 'phone', why: '空号' }] } as never);
  expect(flow.unit.instance?.held).toBe('2026-09-29T02:00:00.000Z');
  const later = flowAt('2026-10-12', caseState.correctionStarted, { clock: flow.row.clock, clock_stopped_for: 'correction' });
  correct(later, { correction: { id: 'k' } as never, items: [], answers: {}, materials: [], replaced: [] });
  expect(later.unit.instance?.released).toBe('2026-10-12T02:00:00.000Z');
});
