import { Button } from 'antd';
import { Link, Route, Routes, useNavigate, useSearchParams } from 'react-router';
import { listResources, resourceClasses, sharingClasses, type ResourceRow } from '@zhengwu/contracts';
import { useRead } from '../../base/calls.ts';
import { readFilters, withFilters } from '../../base/filters.ts';
import { dayOf } from '../../base/format.ts';
import { useSpeech } from '../../base/language.tsx';
import { useMay } from '../../base/session.tsx';
import { SearchField } from '../../parts/filters.tsx';
import { List, type Column } from '../../parts/list.tsx';
import { EmptyNote, PageHead, ProblemNote, Waiting } from '../../parts/states.tsx';
import { CatalogueEntry, NewEntry } from './catalogue-entry.tsx';
import { CatalogueOne } from './catalogue-one.tsx';
import { ResourceState, SharingTag } from './catalogue-parts.tsx';

const PAGE = 20;
const states = ['draft', 'submitted', 'published', 'retired'] as const;
const shape = { q: null, class: resourceClasses.codes, sharing: sharingClasses.codes, state: states, provider: null } as const;
type Query = { q?: string; class?: (typeof resourceClasses.codes)[number]; sharing?: (typeof sharingClasses.codes)[number]; state?: (typeof states)[number]; provider?: string };

const CatalogueList = () => {
  const { t, say } = useSpeech();
  const [search, setSearch] = useSearchParams();
  const go = useNavigate();
  const mayEdit = useMay()('editCatalogue');
  const filters = readFilters(search, shape) as Query;
  const offset = Math.max(0, Number(search.get('after')) || 0);
  const read = useRead(listResources, { query: { ...filters, offset, limit: PAGE } }, { keep: true });
  const { items: rows = [], total = 0 } = read.data ?? {};
  const set = (changes: Record<string, string | undefined>) => setSearch(withFilters(search, changes));
  const move = (to: number) => setSearch((was) => { const next = new URLSearchParams(was); next.set('after', String(to)); return next; });
  const columns: Column<ResourceRow>[] = [
    { key: 'name', title: t('catalogue.name'), isHeader: true, render: (row) => <><Link to={`/data/catalogue/${row.id}`}>{say(row.metadata.name)}</Link><code className="small soft what">{row.metadata.code}</code></> },
    { key: 'provider', title: t('catalogue.provider'), render: (row) => (row.provider.name ? say(row.provider.name) : row.provider.code) },
    { key: 'class', title: t('catalogue.class'), render: (row) => say(resourceClasses.text(row.metadata.class)) },
    { key: 'sharing', title: t('catalogue.sharing'), render: (row) => <SharingTag kind={row.metadata.sharing.class} /> },
    { key: 'state', title: t('catalogue.state'), render: (row) => <ResourceState state={row.state} /> },
    { key: 'changed', title: t('catalogue.changed'), className: 'when', render: (row) => dayOf(row.changedAt) },
  ];
  const choose = <C extends string>(key: 'class' | 'sharing' | 'state', all: string, options: readonly C[], nameOf: (code: C) => string) => (
    <select className="plain-select" aria-label={t(`catalogue.${key}`)} value={filters[key] ?? ''} onChange={(event) => set({ [key]: event.target.value })}><option value="">{all}</option>{options.map((one) => <option key={one} value={one}>{nameOf(one)}</option>)}</select>
  );
  return (
    <>
      <PageHead title={t('catalogue.title')} lead={t('catalogue.lead')}>{mayEdit ? <Button type="primary" onClick={() => void go('/data/catalogue/new')}>{t('catalogue.add')}</Button> : null}</PageHead>
      <div className="filters">
        <SearchField value={filters.q ?? ''} label={t('catalogue.search')} onSearch={(q) => set({ q })} />
        {choose('class', t('catalogue.allClasses'), resourceClasses.codes, (one) => say(resourceClasses.text(one)))}
        {choose('sharing', t('catalogue.allSharing'), sharingClasses.codes, (one) => say(sharingClasses.text(one)))}
        {choose('state', t('catalogue.allStates'), states, (one) => t(`catalogue.state.${one}`))}
        {filters.provider ? <Button type="link" onClick={() => set({ provider: undefined })}>{t('catalogue.allProviders', { provider: filters.provider })}</Button> : null}
      </div>
      <ProblemNote error={read.error} again={() => void read.refetch()} />
      {read.isPending ? <Waiting /> : rows.length > 0 ? <List caption={t('catalogue.title')} columns={columns} rows={rows} keyOf={(row) => row.id} nameOf={(row) => say(row.metadata.name)} stale={read.isPlaceholderData} />
        : read.error ? null : <EmptyNote title={t('catalogue.none')}>{t('catalogue.noneHint')}</EmptyNote>}
      {total > 0 ? <nav className="pager" aria-label={t('pager')}><span className="soft">{t('catalogue.count', { total })}</span><Button disabled={offset === 0} onClick={() => move(Math.max(0, offset - PAGE))}>{t('catalogue.previous')}</Button><Button disabled={offset + PAGE >= total} onClick={() => move(offset + PAGE)}>{t('catalogue.next')}</Button></nav> : null}
    </>
  );
};

/** The catalogue of information resources: all entries, one with its versions, and the form of an entry. */
export const CataloguePages = () => (
  <Routes>
    <Route path="" element={<CatalogueList />} />
    <Route path="new" element={<NewEntry />} />
    <Route path=":id" element={<CatalogueOne />} />
    <Route path=":id/entry" element={<CatalogueEntry />} />
  </Routes>
);
