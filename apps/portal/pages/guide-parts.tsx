import {
  audiences, bodyKinds, caseKinds, crossAreaScopes, exerciseLevels, handlingForms, itemTypes, materialForms, materialNeeds, materialSources, onlineDepths, type ServiceGuide,
} from '@zhengwu/contracts';
import { formatMoney, formatSize, formatWorkingDays } from '@zhengwu/i18n';
import { SummaryList, type SummaryRow } from '@zhengwu/ui';
import type { Visit } from '../server/visit.ts';
import { Phone } from './parts.tsx';

interface Labels {
  label(code: string | number, language: Visit['lang']): string;
}

const join = (visit: Visit, list: Labels, values: string[]): string =>
  values.map((value) => list.label(value, visit.lang)).join(visit.lang === 'en' ? ', ' : '、') || '—';

export const limitText = (visit: Visit, guide: Pick<ServiceGuide, 'limit' | 'summary'>): string =>
  guide.summary.kind === '1' || guide.limit.promisedDays === 0 ? visit.t('atOnce') : formatWorkingDays(guide.limit.promisedDays, visit.lang);

export const feeText = (visit: Visit, guide: Pick<ServiceGuide, 'fees'>): string => {
  if (guide.fees.length === 0) return visit.t('free');
  const known = guide.fees.map((fee) => fee.amount).filter((amount): amount is number => amount !== null);
  if (known.length < guide.fees.length) return visit.t('feeVaries');
  const sum = known.reduce((total, amount) => total + amount, 0);
  return sum === 0 ? visit.t('free') : formatMoney(sum, visit.lang);
};

export const visitsText = (visit: Visit, guide: ServiceGuide): string =>
  guide.visits.times === 0 ? visit.t('noVisit') : visit.t('visitTimes', { count: guide.visits.times });

/** Samples are files of the site; the portal passes them on under its own address. */
export const sampleAddress = (visit: Visit, path: string): string => (path.startsWith('/api/services/') ? visit.to(path.slice(4)) : path);

export const Materials = ({ visit, guide }: { visit: Visit; guide: ServiceGuide }) => {
  const { t, say } = visit;
  if (guide.materials.length === 0) return <p>{t('noMaterials')}</p>;
  return (
    <>
      {guide.materials.map((material) => {
        const rows: SummaryRow[] = [
          { term: t('materialNeed'), detail: materialNeeds.label(material.need, visit.lang) },
          { term: t('materialSource'), detail: materialSources.label(material.source, visit.lang) },
          {
            term: t('materialForm'),
            detail: [
              materialForms.label(material.form, visit.lang),
              material.copies ? t('copies', { count: material.copies }) : '',
              t('upTo', { size: formatSize(material.maxBytes, visit.lang) }),
            ]
              .filter(Boolean)
              .join(visit.lang === 'en' ? ', ' : '，'),
          },
          ...(material.standard ? [{ term: t('acceptStandard'), detail: say(material.standard) }] : []),
          ...(material.fill ? [{ term: t('howToFill'), detail: say(material.fill) }] : []),
          ...(material.basis ? [{ term: t('basis'), detail: say(material.basis) }] : []),
          { term: t('samples'), detail: <Samples visit={visit} material={material} /> },
        ];
        return (
          <details key={material.code}>
            <summary>
              {say(material.name)}
              {material.satisfiedBy ? <span className="tag good">{t('noNeedToGive')}</span> : null}
            </summary>
            {material.satisfiedBy ? <p>{t('satisfiedBy', { what: say(material.satisfiedBy) })}</p> : null}
            <SummaryList rows={rows} lang={visit.lang} />
          </details>
        );
      })}
    </>
  );
};

const Samples = ({ visit, material }: { visit: Visit; material: ServiceGuide['materials'][number] }) => {
  const link = (path: string | undefined, name: string) => {
    const href = path ? sampleAddress(visit, path) : undefined;
    return href ? (
      /^(https?:)?\//.test(href) ? (
        <a href={href}>{name}</a>
      ) : (
        <span>
          {name}
          {visit.lang === 'en' ? ': ' : '：'}
          {href}
        </span>
      )
    ) : null;
  };
  const both = [link(material.blankForm, visit.t('blankForm')), link(material.filledExample, visit.t('filledExample'))].filter(Boolean);
  return both.length > 0 ? (
    <>
      {both.map((one, index) => (
        <span key={index}>
          {index > 0 ? '　' : ''}
          {one}
        </span>
      ))}
    </>
  ) : (
    <>{visit.t('noForm')}</>
  );
};

export const Steps = ({ visit, guide }: { visit: Visit; guide: ServiceGuide }) => (
  <ol className="timeline">
    {guide.steps.map((step, index) => (
      <li key={index}>
        <p>
          <strong>{visit.say(step.name)}</strong>
        </p>
        <p className="soft">
          {[visit.say(step.who), step.days === undefined ? '' : step.days === 0 ? visit.t('atOnce') : formatWorkingDays(step.days, visit.lang)]
            .filter(Boolean)
            .join(' · ')}
        </p>
        {step.note ? <p>{visit.say(step.note)}</p> : null}
      </li>
    ))}
  </ol>
);

export const Fees = ({ visit, guide }: { visit: Visit; guide: ServiceGuide }) =>
  guide.fees.length === 0 ? (
    <p>{visit.t('freeLong')}</p>
  ) : (
    <>
      {guide.fees.map((fee, index) => (
        <SummaryList
          key={index}
          lang={visit.lang}
          rows={[
            { term: visit.t('feeItem'), detail: visit.say(fee.name) },
            {
              term: visit.t('feeStandard'),
              detail: (
                <>
                  {fee.amount === null ? '' : `${formatMoney(fee.amount, visit.lang)} · `}
                  {visit.say(fee.standard)}
                </>
              ),
            },
            { term: visit.t('basis'), detail: visit.say(fee.basis) },
            ...(fee.reduction ? [{ term: visit.t('reduction'), detail: visit.say(fee.reduction) }] : []),
            { term: visit.t('payOnline'), detail: visit.t(guide.payOnline ? 'yes' : 'no') },
          ]}
        />
      ))}
    </>
  );

export const limitRows = (visit: Visit, guide: ServiceGuide): SummaryRow[] => {
  const { t, say, lang } = visit;
  return [
    {
      term: t('statutoryLimit'),
      detail: [
        guide.limit.statutoryDays === 0 ? t('atOnce') : formatWorkingDays(guide.limit.statutoryDays, lang),
        guide.limit.statutoryNote ? say(guide.limit.statutoryNote) : '',
      ]
        .filter(Boolean)
        .join('\n'),
    },
    { term: t('promisedLimit'), detail: [limitText(visit, guide), guide.limit.promisedNote ? say(guide.limit.promisedNote) : ''].filter(Boolean).join('\n') },
    { term: t('specialProcedures'), detail: guide.special.length > 0 ? guide.special.map(say).join('\n') : t('none') },
    { term: t('visits'), detail: [visitsText(visit, guide), guide.visits.reason ? say(guide.visits.reason) : ''].filter(Boolean).join('\n') },
  ];
};

export const basicRows = (visit: Visit, guide: ServiceGuide): SummaryRow[] => {
  const { t, say } = visit;
  return [
    { term: t('itemType'), detail: itemTypes.label(guide.itemType, visit.lang) },
    { term: t('caseKind'), detail: caseKinds.label(guide.summary.kind, visit.lang) },
    { term: t('audience'), detail: join(visit, audiences, guide.summary.audience) },
    { term: t('implementingBody'), detail: visit.lang === 'en' ? `${say(guide.body.name)} (${bodyKinds.label(guide.body.kind, visit.lang)})` : `${say(guide.body.name)}（${bodyKinds.label(guide.body.kind, visit.lang)}）` },
    { term: t('exerciseLevel'), detail: exerciseLevels.label(guide.exerciseLevel, visit.lang) },
    { term: t('handlingForms'), detail: join(visit, handlingForms, guide.handlingForms) },
    { term: t('onlineDepth'), detail: join(visit, onlineDepths, guide.depth) },
    { term: t('crossArea'), detail: guide.crossArea.length > 0 ? join(visit, crossAreaScopes, guide.crossArea) : t('none') },
    { term: t('express'), detail: t(guide.express ? 'yes' : 'no') },
    { term: t('catalogueCode'), detail: <span className="number">{guide.catalogueCode}</span> },
    { term: t('implementationCode'), detail: <span className="number">{guide.implementationCode}</span> },
    { term: t('handlingCode'), detail: <span className="number">{guide.handlingCode}</span> },
    { term: t('version'), detail: guide.version },
  ];
};

export const Places = ({ visit, guide }: { visit: Visit; guide: ServiceGuide }) => (
  <>
    {guide.place.map((place, index) => (
      <SummaryList
        key={index}
        lang={visit.lang}
        rows={[
          { term: visit.t('place'), detail: visit.say(place.name) },
          { term: visit.t('address'), detail: visit.say(place.address) },
          { term: visit.t('hours'), detail: visit.say(place.hours) },
          { term: visit.t('phone'), detail: <Phone number={place.phone} /> },
        ]}
      />
    ))}
    <SummaryList
      lang={visit.lang}
      rows={[
        { term: visit.t('consultPhone'), detail: <Phone number={guide.consultPhone} /> },
        { term: visit.t('complaintPhone'), detail: <Phone number={guide.complaintPhone} /> },
      ]}
    />
  </>
);
