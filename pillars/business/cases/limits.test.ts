import { expect, test } from 'vitest';
import { createCalendar, initialCalendars } from '@zhengwu/clock';
import { clockView, extendLimits, remainingOf, resumeClock, startClock, stopClock, type Limits } from './limits.ts';

const calendar = createCalendar(initialCalendars);
const at = (day: string) => new Date(`${day}T02:00:00Z`);
const none: Limits = { clock: null, clock_stopped_for: null, promised_days: 5, statutory_days: 20, promised_due: null, statutory_due: null, card: 'none', closed_at: null };
const started: Limits = { ...none, ...startClock(calendar, none, '2026-09-28') };

test('working days after the day of acceptance, make-up days counted (行政许可法 §82)', () => {
  expect(started).toMatchObject({ promised_due: '2026-10-10', statutory_due: '2026-10-30' });
  expect(remainingOf(calendar, '2026-09-28', '2026-10-10')).toBe(5);
  expect(remainingOf(calendar, '2026-10-12', '2026-10-10')).toBe(-1);
});

test('while it stands still no day counts, and both limits move together (§45)', () => {
  const stopped = { ...started, ...stopClock(started, at('2026-09-29'), 'special') };
  expect(clockView(calendar, stopped, at('2026-10-20'))).toMatchObject({ running: false, promisedRemaining: 4, statutoryRemaining: 19 });
  expect(stopClock(stopped, at('2026-09-30'), 'correction')).toEqual({});
  const again = { ...stopped, ...resumeClock(calendar, stopped, at('2026-10-20')) };
  expect(again.promised_due).toBe(calendar.addWorkingDays('2026-10-20', 4));
  expect(again.statutory_due).toBe(calendar.addWorkingDays('2026-10-20', 19));
});

test('an extension adds to what was promised and to what the law gives (§42)', () => {
  expect({ ...started, ...extendLimits(calendar, started, 10) }).toMatchObject({ promised_due: calendar.addWorkingDays('2026-09-28', 15), statutory_due: calendar.addWorkingDays('2026-09-28', 30) });
  expect(extendLimits(calendar, none, 10)).toEqual({});
});
