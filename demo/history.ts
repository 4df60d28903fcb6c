import { addDays, createCalendar, demoCalendar2027, dueDay, initialCalendars, startLimit, type LimitClock, type WorkingCalendar } from '@zhengwu/clock';
import type { Text } from '@zhengwu/contracts';
import { composeCaseNumber } from '@zhengwu/ids';
import { shanghai } from './dates.ts';
import { journeyOf, type Step } from './journey.ts';
import { departmentOf } from './organisation.ts';
import type { DemoOfficial } from './officials.ts';
import { pastServices, type PastService } from './past-services.ts';
import { randomOf, type Random } from './random.ts';
import type { DemoResident } from './residents.ts';

/** One entry of a past case's timeline. */
export interface PastEvent {
  id: string;
  /** ISO 8601, UTC. */
  at: string;
  kind: string;
  /** The state it led to, 1 to 15. */
  state: number;
  title: Text;
  person: string | null;
  personName: string | null;
  department: number | null;
}

/** One case of the past year as plain facts: whoever loads it gives it the pack's hash. */
export interface PastCase {
  id: string;
  number: string;
  service: string;
  serviceName: Text;
  department: number;
  applicant: string;
  applicantName: string;
  applicantIdentifier: string;
  applicantPhone: string | null;
  applicantEmail: string | null;
  address: string;
  channel: 'portal' | 'window';
  state: number;
  submittedAt: string;
  acceptedAt: string | null;
  closedAt: string | null;
  deliveredAt: string | null;
  clock: LimitClock | null;
  clockStoppedFor: 'correction' | 'special' | null;
  promisedDays: number;
  statutoryDays: number;
  promisedDue: string | null;
  statutoryDue: string | null;
  card: 'none' | 'warning' | 'yellow' | 'red';
  history: PastEvent[];
  /** 1 very satisfied … 5 very dissatisfied. */
  rating: { level: number; comment: string | null; ratedAt: string } | null;
  /** Measured touch times of closed cases, in seconds, and what the case cost. */
  effort: { steps: number; papers: number; visits: number; hands: number; workingDays: number; applicantSeconds: number; clerkSeconds: number } | null;
}

export interface HistoryGround {
  seed: number;
  today: string;
  residents: readonly DemoResident[];
  officials: readonly DemoOfficial[];
}

interface Making extends HistoryGround {
  random: Random;
  calendar: WorkingCalendar;
  /** Instant up to which things have happened, ms. */
  now: number;
  sequences: Map<string, number>;
  adults: readonly DemoResident[];
}

/** The years that demo cases and their limits touch. */
const calendarYears = [...initialCalendars, demoCalendar2027];

const comments: Readonly<Record<number, readonly string[]>> = {
  1: ['很快，一次就办好了。', '全程网上办，没跑一趟。', '窗口人员很耐心。'],
  2: ['流程清楚。', '比以前方便多了。'],
  3: ['还可以。'],
  4: ['补正通知写得不够清楚。', '等待时间偏长。'],
  5: ['超过了承诺的时间，也没有人联系我。'],
};

const stateTexts: Readonly<Record<number, readonly [kind: string, zh: string, en: string]>> = {
  1: ['received', '已收到申请', 'Application received'],
  2: ['withdrawn', '申请人撤件', 'Withdrawn by the applicant'],
  3: ['accepted', '窗口受理', 'Accepted at the window'],
  4: ['closed', '不属于受理范围', 'Outside this office’s scope'],
  5: ['closed', '不予受理', 'Acceptance refused'],
  6: ['correction', '一次性告知补正', 'Correction asked for, once'],
  7: ['corrected', '申请人已补正', 'Corrected by the applicant'],
  8: ['departmentAccepted', '部门受理', 'Accepted by the department'],
  9: ['suspended', '特别程序开始，停止计时', 'Special procedure started; the clock stands still'],
  10: ['resumed', '特别程序结束，恢复计时', 'Special procedure ended; the clock runs on'],
  11: ['closed', '办结：准予', 'Closed: approved'],
  12: ['closed', '办结：容缺准予', 'Closed: approved, materials to follow'],
  13: ['closed', '办结：不予批准', 'Closed: not approved'],
  14: ['withdrawn', '申请人撤回', 'Withdrawn'],
  15: ['revoked', '决定已撤销', 'The decision is revoked'],
};

const iso = (at: number): string => new Date(at).toISOString();
const dayAt = (at: number): string => iso(at + 8 * 3_600_000).slice(0, 10);
const isClosed = (state: number): boolean => [2, 4, 5, 11, 12, 13, 14, 15].includes(state);

const numberOf = (making: Making, day: string): string => {
  const sequence = (making.sequences.get(day) ?? 0) + 1;
  making.sequences.set(day, sequence);
  // High numbers, so that live cases of the same day never meet them.
  return composeCaseNumber({ division: '990100', day, sequence: 900_000 + sequence });
};

const eventOf = (making: Making, service: PastService, step: Step): PastEvent => {
  const [kind, zh, en] = stateTexts[step.state]!;
  const post = step.by === null ? null : `${service.department}.${step.by}`;
  const person = post === null ? undefined : making.random.pick(making.officials.filter(one => one.posts.includes(post)));
  return {
    id: making.random.uuid(step.at), at: iso(step.at), kind, state: step.state, title: { zh, en },
    person: person?.id ?? null, personName: person?.name ?? null, department: person ? departmentOf(service.department).id : null,
  };
};

const stopsOf = (steps: readonly Step[], from: number, until: number): LimitClock['stops'][number][] =>
  steps.filter(step => step.state === from).map((step, index) => {
    const end = steps.filter(one => one.state === until)[index];
    return { from: dayAt(step.at), until: end ? dayAt(end.at) : null };
  });

type Limits = Pick<PastCase, 'clock' | 'clockStoppedFor' | 'promisedDue' | 'statutoryDue' | 'card'>;

const limitsOf = (making: Making, service: PastService, steps: readonly Step[]): Limits => {
  const accepted = steps.find(step => step.state === 3);
  const last = steps.at(-1)!;
  if (!accepted) return { clock: null, clockStoppedFor: last.state === 6 ? 'correction' : null, promisedDue: null, statutoryDue: null, card: 'none' };
  const clock: LimitClock = { ...startLimit(dayAt(accepted.at), service.promisedDays), stops: stopsOf(steps, 9, 10) };
  const { calendar } = making;
  const promisedDue = dueDay(calendar, { ...clock, stops: clock.stops.filter(stop => stop.until !== null) }) ?? null;
  const statutoryDue = dueDay(calendar, { ...clock, days: service.statutoryDays, stops: clock.stops.filter(stop => stop.until !== null) }) ?? null;
  const reached = isClosed(last.state) ? dayAt((steps.find(step => isClosed(step.state)) ?? last).at) : dayAt(making.now);
  const card = statutoryDue !== null && reached > statutoryDue ? 'red' : promisedDue !== null && reached > promisedDue ? 'yellow' : 'none';
  return { clock, clockStoppedFor: last.state === 9 ? 'special' : null, promisedDue, statutoryDue, card };
};

const ratingOf = ({ random, now }: Making, closed: Step | undefined, late: boolean): PastCase['rating'] => {
  if (!closed || ![11, 12, 13].includes(closed.state) || !random.chance(0.55)) return null;
  const level = late
    ? random.weighted([[2, 2], [3, 3], [4, 3], [5, 2]] as const)
    : random.weighted([[1, 72], [2, 20], [3, 5], [4, 2], [5, 1]] as const);
  const ratedAt = closed.at + random.int(1, 72) * 3_600_000;
  return ratedAt > now ? null : { level, comment: random.chance(0.3) || level > 3 ? random.pick(comments[level]!) : null, ratedAt: iso(ratedAt) };
};

const effortOf = ({ random, calendar }: Making, service: PastService, steps: readonly Step[], closed: Step | undefined): PastCase['effort'] => {
  if (!closed) return null;
  const hands = steps.filter(step => step.by !== null).length;
  return {
    steps: steps.length, papers: service.papers, visits: service.visits, hands,
    workingDays: calendar.workingDaysBetween(dayAt(steps[0]!.at), dayAt(closed.at)),
    applicantSeconds: random.int(180, 900), clerkSeconds: hands * random.int(60, 420),
  };
};

const caseOf = (making: Making, service: PastService, steps: readonly Step[], applicant: DemoResident): PastCase => {
  const [submitted, last] = [steps[0]!, steps.at(-1)!];
  const closed = steps.find(step => isClosed(step.state));
  const limits = limitsOf(making, service, steps);
  const accepted = steps.find(step => step.state === 3);
  const delivered = closed && [11, 12].includes(closed.state) ? iso(Math.min(closed.at + 60_000, making.now)) : null;
  return {
    id: making.random.uuid(submitted.at), number: numberOf(making, dayAt(submitted.at)), service: service.code, serviceName: service.name,
    department: departmentOf(service.department).id, applicant: applicant.id, applicantName: applicant.name, applicantIdentifier: applicant.number,
    applicantPhone: applicant.phone, applicantEmail: applicant.email, address: applicant.address, channel: making.random.chance(0.82) ? 'portal' : 'window',
    state: last.state, submittedAt: iso(submitted.at), acceptedAt: accepted ? iso(accepted.at) : null, closedAt: closed ? iso(closed.at) : null,
    deliveredAt: delivered, ...limits, promisedDays: service.promisedDays, statutoryDays: service.statutoryDays,
    history: steps.map(step => eventOf(making, service, step)),
    rating: ratingOf(making, closed, limits.card !== 'none'), effort: effortOf(making, service, steps, closed),
  };
};

/** An instant of a working day `back` days ago or the working day before it, 8 to 18 o'clock. */
const momentOf = ({ random, calendar, today }: Making, back: number): number => {
  let day = addDays(today, -back);
  while (!calendar.isWorkingDay(day)) day = addDays(day, -1);
  return shanghai(day, random.int(8, 17), random.int(0, 59), random.int(0, 59));
};

/** States that chance might leave out are given a case or more each. */
const wanted: readonly number[] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15].flatMap(state => Array.from({ length: 6 }, () => state));

/** Past cases of the year before `today`, oldest first, in all fifteen states. */
export const pastCasesOf = (ground: HistoryGround, count: number): PastCase[] => {
  const { seed, today, residents } = ground;
  const making: Making = {
    ...ground, random: randomOf(seed, 'history'), calendar: createCalendar(calendarYears), now: shanghai(today, 8, 0), sequences: new Map(),
    adults: residents.filter(one => one.identityCard !== null && one.username === null),
  };
  const { random } = making;
  const journeys = Array.from({ length: count }, (_, index) => {
    const target = wanted[index];
    const service = random.weighted(pastServices.filter(one => target === undefined || !one.immediate).map(one => [one, one.weight] as const));
    const open = target !== undefined && !isClosed(target);
    const start = momentOf(making, open ? random.int(2, 9) : random.int(target === undefined ? 2 : 60, 360));
    return { service, steps: journeyOf(making, service, start, target) };
  });
  return journeys
    .sort((a, b) => a.steps[0]!.at - b.steps[0]!.at)
    .map(({ service, steps }) => caseOf(making, service, steps, random.pick(making.adults)));
};
