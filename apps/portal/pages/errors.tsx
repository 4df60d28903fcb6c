import type { Problem } from '@zhengwu/contracts';
import { ButtonLink, ErrorSummary } from '@zhengwu/ui';
import { page, type PageAnswer } from '../server/answer.ts';
import type { Visit } from '../server/visit.ts';

interface Failure {
  problem?: Problem;
  reference: string;
  forged?: boolean;
}
type Kind = 'notFound' | 'forbidden' | 'conflict' | 'unreadable' | 'tooMany' | 'away' | 'failed';

const kindOf = (status: number): Kind => {
  if (status === 404 || status === 405 || status === 410) return 'notFound';
  if (status === 403) return 'forbidden';
  if (status === 409 || status === 412) return 'conflict';
  if (status === 429) return 'tooMany';
  if (status === 503 || status === 502 || status === 504) return 'away';
  return status < 500 ? 'unreadable' : 'failed';
};

/** What happened, what was kept, what to do, whom to ask. No jargon; the reference is for the phone call. */
export const errorPage = (visit: Visit, status: number, failure: Failure): PageAnswer => {
  const { t, to, site } = visit;
  const kind = kindOf(status);
  const title = t(`error.${kind}.title`);
  const what = failure.forged
    ? t('error.forged')
    : kind === 'conflict' || kind === 'unreadable' || kind === 'forbidden'
      ? (failure.problem?.detail ?? t(`error.${kind}.text`))
      : t(`error.${kind}.text`);
  return page(
    title,
    <div className="narrow">
      <h1>{title}</h1>
      <p className="lead">{what}</p>
      {failure.problem?.issues?.length ? <ErrorSummary lang={visit.lang} issues={failure.problem.issues.map((issue) => ({ message: issue.message }))} /> : null}
      <p>{t(`error.${kind}.next`)}</p>
      <p>{t('error.call', { phone: site.contact.phone, hours: visit.say(site.contact.hours) })}</p>
      <p className="soft small">{t('error.reference', { reference: failure.problem?.instance || failure.reference })}</p>
      <div className="actions">
        <ButtonLink href={to('/')}>{t('toHome')}</ButtonLink>
        <ButtonLink href={to('/my')} kind="quiet">
          {t('mySpace')}
        </ButtonLink>
      </div>
    </div>,
    { status: status >= 400 ? status : 500, robots: 'noindex' },
  );
};
