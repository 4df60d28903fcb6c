import type { FetchedView } from '@zhengwu/contracts';
import { formatMoney } from '@zhengwu/i18n';
import { Button, ButtonLink, ErrorSummary, Hidden, Pick, SummaryList } from '@zhengwu/ui';
import { page, type PageAnswer } from '../server/answer.ts';
import type { Visit } from '../server/visit.ts';
import { FetchedSection } from './fetched.tsx';
import { GivenFiles, UploadForm, type UploadPlace } from './materials.tsx';
import { Form } from './parts.tsx';
import { mineOf, stepHref, type Check } from './together.tsx';

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
