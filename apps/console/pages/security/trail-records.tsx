import { Button, Input, Select } from 'antd';
import { Link, useSearchParams } from 'react-router';
import { searchAudit, type ResponseOf } from '@zhengwu/contracts';
import { useRead } from '../../base/calls.ts';
import { readFilters, withFilters, type Filters } from '../../base/filters.ts';
import { momentOf } from '../../base/format.ts';
import { useSpeech } from '../../base/language.tsx';
import { SavedFilters } from '../../parts/filters.tsx';
import { List, type Column } from '../../parts/list.tsx';
import { EmptyNote, ProblemNote, Waiting } from '../../parts/states.tsx';
import { useEventNames } from './trail-names.ts';

export type TrailRow = ResponseOf<typeof searchAudit>['items'][number];
const shape = { event: null, subject: null, person: null, address: null, from: null, until: null, trace: null, whole: ['true'] } as const;
type TrailFilters = Filters<typeof shape>;
const DAY = 86_400_000;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** As it stands on a marked copy; typed in small letters too. */
const TRACE = /^[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}$/;
const ADDRESS = /^[0-9A-Fa-f.:]{2,45}$/;

/** Days of Asia/Shanghai as instants, the last one included. */
const startOf = (day: string): string => new Date(`${day}T00:00:00+08:00`).toISOString();
const queryOf = ({ from, until, whole, person, address, trace, ...rest }: TrailFilters) => ({
  ...rest, ...(from ? { from: startOf(from) } : {}), ...(until ? { until: new Date(Date.parse(startOf(until)) + DAY).toISOString() } : {}),
  ...(whole ? { whole: true } : {}), ...(person && UUID.test(person) ? { person } : {}), ...(address && ADDRESS.test(address) ? { address } : {}), ...(trace && TRACE.test(trace) ? { trace } : {}),
});

const Filtering = ({ filters, set }: { filters: TrailFilters; set: (changes: Record<string, string | undefined>) => void }) => {
  const { t } = useSpeech();
  const { events, nameOf } = useEventNames();
  const typed = (key: 'subject' | 'person' | 'address' | 'trace', label: string, hint: string) =>
    <Input.Search key={`${key}${filters[key] ?? ''}`} allowClear maxLength={200} defaultValue={filters[key]} aria-label={label} placeholder={hint} onSearch={(value) => set({ [key]: key === 'trace' ? value.trim().toUpperCase() : value.trim(), ...(key === 'subject' ? { whole: undefined } : {}) })} className="filter" />;
  return (
    <div className="filters">
      <Select aria-label={t('trail.event')} placeholder={t('trail.event')} allowClear showSearch optionFilterProp="label" value={filters.event} onChange={(event?: string) => set({ event })} options={events.map(({ event }) => ({ value: event, label: nameOf(event) }))} className="filter" />
      {typed('subject', t('trail.subject'), t('trail.subjectHint'))}
      {typed('person', t('trail.who'), t('trail.personHint'))}
      {typed('address', t('trail.address'), t('trail.address'))}
      {typed('trace', t('trail.trace'), t('trail.traceHint'))}
      <span className="dates"><Input type="date" aria-label={t('filter.from')} value={filters.from ?? ''} onChange={(event) => set({ from: event.target.value })} /><span aria-hidden="true">–</span><Input type="date" aria-label={t('filter.to')} value={filters.until ?? ''} onChange={(event) => set({ until: event.target.value })} /></span>
      {Object.values(filters).some(Boolean) ? <Button type="link" onClick={() => set(Object.fromEntries(Object.keys(shape).map((key) => [key, undefined])))}>{t('trail.clear')}</Button> : null}
    </div>
  );
};

const useColumns = (): Column<TrailRow>[] => {
  const { t } = useSpeech();
  const { nameOf } = useEventNames();
  const to = (key: string, value: string, more = '') => `?view=records&${key}=${encodeURIComponent(value)}${more}`;
  return [
    { key: 'event', title: t('trail.event'), isHeader: true, render: (row) => <Link to={`?record=${row.id}`}>{nameOf(row.event)}</Link> },
    { key: 'who', title: t('trail.who'), render: (row) => row.person ? <Link to={to('person', row.person)}>{row.name || row.person.slice(0, 8)}</Link> : (row.name || t(`trail.kind.${row.kind as 'public'}`)) },
    { key: 'subject', title: t('trail.subject'), render: (row) => <Link to={to('subject', row.subject, '&whole=true')} className="small">{row.subject}</Link> },
    { key: 'at', title: t('trail.at'), className: 'when', render: (row) => <span className="small">{momentOf(row.at)}</span> },
    { key: 'address', title: t('trail.address'), className: 'wide-only', render: (row) => <span className="small">{row.address ?? ''}</span> },
  ];
};

/** Records by filter; by subject it is the timeline of a case, by person what somebody did. */
export const TrailRecords = () => {
  const { t } = useSpeech();
  const [search, setSearch] = useSearchParams();
  const filters = readFilters(search, shape);
  const after = search.get('after') ?? undefined;
  const list = useRead(searchAudit, { query: { ...queryOf(filters), after, limit: 50 } }, { keep: true });
  const rows = list.data?.items ?? [];
  const next = list.data?.next;
  const columns = useColumns();
  const set = (changes: Record<string, string | undefined>) => setSearch(withFilters(search, changes));
  const title = filters.subject && filters.whole ? t('trail.caseTimeline', { id: filters.subject }) : filters.person ? t('trail.personTimeline') : filters.subject ? t('trail.subjectTimeline') : null;
  return (
    <>
      <Filtering filters={filters} set={set} />
      <SavedFilters page="trail" search={search} choose={setSearch} />
      {title ? <h2>{title}</h2> : null}
      <ProblemNote error={list.error} again={() => void list.refetch()} />
      {list.isPending ? <Waiting /> : rows.length === 0 && !list.error ? <EmptyNote title={t('trail.none')}>{t('trail.noneHint')}</EmptyNote>
        : <List caption={title ?? t('security.trail')} columns={columns} rows={rows} keyOf={(row) => row.id} nameOf={(row) => `${row.event} ${row.at}`} stale={list.isPlaceholderData} />}
      {rows.length > 0 ? <nav className="pager" aria-label={t('pager')}><Button disabled={!after} onClick={() => set({})}>{t('pager.first')}</Button><Button disabled={!next} onClick={() => next && setSearch((was) => { const to = new URLSearchParams(was); to.set('after', next); return to; })}>{t('pager.next')}</Button></nav> : null}
    </>
  );
};
