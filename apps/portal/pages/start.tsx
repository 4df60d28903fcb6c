import type { FormStep, preCheck, ResponseOf, ServiceGuide } from '@zhengwu/contracts';
import { formatMoney, formatWorkingDays } from '@zhengwu/i18n';
import { Button, ButtonLink, Facts, Hidden, Notice, renderForm, SummaryList, displayOf, type FormValues } from '@zhengwu/ui';
import { page, type PageAnswer } from '../server/answer.ts';
import type { Visit } from '../server/visit.ts';
import { feeText, limitText, visitsText } from './guide-parts.tsx';
import { Form } from './parts.tsx';

export type Verdict = ResponseOf<typeof preCheck>;
interface Unfinished {
  id: string;
  updated: string;
}

const trailOf = (visit: Visit, guide: ServiceGuide) => [
  { href: '/services', name: visit.t('allServices') },
  { href: `/services/${guide.summary.code}`, name: visit.say(guide.summary.name) },
];

const isKnown = (visit: Visit, guide: ServiceGuide): boolean => guide.assurance < 2 || visit.session?.verified === true;

/** What must be known of the applicant, before the form: nobody fills in what they can't send. */
const IdentityNote = ({ visit, guide }: { visit: Visit; guide: ServiceGuide }) => {
  const { t, to } = visit;
  if (guide.assurance < 2) return null;
  if (isKnown(visit, guide)) return <p>{t('identityEnough')}</p>;
  return (
    <Notice tone="warn" title={t('identityNeeded')}>
      <p>{t(visit.session ? 'identityHow' : 'identityAsked')}</p>
      {visit.session ? <p><a href={`${to('/my/second-factor')}?back=${encodeURIComponent(visit.path)}`}>{t('identityMine')}</a></p> : null}
    </Notice>
  );
};

/** Begins an application, once who applies is known surely enough. Who is not signed in comes back to this page, answers of the pre-check included. */
export const BeginButton = ({ visit, guide, preCheck }: { visit: Visit; guide: ServiceGuide; preCheck?: string }) =>
  visit.session && !isKnown(visit, guide) ? null : visit.session ? (
    <Form visit={visit} action={`/services/${guide.summary.code}/apply`} csrf="/services/:code/apply">
      {preCheck ? <Hidden fields={{ preCheck }} /> : null}
      <Button big>{visit.t('beginNow')}</Button>
    </Form>
  ) : (
    <ButtonLink big href={`${visit.to('/sign-in')}?next=${encodeURIComponent(visit.path)}`}>
      {visit.t('signInAndBegin')}
    </ButtonLink>
  );

/** Before one starts: cost, time, papers, other ways, and the way back to what was begun. */
export const startPage = (visit: Visit, guide: ServiceGuide, unfinished: Unfinished[]): PageAnswer => {
  const { t, say, to } = visit;
  const name = say(guide.summary.name);
  const needed = guide.materials.filter((one) => !one.satisfiedBy);
  return page(
    t('applyFor', { name }),
    <div className="narrow">
      <h1>{t('applyFor', { name })}</h1>
      {unfinished.map((draft) => (
        <Notice key={draft.id} title={t('youHaveBegun')}>
          <p>
            {t('lastSaved', { when: draft.updated })} <a href={to(`/apply/${draft.id}`)}>{t('goOn')}</a>
          </p>
        </Notice>
      ))}
      <Facts
        facts={[
          { term: t('takesYou'), detail: t('aboutMinutes', { count: 5 + needed.length * 2 }) },
          { term: t('promisedLimit'), detail: limitText(visit, guide) },
          { term: t('fees'), detail: feeText(visit, guide) },
          { term: t('visits'), detail: visitsText(visit, guide) },
        ]}
      />
      <h2>{t('haveReady')}</h2>
      {needed.length === 0 ? (
        <p>{t('nothingToPrepare')}</p>
      ) : (
        <ul>
          {needed.map((one) => (
            <li key={one.code}>{say(one.name)}</li>
          ))}
        </ul>
      )}
      <p>{t('weFillIn')}</p>
      <p>{t('saveAnyTime')}</p>
      {visit.session ? (
        <p>
          {t('applyingAs', { name: visit.acting?.name ?? visit.session.name })}
          {visit.session.subjects.length > 1 ? (
            <>
              {' '}
              <a href={`${to('/my/acting')}?next=${encodeURIComponent(visit.path)}`}>{t('changeWho')}</a>
            </>
          ) : null}
        </p>
      ) : null}
      <IdentityNote visit={visit} guide={guide} />
      <div className="actions">
        <BeginButton visit={visit} guide={guide} />
        {guide.hasPreCheck ? <a href={to(`/services/${guide.summary.code}/check`)}>{t('checkFirst')}</a> : null}
      </div>
      <h2>{t('otherWays')}</h2>
      {guide.place.map((place, index) => (
        <p key={index}>
          {say(place.name)}
          {t('comma')}
          {say(place.address)}
          {t('comma')}
          {say(place.hours)}
        </p>
      ))}
      <p>{t('askByPhone', { phone: guide.consultPhone })}</p>
    </div>,
    { trail: trailOf(visit, guide) },
  );
};

export const preCheckPage = (visit: Visit, guide: ServiceGuide, step: FormStep, values: FormValues, asked: boolean): PageAnswer => {
  const { t, lang } = visit;
  return page(
    t('canIApply'),
    <div className="narrow">
      <h1>{visit.say(step.title)}</h1>
      <p className="lead">{step.hint ? visit.say(step.hint) : t('preCheckText')}</p>
      {asked ? (
        <Notice tone="warn" role="status">
          <p>{t('answerAll')}</p>
        </Notice>
      ) : null}
      <form method="get" action={visit.to(`/services/${guide.summary.code}/check`)}>
        <input type="hidden" name="go" value="1" />
        {renderForm({ ...step, schema: { ...(step.schema as object), required: step.layout.map((field) => field.key) } }, values, { lang, ownHeading: true })}
        <div className="actions">
          <Button big>{t('seeAnswer')}</Button>
        </div>
      </form>
    </div>,
    { trail: trailOf(visit, guide) },
  );
};

const VerdictMaterials = ({ visit, verdict }: { visit: Visit; verdict: Verdict }) => {
  const needed = verdict.materials.filter((one) => one.needed);
  return (
    <>
      <h2>{visit.t('yourMaterials')}</h2>
      {needed.length === 0 ? <p>{visit.t('nothingToPrepare')}</p> : null}
      <ul>
        {needed.map((one) => (
          <li key={one.code}>
            {visit.say(one.name)}
            {one.satisfiedBy ? (
              <span className="soft">
                {visit.lang === 'en' ? ' — ' : '：'}
                {visit.t('satisfiedBy', { what: visit.say(one.satisfiedBy) })}
              </span>
            ) : null}
          </li>
        ))}
      </ul>
    </>
  );
};

/** Eligible or not, why, what it costs, what to bring; if not, what instead. */
export const verdictPage = (visit: Visit, guide: ServiceGuide, step: FormStep, values: FormValues, verdict: Verdict, again: string): PageAnswer => {
  const { t, say, lang } = visit;
  const may = verdict.eligible === true;
  const title = t(may ? 'youMayApply' : 'youMayNotApply', { name: say(guide.summary.name) });
  const properties = (step.schema as { properties?: Record<string, Record<string, unknown>> }).properties ?? {};
  return page(
    title,
    <div className="narrow">
      <h1>{title}</h1>
      {verdict.reasons.length > 0 ? (
        <Notice tone={may ? 'good' : 'warn'}>
          <ul>
            {verdict.reasons.map((one, index) => (
              <li key={index}>{say(one)}</li>
            ))}
          </ul>
        </Notice>
      ) : null}
      {may ? (
        <Facts
          facts={[
            { term: t('fees'), detail: verdict.fee === null ? feeText(visit, guide) : verdict.fee === 0 ? t('free') : formatMoney(verdict.fee, lang) },
            { term: t('promisedLimit'), detail: verdict.promisedDays === 0 ? t('atOnce') : formatWorkingDays(verdict.promisedDays, lang) },
          ]}
        />
      ) : null}
      {verdict.instead ? (
        <>
          <h2>{t('insteadTitle')}</h2>
          <p>{say(verdict.instead)}</p>
        </>
      ) : null}
      {may ? <VerdictMaterials visit={visit} verdict={verdict} /> : null}
      <h2>{t('yourAnswers')}</h2>
      <SummaryList
        lang={lang}
        rows={step.layout
          .filter((field) => values[field.key] !== undefined)
          .map((field) => ({ term: say(field.question), detail: displayOf(field, properties[field.key] ?? {}, values[field.key], lang), change: { href: again } }))}
      />
      {may ? <IdentityNote visit={visit} guide={guide} /> : null}
      <div className="actions">
        {may ? (
          <BeginButton visit={visit} guide={guide} preCheck={JSON.stringify(values)} />
        ) : (
          <ButtonLink href={visit.to('/services')} kind="quiet">
            {t('seeAll')}
          </ButtonLink>
        )}
      </div>
      <p>{t('verdictNote', { phone: guide.consultPhone })}</p>
    </div>,
    { trail: trailOf(visit, guide) },
  );
};
