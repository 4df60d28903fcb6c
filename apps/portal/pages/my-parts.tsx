import type { LicenceView, listMandates, MyCase, ResponseOf } from '@zhengwu/contracts';
import { formatInstant } from '@zhengwu/i18n';
import { Tag } from '@zhengwu/ui';
import type { Visit } from '../server/visit.ts';
import { clockText, StateTag, untilText } from './parts.tsx';

export type Mandate = ResponseOf<typeof listMandates>['items'][number];

export interface Issue {
  path: string;
  message: string;
}

export const trail = (visit: Visit) => [{ href: '/my', name: visit.t('mySpace') }];

export const errorAt = (issues: Issue[], name: string): string | undefined => issues.find((issue) => issue.path.replace(/^\/(body\/)?/, '') === name)?.message;

const CaseRow = ({ visit, one }: { visit: Visit; one: MyCase }) => (
  <li className="row between">
    <span>
      <a className="title" href={visit.to(`/cases/${one.id}`)}>
        {visit.say(one.service.name)}
      </a>
      <br />
      <span className="soft small">
        <span className="number">{one.number}</span> · {one.applicant.name} · {one.closedAt ? formatInstant(one.closedAt, visit.lang) : clockText(visit, one.clock)}
      </span>
    </span>
    <StateTag visit={visit} one={one} />
  </li>
);

export const CaseRows = ({ visit, cases }: { visit: Visit; cases: MyCase[] }) => (
  <ul className="list">
    {cases.map((one) => (
      <CaseRow key={one.id} visit={visit} one={one} />
    ))}
  </ul>
);

const SIX_MONTHS = 183 * 86_400_000;

/** Licences are warned about six months before they run out. */
export const endsSoon = (licence: Pick<LicenceView, 'status' | 'validUntil'>, now: number): boolean =>
  licence.status === 'valid' && licence.validUntil !== null && Date.parse(licence.validUntil) - now < SIX_MONTHS && Date.parse(licence.validUntil) >= now - 86_400_000;

export const LicenceRows = ({ visit, licences }: { visit: Visit; licences: LicenceView[] }) => (
  <ul className="list">
    {licences.map((licence) => (
      <li key={licence.id} className="row between">
        <span>
          <a className="title" href={visit.to(`/my/licences/${encodeURIComponent(licence.id)}`)}>
            {visit.say(licence.name)}
          </a>
          <br />
          <span className="soft small">
            {licence.holder} · {untilText(visit, licence.validUntil)}
          </span>
        </span>
        <Tag tone={licence.status === 'valid' ? (endsSoon(licence, visit.now) ? 'warn' : 'good') : 'soft'}>
          {visit.t(endsSoon(licence, visit.now) ? 'endsSoon' : `licence.${licence.status}`)}
        </Tag>
      </li>
    ))}
  </ul>
);
