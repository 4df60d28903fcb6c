import { expect, test } from 'vitest';
import { createCalendar, initialCalendars } from '@zhengwu/clock';
import { caseState } from '@zhengwu/contracts';
import { correct } from './applicant-acts.ts';
import { platform } from './automatic.ts';
import { openFlow, type Flow, type FlowInput } from './flow.ts';
import { startClock, stopClock } from './limits.ts';
import { operate, recordPayment } from './operations.ts';
import type { CaseRow } from './rows.ts';

const calendar = createCalendar(initialCalendars);
const at = (day: string): Date => new Date(`${day}T02:00:00Z`);
const CORRECTION = { id: 'k', case_id: 'c', task_id: 't', note: null, asked_at: '', due_on: '2026-12-04', done_at: null };

/** A case that stands still for a correction since the 24th, two working days into its five. */
const held = (): Flow => {
  const row = {
    id: 'c', number: '1', service: 's', service_zh: '补办', service_en: 'Replacement', applicant: 'a', agent: null, department: 1, state: caseState.correctionStarted, closed_at: null,
    accepted_at: '2026-11-20T02:00:00Z', clock: null, clock_stopped_for: null, promised_days: 5, statutory_days: 20, promised_due: null, statutory_due: null, card: 'none', waits_for: 'correct', version: 4,
  } as unknown as CaseRow;
  Object.assign(row, startClock(calendar, row, '2026-11-20'));
  Object.assign(row, stopClock(row, at('2026-11-24'), 'correction'));
  const ground = { calendar: () => calendar, makeOrder: () => ({ id: 'o', row: {} }), makeMessage: (message: unknown) => message };
  return openFlow({
    ground: ground as never, actor: platform, now: at('2026-11-26'), service: { name: { zh: '补办', en: 'Replacement' } } as never, row, pictures: {}, tasks: [],
    application: { case_id: 'c', answers: {}, facts: {}, prefilled: [], contact: { phone: null, email: null, identifier: '' }, changed: [], variables: {} },
    instance: { id: 'c', definition: 'd', version: 1, state: null },
  } satisfies FlowInput);
};
const ask = (flow: Flow): void => void operate(flow, { type: 'invoke', token: 1, element: 'fee', operation: 'payments.request', input: { items: [{ amount: 4000 }] } });
const give = (flow: Flow): void => correct(flow, { correction: CORRECTION, items: [], answers: {}, materials: [], replaced: [] });

test('a fee that falls due during a correction waits for it: first correct, then pay, and the clock stands still until both are done', () => {
  const flow = held();
  ask(flow);
  expect(flow.row).toMatchObject({ waits_for: 'correct', clock_stopped_for: 'correction' });
  give(flow);
  expect(flow.row).toMatchObject({ state: caseState.correctionEnded, waits_for: 'pay', clock_stopped_for: 'payment' });
  recordPayment(flow);
  expect(flow.row).toMatchObject({ waits_for: null, clock_stopped_for: null, promised_due: calendar.addWorkingDays('2026-11-26', 3) });
});

test('a fee that is paid during a correction leaves the correction to be given', () => {
  const flow = held();
  ask(flow);
  recordPayment(flow);
  expect(flow.row).toMatchObject({ waits_for: 'correct', clock_stopped_for: 'correction' });
  give(flow);
  expect(flow.row).toMatchObject({ waits_for: null, clock_stopped_for: null });
});
