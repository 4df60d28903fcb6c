import { addDays, isDeemedAccepted, type WorkingCalendar } from '@zhengwu/clock';
import type { CodeOf, supervisionRules, Text, warningKinds } from '@zhengwu/contracts';

export type Rule = CodeOf<typeof supervisionRules>;
export type Kind = CodeOf<typeof warningKinds>;
/** Which card a rule issues. Each site may set its own. */
export type Kinds = Readonly<Record<Rule, Kind>>;

/** Over the promise a yellow card, over the law's limit a red one; the usual mapping where a site sets none. */
export const usualKinds: Kinds = Object.freeze({
  'due-soon': 'warning', 'stage-overdue': 'warning', 'over-promise': 'yellow', 'not-accepted': 'yellow', 'no-reason': 'yellow', 'bad-rating': 'yellow',
  'over-statutory': 'red',
});

/** A case as the rules look at it; days are Shanghai days. */
export interface Watched {
  id: string;
  number: string;
  service: string;
  department: number;
}

export interface Running extends Watched {
  promised_due: string;
  statutory_due: string | null;
  /** Working days by which the limit was extended. */
  extended: number;
}

/** A rule broken by a case. */
export interface Finding {
  caseId: string;
  number: string;
  service: string;
  department: number;
  rule: Rule;
  /** Working days by which the limit broken was extended; an extension makes a new limit, with cards of its own. */
  extended: number;
  zh: string;
  en: string;
}

export const found = ({ id, number, service, department }: Watched, rule: Rule, { zh, en }: Text, extended = 0): Finding => ({ caseId: id, number, service, department, rule, extended, zh, en });

/** The days the rules count by: `soon` is the next working day, so that an alert comes one working day before the due day. */
export interface Days {
  today: string;
  soon: string;
}

export const daysOf = (calendar: WorkingCalendar, today: string): Days => ({ today, soon: calendar.addWorkingDays(today, 1) });

/** What the running clock of a case has broken, gravest first. */
export const limitFindings = (one: Running, { today, soon }: Days): Finding[] => {
  const { number, promised_due: promised, statutory_due: statutory, extended } = one;
  const findings: Finding[] = [];
  if (statutory !== null && statutory < today) {
    findings.push(found(one, 'over-statutory', { zh: `办件${number}的法定期限为${statutory}，至今没有办结。`, en: `The statutory limit of case ${number} was ${statutory}; it is not closed.` }, extended));
  }
  if (promised < today) {
    findings.push(found(one, 'over-promise', { zh: `办件${number}承诺在${promised}前办结，至今没有办结。`, en: `Case ${number} was promised for ${promised}; it is not closed.` }, extended));
  } else if (promised <= soon) {
    findings.push(found(one, 'due-soon', { zh: `办件${number}的承诺期限为${promised}，剩余不超过一个工作日。`, en: `Case ${number} is promised for ${promised}: no more than one working day is left.` }, extended));
  }
  return findings;
};

/** The last day of receipt whose five working days have passed in silence (行政许可法 §32), by the rule cases themselves use. */
export const silentUntil = (calendar: WorkingCalendar, today: string): string => {
  let day = addDays(today, -1);
  // By days of the calendar: what came in on a holiday counts from the next working day too.
  while (!isDeemedAccepted(calendar, day, today)) day = addDays(day, -1);
  return day;
};
