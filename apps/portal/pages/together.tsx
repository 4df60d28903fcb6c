import type { checkLifeEvent, LifeEventApplication, LifeEventGuide, ResponseOf } from '@zhengwu/contracts';
import { formatInstant } from '@zhengwu/i18n';
import { Button, ButtonLink, Checkboxes, ErrorSummary, Hidden, Notice, Tag, TaskList, Timeline } from '@zhengwu/ui';
import { page, type PageAnswer } from '../server/answer.ts';
import type { Visit } from '../server/visit.ts';
import { Form, serviceHint, StateTag } from './parts.tsx';

export type Check = ResponseOf<typeof checkLifeEvent>;
type Part = LifeEventApplication['parts'][number];

const trailOf = (visit: Visit) => [{ href: '/life-events', name: visit.t('lifeEvents') }];
export const mineOf = (visit: Visit) => [{ href: '/my', name: visit.t('mySpace') }];
const listed = (visit: Visit, names: readonly string[]): string => names.join(visit.lang === 'en' ? ', ' : '、');
export const stepHref = (id: string, service: string, step: string): string => `/together/${id}/${service}/steps/${step}`;

const Papers = ({ visit, guide }: { visit: Visit; guide: LifeEventGuide }) =>
  guide.materials.length === 0 ? (
    <p>{visit.t('togetherNoPapers')}</p>
  ) : (
    <ul className="list">
      {guide.materials.map((one) => (
        <li key={`${one.code}-${one.for[0]?.zh ?? ''}`}>
          <strong>{visit.say(one.name)}</strong> {one.sometimes ? <Tag tone="soft">{visit.t('togetherSometimes')}</Tag> : null}
          <br />
          <span className="soft small">{visit.t('togetherFor', { names: listed(visit, one.for.map((name) => visit.say(name))) })}</span>
        </li>
      ))}
    </ul>
  );

const Begin = ({ visit, guide, issue }: { visit: Visit; guide: LifeEventGuide; issue?: string }) =>
  visit.session ? (
    <Form visit={visit} action={`/life-events/${guide.code}/begin`} csrf="/life-events/:code/begin">
      <Checkboxes
        name="service"
        frame={{ id: 'service', label: visit.t('togetherChoose'), lang: visit.lang, error: issue }}
        values={guide.parts.map(({ service }) => service.code)}
        choices={guide.parts.map(({ service }) => ({ value: service.code, label: visit.say(service.name), hint: visit.say(service.summary) }))}
      />
      <Button big>{visit.t('togetherBegin')}</Button>
    </Form>
  ) : (
    <ButtonLink big href={`${visit.to('/sign-in')}?next=${encodeURIComponent(visit.path)}`}>
      {visit.t('signInAndBegin')}
    </ButtonLink>
  );

/** What a life event joins, what it needs, and the way in. */
export const lifeEventGuidePage = (visit: Visit, guide: LifeEventGuide, issue?: string): PageAnswer => {
  const { t, say, to } = visit;
  return page(
    say(guide.name),
    <div className="narrow">
      <ErrorSummary lang={visit.lang} issues={issue ? [{ href: '#service', message: issue }] : []} />
      <h1>{say(guide.name)}</h1>
      <p className="lead">{say(guide.summary)}</p>
      <h2>{t('togetherParts', { count: guide.parts.length })}</h2>
      <ol className="list">
        {guide.parts.map(({ service, after }) => (
          <li key={service.code}>
            <a className="title" href={to(`/services/${service.code}`)}>
              {say(service.name)}
            </a>
            <br />
            <span className="soft small">{serviceHint(visit, service)}</span>
            <br />
            <span className="small">{after.length > 0 ? t('togetherAfter', { names: listed(visit, after.map(({ name }) => say(name))) }) : t('togetherAtOnce')}</span>
          </li>
        ))}
      </ol>
      <p>{t('togetherOnce')}</p>
      <h2>{t('togetherPapers')}</h2>
      <Papers visit={visit} guide={guide} />
      <Begin visit={visit} guide={guide} issue={issue} />
    </div>,
    { trail: trailOf(visit), hasError: Boolean(issue), status: issue ? 422 : 200 },
  );
};

const Filling = ({ visit, one, missing }: { visit: Visit; one: LifeEventApplication; missing: Check['parts'] }) => {
  const { t, say, to } = visit;
  const status = (done: boolean) => (done ? t('completed') : <Tag>{t('toDo')}</Tag>);
  const lacksPaper = missing.some((part) => part.missing.some(({ step }) => step === 'materials'));
  const asksPaper = missing.some((part) => part.materials.some((material) => material.needed));
  const isReady = missing.every((part) => part.missing.length === 0);
  return (
    <>
      {one.parts.map((part) => (
        <section key={part.service.code} aria-labelledby={`p-${part.service.code}`}>
          <h2 id={`p-${part.service.code}`}>{say(part.service.name)}</h2>
          {part.steps.length === 0 ? (
            <p className="soft">{t('togetherNothingToAsk')}</p>
          ) : (
            <TaskList rows={part.steps.map((step) => ({ name: say(step.title), href: to(stepHref(one.id, part.service.code, step.id)), status: status(step.done) }))} />
          )}
        </section>
      ))}
      <h2>{t('togetherSubmit')}</h2>
      <TaskList
        rows={[
          ...(asksPaper ? [{ name: t('materials'), href: to(`/together/${one.id}/materials`), status: status(!lacksPaper) }] : []),
          isReady ? { name: t('checkAndSubmit'), href: to(`/together/${one.id}/check`), status: <Tag>{t('toDo')}</Tag> } : { name: t('checkAndSubmit'), hint: t('finishFirst'), status: t('notYet') },
        ]}
      />
      <p>
        <a href={to(`/together/${one.id}/discard`)}>{t('togetherDiscard')}</a>
      </p>
    </>
  );
};

/** An application that is not handed in: its pages with two states only, and the way on. */
export const overviewPage = (visit: Visit, { application: one, parts }: Check): PageAnswer =>
  page(
    visit.say(one.event.name),
    <div className="narrow">
      <h1>{visit.say(one.event.name)}</h1>
      <p className="lead">{visit.t('togetherOnce')}</p>
      <Filling visit={visit} one={one} missing={parts} />
    </div>,
    { trail: mineOf(visit) },
  );

const PartStatus = ({ visit, part }: { visit: Visit; part: Part }) => (part.case ? <StateTag visit={visit} one={part.case} /> : <Tag tone={part.state === 'held' ? 'warn' : 'soft'}>{visit.t(`part.${part.state}`)}</Tag>);

const Progress = ({ visit, one, retry: key }: { visit: Visit; one: LifeEventApplication; retry: string }) => (
  <ul className="list">
    {one.parts.map((part) => (
      <li key={part.service.code}>
        <p className="row between">
          {part.case ? (
            <a className="title" href={visit.to(`/cases/${part.case.id}`)}>
              {visit.say(part.service.name)}
            </a>
          ) : (
            <strong>{visit.say(part.service.name)}</strong>
          )}
          <PartStatus visit={visit} part={part} />
        </p>
        <p className="soft small">
          {visit.say(part.department)}
          {part.case ? <span className="number"> · {part.case.number}</span> : null}
          {part.state === 'waiting' ? ` · ${visit.t('togetherAfter', { names: listed(visit, part.after.map(({ name }) => visit.say(name))) })}` : null}
        </p>
        {part.note ? <p>{visit.say(part.note)}</p> : null}
        {part.state === 'held' ? <TaskList rows={part.steps.map((step) => ({ name: visit.say(step.title), href: visit.to(stepHref(one.id, part.service.code, step.id)), status: step.done ? visit.t('completed') : <Tag>{visit.t('toDo')}</Tag> }))} /> : null}
        {part.state === 'held' ? (
          <Form visit={visit} action={`/together/${one.id}/submit`} csrf="/together/:id/submit">
            <Hidden fields={{ declaration: 'true', key }} />
            <Button kind="quiet">{visit.t('togetherRetry')}</Button>
          </Form>
        ) : null}
      </li>
    ))}
  </ul>
);

/** After it is handed in: how each part stands, and one timeline of all that has happened. `retry` is the key under which a part that is held is handed in again. */
export const progressPage = (visit: Visit, one: LifeEventApplication, isNew: boolean, retry: string): PageAnswer => {
  const { t, say, lang } = visit;
  return page(
    say(one.event.name),
    <>
      {isNew ? (
        <Notice tone="good" role="status" title={t('togetherSubmitted')}>
          <p>{t('togetherSubmittedText')}</p>
        </Notice>
      ) : null}
      <h1>{say(one.event.name)}</h1>
      {one.submittedAt ? <p className="soft">{t('submittedOn', { when: formatInstant(one.submittedAt, lang) })}</p> : null}
      <div className="columns">
        <div>
          <h2>{t('togetherProgress')}</h2>
          <Progress visit={visit} one={one} retry={retry} />
        </div>
        <div>
          <h2>{t('timeline')}</h2>
          <Timeline
            rows={one.timeline.map((entry) => ({
              at: entry.at, time: formatInstant(entry.at, lang), title: `${say(entry.service)}${lang === 'en' ? ': ' : '：'}${say(entry.title)}`,
              detail: entry.detail ? say(entry.detail) : undefined, by: entry.department ? say(entry.department) : entry.by,
            }))}
          />
        </div>
      </div>
    </>,
    { trail: mineOf(visit) },
  );
};

export const discardAllPage = (visit: Visit, one: LifeEventApplication): PageAnswer =>
  page(
    visit.t('togetherDiscard'),
    <div className="narrow">
      <h1>{visit.t('togetherDiscard')}</h1>
      <p className="lead">{visit.t('togetherDiscardText', { name: visit.say(one.event.name) })}</p>
      <Form visit={visit} action={`/together/${one.id}/discard`} csrf="/together/:id/discard">
        <div className="actions">
          <Button kind="warn">{visit.t('discardYes')}</Button>
          <a href={visit.to(`/together/${one.id}`)}>{visit.t('keepIt')}</a>
        </div>
      </Form>
    </div>,
    { trail: mineOf(visit) },
  );
