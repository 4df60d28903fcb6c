import type { Draft, LicenceView, listLifeEvents, MyCase, myMessages, ResponseOf } from '@zhengwu/contracts';
import { formatInstant } from '@zhengwu/i18n';
import { ButtonLink, Empty, Pagination, PostButton, Tag } from '@zhengwu/ui';
import { page, type PageAnswer } from '../server/answer.ts';
import type { Visit } from '../server/visit.ts';
import { todoOf } from './case-parts.tsx';
import { day } from './parts.tsx';
import { type Mandate, trail, CaseRows, endsSoon, LicenceRows } from './my-parts.tsx';

type Messages = ResponseOf<typeof myMessages>;

const Todo = ({ visit, cases, drafts, licences, mandates }: { visit: Visit; cases: MyCase[]; drafts: Draft[]; licences: LicenceView[]; mandates: Mandate[] }) => {
  const { t, say, to } = visit;
  const soon = licences.filter((licence) => endsSoon(licence, visit.now));
  const offered = mandates.filter((one) => one.mine === 'received' && one.status === 'offered');
  const waiting = cases.flatMap((one) => {
    const todo = todoOf(visit, one);
    return todo ? [{ one, todo }] : [];
  });
  if (waiting.length + drafts.length + soon.length + offered.length === 0) return <p>{t('nothingToDo')}</p>;
  return (
    <ul className="list">
      {waiting.map(({ one, todo }) => (
        <li key={one.id} className="row between">
          <span>
            <a className="title" href={todo.href}>
              {todo.name}
              <span className="hide">{t('comma')}</span>
            </a>
            <br />
            <span className="soft small">
              {say(one.service.name)} · <span className="number">{one.number}</span>
            </span>
          </span>
          <Tag tone="warn">{t('toDo')}</Tag>
        </li>
      ))}
      {offered.map((one) => (
        <li key={one.id} className="row between">
          <a className="title" href={to('/my/mandates')}>
            {t('mandateOffered', { name: one.principal.name })}
          </a>
          <Tag tone="warn">{t('toDo')}</Tag>
        </li>
      ))}
      {drafts.map((draft) => (
        <li key={draft.id} className="row between">
          <span>
            <a className="title" href={to(`/apply/${draft.id}`)}>
              {t('goOnWith', { name: say(draft.service.name) })}
            </a>
            <br />
            <span className="soft small">{t('keptUntil', { until: formatInstant(draft.expiresAt, visit.lang) })}</span>
          </span>
          <Tag tone="soft">{t('draft')}</Tag>
        </li>
      ))}
      {soon.map((licence) => (
        <li key={licence.id} className="row between">
          <span>
            <a className="title" href={to(`/my/licences/${encodeURIComponent(licence.id)}`)}>
              {t('licenceEnds', { name: say(licence.name) })}
            </a>
            <br />
            <span className="soft small">{day(visit, licence.validUntil)}</span>
          </span>
          <Tag tone="warn">{t('endsSoon')}</Tag>
        </li>
      ))}
    </ul>
  );
};

type LifeEvents = ResponseOf<typeof listLifeEvents>['items'];

const Events = ({ visit, events }: { visit: Visit; events: LifeEvents }) =>
  events.length === 0 ? null : (
    <section aria-labelledby="events">
      <h2 id="events">{visit.t('togetherMine')}</h2>
      <ul className="list">
        {events.slice(0, 5).map((one) => (
          <li key={one.id} className="row between">
            <span>
              <a className="title" href={visit.to(`/together/${one.id}`)}>
                {visit.say(one.event.name)}
              </a>
              <br />
              <span className="soft small">{formatInstant(one.submittedAt ?? one.updatedAt, visit.lang)}</span>
            </span>
            <Tag tone={one.submittedAt ? 'info' : 'warn'}>{visit.t(one.submittedAt ? 'togetherSubmitted' : 'togetherUnsent')}</Tag>
          </li>
        ))}
      </ul>
    </section>
  );

/** My space: what waits for me first. */
export const myPage = (visit: Visit, data: { cases: MyCase[]; drafts: Draft[]; events: LifeEvents; licences: LicenceView[]; mandates: Mandate[]; unread: number }): PageAnswer => {
  const { t, to } = visit;
  const open = data.cases.filter((one) => one.closedAt === null);
  return page(
    t('mySpace'),
    <>
      <h1>{t('hello', { name: visit.session?.name ?? '' })}</h1>
      <div className="columns">
        <div>
          <section aria-labelledby="todo">
            <h2 id="todo">{t('todoTitle')}</h2>
            <Todo visit={visit} {...data} />
          </section>
          <Events visit={visit} events={data.events} />
          <section aria-labelledby="running">
            <h2 id="running">{t('runningCases')}</h2>
            {open.length === 0 ? (
              <Empty title={t('noCases')}>
                <ButtonLink href={to('/services')} kind="quiet">
                  {t('findService')}
                </ButtonLink>
              </Empty>
            ) : (
              <CaseRows visit={visit} cases={open} />
            )}
            <p>
              <a href={to('/my/cases')}>{t('allCases')}</a>
            </p>
          </section>
          <section aria-labelledby="licences">
            <h2 id="licences">{t('myLicences')}</h2>
            {data.licences.length === 0 ? <p>{t('noLicences')}</p> : <LicenceRows visit={visit} licences={data.licences.slice(0, 5)} />}
          </section>
        </div>
        <aside aria-label={t('mySpace')}>
          <ul className="contents">
            <li>
              <a href={to('/my/cases')}>{t('allCases')}</a>
            </li>
            <li>
              <a href={to('/my/licences')}>{t('myLicences')}</a>
            </li>
            <li>
              <a href={to('/my/messages')}>{data.unread > 0 ? t('messagesUnread', { count: data.unread }) : t('messages')}</a>
            </li>
            <li>
              <a href={to('/my/mandates')}>{t('mandates')}</a>
            </li>
            <li>
              <a href={to('/my/privacy')}>{t('privacy')}</a>
            </li>
            <li>
              <a href={to('/my/privacy/looks')}>{t('looks')}</a>
            </li>
            <li>
              <a href={to('/my/records')}>{t('records')}</a>
            </li>
            <li>
              <a href={to('/my/account')}>{t('account')}</a>
            </li>
          </ul>
        </aside>
      </div>
    </>,
    { trail: [] },
  );
};

export const myCasesPage = (visit: Visit, cases: MyCase[], next: string | null, paged: boolean): PageAnswer =>
  page(
    visit.t('allCases'),
    <>
      <h1>{visit.t('allCases')}</h1>
      {cases.length === 0 ? (
        <Empty title={visit.t('noCases')}>
          <ButtonLink href={visit.to('/services')} kind="quiet">
            {visit.t('findService')}
          </ButtonLink>
        </Empty>
      ) : (
        <CaseRows visit={visit} cases={cases} />
      )}
      <Pagination lang={visit.lang} first={paged ? visit.to('/my/cases') : undefined} next={next ? visit.to(`/my/cases?after=${encodeURIComponent(next)}`) : undefined} />
    </>,
    { trail: trail(visit) },
  );

export const myLicencesPage = (visit: Visit, licences: LicenceView[]): PageAnswer =>
  page(
    visit.t('myLicences'),
    <>
      <h1>{visit.t('myLicences')}</h1>
      {licences.length === 0 ? (
        <Empty title={visit.t('noLicences')}>
          <p>{visit.t('noLicencesHint')}</p>
        </Empty>
      ) : (
        <LicenceRows visit={visit} licences={licences} />
      )}
    </>,
    { trail: trail(visit) },
  );

export const messagesPage = (visit: Visit, messages: Messages, paged: boolean): PageAnswer =>
  page(
    visit.t('messages'),
    <>
      <h1>{visit.t('messages')}</h1>
      {messages.items.length === 0 ? (
        <Empty title={visit.t('noMessages')}>
          <p>{visit.t('noMessagesHint')}</p>
        </Empty>
      ) : null}
      <ul className="list">
        {messages.items.map((message) => (
          <li key={message.id}>
            <p className="row between">
              <strong>{visit.say(message.title)}</strong>
              {message.readAt ? <span className="soft small">{visit.t('read')}</span> : <Tag>{visit.t('unread')}</Tag>}
            </p>
            <p className="soft small">{formatInstant(message.sentAt, visit.lang)}</p>
            <p>{visit.say(message.body)}</p>
            <div className="row">
              {message.caseId ? (
                <a href={visit.to(`/cases/${message.caseId}`)}>
                  {visit.t('openCase')}
                  <span className="hide"> {visit.say(message.title)}</span>
                </a>
              ) : null}
              {message.readAt ? null : (
                <PostButton link action={visit.to(`/my/messages/${message.id}/read`)} fields={{ _csrf: visit.csrf('/my/messages/:id/read') }}>
                  {visit.t('markRead')}
                  <span className="hide"> {visit.say(message.title)}</span>
                </PostButton>
              )}
            </div>
          </li>
        ))}
      </ul>
      <Pagination
        lang={visit.lang}
        first={paged ? visit.to('/my/messages') : undefined}
        next={messages.next ? visit.to(`/my/messages?after=${encodeURIComponent(messages.next)}`) : undefined}
      />
    </>,
    { trail: trail(visit) },
  );
