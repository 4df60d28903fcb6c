export { createCalendar, type CalendarDay, type CalendarYear, type WorkingCalendar } from './calendar.ts';
export { fixedClock, systemClock, type Clock, type FixedClock } from './clock.ts';
export { addDays, dayOf, daysBetween, endOfDay, isDay, startOfDay, type Day } from './day.ts';
export {
  DEEMED_ACCEPTANCE_DAYS, dueDay, extendLimit, isDeemedAccepted, isOverdue, isStopped, remainingDays, resumeLimit, startLimit, stopLimit, usedDays,
  type LimitClock, type Stop,
} from './limit.ts';
export { demoCalendar2027, initialCalendars } from './years.ts';
