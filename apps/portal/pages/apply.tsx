import type { checkDraft, Draft, FieldIssue, getDraftStep, ResponseOf, Text } from '@zhengwu/contracts';
import { formatInstant, formatMoney, formatWorkingDays } from '@zhengwu/i18n';
import { asksOneThing, Button, ErrorSummary, Hidden, Notice, Pick, renderForm, renderIssues, Steps, SummaryList, Tag, TaskList, type FormValues } from '@zhengwu/ui';
import { page, type PageAnswer } from '../server/answer.ts';
import type { Visit } from '../server/visit.ts';
import { Form } from './parts.tsx';
import { FetchedSection } from './fetched.tsx';
import { forWhom, caption } from './apply-parts.tsx';

type Check = ResponseOf<typeof checkDraft>;

type Step = ResponseOf<typeof getDraftStep>;

/** All pages of an application in order; where the site does not list them, those that have or lack something. */
export const stepsOf = (check: Check): { id: string; title: Text }[] => {
  if (check.draft.steps) return check.draft.steps;
  const titles = new Map(check.sections.map((section) => [section.step, section.title]));
  for (const { step } of check.missing) if (step !== 'materials' && !titles.has(step)) titles.set(step, { zh: step, en: step });
  return [...titles].map(([id, title]) => ({ id, title }));
};

/** Where an application stands: its pages with two states only, and the way on. */
export const taskListPage = (visit: Visit, check: Check): PageAnswer => {
  const { t, say, to } = visit;
  const { draft } = check;
  const base = `/apply/${draft.id}`;
  const done = (id: string) => draft.completedSteps.includes(id) && !check.missing.some((one) => one.step === id);
  const status = (ready: boolean) => (ready ? t('completed') : <Tag>{t('toDo')}</Tag>);
  const gaps = check.missing.some((one) => one.step === 'materials');
  const rows = stepsOf(check).map((step) => ({ name: say(step.title), href: to(`${base}/steps/${step.id}`), status: status(done(step.id)) }));
  if (check.materials.some((one) => one.needed)) rows.push({ name: t('materials'), href: to(`${base}/materials`), status: status(!gaps) });
  return page(
    say(draft.service.name),
    <div className="narrow">
      <h1>{say(draft.service.name)}</h1>
      <p className="lead">{t('savedUntil', { when: formatInstant(draft.updatedAt, visit.lang), until: formatInstant(draft.expiresAt, visit.lang) })}</p>
      <TaskList
        rows={[
          ...rows,
          check.missing.length === 0
            ? { name: t('checkAndSubmit'), href: to(`${base}/check`), status: <Tag>{t('toDo')}</Tag> }
            : { name: t('checkAndSubmit'), hint: t('finishFirst'), status: t('notYet') },
        ]}
      />
      <p>
        <a href={to(`${base}/discard`)}>{t('discardDraft')}</a>
      </p>
    </div>,
    { trail: [{ href: '/my', name: t('mySpace') }], fixedFor: forWhom(visit, draft) },
  );
};

/** What Enter presses: browsers take the first button of a form, which must not be "remove". */
const DefaultButton = () => <button type="submit" className="hide" tabIndex={-1} aria-hidden="true" />;

/** Where a page of an application stands: in one of its own unless said. */
export interface StepPlace {
  base: string;
  csrf: string;
  overview: string;
}

export const stepPage = (
  visit: Visit,
  data: Step,
  given: { values?: FormValues; issues?: FieldIssue[]; extra?: Record<string, number>; back?: string; more?: boolean; place?: StepPlace },
): PageAnswer => {
  const { t, say, to, lang } = visit;
  const { draft, step } = data;
  const { base, csrf, overview } = given.place ?? { base: `/apply/${draft.id}`, csrf: '/apply/:id/steps/:step', overview: `/apply/${draft.id}` };
  const issues = given.issues ?? [];
  const alone = asksOneThing(step, data.visible);
  return page(
    say(step.title),
    <div className="narrow">
      {renderIssues(step, issues, lang)}
      {caption(visit, draft)}
      {given.place ? null : <Steps step={data.position} count={data.count} lang={lang} />}
      {alone ? null : <h1>{say(step.title)}</h1>}
      {step.hint ? <p className="lead">{say(step.hint)}</p> : null}
      {given.more ? (
        <Notice role="status">
          <p>{t('moreQuestions')}</p>
        </Notice>
      ) : null}
      <Form visit={visit} action={`${base}/steps/${step.id}`} csrf={csrf}>
        <DefaultButton />
        {given.back ? <Hidden fields={{ _back: given.back }} /> : null}
        {renderForm(step, given.values ?? data.values, { lang, issues, visible: data.visible, prefilled: data.prefilled, slots: data.slots, extraEntries: given.extra })}
        <div className="actions">
          <Button big>{t('saveAndGoOn')}</Button>
          <Button kind="quiet" name="_leave" value="1" formNoValidate>
            {t('saveAndLeave')}
          </Button>
        </div>
      </Form>
      {data.previous && !given.place ? (
        <p>
          <a href={to(`${base}/steps/${data.previous}`)}>← {t('previousStep')}</a>
        </p>
      ) : (
        <p>
          <a href={to(overview)}>← {t('overview')}</a>
        </p>
      )}
    </div>,
    { hasError: issues.length > 0, status: issues.length > 0 ? 422 : 200, fixedFor: forWhom(visit, draft), script: true },
  );
};

const Answers = ({ visit, check }: { visit: Visit; check: Check }) => (
  <>
    {check.sections
      .filter((section) => section.answers.length > 0)
      .map((section) => (
        <section key={section.step} aria-labelledby={`s-${section.step}`}>
          <h2 id={`s-${section.step}`}>{visit.say(section.title)}</h2>
          <SummaryList
            lang={visit.lang}
            rows={section.answers.map((answer) => ({
              term: visit.say(answer.question),
              detail: (
                <>
                  {visit.say(answer.display)}
                  {answer.source ? (
                    <>
                      <br />
                      <span className="source">{visit.t('fromSource', { source: visit.say(answer.source) })}</span>
                    </>
                  ) : null}
                </>
              ),
              change: { href: visit.to(`/apply/${check.draft.id}/steps/${section.step}?back=check#f-${answer.key}`) },
            }))}
          />
        </section>
      ))}
  </>
);

/** Check your answers: each "change" comes straight back; nothing can be sent while something is missing. */
export const checkPage = (visit: Visit, check: Check, failure?: string): PageAnswer => {
  const { t, say, to, lang } = visit;
  const { draft } = check;
  const base = `/apply/${draft.id}`;
  const needed = check.materials.filter((one) => one.needed);
  const issues = [
    ...(failure ? [{ href: '#declaration', message: failure }] : []),
    ...check.missing.map((one) => ({ href: to(one.step === 'materials' ? `${base}/materials` : `${base}/steps/${one.step}?back=check`), message: say(one.message) })),
  ];
  return page(
    t('checkAnswers'),
    <div className="narrow">
      <ErrorSummary lang={lang} issues={issues} title={failure ? undefined : t('stillMissing')} />
      {caption(visit, draft)}
      <h1>{t('checkAnswers')}</h1>
      <Answers visit={visit} check={check} />
      {needed.length > 0 ? (
        <section aria-labelledby="s-materials">
          <h2 id="s-materials">{t('materials')}</h2>
          <SummaryList
            lang={lang}
            rows={needed.map((one) => ({
              term: say(one.material.name),
              detail: one.satisfiedBy ? t('satisfiedBy', { what: say(one.satisfiedBy) }) : one.files.map((file) => file.name).join('\n') || t('notGiven'),
              change: one.satisfiedBy ? undefined : { href: to(`${base}/materials#m-${one.material.code}`) },
            }))}
          />
        </section>
      ) : null}
      {check.fetched ? <FetchedSection visit={visit} fetched={check.fetched} /> : null}
      <SummaryList
        lang={lang}
        rows={[
          { term: t('applicant'), detail: draft.onBehalfOf.name },
          { term: t('fees'), detail: check.fee === null || check.fee === 0 ? t('free') : formatMoney(check.fee, lang) },
          { term: t('promisedLimit'), detail: check.promisedDays === 0 ? t('atOnce') : formatWorkingDays(check.promisedDays, lang) },
        ]}
      />
      {check.missing.length === 0 ? (
        <Form visit={visit} action={`${base}/submit`} csrf="/apply/:id/submit">
          <Hidden fields={{ key: draft.submissionKey }} />
          <h2>{t('declare')}</h2>
          <Pick kind="checkbox" id="declaration" name="declaration" choice={{ value: 'true', label: t('declaration') }} checked={false} invalid={Boolean(failure)} />
          <div className="actions">
            <Button big>{t('submit')}</Button>
            <a href={to(base)}>{t('overview')}</a>
          </div>
        </Form>
      ) : null}
    </div>,
    { hasError: Boolean(failure), status: failure ? 422 : 200, fixedFor: forWhom(visit, draft), script: true },
  );
};

export const discardPage = (visit: Visit, draft: Draft): PageAnswer =>
  page(
    visit.t('discardDraft'),
    <div className="narrow">
      <h1>{visit.t('discardQuestion')}</h1>
      <p className="lead">{visit.t('discardText', { name: visit.say(draft.service.name) })}</p>
      <Form visit={visit} action={`/apply/${draft.id}/discard`} csrf="/apply/:id/discard">
        <div className="actions">
          <Button kind="warn">{visit.t('discardYes')}</Button>
          <a href={visit.to(`/apply/${draft.id}`)}>{visit.t('keepIt')}</a>
        </div>
      </Form>
    </div>,
    { fixedFor: forWhom(visit, draft) },
  );
