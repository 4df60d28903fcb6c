import { addDays, type WorkingCalendar } from '@zhengwu/clock';
import { shanghai } from './dates.ts';
import type { PastService } from './past-services.ts';
import type { Random } from './random.ts';

/** One change of state in a past case; `by` is the role that made it, null for applicant and platform. */
export interface Step {
  /** 1 to 15 of code list case-state. */
  state: number;
  at: number;
  by: 'window' | 'reviewer' | 'approver' | null;
}

export interface Road {
  random: Random;
  calendar: WorkingCalendar;
  /** Nothing happens after this instant, ms. */
  now: number;
}

const hour = 3_600_000;

/** Office hours `days` working days on; the same day: an hour or so later. */
const later = ({ random, calendar }: Road, at: number, days: number): number => {
  if (days === 0) return at + random.int(10, 55) * 60_000;
  let day = new Date(at + 8 * hour).toISOString().slice(0, 10);
  for (let left = days; left > 0;) {
    day = addDays(day, 1);
    if (calendar.isWorkingDay(day)) left -= 1;
  }
  return shanghai(day, random.int(9, 16), random.int(0, 59), random.int(0, 59));
};

/** Decided from the registers: three states within seconds. */
const immediate = (start: number, random: Random): Step[] => {
  const by = null;
  const second = random.int(800, 2600);
  return [{ state: 1, at: start, by }, { state: 3, at: start + second, by }, { state: 8, at: start + second + 200, by }, { state: 11, at: start + second * 4, by }];
};

interface Choice {
  end: number;
  corrects: boolean;
  special: boolean;
  /** Working days between the department's acceptance and the end. */
  days: number;
}

const choose = (road: Road, service: PastService, target: number | undefined): Choice => {
  const { random } = road;
  const slow = random.chance(0.035) ? random.int(1, 3) : random.chance(0.006) ? service.statutoryDays : 0;
  const usual = Math.max(0, random.int(Math.min(1, service.promisedDays - 1), Math.max(1, service.promisedDays - 2)));
  const usually = target === undefined ? random.weighted([[11, 80], [12, 3], [13, 6], [5, 4], [4, 2], [2, 3], [14, 2]] as const) : 11;
  const end = target !== undefined && [2, 4, 5, 11, 12, 13, 14, 15].includes(target) ? target : usually;
  return {
    end,
    corrects: target === 6 || target === 7 || random.chance(0.17),
    special: target === 9 || target === 10 || random.chance(0.03),
    days: slow > 0 ? service.promisedDays + slow : usual,
  };
};

const worked = (road: Road, start: number, choice: Choice): Step[] => {
  const { random } = road;
  const steps: Step[] = [{ state: 1, at: start, by: null }];
  const go = (state: number, days: number, by: Step['by']): void => {
    steps.push({ state, at: later(road, steps.at(-1)!.at, days), by });
  };
  if (choice.end === 2) go(2, random.int(0, 1), null);
  if (choice.end === 4 || choice.end === 5) go(choice.end, random.int(0, 1), 'window');
  if ([2, 4, 5].includes(choice.end)) return steps;
  if (choice.corrects) {
    go(6, random.int(0, 1), 'window');
    go(7, random.int(1, 4), null);
  }
  go(3, random.int(0, 1), 'window');
  go(8, 0, 'reviewer');
  if (choice.special) {
    go(9, 0, 'reviewer');
    go(10, random.int(2, 8), 'reviewer');
  }
  go(choice.end === 15 ? 11 : choice.end, choice.days, choice.end === 14 ? null : 'approver');
  if (choice.end === 15) go(15, random.int(15, 30), 'approver');
  return steps;
};

/** How a case went, up to now; with a target, up to and including that state. Its first step is always state 1. */
export const journeyOf = (road: Road, service: PastService, start: number, target?: number): Step[] => {
  const alone = service.immediate && target === undefined && road.random.chance(0.93);
  const whole = alone ? immediate(start, road.random) : worked(road, start, choose(road, service, target));
  const until = target === undefined ? -1 : whole.findIndex(step => step.state === target);
  const shown = until < 0 ? whole : whole.slice(0, until + 1);
  if (target === undefined) return shown.filter(step => step.at <= road.now);
  // What is asked for has happened, the last of it a working hour ago at the latest.
  return shown.map((step, index) => ({ ...step, at: Math.min(step.at, road.now - (shown.length - index) * hour) }));
};
