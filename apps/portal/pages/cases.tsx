import type { ReactNode } from 'react';
import { ratingDimensions, satisfactions, type FieldIssue, type MyCase, type MyCaseDetail } from '@zhengwu/contracts';
import { formatDay, formatInstant, formatMoney } from '@zhengwu/i18n';
import { Button, ButtonLink, ErrorSummary, FileInput, Hidden, Notice, QrCode, Radios, renderForm, renderIssues, SummaryList, Tag, TextArea, TextInput, Timeline, type FormValues } from '@zhengwu/ui';
import { page, type PageAnswer } from '../server/answer.ts';
import type { Visit } from '../server/visit.ts';
import { clockText, Form, Phone, StateTag } from './parts.tsx';

export interface Qr { size: number; dark(row: number, column: number): boolean }
export interface GivenUpload { material: string; upload: string; name: string }

const forWhom = (visit: Visit, one: MyCase): { name: string } | null => (visit.session && one.applicant.id !== visit.session.person && one.applicant.id !== visit.session.subjects[0]?.id ? { name: one.applicant.name } : null);
const trailOf = (visit: Visit, one?: MyCase) => [{ href: '/my', name: visit.t('mySpace') }, ...(one ? [{ href: `/cases/${one.id}`, name: one.number }] : [])];

/** What waits for the applicant, as the link that does it. */
export const todoOf = (visit: Visit, one: MyCase): { href: string; name: string } | null => {
  const base = `/cases/${one.id}`;
  switch (one.todo) {
    case 'correct': return { href: visit.to(`${base}/correct`), name: visit.t('todo.correct') };
    case 'pay': return { href: visit.to(`${base}/pay`), name: visit.t('todo.pay') };
    case 'rate': return { href: visit.to(`${base}/rate`), name: visit.t('todo.rate') };
    case 'collect': return { href: visit.to(base), name: visit.t('todo.collect') };
    case 'attend': return { href: visit.to(base), name: visit.t('todo.attend') };
    default: return null;
  }
};

export const receiptPage = (visit: Visit, one: MyCaseDetail, qr: Qr): PageAnswer => {
  const { t, say, to } = visit;
  const todo = todoOf(visit, one);
  return page(t('received'), (
    <div className="narrow">
      <div className="panel">
        <h1>{t('received')}</h1>
        <p>{t('caseNumber')}<br /><span className="number">{one.number}</span></p>
        <QrCode size={qr.size} dark={(row, column) => qr.dark(row, column)} label={t('qrCase', { number: one.number })} />
        <p className="small">{t('qrHint')}</p>
      </div>
      <h2>{t('whatNext')}</h2>
      <p>{say(one.next.what)}{one.next.by ? `${t('comma')}${t('byDay', { day: formatDay(one.next.by, visit.lang) })}` : ''}</p>
      <p>{t('weTellYou')}</p>
      <SummaryList lang={visit.lang} rows={[{ term: t('service'), detail: say(one.service.name) }, { term: t('applicant'), detail: one.applicant.name }, { term: t('submittedAt'), detail: formatInstant(one.submittedAt, visit.lang) }, { term: t('handledBy'), detail: say(one.contact.department) }, { term: t('phone'), detail: <Phone number={one.contact.phone} /> }]} />
      <div className="actions">
        {todo && one.todo !== 'rate' ? <ButtonLink href={todo.href}>{todo.name}</ButtonLink> : null}
        <ButtonLink href={to(`/cases/${one.id}`)} kind={todo ? 'quiet' : 'main'}>{t('seeProgress')}</ButtonLink>
      </div>
      <p className="soft">{t('receiptStays')}</p>
    </div>
  ), { trail: trailOf(visit), fixedFor: forWhom(visit, one) });
};

const Next = ({ visit, one }: { visit: Visit; one: MyCaseDetail }) => {
  const { t, say } = visit;
  const todo = todoOf(visit, one);
  return (
    <section className="next" aria-labelledby="next">
      <h2 id="next">{t(one.closedAt ? 'outcome' : 'whatNext')}</h2>
      <p><strong>{say(one.next.what)}</strong></p>
      {one.closedAt ? null : <p>{t('waitsFor', { who: say(one.next.who) })}{one.next.by ? `${t('comma')}${t('byDay', { day: formatDay(one.next.by, visit.lang) })}` : ''}</p>}
      {one.closedAt ? null : <p className="soft">{clockText(visit, one.clock)}</p>}
      {one.appointment ? <p>{t('appointmentAt', { place: say(one.appointment.place), when: formatInstant(one.appointment.at, visit.lang) })}</p> : null}
      {todo && one.todo !== 'collect' && one.todo !== 'attend' ? <p><ButtonLink href={todo.href} kind={one.todo === 'rate' ? 'quiet' : 'main'}>{todo.name}</ButtonLink></p> : null}
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
        {one.licences.map((licence) => <li key={licence.id} className="row between"><a className="title" href={to(`/my/licences/${encodeURIComponent(licence.id)}`)}>{say(licence.name)}</a><a href={to(`/my/licences/${encodeURIComponent(licence.id)}/pdf`)}>{t('downloadPdf')}<span className="hide"> {say(licence.name)}</span></a></li>)}
        {one.documents.map((document) => <li key={document.kind} className="row between"><a className="title" href={to(`/cases/${one.id}/documents/${document.kind}`)}>{say(document.name)} (PDF)</a><span className="soft">{formatInstant(document.issuedAt, visit.lang)}</span></li>)}
      </ul>
    </section>
  );
};

/** A case: what is awaited from whom by when, then everything that has happened. */
export const casePage = (visit: Visit, one: MyCaseDetail): PageAnswer => {
  const { t, say, to } = visit;
  const base = `/cases/${one.id}`;
  return page(`${say(one.service.name)} ${one.number}`, (
    <>
      <p className="soft number">{one.number}</p>
      <h1>{say(one.service.name)}</h1>
      <p className="row"><StateTag visit={visit} one={one} /> <span className="soft">{t('submittedOn', { when: formatInstant(one.submittedAt, visit.lang) })}</span></p>
      <div className="columns">
        <div>
          <Next visit={visit} one={one} />
          <Results visit={visit} one={one} />
          <h2>{t('timeline')}</h2>
          <Timeline rows={one.timeline.map((entry) => ({ at: entry.at, time: formatInstant(entry.at, visit.lang), title: say(entry.title), detail: entry.detail ? say(entry.detail) : undefined, by: entry.department ? say(entry.department) : entry.by }))} />
          <h2>{t('whatYouGave')}</h2>
          {one.answers.map((section, index) => <details key={index}><summary>{say(section.title)}</summary><SummaryList lang={visit.lang} rows={section.answers.map((answer) => ({ term: say(answer.question), detail: say(answer.display) }))} /></details>)}
          {one.materials.length > 0 ? <details><summary>{t('materials')}</summary><SummaryList lang={visit.lang} rows={one.materials.map((material) => ({ term: say(material.name), detail: material.satisfiedBy ? t('satisfiedBy', { what: say(material.satisfiedBy) }) : material.fileName ?? '—' }))} /></details> : null}
        </div>
        <aside aria-label={t('aboutCase')}>
          <h2>{t('needHelp')}</h2>
          <p>{say(one.contact.department)}<br /><Phone number={one.contact.phone} /></p>
          {one.payment ? <p>{t('paymentState', { amount: formatMoney(one.payment.amount, visit.lang), state: t(one.payment.status === 'paid' ? 'paid' : one.payment.status === 'refunded' ? 'refunded' : 'unpaid') })}{one.payment.status === 'paid' ? <><br /><a href={to(`/payments/${one.payment.orderId}/receipt`)}>{t('paymentReceipt')}</a></> : null}</p> : null}
          {one.rating ? <p>{t('youRated', { level: satisfactions.label(one.rating.level, visit.lang) })}</p> : null}
          {one.canWithdraw ? <p><a href={to(`${base}/withdraw`)}>{t('withdraw')}</a></p> : null}
          <p><a href={to(`${base}/receipt`)}>{t('receipt')}</a></p>
        </aside>
      </div>
    </>
  ), { trail: trailOf(visit), fixedFor: forWhom(visit, one) });
};

export const withdrawPage = (visit: Visit, one: MyCaseDetail, key: string): PageAnswer => page(visit.t('withdraw'), (
  <div className="narrow">
    <h1>{visit.t('withdrawQuestion', { name: visit.say(one.service.name) })}</h1>
    <p className="lead">{visit.t('withdrawText')}</p>
    <Form visit={visit} action={`/cases/${one.id}/withdraw`} csrf="/cases/:id/withdraw">
      <Hidden fields={{ key }} />
      <TextArea name="reason" rows={3} maxLength={500} frame={{ id: 'reason', label: visit.t('withdrawReason'), optional: true, lang: visit.lang }} />
      <div className="actions"><Button kind="warn">{visit.t('withdrawYes')}</Button><a href={visit.to(`/cases/${one.id}`)}>{visit.t('withdrawNo')}</a></div>
    </Form>
  </div>
), { trail: trailOf(visit, one), fixedFor: forWhom(visit, one), script: true });

const MaterialAsked = ({ visit, one, item, given }: { visit: Visit; one: MyCaseDetail; item: NonNullable<MyCaseDetail['correction']>['items'][number]; given: GivenUpload[] }): ReactNode => {
  const mine = given.filter((upload) => upload.material === item.key);
  const carried = given.map((upload) => `${upload.material}:${upload.upload}:${upload.name}`);
  const base = `/cases/${one.id}/correct`;
  const done = new URLSearchParams(carried.map((value) => ['u', value]));
  return (
    <section className="card" aria-labelledby={`h-${item.key}`}>
      <h2 id={`h-${item.key}`}>{visit.say(item.label)}</h2>
      <Notice tone="warn" title={visit.t('whatIsWrong')}><p>{item.why}</p></Notice>
      {mine.map((upload) => <p key={upload.upload}><Tag tone="good">{visit.t('given')}</Tag> {upload.name}</p>)}
      <Form visit={visit} action={`${base}/materials/${item.key}`} csrf="/cases/:id/correct/materials/:code" upload data={{
        'data-grant': visit.to(`${base}/materials/${item.key}/grant`), 'data-done': `${visit.to(base)}?${done.size > 0 ? `${done}&` : ''}u=${item.key}:UPLOAD:NAME`, 'data-busy': visit.t('uploading'), 'data-retry': visit.t('uploadRetry'), 'data-failed': visit.t('uploadFailed'),
      }}>
        {carried.map((value) => <input key={value} type="hidden" name="u" value={value} />)}
        <FileInput name="file" accept={['image/jpeg', 'image/png', 'application/pdf']} frame={{ id: `file-${item.key}`, label: visit.t('chooseFile', { name: visit.say(item.label) }), lang: visit.lang }} />
        <p role="status" className="soft" />
        <Button kind="quiet">{visit.t('upload')}</Button>
      </Form>
    </section>
  );
};

/** Field of an item when the case carries no form: the key's last part names it. */
const plainName = (key: string): string => key.split('.').at(-1) ?? key;

/** Correction: only what was asked, each with its reason, all at once. */
export const correctPage = (visit: Visit, one: MyCaseDetail, key: string, given: { uploads: GivenUpload[]; values?: FormValues; issues?: FieldIssue[] }): PageAnswer => {
  const { t, say, lang } = visit;
  const { correction } = one;
  if (!correction) return page(t('nothingToCorrect'), <div className="narrow"><h1>{t('nothingToCorrect')}</h1><p><a href={visit.to(`/cases/${one.id}`)}>{t('seeProgress')}</a></p></div>, { fixedFor: forWhom(visit, one) });
  const fields = correction.items.filter((item) => item.target === 'field' && !item.done);
  const materials = correction.items.filter((item) => item.target === 'material' && !item.done);
  const waiting = materials.filter((item) => !given.uploads.some((upload) => upload.material === item.key));
  const issues = given.issues ?? [];
  return page(t('correctTitle'), (
    <div className="narrow">
      {correction.form ? renderIssues(correction.form, issues, lang) : <ErrorSummary lang={lang} issues={issues.map((issue) => ({ message: issue.message }))} />}
      <h1>{t('correctTitle')}</h1>
      <p className="lead">{t('correctText', { day: formatDay(correction.dueDay, lang) })}</p>
      {correction.note ? <Notice><p>{correction.note}</p></Notice> : null}
      {materials.map((item) => <MaterialAsked key={item.id} visit={visit} one={one} item={item} given={given.uploads} />)}
      <Form visit={visit} action={`/cases/${one.id}/correct`} csrf="/cases/:id/correct">
        <Hidden fields={{ key }} />
        {given.uploads.map((upload) => <input key={upload.upload} type="hidden" name="u" value={`${upload.material}:${upload.upload}:${upload.name}`} />)}
        {fields.map((item) => <Notice key={item.id} tone="warn" title={say(item.label)}><p>{item.why}</p></Notice>)}
        {correction.form
          ? renderForm(correction.form, given.values ?? correction.values ?? {}, { lang, issues, ownHeading: true })
          : fields.map((item) => <TextInput key={item.id} name={plainName(item.key)} value={String(given.values?.[plainName(item.key)] ?? '')} frame={{ id: `f-${item.key}`, label: say(item.label), lang }} />)}
        {waiting.length > 0 ? <p>{t('uploadFirst', { count: waiting.length })}</p> : null}
        <div className="actions"><Button big>{t('sendCorrection')}</Button></div>
      </Form>
    </div>
  ), { trail: trailOf(visit, one), hasError: issues.length > 0, status: issues.length > 0 ? 422 : 200, fixedFor: forWhom(visit, one), script: true });
};

export const payPage = (visit: Visit, one: MyCaseDetail): PageAnswer => {
  const { t, say, to, lang } = visit;
  const { payment } = one;
  const settled = !payment || payment.status === 'paid' || payment.status === 'refunded' || payment.status === 'closed';
  return page(t('payTitle'), (
    <div className="narrow">
      <h1>{t(settled ? (payment?.status === 'paid' ? 'payDone' : 'nothingToPay') : 'payTitle')}</h1>
      {payment ? <SummaryList lang={lang} rows={[...payment.items.map((item) => ({ term: say(item.name), detail: formatMoney(item.amount, lang) })), { term: t('sum'), detail: <strong>{formatMoney(payment.amount, lang)}</strong> }]} /> : null}
      {payment?.status === 'failed' ? <Notice tone="bad"><p>{t('payFailed')}</p></Notice> : null}
      {settled
        ? <div className="actions"><ButtonLink href={to(`/cases/${one.id}`)}>{t('seeProgress')}</ButtonLink>{payment?.status === 'paid' ? <a href={to(`/payments/${payment.orderId}/receipt`)}>{t('paymentReceipt')}</a> : null}</div>
        : <><p>{t('payText')}</p><Form visit={visit} action={`/cases/${one.id}/pay`} csrf="/cases/:id/pay"><div className="actions"><Button big>{t('payNow', { amount: formatMoney(payment.amount, lang) })}</Button><a href={to(`/cases/${one.id}`)}>{t('payLater')}</a></div></Form></>}
    </div>
  ), { trail: trailOf(visit, one), fixedFor: forWhom(visit, one), script: true });
};

/** The way to the provider is a page of its own, so that the strict form-action policy holds. */
export const toProviderPage = (visit: Visit, one: MyCaseDetail, address: string): PageAnswer => page(visit.t('toProvider'), (
  <div className="narrow"><h1>{visit.t('toProvider')}</h1><p className="lead">{visit.t('toProviderText')}</p><div className="actions"><ButtonLink href={address} big>{visit.t('goToProvider')}</ButtonLink></div></div>
), { refresh: `0; url=${address}`, fixedFor: forWhom(visit, one), robots: 'noindex' });

/** Five levels in the official order, 非常满意 first (GB/T 39734). */
export const ratePage = (visit: Visit, one: MyCaseDetail, key: string, issue?: string): PageAnswer => {
  const { t, lang, say } = visit;
  if (one.rating) return page(t('rateDone'), <div className="narrow"><h1>{t('rateDone')}</h1><p className="lead">{t('youRated', { level: satisfactions.label(one.rating.level, visit.lang) })}</p><ButtonLink href={visit.to(`/cases/${one.id}`)}>{t('seeProgress')}</ButtonLink></div>, { fixedFor: forWhom(visit, one) });
  const levels = satisfactions.entries.map(({ code }) => ({ value: String(code), label: satisfactions.label(code, lang) }));
  return page(t('rateTitle'), (
    <div className="narrow">
      <ErrorSummary lang={lang} issues={issue ? [{ href: '#level', message: issue }] : []} />
      <p className="soft">{say(one.service.name)} <span className="number">{one.number}</span></p>
      <Form visit={visit} action={`/cases/${one.id}/rate`} csrf="/cases/:id/rate">
        <Hidden fields={{ key }} />
        <Radios name="level" frame={{ id: 'level', label: t('rateTitle'), hint: t('rateHint'), asHeading: true, error: issue, lang }} choices={levels} />
        <details><summary>{t('rateMore')}</summary>{ratingDimensions.entries.map(({ code }) => <Radios key={code} name={code} frame={{ id: code, label: ratingDimensions.label(code, lang), optional: true, lang }} choices={levels} />)}</details>
        <TextArea name="comment" maxLength={1000} rows={4} frame={{ id: 'comment', label: t('rateComment'), optional: true, lang }} />
        <div className="actions"><Button big>{t('rateSend')}</Button></div>
      </Form>
    </div>
  ), { trail: trailOf(visit, one), hasError: Boolean(issue), status: issue ? 422 : 200, fixedFor: forWhom(visit, one), script: true });
};
