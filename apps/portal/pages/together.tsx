import type { checkLifeEvent, FetchedView, LifeEventApplication, LifeEventGuide, ResponseOf } from '@zhengwu/contracts';
import { formatInstant, formatMoney } from '@zhengwu/i18n';
import { Button, ButtonLink, Checkboxes, ErrorSummary, Hidden, Notice, Pick, SummaryList, Tag, TaskList, Timeline } from '@zhengwu/ui';
import { page, type PageAnswer } from '../server/answer.ts';
import type { Visit } from '../server/visit.ts';
import { FetchedSection } from './fetched.tsx';
import { GivenFiles, UploadForm, type UploadPlace } from './materials.tsx';
import { Form, serviceHint, StateTag } from './parts.tsx';

export type Check = ResponseOf<typeof checkLifeEvent>;
type Part = LifeEventApplication['parts'][number];

const trailOf = (visit: Visit) => [{ href: '/life-events', name: visit.t('lifeEvents') }];
const mineOf = (visit: Visit) => [{ href: '/my', name: visit.t('mySpace') }];
const listed = (visit: Visit, names: readonly string[]): string => names.join(visit.lang === 'en' ? ', ' : '、');
const stepHref = (id: string, service: string, step: string): string => `/together/${id}/${service}/steps/${step}`;

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

const placeOf = (id: string, service: string): UploadPlace => ({ base: `/together/${id}/${service}/materials`, csrf: '/together/:id/:service/materials/:code', removal: `/together/${id}/${service}/uploads`, removalCsrf: '/together/:id/:service/uploads/:upload/remove', done: `/together/${id}/materials` });

/** Papers of all parts; one that several need stands here once. */
const papersOf = ({ application, parts, sharedMaterials }: Check) => {
  const all = parts.flatMap((part) => part.materials.filter((one) => one.needed && !one.satisfiedBy).map((one) => ({ one, draft: part.draft })));
  return all
    .filter(({ one }, i) => !sharedMaterials.includes(one.material.code) || all.findIndex((other) => other.one.material.code === one.material.code) === i)
    .map(({ one, draft }) => ({ one, draft, place: placeOf(application.id, draft.service.code), id: `${draft.service.code}-${one.material.code}` }));
};

export const papersPage = (visit: Visit, check: Check, failure?: { id: string; message: string }): PageAnswer => {
  const { t, say, to } = visit;
  return page(
    t('materials'),
    <div className="narrow">
      <ErrorSummary lang={visit.lang} issues={failure ? [{ href: `#file-${failure.id}`, message: failure.message }] : []} />
      <p className="soft">{say(check.application.event.name)}</p>
      <h1>{t('materials')}</h1>
      <p className="lead">{t('togetherOnce')}</p>
      {papersOf(check).map(({ one, draft, place, id }) => (
        <section key={id} id={`m-${id}`} className="card" aria-labelledby={`h-${id}`}>
          <h2 id={`h-${id}`}>{say(one.material.name)}</h2>
          {one.material.standard ? <p className="soft">{say(one.material.standard)}</p> : null}
          <GivenFiles visit={visit} place={place} files={one.files} />
          <UploadForm visit={visit} place={place} id={id} one={one} error={failure?.id === id ? failure.message : undefined} />
          <p className="soft small">{say(draft.service.name)}</p>
        </section>
      ))}
      <p>
        <ButtonLink big href={to(`/together/${check.application.id}`)}>
          {t('goOn')}
        </ButtonLink>
      </p>
    </div>,
    { trail: mineOf(visit), hasError: Boolean(failure), status: failure ? 422 : 200, script: true },
  );
};

const GIVEN = '本次申请中已填写';

const PartAnswers = ({ visit, id, part, seen }: { visit: Visit; id: string; part: Check['parts'][number]; seen: string[] }) => {
  const { say, to, t, lang } = visit;
  const fresh = part.sections.flatMap((section) => section.answers.filter((one) => one.source?.zh !== GIVEN && !seen.includes(`${one.key} ${say(one.display)}`)).map((answer) => ({ answer, step: section.step })));
  seen.push(...fresh.map(({ answer }) => `${answer.key} ${say(answer.display)}`));
  return (
    <section aria-labelledby={`s-${part.draft.service.code}`}>
      <h2 id={`s-${part.draft.service.code}`}>{say(part.draft.service.name)}</h2>
      <SummaryList
        lang={lang}
        rows={[
          ...fresh.map(({ answer, step }) => ({
            term: say(answer.question),
            detail: (
              <>
                {say(answer.display)}
                {answer.source ? (
                  <>
                    <br />
                    <span className="source">{t('fromSource', { source: say(answer.source) })}</span>
                  </>
                ) : null}
              </>
            ),
            change: { href: to(`${stepHref(id, part.draft.service.code, step)}?back=check`) },
          })),
          ...part.materials.filter((one) => one.needed).map((one) => ({
            term: say(one.material.name), detail: one.satisfiedBy ? t('satisfiedBy', { what: say(one.satisfiedBy) }) : one.files.map((file) => file.name).join('\n') || t('notGiven'),
            change: one.satisfiedBy ? undefined : { href: to(`/together/${id}/materials`) },
          })),
          { term: t('fees'), detail: part.fee === null || part.fee === 0 ? t('free') : formatMoney(part.fee, lang) },
        ]}
      />
    </section>
  );
};

/** What was looked up for all parts, each record once with all that is read of it. */
const fetchedOf = (parts: Check['parts']): FetchedView | null => {
  const all = parts.flatMap((part) => part.fetched ?? []);
  const sources = new Map<string, FetchedView['sources'][number]>();
  for (const source of all.flatMap((one) => one.sources)) {
    const key = `${source.register} ${String(source.own)}`;
    const before = sources.get(key)?.fields ?? [];
    sources.set(key, { ...source, fields: [...before, ...source.fields.filter((field) => !before.some((one) => one.key === field.key))] });
  }
  return all[0] ? { at: all[0].at, needs: all.flatMap((one) => one.needs), sources: [...sources.values()] } : null;
};

/** All answers of all parts before they are handed in; what was asked once stands once. */
export const checkAllPage = (visit: Visit, check: Check, failure?: string): PageAnswer => {
  const { t, say, to, lang } = visit;
  const { application: one, parts } = check;
  const seen: string[] = [];
  const fetched = fetchedOf(parts);
  const issues = [
    ...(failure ? [{ href: '#declaration', message: failure }] : []),
    ...parts.flatMap((part) => part.missing.map((lack) => ({ href: to(lack.step === 'materials' ? `/together/${one.id}/materials` : `${stepHref(one.id, part.draft.service.code, lack.step)}?back=check`), message: `${say(part.draft.service.name)}${lang === 'en' ? ': ' : '：'}${say(lack.message)}` }))),
  ];
  return page(
    t('checkAnswers'),
    <div className="narrow">
      <ErrorSummary lang={lang} issues={issues} title={failure ? undefined : t('stillMissing')} />
      <p className="soft">{say(one.event.name)}</p>
      <h1>{t('checkAnswers')}</h1>
      {parts.map((part) => (
        <PartAnswers key={part.draft.id} visit={visit} id={one.id} part={part} seen={seen} />
      ))}
      {fetched ? <FetchedSection visit={visit} fetched={fetched} /> : null}
      {parts.every((part) => part.missing.length === 0) ? (
        <Form visit={visit} action={`/together/${one.id}/submit`} csrf="/together/:id/submit">
          <Hidden fields={{ key: one.submissionKey }} />
          <h2>{t('declare')}</h2>
          <Pick kind="checkbox" id="declaration" name="declaration" choice={{ value: 'true', label: t('declaration') }} checked={false} invalid={Boolean(failure)} />
          <div className="actions">
            <Button big>{t('togetherSubmit')}</Button>
            <a href={to(`/together/${one.id}`)}>{t('togetherOverview')}</a>
          </div>
        </Form>
      ) : null}
    </div>,
    { trail: mineOf(visit), hasError: Boolean(failure), status: failure ? 422 : 200, script: true },
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
