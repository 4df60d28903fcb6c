import type { WorkingCalendar } from './calendar.ts';
import type { Day } from './day.ts';
import { fail } from './errors.ts';

/** A stretch in which a limit stands still (行政许可法 §45); `until` is null while it lasts. */
export interface Stop {
  from: Day;
  until: Day | null;
}

/** A limit in working days that can be stopped, resumed and extended. Plain data, so that it can be stored. */
export interface LimitClock {
  /** The day of the event that starts it; the next working day is day 1 (行政许可法 §82). */
  readonly started: Day;
  readonly days: number;
  /** Working days added by decision (行政许可法 §42). */
  readonly extended: number;
  /** Rising, without overlap. */
  readonly stops: readonly Stop[];
}

/** Incomplete applications not answered within 5 working days are deemed accepted on receipt (行政许可法 §32). */
export const DEEMED_ACCEPTANCE_DAYS = 5;

export const startLimit = (started: Day, days: number): LimitClock => ({ started, days, extended: 0, stops: [] });

const openStop = (clock: LimitClock): Stop | undefined => clock.stops.find((stop) => stop.until === null);

/** True while the limit stands still. */
export const isStopped = (clock: LimitClock): boolean => openStop(clock) !== undefined;

/** Stands still after `day`, which itself still counts. Throws `limit.already-stopped`. */
export const stopLimit = (clock: LimitClock, day: Day): LimitClock => {
  const open = openStop(clock);
  if (open) throw fail('limit.already-stopped', { day: open.from });
  return { ...clock, stops: [...clock.stops, { from: day, until: null }] };
};

/** Runs again: the working day after `day` counts. Throws `limit.not-stopped`. */
export const resumeLimit = (clock: LimitClock, day: Day): LimitClock => {
  if (!isStopped(clock)) throw fail('limit.not-stopped');
  return { ...clock, stops: clock.stops.map((stop) => (stop.until === null ? { ...stop, until: day } : stop)) };
};

/** Adds working days to the limit. */
export const extendLimit = (clock: LimitClock, days: number): LimitClock => ({ ...clock, extended: clock.extended + days });

const stoppedDays = (calendar: WorkingCalendar, clock: LimitClock, today: Day): number =>
  clock.stops.reduce((sum, { from, until }) => {
    const end = until === null || until > today ? today : until;
    return end <= from ? sum : sum + calendar.workingDaysBetween(from, end);
  }, 0);

/** Working days that have counted, up to and including `today`. */
export const usedDays = (calendar: WorkingCalendar, clock: LimitClock, today: Day): number =>
  today <= clock.started ? 0 : calendar.workingDaysBetween(clock.started, today) - stoppedDays(calendar, clock, today);

/** Working days left after `today`; negative when overdue. */
export const remainingDays = (calendar: WorkingCalendar, clock: LimitClock, today: Day): number =>
  clock.days + clock.extended - usedDays(calendar, clock, today);

/** The last day of the limit; undefined while it stands still, because nobody can know it. */
export const dueDay = (calendar: WorkingCalendar, clock: LimitClock): Day | undefined => {
  if (isStopped(clock)) return undefined;
  const total = clock.days + clock.extended;
  const due = (added: number): Day => calendar.addWorkingDays(clock.started, total + added);
  let [added, at] = [0, due(0)];
  for (;;) {
    const stopped = stoppedDays(calendar, clock, at);
    if (stopped === added) return at;
    [added, at] = [stopped, due(stopped)];
  }
};

/** True when the limit has run out before `today`. */
export const isOverdue = (calendar: WorkingCalendar, clock: LimitClock, today: Day): boolean => remainingDays(calendar, clock, today) < 0;

/** True when the office has let §32's five working days after receipt pass in silence. */
export const isDeemedAccepted = (calendar: WorkingCalendar, received: Day, today: Day): boolean =>
  today > calendar.addWorkingDays(received, DEEMED_ACCEPTANCE_DAYS);
