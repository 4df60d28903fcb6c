import type { Draft, LicenceView, listMandates, listSessions, MyCase, myMessages, ResponseOf, SessionView } from '@zhengwu/contracts';
import { formatInstant } from '@zhengwu/i18n';
import { Button, ButtonLink, CitizenNumberInput, DateInput, Empty, ErrorSummary, Hidden, Notice, Pagination, PostButton, Radios, Tag, TextInput } from '@zhengwu/ui';
import { page, type PageAnswer } from '../server/answer.ts';
import type { Visit } from '../server/visit.ts';
import { todoOf } from './cases.tsx';
import { clockText, day, Form, StateTag } from './parts.tsx';

type Messages = ResponseOf<typeof myMessages>;
type Mandate = ResponseOf<typeof listMandates>['items'][number];
export interface Issue { path: string; message: string }
const trail = (visit: Visit) => [{ href: '/my', name: visit.t('mySpace') }];
const errorAt = (issues: Issue[], name: string): string | undefined => issues.find((issue) => issue.path.replace(/^\/(body\/)?/, '') === name)?.message;

const CaseRow = ({ visit, one }: { visit: Visit; one: MyCase }) => (
  <li className="row between">
    <span><a className="title" href={visit.to(`/cases/${one.id}`)}>{visit.say(one.service.name)}</a><br /><span className="soft small"><span className="number">{one.number}</span> · {one.applicant.name} · {one.closedAt ? formatInstant(one.closedAt, visit.lang) : clockText(visit, one.clock)}</span></span>
    <StateTag visit={visit} one={one} />
  </li>
);
export const CaseRows = ({ visit, cases }: { visit: Visit; cases: MyCase[] }) => <ul className="list">{cases.map((one) => <CaseRow key={one.id} visit={visit} one={one} />)}</ul>;

const SIX_MONTHS = 183 * 86_400_000;
/** Licences are warned about six months before they run out. */
export const endsSoon = (licence: Pick<LicenceView, 'status' | 'validUntil'>, now: number): boolean => licence.status === 'valid' && licence.validUntil !== null && Date.parse(licence.validUntil) - now < SIX_MONTHS && Date.parse(licence.validUntil) >= now - 86_400_000;

const Todo = ({ visit, cases, drafts, licences, mandates }: { visit: Visit; cases: MyCase[]; drafts: Draft[]; licences: LicenceView[]; mandates: Mandate[] }) => {
  const { t, say, to } = visit;
  const soon = licences.filter((licence) => endsSoon(licence, visit.now));
  const offered = mandates.filter((one) => one.mine === 'received' && one.status === 'offered');
  const waiting = cases.flatMap((one) => { const todo = todoOf(visit, one); return todo ? [{ one, todo }] : []; });
  if (waiting.length + drafts.length + soon.length + offered.length === 0) return <p>{t('nothingToDo')}</p>;
  return (
    <ul className="list">
      {waiting.map(({ one, todo }) => <li key={one.id} className="row between"><span><a className="title" href={todo.href}>{todo.name}<span className="hide">{t('comma')}</span></a><br /><span className="soft small">{say(one.service.name)} · <span className="number">{one.number}</span></span></span><Tag tone="warn">{t('toDo')}</Tag></li>)}
      {offered.map((one) => <li key={one.id} className="row between"><a className="title" href={to('/my/mandates')}>{t('mandateOffered', { name: one.principal.name })}</a><Tag tone="warn">{t('toDo')}</Tag></li>)}
      {drafts.map((draft) => <li key={draft.id} className="row between"><span><a className="title" href={to(`/apply/${draft.id}`)}>{t('goOnWith', { name: say(draft.service.name) })}</a><br /><span className="soft small">{t('keptUntil', { until: formatInstant(draft.expiresAt, visit.lang) })}</span></span><Tag tone="soft">{t('draft')}</Tag></li>)}
      {soon.map((licence) => <li key={licence.id} className="row between"><span><a className="title" href={to(`/my/licences/${encodeURIComponent(licence.id)}`)}>{t('licenceEnds', { name: say(licence.name) })}</a><br /><span className="soft small">{day(visit, licence.validUntil)}</span></span><Tag tone="warn">{t('endsSoon')}</Tag></li>)}
    </ul>
  );
};

/** My space: what waits for me first. */
export const myPage = (visit: Visit, data: { cases: MyCase[]; drafts: Draft[]; licences: LicenceView[]; mandates: Mandate[]; unread: number }): PageAnswer => {
  const { t, to } = visit;
  const open = data.cases.filter((one) => one.closedAt === null);
  return page(t('mySpace'), (
    <>
      <h1>{t('hello', { name: visit.session?.name ?? '' })}</h1>
      <div className="columns">
        <div>
          <section aria-labelledby="todo"><h2 id="todo">{t('todoTitle')}</h2><Todo visit={visit} {...data} /></section>
          <section aria-labelledby="running"><h2 id="running">{t('runningCases')}</h2>
            {open.length === 0 ? <Empty title={t('noCases')}><ButtonLink href={to('/services')} kind="quiet">{t('findService')}</ButtonLink></Empty> : <CaseRows visit={visit} cases={open} />}
            <p><a href={to('/my/cases')}>{t('allCases')}</a></p>
          </section>
          <section aria-labelledby="licences"><h2 id="licences">{t('myLicences')}</h2>
            {data.licences.length === 0 ? <p>{t('noLicences')}</p> : <LicenceRows visit={visit} licences={data.licences.slice(0, 5)} />}
          </section>
        </div>
        <aside aria-label={t('mySpace')}>
          <ul className="contents">
            <li><a href={to('/my/cases')}>{t('allCases')}</a></li><li><a href={to('/my/licences')}>{t('myLicences')}</a></li>
            <li><a href={to('/my/messages')}>{data.unread > 0 ? t('messagesUnread', { count: data.unread }) : t('messages')}</a></li>
            <li><a href={to('/my/mandates')}>{t('mandates')}</a></li><li><a href={to('/my/account')}>{t('account')}</a></li>
          </ul>
        </aside>
      </div>
    </>
  ), { trail: [] });
};

export const myCasesPage = (visit: Visit, cases: MyCase[], next: string | null, paged: boolean): PageAnswer => page(visit.t('allCases'), (
  <>
    <h1>{visit.t('allCases')}</h1>
    {cases.length === 0 ? <Empty title={visit.t('noCases')}><ButtonLink href={visit.to('/services')} kind="quiet">{visit.t('findService')}</ButtonLink></Empty> : <CaseRows visit={visit} cases={cases} />}
    <Pagination lang={visit.lang} first={paged ? visit.to('/my/cases') : undefined} next={next ? visit.to(`/my/cases?after=${encodeURIComponent(next)}`) : undefined} />
  </>
), { trail: trail(visit) });

const LicenceRows = ({ visit, licences }: { visit: Visit; licences: LicenceView[] }) => (
  <ul className="list">
    {licences.map((licence) => (
      <li key={licence.id} className="row between">
        <span><a className="title" href={visit.to(`/my/licences/${encodeURIComponent(licence.id)}`)}>{visit.say(licence.name)}</a><br /><span className="soft small">{licence.holder} · {visit.t('until', { day: licence.validUntil ? day(visit, licence.validUntil) : visit.t('noEnd') })}</span></span>
        <Tag tone={licence.status === 'valid' ? (endsSoon(licence, visit.now) ? 'warn' : 'good') : 'soft'}>{visit.t(endsSoon(licence, visit.now) ? 'endsSoon' : `licence.${licence.status}`)}</Tag>
      </li>
    ))}
  </ul>
);

export const myLicencesPage = (visit: Visit, licences: LicenceView[]): PageAnswer => page(visit.t('myLicences'), (
  <><h1>{visit.t('myLicences')}</h1>{licences.length === 0 ? <Empty title={visit.t('noLicences')}><p>{visit.t('noLicencesHint')}</p></Empty> : <LicenceRows visit={visit} licences={licences} />}</>
), { trail: trail(visit) });

export const messagesPage = (visit: Visit, messages: Messages, paged: boolean): PageAnswer => page(visit.t('messages'), (
  <>
    <h1>{visit.t('messages')}</h1>
    {messages.items.length === 0 ? <Empty title={visit.t('noMessages')}><p>{visit.t('noMessagesHint')}</p></Empty> : null}
    <ul className="list">
      {messages.items.map((message) => (
        <li key={message.id}>
          <p className="row between"><strong>{visit.say(message.title)}</strong>{message.readAt ? <span className="soft small">{visit.t('read')}</span> : <Tag>{visit.t('unread')}</Tag>}</p>
          <p className="soft small">{formatInstant(message.sentAt, visit.lang)}</p>
          <p>{visit.say(message.body)}</p>
          <div className="row">
            {message.caseId ? <a href={visit.to(`/cases/${message.caseId}`)}>{visit.t('openCase')}<span className="hide"> {visit.say(message.title)}</span></a> : null}
            {message.readAt ? null : <PostButton link action={visit.to(`/my/messages/${message.id}/read`)} fields={{ _csrf: visit.csrf('/my/messages/:id/read') }}>{visit.t('markRead')}<span className="hide"> {visit.say(message.title)}</span></PostButton>}
          </div>
        </li>
      ))}
    </ul>
    <Pagination lang={visit.lang} first={paged ? visit.to('/my/messages') : undefined} next={messages.next ? visit.to(`/my/messages?after=${encodeURIComponent(messages.next)}`) : undefined} />
  </>
), { trail: trail(visit) });

const MandateRow = ({ visit, one }: { visit: Visit; one: Mandate }) => {
  const { t, to } = visit;
  const button = (verb: 'accept' | 'end', label: string) => <PostButton kind={verb === 'accept' ? 'main' : 'quiet'} action={to(`/my/mandates/${one.id}/${verb}`)} fields={{ _csrf: visit.csrf(`/my/mandates/:id/${verb}`) }}>{label}</PostButton>;
  return (
    <li className="row between">
      <span><strong>{one.mine === 'given' ? t('mandateTo', { principal: one.principal.name, agent: one.agent.name }) : t('mandateFrom', { principal: one.principal.name })}</strong><br />
        <span className="soft small">{t(`basis.${one.basis}`)} · {t(`mandate.${one.status}`)} · {t('until', { day: one.endsAt ? day(visit, one.endsAt) : t('noEnd') })}</span></span>
      <span className="row">
        {one.mine === 'received' && one.status === 'offered' ? button('accept', t('acceptMandate')) : null}
        {one.status !== 'ended' && one.basis !== 'representative' ? button('end', t('endMandate')) : null}
      </span>
    </li>
  );
};

/** Mandates given and received, and a form for a new one. */
export const mandatesPage = (visit: Visit, mandates: Mandate[], given: { form?: URLSearchParams; issues?: Issue[] }): PageAnswer => {
  const { t, lang } = visit;
  const issues = given.issues ?? [];
  const value = (name: string) => given.form?.get(name) ?? undefined;
  const frame = (name: string, label: string, hint?: string) => ({ id: name, label, hint, lang, error: errorAt(issues, name) });
  const principals = (visit.session?.subjects ?? []).map((one) => ({ value: one.id, label: one.name }));
  return page(t('mandates'), (
    <>
      <ErrorSummary lang={lang} issues={issues.map((issue) => ({ href: `#${issue.path.replace(/^\//, '')}`, message: issue.message }))} />
      <h1>{t('mandates')}</h1>
      <p className="lead">{t('mandatesText')}</p>
      {mandates.length === 0 ? <Empty title={t('noMandates')} /> : <ul className="list">{mandates.map((one) => <MandateRow key={one.id} visit={visit} one={one} />)}</ul>}
      <h2>{t('newMandate')}</h2>
      <div className="narrow">
        <Form visit={visit} action="/my/mandates" csrf="/my/mandates">
          <Radios name="principal" frame={frame('principal', t('mandatePrincipal'))} value={value('principal') ?? principals[0]?.value} choices={principals} />
          <TextInput name="agentName" frame={frame('agentName', t('agentName'))} value={value('agentName')} width="w18" />
          <CitizenNumberInput name="agentCitizenNumber" frame={frame('agentCitizenNumber', t('agentNumber'))} value={value('agentCitizenNumber')} />
          <Radios name="basis" frame={frame('basis', t('mandateBasis'))} value={value('basis') ?? 'agent'} choices={(['agent', 'family', 'guardian'] as const).map((basis) => ({ value: basis, label: t(`basis.${basis}`) }))} />
          <DateInput name="endsOn" lang={lang} frame={{ ...frame('endsOn', t('mandateEnds'), t('mandateEndsHint')), optional: true }} />
          <Button>{t('giveMandate')}</Button>
        </Form>
      </div>
    </>
  ), { trail: trail(visit), hasError: issues.length > 0, status: issues.length > 0 ? 422 : 200 });
};

/** The switch: who I act for from now on. It never happens by itself. */
export const actingPage = (visit: Visit, session: SessionView, next: string): PageAnswer => page(visit.t('actForAnother'), (
  <div className="narrow">
    <Form visit={visit} action="/my/acting" csrf="/my/acting">
      <Hidden fields={{ next }} />
      <Radios name="principal" value={visit.acting?.id ?? session.subjects[0]?.id} frame={{ id: 'principal', label: visit.t('actFor'), hint: visit.t('actForHint'), asHeading: true, lang: visit.lang }}
        choices={session.subjects.map((one, index) => ({ value: one.id, label: index === 0 ? visit.t('myself', { name: one.name }) : one.name, hint: index === 0 ? undefined : visit.t(one.kind) }))} />
      <div className="actions"><Button>{visit.t('switch')}</Button><a href={visit.to('/my/mandates')}>{visit.t('mandates')}</a></div>
    </Form>
  </div>
), { trail: trail(visit) });

export const accountPage = (visit: Visit, sessions: ResponseOf<typeof listSessions>['items'], given: { issues?: Issue[]; changed?: boolean }): PageAnswer => {
  const { t, lang } = visit;
  const issues = given.issues ?? [];
  const frame = (name: string, label: string, hint?: string) => ({ id: name, label, hint, lang, error: errorAt(issues, name) });
  return page(t('account'), (
    <div className="narrow">
      <ErrorSummary lang={lang} issues={issues.map((issue) => ({ href: `#${issue.path.replace(/^\//, '') || 'current'}`, message: issue.message }))} />
      <h1>{t('account')}</h1>
      {given.changed ? <Notice tone="good" role="status"><p>{t('passwordChanged')}</p></Notice> : null}
      <h2>{t('changePassword')}</h2>
      <Form visit={visit} action="/my/account" csrf="/my/account">
        <TextInput type="password" name="current" width="w18" autocomplete="current-password" frame={frame('current', t('currentPassword'))} />
        <TextInput type="password" name="next" width="w18" autocomplete="new-password" frame={frame('next', t('newPassword'), t('passwordHint'))} />
        <Button>{t('changePassword')}</Button>
      </Form>
      <h2>{t('sessions')}</h2>
      <ul className="list">
        {sessions.map((one) => (
          <li key={one.id} className="row between">
            <span>{one.agent.slice(0, 80) || '—'}<br /><span className="soft small">{one.address} · {formatInstant(one.seenAt, lang)}</span></span>
            {one.current ? <Tag tone="good">{t('thisOne')}</Tag> : <PostButton kind="quiet" action={visit.to(`/my/sessions/${one.id}/end`)} fields={{ _csrf: visit.csrf('/my/sessions/:id/end') }}>{t('endSession')}<span className="hide"> {formatInstant(one.seenAt, lang)}</span></PostButton>}
          </li>
        ))}
      </ul>
    </div>
  ), { trail: trail(visit), hasError: issues.length > 0, status: issues.length > 0 ? 422 : 200 });
};
