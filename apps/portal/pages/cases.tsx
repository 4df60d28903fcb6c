import { satisfactions, type MyCaseDetail } from '@zhengwu/contracts';
import { formatDay, formatInstant, formatMoney } from '@zhengwu/i18n';
import { ButtonLink, QrCode, SummaryList, Timeline } from '@zhengwu/ui';
import { page, type PageAnswer } from '../server/answer.ts';
import type { Visit } from '../server/visit.ts';
import { FetchedSection } from './fetched.tsx';
import { clockText, Phone, StateTag } from './parts.tsx';
import { type Qr, forWhom, trailOf, todoOf } from './case-parts.tsx';

export const receiptPage = (visit: Visit, one: MyCaseDetail, qr: Qr): PageAnswer => {
  const { t, say, to } = visit;
  const todo = todoOf(visit, one);
  return page(
    t('received'),
    <div className="narrow">
      <div className="panel">
        <h1>{t('received')}</h1>
        <p>
          {t('caseNumber')}
          <br />
          <span className="number">{one.number}</span>
        </p>
        <QrCode size={qr.size} dark={(row, column) => qr.dark(row, column)} label={t('qrCase', { number: one.number })} />
        <p className="small">{t('qrHint')}</p>
      </div>
      <h2>{t('whatNext')}</h2>
      <p>
        {say(one.next.what)}
        {one.next.by ? `${t('comma')}${t('byDay', { day: formatDay(one.next.by, visit.lang) })}` : ''}
      </p>
      <p>{t('weTellYou')}</p>
      <SummaryList
        lang={visit.lang}
        rows={[
          { term: t('service'), detail: say(one.service.name) },
          { term: t('applicant'), detail: one.applicant.name },
          { term: t('submittedAt'), detail: formatInstant(one.submittedAt, visit.lang) },
          { term: t('handledBy'), detail: say(one.contact.department) },
          { term: t('phone'), detail: <Phone number={one.contact.phone} /> },
        ]}
      />
      <div className="actions">
        {todo && one.todo !== 'rate' ? <ButtonLink href={todo.href}>{todo.name}</ButtonLink> : null}
        <ButtonLink href={to(`/cases/${one.id}`)} kind={todo ? 'quiet' : 'main'}>
          {t('seeProgress')}
        </ButtonLink>
      </div>
      <p className="soft">{t('receiptStays')}</p>
    </div>,
    { trail: trailOf(visit), fixedFor: forWhom(visit, one) },
  );
};

const Next = ({ visit, one }: { visit: Visit; one: MyCaseDetail }) => {
  const { t, say } = visit;
  const todo = todoOf(visit, one);
  return (
    <section className="next" aria-labelledby="next">
      <h2 id="next">{t(one.closedAt ? 'outcome' : 'whatNext')}</h2>
      <p>
        <strong>{say(one.next.what)}</strong>
      </p>
      {one.closedAt ? null : (
        <p>
          {t('waitsFor', { who: say(one.next.who) })}
          {one.next.by ? `${t('comma')}${t('byDay', { day: formatDay(one.next.by, visit.lang) })}` : ''}
        </p>
      )}
      {one.closedAt ? null : <p className="soft">{clockText(visit, one.clock)}</p>}
      {one.appointment ? <p>{t('appointmentAt', { place: say(one.appointment.place), when: formatInstant(one.appointment.at, visit.lang) })}</p> : null}
      {todo && one.todo !== 'collect' && one.todo !== 'attend' ? (
        <p>
          <ButtonLink href={todo.href} kind={one.todo === 'rate' ? 'quiet' : 'main'}>
            {todo.name}
          </ButtonLink>
        </p>
      ) : null}
    </section>
  );
};

const Results = ({ visit, one }: { visit: Visit; one: MyCaseDetail }) => {
  const { t, say, to } = visit;
  if (one.licences.length === 0 && one.documents.length === 0) return null;
  return (
    <section aria-labelledby="results">
      <h2 id="results">{t('resultsAndNotices')}</h2>
      <ul className="list">
        {one.licences.map((licence) => (
          <li key={licence.id} className="row between">
            <a className="title" href={to(`/my/licences/${encodeURIComponent(licence.id)}`)}>
              {say(licence.name)}
            </a>
            <a href={to(`/my/licences/${encodeURIComponent(licence.id)}/pdf`)}>
              {t('downloadPdf')}
              <span className="hide"> {say(licence.name)}</span>
            </a>
          </li>
        ))}
        {one.documents.map((document) => (
          <li key={document.kind} className="row between">
            <a className="title" href={to(`/cases/${one.id}/documents/${document.kind}`)}>
              {say(document.name)} (PDF)
            </a>
            <span className="soft">{formatInstant(document.issuedAt, visit.lang)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
};

const feeState = (status: string): 'paid' | 'refunded' | 'feeVoid' | 'unpaid' => (status === 'paid' || status === 'refunded' ? status : status === 'closed' ? 'feeVoid' : 'unpaid');

/** A case: what is awaited from whom by when, then everything that has happened. */
export const casePage = (visit: Visit, one: MyCaseDetail): PageAnswer => {
  const { t, say, to } = visit;
  const base = `/cases/${one.id}`;
  return page(
    `${say(one.service.name)} ${one.number}`,
    <>
      <p className="soft number">{one.number}</p>
      <h1>{say(one.service.name)}</h1>
      <p className="row">
        <StateTag visit={visit} one={one} /> <span className="soft">{t('submittedOn', { when: formatInstant(one.submittedAt, visit.lang) })}</span>
      </p>
      <div className="columns">
        <div>
          <Next visit={visit} one={one} />
          <Results visit={visit} one={one} />
          <h2>{t('timeline')}</h2>
          <Timeline
            rows={one.timeline.map((entry) => ({
              at: entry.at,
              time: formatInstant(entry.at, visit.lang),
              title: say(entry.title),
              detail: entry.detail ? say(entry.detail) : undefined,
              by: entry.department ? say(entry.department) : entry.by,
            }))}
          />
          <h2>{t('whatYouGave')}</h2>
          {one.answers.map((section, index) => (
            <details key={index}>
              <summary>{say(section.title)}</summary>
              <SummaryList lang={visit.lang} rows={section.answers.map((answer) => ({ term: say(answer.question), detail: say(answer.display) }))} />
            </details>
          ))}
          {one.materials.length > 0 ? (
            <details>
              <summary>{t('materials')}</summary>
              <SummaryList
                lang={visit.lang}
                rows={one.materials.map((material) => ({
                  term: say(material.name),
                  detail: material.satisfiedBy ? t('satisfiedBy', { what: say(material.satisfiedBy) }) : [material.fileName ?? '—', ...(material.isChecking ? [t('fileChecking')] : [])].join('\n'),
                }))}
              />
            </details>
          ) : null}
          {one.fetched ? <FetchedSection visit={visit} fetched={one.fetched} /> : null}
        </div>
        <aside aria-label={t('aboutCase')}>
          <h2>{t('needHelp')}</h2>
          <p>
            {say(one.contact.department)}
            <br />
            <Phone number={one.contact.phone} />
          </p>
          {one.payment ? (
            <p>
              {t('paymentState', {
                amount: formatMoney(one.payment.amount, visit.lang),
                state: t(feeState(one.payment.status)),
              })}
              {one.payment.status === 'paid' ? (
                <>
                  <br />
                  <a href={to(`/payments/${one.payment.orderId}/receipt`)}>{t('paymentReceipt')}</a>
                </>
              ) : null}
            </p>
          ) : null}
          {one.rating ? <p>{t('youRated', { level: satisfactions.label(one.rating.level, visit.lang) })}</p> : null}
          {one.canWithdraw ? (
            <p>
              <a href={to(`${base}/withdraw`)}>{t('withdraw')}</a>
            </p>
          ) : null}
          <p>
            <a href={to(`${base}/receipt`)}>{t('receipt')}</a>
          </p>
        </aside>
      </div>
    </>,
    { trail: trailOf(visit), fixedFor: forWhom(visit, one) },
  );
};
