import { addDays, createCalendar, demoCalendar2027, initialCalendars, type WorkingCalendar } from '@zhengwu/clock';
import { ageOn, shanghai } from './dates.ts';
import type { DemoDriving } from './driving.ts';
import { journeyOf, type Step } from './journey.ts';
import { applicationOf } from './past-applications.ts';
import { pastServices, type PastService } from './past-services.ts';
import { randomOf, type Random } from './random.ts';
import type { DemoResident } from './residents.ts';

/**
 * One application of the past year as a plan: who applied for what and how it went. Whoever loads it lets the ordinary
 * commands live it through, so that everything a case consists of is as if it had happened.
 */
export interface PastCase {
  service: string;
  /** Principal id. */
  applicant: string;
  channel: 'portal' | 'window';
  /** Last six digits of the case number: high ones, so that live cases of the same day never meet them. */
  sequence: number;
  /** Answers that no register fills in. */
  answers: Record<string, unknown>;
  /** Register records as they were then, by the service's names for them, where they differ from today's. */
  facts: Record<string, Record<string, unknown>>;
  /** Seconds the applicant took. */
  applicantSeconds: number;
  steps: { state: number; at: string; by: Step['by'] }[];
  /** 1 very satisfied … 5 very dissatisfied. */
  rating: { level: number; comment: string | null; at: string } | null;
}

export interface PastGround {
  seed: number;
  today: string;
  residents: readonly DemoResident[];
  driving: DemoDriving;
}

interface Making {
  random: Random;
  calendar: WorkingCalendar;
  today: string;
  /** Instant up to which things have happened, ms. */
  now: number;
  adults: readonly DemoResident[];
  drivers: readonly DemoResident[];
}

const comments: Readonly<Record<number, readonly string[]>> = {
  1: ['很快，一次就办好了。', '全程网上办，没跑一趟。', '窗口人员很耐心。'],
  2: ['流程清楚。', '比以前方便多了。'],
  3: ['还可以。'],
  4: ['补正通知写得不够清楚。', '等待时间偏长。'],
  5: ['超过了承诺的时间，也没有人联系我。'],
};

const isClosed = (state: number): boolean => [2, 4, 5, 11, 12, 13, 14, 15].includes(state);
const iso = (at: number): string => new Date(at).toISOString();

const ratingOf = ({ random, now }: Making, closed: Step | undefined, slow: boolean): PastCase['rating'] => {
  if (!closed || ![11, 12, 13].includes(closed.state) || !random.chance(0.55)) return null;
  const level = slow
    ? random.weighted([[2, 2], [3, 3], [4, 3], [5, 2]] as const)
    : random.weighted([[1, 72], [2, 20], [3, 5], [4, 2], [5, 1]] as const);
  const at = closed.at + random.int(1, 72) * 3_600_000;
  return at > now ? null : { level, comment: random.chance(0.3) || level > 3 ? random.pick(comments[level]!) : null, at: iso(at) };
};

/** An instant of a working day `back` days ago or the working day before it, 8 to 18 o'clock. */
const momentOf = ({ random, calendar, today }: Making, back: number): number => {
  let day = addDays(today, -back);
  while (!calendar.isWorkingDay(day)) day = addDays(day, -1);
  return shanghai(day, random.int(8, 17), random.int(0, 59), random.int(0, 59));
};

/** How many cases end up in a state whatever chance says: 250 open ones to work on, and some of every rare end. */
const wanted: readonly number[] = ([
  [1, 45], [3, 20], [6, 30], [7, 20], [8, 95], [9, 20], [10, 20], [2, 6], [4, 6], [5, 6], [12, 6], [13, 6], [14, 6], [15, 6],
] as const).flatMap(([state, count]) => Array.from({ length: count }, () => state));

/** Days back at which a case begins that is to stand in a state now. */
const backOf = ({ random }: Making, target: number | undefined): number => {
  if (target === undefined) return random.int(2, 360);
  if (isClosed(target)) return random.int(60, 360);
  return target === 1 ? random.int(0, 4) : random.int(3, 9);
};

const fits = (target: number | undefined) => ({ immediate, code }: PastService): boolean =>
  target === undefined || (!immediate && (target !== 12 || code === 'identity-card-replacement'));

interface Course {
  service: PastService;
  target: number | undefined;
  steps: Step[];
  slow: boolean;
}

const courseOf = (making: Making, target: number | undefined): Course => {
  const service = making.random.weighted(pastServices.filter(fits(target)).map((one) => [one, one.weight] as const));
  const steps = journeyOf(making, service, momentOf(making, backOf(making, target)), target);
  const [first, last] = [steps[0]!.at, steps.at(-1)!.at];
  return { service, target, steps, slow: (last - first) / 86_400_000 > service.promisedDays * 1.4 + 6 };
};

const channelOf = (random: Random, { target, service }: Course): PastCase['channel'] => {
  if (target === 3) return 'window';
  return target === 8 || service.immediate || random.chance(0.82) ? 'portal' : 'window';
};

const caseOf = (making: Making, course: Course, sequence: number): PastCase => {
  const { random } = making;
  const { service, steps } = course;
  const begun = steps[0]!.at;
  const automatic = service.immediate && steps.every((step) => step.by === null);
  const applicant = random.pick(service.code.startsWith('driver-licence-renewal') ? making.drivers : making.adults);
  return {
    service: service.code, applicant: applicant.id, channel: channelOf(random, course), sequence: 900_001 + sequence,
    ...applicationOf(random, service.code, applicant, iso(begun).slice(0, 10), automatic), applicantSeconds: random.int(180, 900),
    steps: steps.map(({ state, at, by }) => ({ state, at: iso(at), by })),
    rating: ratingOf(making, steps.find((step) => isClosed(step.state)), course.slow),
  };
};

/** Past cases of the year before `today`, oldest first, in all fifteen states. */
export const pastCasesOf = ({ seed, today, residents, driving }: PastGround, count: number): PastCase[] => {
  const holders = new Set(driving.licences.map((one) => one.person));
  const adults = residents.filter((one) => one.username === null && ageOn(one.birth, addDays(today, -370)) >= 18 && ageOn(one.birth, today) < 70);
  const making: Making = {
    random: randomOf(seed, 'past'), calendar: createCalendar([...initialCalendars, demoCalendar2027]), today, now: shanghai(today, 8, 0),
    adults, drivers: adults.filter((one) => holders.has(one.id)),
  };
  return Array.from({ length: count }, (_, index) => courseOf(making, wanted[index]))
    .sort((a, b) => a.steps[0]!.at - b.steps[0]!.at)
    .map((course, index) => caseOf(making, course, index));
};
