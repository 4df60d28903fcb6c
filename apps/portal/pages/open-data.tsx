import { updateCycles, type OpenDataset } from '@zhengwu/contracts';
import { Actions, Button, ButtonLink, Empty, Facts, Table, TextInput } from '@zhengwu/ui';
import { page, type PageAnswer } from '../server/answer.ts';
import type { Visit } from '../server/visit.ts';
import { day } from './parts.tsx';

const TRAIL = { href: '/open-data' } as const;
const number = (visit: Visit, value: number): string => value.toLocaleString(visit.lang === 'en' ? 'en-GB' : 'zh-CN');

const Search = ({ visit, q }: { visit: Visit; q: string }) => (
  <form className="filters" action={visit.to('/open-data')} method="get">
    <TextInput frame={{ id: 'q', label: visit.t('openDataSearch'), hint: visit.t('openDataHint'), lang: visit.lang }} name="q" value={q} maxLength={100} />
    <Button>{visit.t('openDataSearch')}</Button>
  </form>
);

export const openDataPage = (visit: Visit, q: string, sets: readonly OpenDataset[]): PageAnswer =>
  page(
    visit.t('openData'),
    <>
      <h1>{visit.t('openData')}</h1>
      <p className="lead">{visit.t('openDataLead')}</p>
      <Search visit={visit} q={q} />
      {sets.length === 0 ? (
        <Empty title={visit.t('openDataNone')}>
          <p>{visit.t('openDataNoneText')}</p>
          <ButtonLink href={visit.to('/open-data')} kind="quiet">
            {visit.t('openDataAll')}
          </ButtonLink>
        </Empty>
      ) : (
        <>
          <h2>{visit.t('openDataFound', { count: sets.length })}</h2>
          <ul className="list">
            {sets.map((set) => (
              <li key={set.id}>
                <a className="title" href={visit.to(`/open-data/${set.id}`)}>
                  {visit.say(set.name)}
                </a>
                <p>{visit.say(set.abstract)}</p>
                <p className="soft small">
                  {[set.provider ? visit.say(set.provider) : '', `${visit.t('dataRows')} ${number(visit, set.rows)}`, `${visit.t('dataChanged')} ${day(visit, set.changedOn)}`].filter(Boolean).join(' · ')}
                </p>
              </li>
            ))}
          </ul>
        </>
      )}
      <p className="small">
        <a href={visit.to('/open-data/keys')}>{visit.t('openKeys')}</a> · <a href={visit.to('/open-data/licence')}>{visit.t('dataLicence')}</a> · <a href={visit.to('/open-data/catalogue.jsonld')}>DCAT JSON-LD</a> · <a href={visit.to('/open-data/catalogue.ttl')}>DCAT Turtle</a>
      </p>
    </>,
    { trail: [] },
  );

const kinds = { C: 'dataKindC', N: 'dataKindN', F: 'dataKindN', Y: 'dataKindN', I: 'dataKindI', D: 'dataKindD', T: 'dataKindT', L: 'dataKindL' } as const;
const kindOf = (visit: Visit, kind: string): string => visit.t(kinds[kind as keyof typeof kinds] ?? 'dataKindC');

const cellOf = (visit: Visit, value: unknown): string => {
  if (value === null || value === undefined || value === '') return '—';
  if (typeof value === 'number') return number(visit, value);
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
};

const Preview = ({ visit, set, rows }: { visit: Visit; set: OpenDataset; rows: readonly Record<string, unknown>[] }) => (
  <Table
    caption={visit.t('dataPreview')}
    columns={set.items.map((item) => ({ head: visit.say(item.title), number: item.kind === 'N' || item.kind === 'I' }))}
    rows={rows.map((row) => set.items.map((item) => cellOf(visit, row[item.name])))}
  />
);

export const openDatasetPage = (visit: Visit, set: OpenDataset, rows: readonly Record<string, unknown>[], api: string): PageAnswer =>
  page(
    visit.say(set.name),
    <>
      <h1>{visit.say(set.name)}</h1>
      <p className="lead">{visit.say(set.abstract)}</p>
      <Facts
        facts={[
          { term: visit.t('dataRows'), detail: number(visit, set.rows) },
          { term: visit.t('dataChanged'), detail: day(visit, set.changedOn) },
          { term: visit.t('dataCycle'), detail: updateCycles.label(set.cycle, visit.lang) },
          { term: visit.t('dataTaken'), detail: number(visit, set.downloads) },
        ]}
      />
      <Actions>
        <ButtonLink href={visit.to(`/open-data/${set.id}/rows.csv`)}>{visit.t('dataDownloadCsv')}</ButtonLink>
        <ButtonLink href={visit.to(`/open-data/${set.id}/rows.json`)} kind="quiet">
          {visit.t('dataDownloadJson')}
        </ButtonLink>
      </Actions>
      <Preview visit={visit} set={set} rows={rows} />
      <Table
        caption={visit.t('dataFields')}
        columns={[{ head: visit.t('dataField') }, { head: visit.t('dataFieldKey') }, { head: visit.t('dataFieldKind') }]}
        rows={set.items.map((item) => [visit.say(item.title), <code key="key">{item.name}</code>, kindOf(visit, item.kind)])}
      />
      <h2>{visit.t('dataForPrograms')}</h2>
      <p>{visit.t('dataApiText', { address: `${api}/open-data/${set.id}/rows?limit=100` })}</p>
      <p className="small">
        <a href={visit.to(`/open-data/${set.id}/schema`)}>{visit.t('dataSchema')}</a> · <a href={visit.to('/open-data/keys')}>{visit.t('openKeys')}</a> · <a href={visit.to('/open-data/licence')}>{visit.t('dataLicence')}</a>
      </p>
      <p className="soft small">
        {[set.provider ? `${visit.t('dataProvider')} ${visit.say(set.provider)}` : '', `${visit.t('dataCode')} ${set.code}`].filter(Boolean).join(' · ')}
      </p>
    </>,
    { trail: [{ ...TRAIL, name: visit.t('openData') }] },
  );

export const dataLicencePage = (visit: Visit): PageAnswer =>
  page(
    visit.t('dataLicence'),
    <>
      <h1>{visit.t('dataLicence')}</h1>
      <p className="lead">{visit.t('dataLicenceLead')}</p>
      <ul>
        <li>{visit.t('dataLicenceSource', { city: visit.say(visit.site.city) })}</li>
        <li>{visit.t('dataLicenceMislead')}</li>
        <li>{visit.t('dataLicenceWarrant')}</li>
      </ul>
    </>,
    { trail: [{ ...TRAIL, name: visit.t('openData') }] },
  );
