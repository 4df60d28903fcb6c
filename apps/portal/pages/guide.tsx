import type { ReactNode } from 'react';
import { type ServiceGuide } from '@zhengwu/contracts';
import { ButtonLink, Facts, SummaryList } from '@zhengwu/ui';
import { page, type PageAnswer } from '../server/answer.ts';
import type { Visit } from '../server/visit.ts';
import { limitText, feeText, visitsText, sampleAddress, Materials, Steps, Fees, limitRows, basicRows, Places } from './guide-parts.tsx';

const Section = ({ id, title, children }: { id: string; title: string; children: ReactNode }) => (
  <section aria-labelledby={id}>
    <h2 id={id}>{title}</h2>
    {children}
  </section>
);

const sectionsOf = (visit: Visit, guide: ServiceGuide): { id: string; title: string; body: ReactNode }[] => {
  const { t, say } = visit;
  return [
    {
      id: 'conditions',
      title: t('conditions'),
      body: (
        <ul>
          {guide.conditions.map((one, index) => (
            <li key={index}>{say(one)}</li>
          ))}
        </ul>
      ),
    },
    { id: 'materials', title: t('materials'), body: <Materials visit={visit} guide={guide} /> },
    { id: 'steps', title: t('handlingSteps'), body: <Steps visit={visit} guide={guide} /> },
    { id: 'limit', title: t('limits'), body: <SummaryList lang={visit.lang} rows={limitRows(visit, guide)} /> },
    { id: 'fees', title: t('fees'), body: <Fees visit={visit} guide={guide} /> },
    {
      id: 'results',
      title: t('resultDocuments'),
      body: (
        <ul>
          {guide.results.map((one) => (
            <li key={one.code}>
              {say(one.name)}
              {one.sample && /^(https?:)?\//.test(one.sample) ? (
                <>
                  {' '}
                  · <a href={sampleAddress(visit, one.sample)}>{t('sample')}</a>
                </>
              ) : null}
            </li>
          ))}
        </ul>
      ),
    },
    { id: 'place', title: t('placeAndPhone'), body: <Places visit={visit} guide={guide} /> },
    {
      id: 'law',
      title: t('legalBasis'),
      body: (
        <ul>
          {guide.basis.map((one, index) => (
            <li key={index}>{say(one)}</li>
          ))}
        </ul>
      ),
    },
    {
      id: 'faq',
      title: t('faq'),
      body:
        guide.faq.length === 0 ? (
          <p>{t('noFaq')}</p>
        ) : (
          <>
            {guide.faq.map((one, index) => (
              <details key={index}>
                <summary>{say(one.question)}</summary>
                <p>{say(one.answer)}</p>
              </details>
            ))}
          </>
        ),
    },
    { id: 'facts', title: t('basicFacts'), body: <SummaryList lang={visit.lang} rows={basicRows(visit, guide)} /> },
  ];
};

/** The guide of one service with every element an inspection asks for; "apply" names the action. */
export const guidePage = (visit: Visit, guide: ServiceGuide): PageAnswer => {
  const { t, say, to } = visit;
  const name = say(guide.summary.name);
  const sections = sectionsOf(visit, guide);
  return page(
    name,
    <>
      <h1>{name}</h1>
      <p className="lead">{say(guide.summary.summary)}</p>
      <Facts
        facts={[
          { term: t('promisedLimit'), detail: limitText(visit, guide) },
          { term: t('fees'), detail: feeText(visit, guide) },
          { term: t('visits'), detail: visitsText(visit, guide) },
          { term: t('materials'), detail: t('materialCount', { count: guide.materials.filter((one) => !one.satisfiedBy).length }) },
        ]}
      />
      <div className="actions">
        {guide.summary.online ? (
          <ButtonLink href={to(`/services/${guide.summary.code}/start`)} big>
            {t('applyFor', { name })}
          </ButtonLink>
        ) : null}
        {guide.hasPreCheck ? (
          <ButtonLink href={to(`/services/${guide.summary.code}/check`)} kind="quiet" big>
            {t('canIApply')}
          </ButtonLink>
        ) : null}
      </div>
      <div className="columns">
        <div>
          {sections.map((section) => (
            <Section key={section.id} id={section.id} title={section.title}>
              {section.body}
            </Section>
          ))}
        </div>
        <aside className="onpage" aria-label={t('onThisPage')}>
          <h2 className="hide">{t('onThisPage')}</h2>
          <ul className="contents">
            {sections.map((section) => (
              <li key={section.id}>
                <a href={`#${section.id}`}>{section.title}</a>
              </li>
            ))}
          </ul>
        </aside>
      </div>
    </>,
    { trail: [{ href: '/services', name: t('allServices') }], description: say(guide.summary.summary), column: t('allServices') },
  );
};
