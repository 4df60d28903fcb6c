import type { ResponseOf, Text, supervisionFigures } from '@zhengwu/contracts';
import { addDays, daysBetween } from '@zhengwu/clock';
import type { DepartmentRef } from '@zhengwu/directory';
import { fail } from './errors.ts';
import type { CardFigure, DayFigure, OpenFigure } from './store-figures.ts';

export type Figures = ResponseOf<typeof supervisionFigures>;

export interface Period {
  from: string;
  to: string;
}

const USUAL_DAYS = 30;
const MOST_DAYS = 366;

/** The period asked for, or the last thirty days. Throws `figures.period`. */
export const periodOf = (today: string, { from, to }: { from?: string; to?: string }): Period => {
  const until = to ?? today;
  const since = from ?? addDays(until, 1 - USUAL_DAYS);
  const days = daysBetween(since, until) + 1;
  if (!(days >= 1 && days <= MOST_DAYS)) throw fail('figures.period');
  return { from: since, to: until };
};

type Sums = Omit<DayFigure, 'day' | 'department' | 'service'>;
const nothing = (): Sums => ({ received: 0, closed: 0, on_time: 0, late: 0, working_days: 0, clerk_seconds: 0, applicant_seconds: 0, rated: 0, satisfied: 0 });

const add = (sums: Sums, row: Sums): void => {
  for (const name of Object.keys(sums) as (keyof Sums)[]) sums[name] += row[name];
};

const by = <K>(days: readonly DayFigure[], keyOf: (row: DayFigure) => K): Map<K, Sums> => {
  const sums = new Map<K, Sums>();
  for (const row of days) {
    const at = keyOf(row);
    const one = sums.get(at) ?? nothing();
    add(one, row);
    sums.set(at, one);
  }
  return sums;
};

const round = (value: number, digits = 1): number => Math.round(value * 10 ** digits) / 10 ** digits;
const share = (part: number, whole: number): number | null => (whole === 0 ? null : round(part / whole, 4));
const mean = (sum: number, count: number): number => (count === 0 ? 0 : round(sum / count));
const total = <R>(rows: readonly R[], value: (row: R) => number): number => rows.reduce((sum, row) => sum + value(row), 0);

export interface Counted {
  period: Period;
  days: readonly DayFigure[];
  open: readonly OpenFigure[];
  cards: readonly CardFigure[];
  nameOf(service: string): Text;
  departmentOf(id: number): Pick<DepartmentRef, 'code' | 'name'>;
}

const serviceRows = ({ days, open, nameOf }: Counted): Figures['byService'] => {
  const sums = by(days, (row) => row.service);
  const codes = [...new Set([...sums.keys(), ...open.map((row) => row.service)])];
  return codes.map((code) => {
    const one = sums.get(code) ?? nothing();
    const late = total(open.filter((row) => row.service === code), (row) => row.overdue);
    return {
      code, name: nameOf(code), received: one.received, closed: one.closed, overdue: one.late + late, averageDays: mean(one.working_days, one.closed),
      satisfaction: share(one.satisfied, one.rated), clerkMinutes: mean(one.clerk_seconds / 60, one.closed), applicantMinutes: mean(one.applicant_seconds / 60, one.closed),
    };
  }).sort((a, b) => b.received - a.received || (a.code < b.code ? -1 : 1));
};

const departmentRows = ({ days, open, cards, departmentOf }: Counted): Figures['byDepartment'] => {
  const sums = by(days, (row) => row.department);
  const ids = [...new Set([...sums.keys(), ...open.map((row) => row.department), ...cards.map((row) => row.department)])];
  return ids.map((id) => {
    const now = open.filter((row) => row.department === id);
    const carded = cards.filter((row) => row.department === id);
    const one = sums.get(id) ?? nothing();
    return {
      code: departmentOf(id).code, name: departmentOf(id).name, open: total(now, (row) => row.open), closed: one.closed, overdue: one.late + total(now, (row) => row.overdue),
      yellow: total(carded, (row) => row.yellow), red: total(carded, (row) => row.red),
    };
  }).sort((a, b) => b.closed - a.closed || (a.code < b.code ? -1 : 1));
};

const dayRows = ({ days, period }: Counted): Figures['byDay'] => {
  const sums = by(days, (row) => row.day);
  return Array.from({ length: daysBetween(period.from, period.to) + 1 }, (_, i) => {
    const day = addDays(period.from, i);
    return { day, received: sums.get(day)?.received ?? 0, closed: sums.get(day)?.closed ?? 0 };
  });
};

/**
 * The figures of a period: received, closed, on time and rated in it; open as of now. Overdue is what was closed late in it and
 * what is open and late now. Satisfaction is the share (0 to 1) of ratings 1 to 3.
 */
export const figuresOf = (counted: Counted): Figures => {
  const sums = nothing();
  for (const row of counted.days) add(sums, row);
  return {
    totals: {
      received: sums.received, closed: sums.closed, onTime: sums.on_time, open: total(counted.open, (row) => row.open), overdue: sums.late + total(counted.open, (row) => row.overdue),
      yellow: total(counted.cards, (row) => row.yellow), red: total(counted.cards, (row) => row.red), satisfaction: share(sums.satisfied, sums.rated),
    },
    byService: serviceRows(counted), byDepartment: departmentRows(counted), byDay: dayRows(counted),
  };
};
