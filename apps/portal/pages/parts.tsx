import type { ReactNode } from 'react';
import type { CaseClock, MyCase, ServiceSummary } from '@zhengwu/contracts';
import { formatDay, formatWorkingDays } from '@zhengwu/i18n';
import { Hidden, Tag, type Tone } from '@zhengwu/ui';
import type { Visit } from '../server/visit.ts';

/** A POSTing form with its CSRF token. */
export const Form = ({
  visit,
  action,
  csrf,
  children,
  upload,
  data,
}: {
  visit: Visit;
  action: string;
  csrf: string;
  children: ReactNode;
  upload?: boolean;
  data?: Record<`data-${string}`, string>;
}) => (
  <form method="post" action={visit.to(action)} encType={upload ? 'multipart/form-data' : undefined} noValidate {...data}>
    {visit.session ? <Hidden fields={{ _csrf: visit.csrf(csrf) }} /> : null}
    {children}
  </form>
);

export const serviceHint = (visit: Visit, service: ServiceSummary): string =>
  [
    visit.say(service.department),
    service.kind === '1' || service.promisedDays === 0 ? visit.t('doneAtOnce') : formatWorkingDays(service.promisedDays, visit.lang),
    service.visits === 0 ? visit.t('noVisit') : visit.t('visitTimes', { count: service.visits }),
  ].join(' · ');

export const ServiceList = ({ visit, services }: { visit: Visit; services: ServiceSummary[] }) => (
  <ul className="list">
    {services.map((service) => (
      <li key={service.code}>
        <a className="title" href={visit.to(`/services/${service.code}`)}>
          {visit.say(service.name)}
        </a>
        <p>{visit.say(service.summary)}</p>
        <p className="soft small">{serviceHint(visit, service)}</p>
      </li>
    ))}
  </ul>
);

const CLOSED = new Set([2, 4, 5, 11, 12, 13, 14, 15]);
export const isClosed = (state: number): boolean => CLOSED.has(state);
const toneOf = (state: number): Tone | 'soft' => {
  if (state === 11 || state === 12) return 'good';
  if (state === 6 || state === 9) return 'warn';
  if ([4, 5, 13, 15].includes(state)) return 'bad';
  return isClosed(state) ? 'soft' : 'info';
};
export const StateTag = ({ visit, one }: { visit: Visit; one: Pick<MyCase, 'state' | 'stateText'> }) => <Tag tone={toneOf(one.state)}>{visit.say(one.stateText)}</Tag>;

/** Where the clock stands, in words. */
export const clockText = (visit: Visit, clock: CaseClock): string => {
  if (clock.stoppedFor) return visit.t('clockStopped', { why: visit.say(clock.stoppedFor) });
  if (clock.promisedDue === null) return visit.t('clockNotStarted');
  const due = formatDay(clock.promisedDue, visit.lang);
  if (clock.promisedRemaining !== null && clock.promisedRemaining < 0) return visit.t('clockOver', { days: formatWorkingDays(-clock.promisedRemaining, visit.lang) });
  return visit.t('clockDue', { due });
};

/** A day or an instant, tolerant of what the site left out. */
export const day = (visit: Visit, value: string | null | undefined): string => (value ? formatDay(value.slice(0, 10), visit.lang) : '—');

export const EXTERNAL_PHONE = (phone: string): string => `tel:${phone.replace(/[^\d+]/g, '')}`;
export const Phone = ({ number }: { number: string }) => (
  <a className="number" href={EXTERNAL_PHONE(number)}>
    {number}
  </a>
);

/** How long something runs. */
export const untilText = (visit: Visit, value: string | null): string => (value ? visit.t('until', { day: day(visit, value) }) : visit.t('noEnd'));
