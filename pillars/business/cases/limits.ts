import type { CaseClock } from '@zhengwu/contracts';
import { dayOf, dueDay, extendLimit, isStopped, remainingDays, resumeLimit, startLimit, stopLimit, type LimitClock, type WorkingCalendar } from '@zhengwu/clock';
import type { CaseRow } from './rows.ts';

/** Columns of a case that make up its two limits: what was promised 承诺 and what the law gives 法定, on one clock. */
export type Limits = Pick<CaseRow, 'clock' | 'clock_stopped_for' | 'promised_days' | 'statutory_days' | 'promised_due' | 'statutory_due' | 'card' | 'closed_at'>;

/** Working days an applicant has to correct. */
export const CORRECTION_DAYS = 10;

const statutory = (limits: Limits, clock: LimitClock): LimitClock => ({ ...clock, days: limits.statutory_days });

/** The dues of a running clock; while it stands still the last known ones are kept, because nobody can know the new ones. */
const withDues = (calendar: WorkingCalendar, limits: Limits, clock: LimitClock): Partial<Limits> => ({
  clock,
  promised_due: dueDay(calendar, clock) ?? limits.promised_due,
  statutory_due: dueDay(calendar, statutory(limits, clock)) ?? limits.statutory_due,
});

/** Starts the clock on the day of acceptance; the next working day is day 1 (§82). */
export const startClock = (calendar: WorkingCalendar, limits: Limits, day: string): Partial<Limits> =>
  withDues(calendar, limits, startLimit(day, limits.promised_days));

/** Stops a running clock: a §45 procedure, a correction asked, a fee awaited. */
export const stopClock = (limits: Limits, now: Date, why: NonNullable<Limits['clock_stopped_for']>): Partial<Limits> =>
  !limits.clock || isStopped(limits.clock) ? {} : { clock: stopLimit(limits.clock, dayOf(now)), clock_stopped_for: why };

/** Lets the clock run on; the days between do not count. */
export const resumeClock = (calendar: WorkingCalendar, limits: Limits, now: Date): Partial<Limits> =>
  !limits.clock || !isStopped(limits.clock)
    ? {}
    : { clock_stopped_for: null, ...withDues(calendar, limits, resumeLimit(limits.clock, dayOf(now))) };

/** Extends by the agency's head (≤ 10) or jointly by the government's (≤ 15): §42. */
export const extendLimits = (calendar: WorkingCalendar, limits: Limits, days: number): Partial<Limits> =>
  limits.clock ? withDues(calendar, limits, extendLimit(limits.clock, days)) : {};

const STOPPED = {
  correction: { zh: '等待申请人补正', en: 'waiting for the applicant’s correction' },
  special: { zh: '特别程序期间不计时', en: 'a special procedure is under way' },
  payment: { zh: '等待缴费', en: 'waiting for the fee' },
} as const;

/** The clock as people read it. */
export const clockView = (calendar: WorkingCalendar, limits: Limits, now: Date): CaseClock => {
  const { clock } = limits;
  const today = dayOf(limits.closed_at ? new Date(limits.closed_at) : now);
  return {
    startedOn: clock?.started ?? null,
    running: Boolean(clock) && !limits.clock_stopped_for && !limits.closed_at,
    stoppedFor: limits.clock_stopped_for ? STOPPED[limits.clock_stopped_for] : null,
    promisedDue: limits.promised_due,
    statutoryDue: limits.statutory_due,
    promisedRemaining: clock ? remainingDays(calendar, clock, today) : null,
    statutoryRemaining: clock ? remainingDays(calendar, statutory(limits, clock), today) : null,
    extendedBy: clock?.extended ?? 0,
    card: limits.card,
  };
};

/** Signed working days from `today` to `due`: 0 on the day itself, negative when past. */
export const remainingOf = (calendar: WorkingCalendar, today: string, due: string): number =>
  due >= today ? calendar.workingDaysBetween(today, due) : -calendar.workingDaysBetween(due, today);
