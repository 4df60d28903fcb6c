import type { beforeAfter, demoMailbox, ResponseOf } from '@zhengwu/contracts';
import { formatInstant, formatNumber } from '@zhengwu/i18n';
import { Button, ButtonLink, Empty, ErrorSummary, Hidden, Notice, Table, TextArea, TextInput } from '@zhengwu/ui';
import { page, type PageAnswer } from '../server/answer.ts';
import type { SiteFacts, Visit } from '../server/visit.ts';
import { Phone } from './parts.tsx';

type Compared = ResponseOf<typeof beforeAfter>;
type Mail = ResponseOf<typeof demoMailbox>['items'];

export const newsListPage = (visit: Visit): PageAnswer =>
  page(
    visit.t('newsAndNotices'),
    <>
      <h1>{visit.t('newsAndNotices')}</h1>
      {visit.site.news.length === 0 ? <Empty title={visit.t('noNews')} /> : null}
      <ul className="list">
        {visit.site.news.map((item) => (
          <li key={item.id}>
            <a className="title" href={visit.to(`/news/${item.id}`)}>
              {visit.say(item.title)}
            </a>
            <p className="soft small">
              {visit.t(item.kind)} · {formatInstant(item.at, visit.lang)}
            </p>
          </li>
        ))}
      </ul>
    </>,
    { trail: [], column: visit.t('newsAndNotices') },
  );

export const newsPage = (visit: Visit, item: SiteFacts['news'][number]): PageAnswer =>
  page(
    visit.say(item.title),
    <article className="narrow">
      <h1>{visit.say(item.title)}</h1>
      <p className="soft">
        {visit.t(item.kind)} · {formatInstant(item.at, visit.lang)}
      </p>
      {visit
        .say(item.body)
        .split(/\n+/)
        .map((paragraph, index) => (
          <p key={index}>{paragraph}</p>
        ))}
    </article>,
    { trail: [{ href: '/news', name: visit.t('newsAndNotices') }], column: visit.t('newsAndNotices'), published: item.at },
  );

export const helpPage = (visit: Visit): PageAnswer => {
  const { t, say, site, to } = visit;
  return page(
    t('helpAndContact'),
    <div className="narrow">
      <h1>{t('helpAndContact')}</h1>
      <p className="lead">{t('helpText')}</p>
      <dl className="summary">
        <div>
          <dt>{t('phone')}</dt>
          <dd>
            <Phone number={site.contact.phone} />
          </dd>
        </div>
        <div>
          <dt>{t('hours')}</dt>
          <dd>{say(site.contact.hours)}</dd>
        </div>
        <div>
          <dt>{t('address')}</dt>
          <dd>{say(site.contact.address)}</dd>
        </div>
      </dl>
      <h2>{t('howItWorks')}</h2>
      <ol>
        <li>{t('how1')}</li>
        <li>{t('how2')}</li>
        <li>{t('how3')}</li>
        <li>{t('how4')}</li>
        <li>{t('how5')}</li>
      </ol>
      <h2>{t('faq')}</h2>
      {(
        [
          ['q1', 'a1'],
          ['q2', 'a2'],
          ['q3', 'a3'],
          ['q4', 'a4'],
        ] as const
      ).map(([question, answer]) => (
        <details key={question}>
          <summary>{t(question)}</summary>
          <p>{t(answer)}</p>
        </details>
      ))}
      <p className="actions">
        <ButtonLink href={to('/report')} kind="quiet">
          {t('reportError')}
        </ButtonLink>
      </p>
    </div>,
    { trail: [] },
  );
};

export const accessibilityPage = (visit: Visit): PageAnswer => {
  const { t, site } = visit;
  return page(
    t('accessibility'),
    <div className="narrow">
      <h1>{t('accessibility')}</h1>
      <p className="lead">{t('accessibilityText')}</p>
      <ul>
        <li>{t('acc1')}</li>
        <li>{t('acc2')}</li>
        <li>{t('acc3')}</li>
        <li>{t('acc4')}</li>
        <li>{t('acc5')}</li>
      </ul>
      <h2>{t('accKnown')}</h2>
      <p>{t('accKnownText')}</p>
      <p>{t('accTell', { phone: site.contact.phone })}</p>
      <p>
        <a href={visit.to('/report')}>{t('reportError')}</a>
      </p>
    </div>,
    { trail: [] },
  );
};

export const reportPage = (visit: Visit, given: { page: string; text?: string; contact?: string; issue?: string }): PageAnswer => {
  const { t, lang } = visit;
  return page(
    t('reportError'),
    <div className="narrow">
      <ErrorSummary lang={lang} issues={given.issue ? [{ href: '#text', message: given.issue }] : []} />
      <h1>{t('reportError')}</h1>
      <p className="lead">{t('reportText')}</p>
      <form method="post" action={visit.to('/report')} noValidate>
        {visit.session ? <Hidden fields={{ _csrf: visit.csrf('/report') }} /> : null}
        <TextInput name="page" value={given.page} frame={{ id: 'page', label: t('reportPage'), lang }} maxLength={500} />
        <TextArea name="text" value={given.text} maxLength={2000} frame={{ id: 'text', label: t('reportWhat'), hint: t('reportWhatHint'), error: given.issue, lang }} />
        <TextInput
          name="contact"
          value={given.contact}
          maxLength={200}
          frame={{ id: 'contact', label: t('reportContact'), hint: t('reportContactHint'), optional: true, lang }}
        />
        <div className="actions">
          <Button big>{t('reportSend')}</Button>
        </div>
      </form>
    </div>,
    { trail: [], hasError: Boolean(given.issue), status: given.issue ? 422 : 200, script: true },
  );
};

export const reportedPage = (visit: Visit, number: string): PageAnswer =>
  page(
    visit.t('reported'),
    <div className="narrow">
      <div className="panel">
        <h1>{visit.t('reported')}</h1>
        <p>
          {visit.t('reportNumber')}
          <br />
          <span className="number">{number}</span>
        </p>
      </div>
      <p>{visit.t('reportedText')}</p>
      <ButtonLink href={visit.to('/')}>{visit.t('toHome')}</ButtonLink>
    </div>,
    { robots: 'noindex' },
  );

const MEASURES = ['steps', 'papers', 'visits', 'hands', 'days'] as const;
const short = (visit: Visit, value: number | undefined): string => (value === undefined ? '—' : formatNumber(Math.round(value * 10) / 10, visit.lang));

const measured = (one: Compared['services'][number]): boolean => one.after.cases > 0;

const Bars = ({ visit, one }: { visit: Visit; one: Compared['services'][number] }) => (
  <div className="bars">
    {MEASURES.map((measure) => {
      const before = one.before[measure];
      const after = measured(one) ? one.after[measure] : 0;
      const most = Math.max(before, after, 0.001);
      return (
        <div className="bar" key={measure}>
          <span>{visit.t(`measure.${measure}`)}</span>
          <svg viewBox="0 0 100 14" preserveAspectRatio="none" aria-hidden="true">
            <rect className="old" fill="currentColor" width={(before / most) * 100} height="6" />
            <rect className="new" fill="currentColor" y="8" width={(after / most) * 100} height="6" />
          </svg>
          <span className="number">
            {short(visit, before)} → {measured(one) ? short(visit, after) : '—'}
          </span>
        </div>
      );
    })}
  </div>
);

const SAVED = [['spared', 'savedSpared'], ['papers', 'savedPapers'], ['visits', 'savedVisits'], ['days', 'savedDays']] as const;

/** The kept count of what was not asked for, per service and in sum. */
const Saved = ({ visit, data }: { visit: Visit; data: Compared }) => {
  const counted = data.services.flatMap(({ name, saved }) => (saved ? [{ name, saved }] : []));
  if (counted.length === 0) return null;
  const figure = (value: number): string => formatNumber(value, visit.lang);
  return (
    <>
      <h2>{visit.t('savedTitle')}</h2>
      <p>{visit.t('savedText')}</p>
      <Table
        caption={visit.t('savedTitle')}
        columns={[{ head: visit.t('service') }, ...SAVED.map(([, word]) => ({ head: visit.t(word), number: true }))]}
        rows={[
          ...counted.map(({ name, saved }) => [visit.say(name), ...SAVED.map(([key]) => figure(saved[key]))]),
          [visit.t('sum'), ...SAVED.map(([key]) => figure(counted.reduce((total, { saved }) => total + saved[key], 0)))],
        ]}
      />
    </>
  );
};

/** The declared old way beside the measured new way, per service and in sum; every chart has its table. */
export const beforeAfterPage = (visit: Visit, data: Compared): PageAnswer => {
  const { t, say } = visit;
  const heads = [{ head: t('service') }, ...MEASURES.map((measure) => ({ head: t(`measure.${measure}`), number: true })), { head: t('measuredCases'), number: true }];
  const rows = data.services.map((one) => [
    say(one.name),
    ...MEASURES.map((measure) => `${short(visit, one.before[measure])} → ${measured(one) ? short(visit, one.after[measure]) : '—'}`),
    measured(one) ? formatNumber(one.after.cases, visit.lang) : t('notMeasured'),
  ]);
  const sum = [
    t('sum'),
    ...MEASURES.map((measure) => `${short(visit, data.sum.before[measure])} → ${short(visit, data.sum.after[measure])}`),
    formatNumber(
      data.services.reduce((total, one) => total + one.after.cases, 0),
      visit.lang,
    ),
  ];
  return page(
    t('beforeAfter'),
    <>
      <h1>{t('beforeAfter')}</h1>
      <p className="lead">{t('beforeAfterText')}</p>
      <div className="grid">
        {data.services.map((one) => (
          <section className="card" key={one.service} aria-labelledby={`b-${one.service}`}>
            <h2 id={`b-${one.service}`}>{say(one.name)}</h2>
            <Bars visit={visit} one={one} />
            {measured(one) ? (
              <p className="soft small">{t('touchTime', { applicant: short(visit, one.after.applicantMinutes), clerk: short(visit, one.after.clerkMinutes) })}</p>
            ) : (
              <p className="soft small">{t('notMeasured')}</p>
            )}
          </section>
        ))}
      </div>
      <p className="soft small">{t('barsLegend')}</p>
      <h2>{t('inFigures')}</h2>
      <Table caption={t('beforeAfterCaption')} columns={heads} rows={[...rows, sum]} />
      <Saved visit={visit} data={data} />
    </>,
    { trail: [] },
  );
};

/** Demo only: e-mails that were sent, kept locally. */
export const mailboxPage = (visit: Visit, mails: Mail): PageAnswer =>
  page(
    visit.t('mailbox'),
    <div className="narrow">
      <h1>{visit.t('mailbox')}</h1>
      <Notice>
        <p>{visit.t('mailboxText')}</p>
      </Notice>
      {mails.length === 0 ? <Empty title={visit.t('noMail')} /> : null}
      {mails.map((mail) => (
        <details key={mail.id}>
          <summary>{mail.subject}</summary>
          <p className="soft small">
            {mail.to} · {formatInstant(mail.at, visit.lang)}
          </p>
          {mail.text.split(/\n+/).map((line, index) => (
            <p key={index}>{line}</p>
          ))}
        </details>
      ))}
    </div>,
    { trail: [], robots: 'noindex' },
  );
