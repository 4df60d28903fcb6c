import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addDays, createCalendar, dayOf, demoCalendar2027, dueDay, endOfDay, extendLimit, fixedClock, initialCalendars, isDeemedAccepted, isOverdue,
  isStopped, remainingDays, resumeLimit, startLimit, startOfDay, stopLimit, usedDays, type LimitClock,
} from './index.ts';

const announced = createCalendar(initialCalendars);
const calendar = createCalendar([...initialCalendars, demoCalendar2027]);
const code = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    return (error as { code: string }).code;
  }
  return 'no error';
};
const someDay = fc.integer({ min: 0, max: 700 }).map((n) => addDays('2025-01-01', n));
const someCount = fc.integer({ min: 1, max: 90 });

describe('working days (行政许可法 §82)', () => {
  test('2026-09-28 plus 5 is 2026-10-10, a Saturday make-up day, and plus 20 is 2026-10-30', () => {
    expect(calendar.addWorkingDays('2026-09-28', 5)).toBe('2026-10-10');
    expect(calendar.addWorkingDays('2026-09-28', 20)).toBe('2026-10-30');
  });

  test('holidays, weekends and make-up days', () => {
    const works = ['2026-10-01', '2026-10-10', '2026-10-11', '2026-10-12', '2026-02-28', '2026-11-22'].map(calendar.isWorkingDay);
    expect(works).toEqual([false, true, false, true, true, false]);
  });

  test('both announced years have as many working days as announced', () => {
    expect(calendar.workingDaysBetween('2025-01-01', '2025-12-31')).toBe(248);
    expect(calendar.workingDaysBetween('2026-01-01', '2026-12-31')).toBe(248);
  });

  test('a deadline is the end of the day in Asia/Shanghai, also late in the evening', () => {
    expect(calendar.deadline(new Date('2026-09-28T15:59:00Z'), 5).toISOString()).toBe('2026-10-10T15:59:59.999Z');
    expect(calendar.deadline(new Date('2026-09-28T16:00:00Z'), 5).toISOString()).toBe('2026-10-12T15:59:59.999Z');
  });

  test('a year without a calendar is refused, never guessed', () => {
    expect(code(() => announced.addWorkingDays('2026-12-30', 2))).toBe('calendar.unknown-year');
    expect(announced.addWorkingDays('2026-12-30', 1)).toBe('2026-12-31');
    expect(code(() => announced.isWorkingDay('2027-01-04'))).toBe('calendar.unknown-year');
    expect(code(() => announced.workingDaysBetween('2024-12-31', '2025-01-02'))).toBe('calendar.unknown-year');
    expect(announced.years).toEqual([2025, 2026]);
  });

  test('the demo year carries a limit past New Year and says that it is invented', () => {
    expect(calendar.addWorkingDays('2026-12-31', 1)).toBe('2027-01-04');
    expect(demoCalendar2027.demo).toBe(true);
    expect(initialCalendars.some((year) => year.demo)).toBe(false);
  });

  test('a repeated or foreign day is refused', () => {
    const holiday = { day: '2026-01-01', kind: 'holiday' } as const;
    const year = { year: 2026, source: 'test' };
    expect(code(() => createCalendar([{ ...year, days: [holiday, holiday] }]))).toBe('calendar.invalid');
    expect(code(() => createCalendar([{ ...year, days: [{ ...holiday, day: '2025-01-01' }] }]))).toBe('calendar.invalid');
    expect(code(() => createCalendar([{ ...year, days: [{ ...holiday, day: '2026-02-30' }] }]))).toBe('calendar.invalid');
    expect(code(() => createCalendar([{ ...year, days: [] }, { ...year, days: [] }]))).toBe('calendar.invalid');
  });

  test('adding agrees with counting day by day', () => {
    fc.assert(fc.property(someDay, someCount, (from, n) => {
      let [day, left] = [from, n];
      while (left > 0) {
        day = addDays(day, 1);
        if (calendar.isWorkingDay(day)) left -= 1;
      }
      expect(calendar.addWorkingDays(from, n)).toBe(day);
      expect(calendar.workingDaysBetween(from, day)).toBe(n);
      expect(calendar.workingDaysBetween(day, from)).toBe(-n);
    }));
  });

  test('counting back from a working day undoes counting forward', () => {
    fc.assert(fc.property(someDay, someCount, (from, n) => {
      fc.pre(calendar.isWorkingDay(from));
      expect(calendar.addWorkingDays(calendar.addWorkingDays(from, n), -n)).toBe(from);
    }));
    expect(calendar.addWorkingDays('2026-10-10', -1)).toBe('2026-10-09');
    expect(calendar.addWorkingDays('2026-10-05', -1)).toBe('2026-09-30');
    expect(calendar.addWorkingDays('2026-10-05', 0)).toBe('2026-10-05');
  });
});

describe('limits that stop, resume and are extended', () => {
  const twenty = startLimit('2026-09-28', 20);

  test('§42: twenty working days, ten more by decision', () => {
    expect(dueDay(calendar, twenty)).toBe('2026-10-30');
    expect(dueDay(calendar, extendLimit(twenty, 10))).toBe(calendar.addWorkingDays('2026-10-30', 10));
    expect(remainingDays(calendar, twenty, '2026-10-30')).toBe(0);
    expect(isOverdue(calendar, twenty, '2026-10-30')).toBe(false);
    expect(isOverdue(calendar, twenty, '2026-11-02')).toBe(true);
  });

  test('§45: a stop does not count, and its end is unknown until it is over', () => {
    const stopped = stopLimit(twenty, '2026-10-12');
    expect(isStopped(stopped)).toBe(true);
    expect(dueDay(calendar, stopped)).toBeUndefined();
    expect(usedDays(calendar, stopped, '2026-11-30')).toBe(usedDays(calendar, twenty, '2026-10-12'));
    const resumed = resumeLimit(stopped, '2026-10-19');
    expect(dueDay(calendar, resumed)).toBe(calendar.addWorkingDays('2026-10-30', 5));
  });

  test('a stop is neither doubled nor ended twice', () => {
    expect(code(() => stopLimit(stopLimit(twenty, '2026-10-12'), '2026-10-13'))).toBe('limit.already-stopped');
    expect(code(() => resumeLimit(twenty, '2026-10-13'))).toBe('limit.not-stopped');
  });

  test('§32: silence for five working days after receipt is acceptance', () => {
    expect(isDeemedAccepted(calendar, '2026-09-28', '2026-10-10')).toBe(false);
    expect(isDeemedAccepted(calendar, '2026-09-28', '2026-10-11')).toBe(true);
  });

  test('whatever the stops, nothing is left on the due day and something before it', () => {
    const stops = fc.array(fc.tuple(fc.nat({ max: 20 }), fc.nat({ max: 30 })), { maxLength: 4 });
    fc.assert(fc.property(someDay, fc.integer({ min: 1, max: 45 }), stops, (started, days, lengths) => {
      let clock: LimitClock = startLimit(started, days);
      let at = started;
      for (const [run, still] of lengths) {
        const from = addDays(at, run);
        if (remainingDays(calendar, clock, from) <= 0) break;
        at = addDays(from, still);
        clock = resumeLimit(stopLimit(clock, from), at);
      }
      const due = dueDay(calendar, clock) ?? '';
      expect(remainingDays(calendar, clock, due)).toBe(0);
      expect(calendar.isWorkingDay(due)).toBe(true);
      expect(remainingDays(calendar, clock, addDays(due, -1))).toBe(1);
    }));
  });
});

describe('days and clocks', () => {
  test('a day begins and ends in Asia/Shanghai', () => {
    expect(dayOf(new Date('2026-11-22T16:00:00Z'))).toBe('2026-11-23');
    expect(startOfDay('2026-11-22').toISOString()).toBe('2026-11-21T16:00:00.000Z');
    expect(dayOf(endOfDay('2026-11-22'))).toBe('2026-11-22');
    expect(() => addDays('22.11.2026', 1)).toThrow(RangeError);
  });

  test('a fixed clock moves only when told', () => {
    const clock = fixedClock('2026-11-22T00:00:00Z');
    clock.advance(1500);
    expect(clock.now().toISOString()).toBe('2026-11-22T00:00:01.500Z');
    clock.set('2027-01-01T00:00:00Z');
    expect(clock.now().getUTCFullYear()).toBe(2027);
  });
});
