import { useRef, useState } from 'react';
import { Button, Input, Select, type InputRef } from 'antd';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { caseStates, channels, listCases, listDepartments, type CaseSummary } from '@zhengwu/contracts';
import { useRead } from '../base/calls.ts';
import { readFilters, withFilters, type Filters } from '../base/filters.ts';
import { countOf, dayOf } from '../base/format.ts';
import { useKeys } from '../base/keyboard.ts';
import { useSpeech } from '../base/language.tsx';
import { Pager, SavedFilters, SearchField } from '../parts/filters.tsx';
import { List, type Column } from '../parts/list.tsx';
import { usePlace } from '../parts/place.ts';
import { useServices } from '../parts/services.ts';
import { CardTag, EmptyNote, PageHead, ProblemNote, StateTag, Waiting } from '../parts/states.tsx';
import { KeyHelp } from './key-help.tsx';

export const caseFilters = {
  q: null, state: caseStates.codes.map(String), service: null, department: null, from: null, to: null, card: ['warning', 'yellow', 'red'], open: ['true', 'false'], sort: ['-submitted', 'submitted', 'due'],
} as const;
type CaseFilters = Filters<typeof caseFilters>;

/** The order that the list can have: what a search finds comes newest first, and only open cases come by their day. */
export const orderOf = ({ sort, q, open }: CaseFilters): string => (q || (sort === 'due' && open === 'false') ? '-submitted' : (sort ?? '-submitted'));

/** Filters as the operation wants them: numbers and booleans, not text. */
export const caseQuery = ({ state, open, sort, ...rest }: CaseFilters): Record<string, unknown> => ({
  ...rest, ...(sort ? { sort: orderOf({ sort, open, q: rest.q }) } : {}), ...(state ? { state: Number(state) } : {}), ...(open ? { open: open === 'true' } : {}),
});

const useColumns = (): Column<CaseSummary>[] => {
  const { t, say, lang } = useSpeech();
  return [
    { key: 'number', title: t('col.number'), isHeader: true, render: (row) => <Link to={`/cases/${row.id}`} className="number">{row.number}</Link> },
    { key: 'service', title: t('col.service'), render: (row) => say(row.service.name) },
    { key: 'applicant', title: t('col.applicant'), className: 'whose', render: (row) => row.applicant },
    { key: 'state', title: t('col.state'), render: (row) => <span className="tags"><StateTag state={row.state} text={caseStates.label(row.state, lang)} /><CardTag card={row.card} /></span> },
    { key: 'department', title: t('col.department'), className: 'wide-only', render: (row) => say(row.department.name) },
    { key: 'submitted', title: t('col.submitted'), sort: { up: 'submitted', down: '-submitted' }, render: (row) => <span>{dayOf(row.submittedAt)} <span className="soft small">{channels.label(row.channel, lang)}</span></span> },
    { key: 'due', title: t('col.promised'), sort: { up: 'due' }, render: (row) => row.closedAt ? <span className="soft">{t('closed.on', { day: dayOf(row.closedAt) })}</span> : (row.promisedDue ?? '—') },
  ];
};

const Filtering = ({ filters, set, focus }: { filters: CaseFilters; set: (changes: Record<string, string | undefined>) => void; focus: React.RefObject<InputRef | null> }) => {
  const { t, say, lang } = useSpeech();
  const services = useServices();
  const departments = useRead(listDepartments).data?.items ?? [];
  const choose = (key: keyof CaseFilters, label: string, options: { value: string; label: string }[]) =>
    <Select aria-label={label} placeholder={label} allowClear showSearch optionFilterProp="label" value={filters[key]} onChange={(value?: string) => set({ [key]: value })} options={options} className="filter" />;
  const isFiltered = Object.entries(filters).some(([key, value]) => value && key !== 'sort');
  return (
    <div className="filters">
      <SearchField value={filters.q ?? ''} label={t('cases.search')} onSearch={(q) => set({ q })} focus={focus} />
      {choose('state', t('filter.state'), caseStates.entries.map((one) => ({ value: String(one.code), label: lang === 'en' ? one.en : one.zh })))}
      {choose('service', t('filter.service'), services.map((one) => ({ value: one.code, label: say(one.name) })))}
      {choose('department', t('filter.department'), departments.map((one) => ({ value: one.code, label: say(one.name) })))}
      {choose('card', t('filter.card'), (['warning', 'yellow', 'red'] as const).map((value) => ({ value, label: t(`card.${value}`) })))}
      {choose('open', t('filter.open'), [{ value: 'true', label: t('filter.isOpen') }, { value: 'false', label: t('filter.isClosed') }])}
      <span className="dates"><Input type="date" aria-label={t('filter.from')} value={filters.from ?? ''} onChange={(event) => set({ from: event.target.value })} /><span aria-hidden="true">–</span><Input type="date" aria-label={t('filter.to')} value={filters.to ?? ''} onChange={(event) => set({ to: event.target.value })} /></span>
      {isFiltered ? <Button type="link" onClick={() => set(Object.fromEntries(Object.keys(caseFilters).map((key) => [key, undefined])))}>{t('filter.clear')}</Button> : null}
    </div>
  );
};

/** Every case within reach: filters, full-text search, sorting, all in the address. */
export const Cases = () => {
  const [search, setSearch] = useSearchParams();
  const { t } = useSpeech();
  const navigate = useNavigate();
  const filters = readFilters(search, caseFilters);
  const after = search.get('after') ?? undefined;
  const list = useRead(listCases, { query: { ...caseQuery(filters), after, limit: 30 } as never }, { keep: true });
  const rows = list.data?.items ?? [];
  const { current, setCurrent } = usePlace(search.toString());
  const [help, setHelp] = useState(false);
  const field = useRef<InputRef>(null);
  const columns = useColumns();
  const at = Math.min(current, rows.length - 1);
  useKeys({
    next: () => setCurrent(Math.min(at + 1, rows.length - 1)), previous: () => setCurrent(Math.max(at - 1, 0)), open: () => rows[at] && void navigate(`/cases/${rows[at].id}`),
    search: () => field.current?.focus(), help: () => setHelp(true),
  });
  const set = (changes: Record<string, string | undefined>) => setSearch(withFilters(search, changes));
  return (
    <div className="page">
      <PageHead title={t('nav.cases')} lead={list.data ? t('cases.count', { total: countOf(list.data.total, list.data.totalCapped) }) : undefined} />
      <Filtering filters={filters} set={set} focus={field} />
      <SavedFilters page="cases" search={search} choose={setSearch} />
      <ProblemNote error={list.error} again={() => void list.refetch()} />
      {list.isPending ? <Waiting /> : rows.length === 0 && !list.error ? <EmptyNote title={t('empty.filtered')}>{t('empty.filteredHint')}</EmptyNote>
        : <List caption={t('nav.cases')} columns={columns} rows={rows} keyOf={(row) => row.id} nameOf={(row) => row.number} sort={orderOf(filters)} onSort={filters.q ? undefined : (sort) => set({ sort, ...(sort === 'due' ? { open: 'true' } : {}) })} current={at} onCurrent={setCurrent} stale={list.isPlaceholderData} />}
      {list.data && rows.length > 0 ? <Pager shown={rows.length} total={countOf(list.data.total, list.data.totalCapped)} next={list.data.next} isFirst={!after} onFirst={() => set({})} onNext={(next) => setSearch((was) => { const to = new URLSearchParams(was); to.set('after', next); return to; })} /> : null}
      {help ? <KeyHelp onClose={() => setHelp(false)} /> : null}
    </div>
  );
};
