import { ratingDimensions, satisfactions, type MyCaseDetail } from '@zhengwu/contracts';
import { formatMoney } from '@zhengwu/i18n';
import { Button, ButtonLink, ErrorSummary, Hidden, Notice, Radios, SummaryList, TextArea } from '@zhengwu/ui';
import { page, type PageAnswer } from '../server/answer.ts';
import type { Visit } from '../server/visit.ts';
import { Form } from './parts.tsx';
import { forWhom, trailOf } from './case-parts.tsx';

export const withdrawPage = (visit: Visit, one: MyCaseDetail, key: string): PageAnswer =>
  page(
    visit.t('withdraw'),
    <div className="narrow">
      <h1>{visit.t('withdrawQuestion', { name: visit.say(one.service.name) })}</h1>
      <p className="lead">{visit.t('withdrawText')}</p>
      <Form visit={visit} action={`/cases/${one.id}/withdraw`} csrf="/cases/:id/withdraw">
        <Hidden fields={{ key }} />
        <TextArea name="reason" rows={3} maxLength={500} frame={{ id: 'reason', label: visit.t('withdrawReason'), optional: true, lang: visit.lang }} />
        <div className="actions">
          <Button kind="warn">{visit.t('withdrawYes')}</Button>
          <a href={visit.to(`/cases/${one.id}`)}>{visit.t('withdrawNo')}</a>
        </div>
      </Form>
    </div>,
    { trail: trailOf(visit, one), fixedFor: forWhom(visit, one), script: true },
  );

export const payPage = (visit: Visit, one: MyCaseDetail): PageAnswer => {
  const { t, say, to, lang } = visit;
  const { payment } = one;
  const settled = !payment || payment.status === 'paid' || payment.status === 'refunded' || payment.status === 'closed';
  return page(
    t('payTitle'),
    <div className="narrow">
      <h1>{t(settled ? (payment?.status === 'paid' ? 'payDone' : 'nothingToPay') : 'payTitle')}</h1>
      {payment ? (
        <SummaryList
          lang={lang}
          rows={[
            ...payment.items.map((item) => ({ term: say(item.name), detail: formatMoney(item.amount, lang) })),
            { term: t('sum'), detail: <strong>{formatMoney(payment.amount, lang)}</strong> },
          ]}
        />
      ) : null}
      {payment?.status === 'failed' ? (
        <Notice tone="bad">
          <p>{t('payFailed')}</p>
        </Notice>
      ) : null}
      {payment?.status === 'closed' ? <p>{t('payVoid')}</p> : null}
      {payment?.status === 'refunded' ? <p>{t('payReturned')}</p> : null}
      {settled ? (
        <div className="actions">
          <ButtonLink href={to(`/cases/${one.id}`)}>{t('seeProgress')}</ButtonLink>
          {payment?.status === 'paid' ? <a href={to(`/payments/${payment.orderId}/receipt`)}>{t('paymentReceipt')}</a> : null}
        </div>
      ) : (
        <>
          <p>{t('payText')}</p>
          <Form visit={visit} action={`/cases/${one.id}/pay`} csrf="/cases/:id/pay">
            <div className="actions">
              <Button big>{t('payNow', { amount: formatMoney(payment.amount, lang) })}</Button>
              <a href={to(`/cases/${one.id}`)}>{t('payLater')}</a>
            </div>
          </Form>
        </>
      )}
    </div>,
    { trail: trailOf(visit, one), fixedFor: forWhom(visit, one), script: true },
  );
};

/** The way to the provider is a page of its own, so that the strict form-action policy holds. */
export const toProviderPage = (visit: Visit, one: MyCaseDetail, address: string): PageAnswer =>
  page(
    visit.t('toProvider'),
    <div className="narrow">
      <h1>{visit.t('toProvider')}</h1>
      <p className="lead">{visit.t('toProviderText')}</p>
      <div className="actions">
        <ButtonLink href={address} big>
          {visit.t('goToProvider')}
        </ButtonLink>
      </div>
    </div>,
    { refresh: `0; url=${address}`, fixedFor: forWhom(visit, one), robots: 'noindex' },
  );

/** Five levels in the official order, 非常满意 first (GB/T 39734). */
export const ratePage = (visit: Visit, one: MyCaseDetail, key: string, issue?: string): PageAnswer => {
  const { t, lang, say } = visit;
  if (one.rating)
    return page(
      t('rateDone'),
      <div className="narrow">
        <h1>{t('rateDone')}</h1>
        <p className="lead">{t('youRated', { level: satisfactions.label(one.rating.level, visit.lang) })}</p>
        <ButtonLink href={visit.to(`/cases/${one.id}`)}>{t('seeProgress')}</ButtonLink>
      </div>,
      { fixedFor: forWhom(visit, one) },
    );
  const levels = satisfactions.entries.map(({ code }) => ({ value: String(code), label: satisfactions.label(code, lang) }));
  return page(
    t('rateTitle'),
    <div className="narrow">
      <ErrorSummary lang={lang} issues={issue ? [{ href: '#level', message: issue }] : []} />
      <p className="soft">
        {say(one.service.name)} <span className="number">{one.number}</span>
      </p>
      <Form visit={visit} action={`/cases/${one.id}/rate`} csrf="/cases/:id/rate">
        <Hidden fields={{ key }} />
        <Radios name="level" frame={{ id: 'level', label: t('rateTitle'), hint: t('rateHint'), asHeading: true, error: issue, lang }} choices={levels} />
        <details>
          <summary>{t('rateMore')}</summary>
          {ratingDimensions.entries.map(({ code }) => (
            <Radios key={code} name={code} frame={{ id: code, label: ratingDimensions.label(code, lang), optional: true, lang }} choices={levels} />
          ))}
        </details>
        <TextArea name="comment" maxLength={1000} rows={4} frame={{ id: 'comment', label: t('rateComment'), optional: true, lang }} />
        <div className="actions">
          <Button big>{t('rateSend')}</Button>
        </div>
      </Form>
    </div>,
    { trail: trailOf(visit, one), hasError: Boolean(issue), status: issue ? 422 : 200, fixedFor: forWhom(visit, one), script: true },
  );
};
