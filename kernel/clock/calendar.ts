import { addDays, dayOf, daysBetween, endOfDay, isDay, type Day } from './day.ts';
import { fail } from './errors.ts';

/** One exception to the five-day week. */
export interface CalendarDay {
  day: Day;
  /** `holiday`: a day off; `workday`: a weekend day worked to make up for one. */
  kind: 'holiday' | 'workday';
  name?: string;
}

/** A year's exceptions, as the State Council's office announces them. */
export interface CalendarYear {
  year: number;
  /** Where the days are announced. */
  source: string;
  days: readonly CalendarDay[];
  /** Invented for a demonstration; never for real cases. */
  demo?: boolean;
}

/** Counts working days (行政许可法 §82). Every question about a year it lacks fails with `calendar.unknown-year`. */
export interface WorkingCalendar {
  /** Years it knows, rising. */
  readonly years: readonly number[];
  isWorkingDay(day: Day): boolean;
  /** The nth working day after `from`, counting from the next day; a negative n counts back, 0 is `from` itself. */
  addWorkingDays(from: Day, n: number): Day;
  /** Working days after `from` up to and including `until`; negative when `until` comes first. */
  workingDaysBetween(from: Day, until: Day): number;
  /** The last instant, in Asia/Shanghai, of the nth working day after the day of `instant`. */
  deadline(instant: Date, n: number): Date;
}

interface Year {
  first: Day;
  /** The year's working days, rising. */
  working: readonly Day[];
  /** At each day of the year, how many working days there were before it. */
  before: readonly number[];
}

const exceptionsOf = ({ year, days }: CalendarYear): Map<Day, CalendarDay['kind']> => {
  const exceptions = new Map<Day, CalendarDay['kind']>();
  for (const { day, kind } of days) {
    if (!isDay(day) || Number(day.slice(0, 4)) !== year || exceptions.has(day)) throw fail('calendar.invalid', { year, day });
    exceptions.set(day, kind);
  }
  return exceptions;
};

const isWeekend = (day: Day): boolean => [0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay());

const laidOut = (entry: CalendarYear): Year => {
  const exceptions = exceptionsOf(entry);
  const first = `${String(entry.year).padStart(4, '0')}-01-01`;
  const working: Day[] = [];
  const before: number[] = [];
  for (let day = first; Number(day.slice(0, 4)) === entry.year; day = addDays(day, 1)) {
    before.push(working.length);
    const kind = exceptions.get(day);
    if (kind === 'workday' || (kind === undefined && !isWeekend(day))) working.push(day);
  }
  return { first, working, before };
};

/** Builds a calendar from years of data. Throws `calendar.invalid` when a day is repeated, does not exist or lies outside its year. */
export const createCalendar = (entries: readonly CalendarYear[]): WorkingCalendar => {
  const known = new Map<number, Year>();
  for (const entry of entries) {
    if (known.has(entry.year)) throw fail('calendar.invalid', { year: entry.year, day: String(entry.year) });
    known.set(entry.year, laidOut(entry));
  }

  const yearOf = (year: number): Year => {
    const found = known.get(year);
    if (!found) throw fail('calendar.unknown-year', { year });
    return found;
  };
  const numberOf = (day: Day): number => Number(day.slice(0, 4));
  /** Working days of its year before `day`, and whether it is one itself. */
  const place = (day: Day): { before: number; works: boolean } => {
    const year = yearOf(numberOf(day));
    const before = year.before[daysBetween(year.first, day)] ?? 0;
    return { before, works: year.working[before] === day };
  };

  const addWorkingDays = (from: Day, n: number): Day => {
    if (!Number.isInteger(n)) throw new RangeError(`working days are whole: ${String(n)}`);
    const at = place(from);
    if (n === 0) return from;
    let year = numberOf(from);
    let index = n > 0 ? at.before + n - (at.works ? 0 : 1) : at.before + n;
    for (;;) {
      const { working } = yearOf(year);
      const found = working[index];
      if (found !== undefined) return found;
      if (index < 0) index += yearOf(--year).working.length;
      else {
        index -= working.length;
        year += 1;
      }
    }
  };

  const workingDaysBetween = (from: Day, until: Day): number => {
    if (until < from) return -workingDaysBetween(until, from);
    const [start, end] = [place(from), place(until)];
    let days = end.before + (end.works ? 1 : 0) - start.before - (start.works ? 1 : 0);
    for (let year = numberOf(from); year < numberOf(until); year++) days += yearOf(year).working.length;
    return days;
  };

  return Object.freeze({
    years: [...known.keys()].sort((a, b) => a - b),
    isWorkingDay: (day: Day) => place(day).works,
    addWorkingDays,
    workingDaysBetween,
    deadline: (instant: Date, n: number) => endOfDay(addWorkingDays(dayOf(instant), n)),
  });
};
