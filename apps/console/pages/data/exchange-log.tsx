import { Button, Checkbox, Input } from 'antd';
import { Link, Route, Routes, useSearchParams } from 'react-router';
import { listExchangeServices, searchExchangeCalls, type ExchangeCall } from '@zhengwu/contracts';
import { useRead } from '../../base/calls.ts';
import { readFilters, withFilters, type Filters } from '../../base/filters.ts';
import { momentOf } from '../../base/format.ts';
import { useSpeech } from '../../base/language.tsx';
import { List, type Column } from '../../parts/list.tsx';
import { EmptyNote, PageHead, ProblemNote, Waiting } from '../../parts/states.tsx';
import { ExchangeMessage } from './exchange-message.tsx';
import { amountOf, memberName, Milliseconds, Outcome, Party, useMembers, type Members } from './exchange-parts.tsx';

const shape = { message: null, client: null, service: null, role: ['consumer', 'provider'], faults: ['true'], from: null, to: null } as const;
type LogFilters = Filters<typeof shape>;
const DAY_MS = 86_400_000;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
/** A day of Asia/Shanghai as an instant, so many days on. */
const dayAt = (day: string, days = 0): string => new Date(Date.parse(`${day}T00:00:00+08:00`) + days * DAY_MS).toISOString();

const queryOf = ({ from, to, faults, role, ...rest }: LogFilters) => ({
  ...rest, ...(role ? { role: role as ExchangeCall['role'] } : {}), ...(faults ? { faults: true } : {}), ...(from && DAY.test(from) ? { from: dayAt(from) } : {}), ...(to && DAY.test(to) ? { to: dayAt(to, 1) } : {}),
});

const Filtering = ({ filters, set, members }: { filters: LogFilters; set: (changes: Record<string, string | undefined>) => void; members: Members }) => {
  const { t } = useSpeech();
  const own = useRead(listExchangeServices).data?.items.map(({ subsystem, code }) => `${subsystem}/${code}`) ?? [];
  const callers = members.flatMap(({ subsystems }) => subsystems);
  const services = [...new Set([...own, ...callers, ...(filters.service ? [filters.service] : [])])];
  const choose = (key: 'client' | 'service', all: string, options: readonly string[]) => (
    <select className="plain-select" aria-label={t(`exchange.${key}`)} value={filters[key] ?? ''} onChange={(event) => set({ [key]: event.target.value })}>
      <option value="">{all}</option>{options.map((id) => <option key={id} value={id}>{memberName(members, id)} · {id.split('/').slice(3).join('/')}</option>)}
    </select>
  );
  return (
    <div className="filters">
      <Input.Search key={filters.message} allowClear maxLength={100} defaultValue={filters.message} aria-label={t('exchange.message')} placeholder={t('exchange.messageHint')} onSearch={(value) => set({ message: value.trim() })} className="filter wide" />
      {choose('client', t('exchange.anyCaller'), callers)}
      {choose('service', t('exchange.anyService'), services)}
      <select className="plain-select" aria-label={t('exchange.role')} value={filters.role ?? ''} onChange={(event) => set({ role: event.target.value })}><option value="">{t('exchange.anyRole')}</option>{shape.role.map((one) => <option key={one} value={one}>{t(`exchange.role.${one}`)}</option>)}</select>
      <span className="dates"><Input type="date" aria-label={t('filter.from')} value={filters.from ?? ''} onChange={(event) => set({ from: event.target.value })} /><span aria-hidden="true">–</span><Input type="date" aria-label={t('filter.to')} value={filters.to ?? ''} onChange={(event) => set({ to: event.target.value })} /></span>
      <Checkbox checked={filters.faults !== undefined} onChange={(event) => set({ faults: event.target.checked ? 'true' : undefined })}>{t('exchange.onlyFaults')}</Checkbox>
      {Object.values(filters).some(Boolean) ? <Button type="link" onClick={() => set(Object.fromEntries(Object.keys(shape).map((key) => [key, undefined])))}>{t('exchange.clear')}</Button> : null}
    </div>
  );
};

const ExchangeLog = () => {
  const { t } = useSpeech();
  const [search, setSearch] = useSearchParams();
  const members = useMembers();
  const filters = readFilters(search, shape);
  const after = search.get('after') ?? undefined;
  const read = useRead(searchExchangeCalls, { query: { ...queryOf(filters), ...(after ? { after } : {}), limit: 50 } }, { keep: true });
  const { items: rows = [], next = null } = read.data ?? {};
  const columns: Column<ExchangeCall>[] = [
    { key: 'service', title: t('exchange.called'), isHeader: true, render: (row) => <Party members={members} id={`${row.method} ${row.service}${row.path}`}><Link to={`/data/exchange-log/${row.request}`}>{memberName(members, row.service)} · {row.service.split('/').at(-1)}</Link></Party> },
    { key: 'client', title: t('exchange.client'), render: (row) => <Party members={members} id={row.client} /> },
    { key: 'role', title: t('exchange.role'), render: (row) => t(`exchange.role.${row.role}`) },
    { key: 'outcome', title: t('exchange.outcome'), render: (row) => <Outcome call={row} /> },
    { key: 'took', title: t('exchange.took'), className: 'number', render: (row) => <Milliseconds value={row.took} /> },
    { key: 'sizes', title: t('exchange.sizes'), className: 'number wide-only', render: (row) => `${amountOf(row.requestSize)} / ${amountOf(row.answerSize)}` },
    { key: 'at', title: t('exchange.at'), className: 'when', render: (row) => momentOf(row.at) },
  ];
  return (
    <>
      <PageHead title={t('exchange.log')} lead={t('exchange.log.lead')} />
      <Filtering filters={filters} members={members} set={(changes) => setSearch(withFilters(search, changes))} />
      <ProblemNote error={read.error} again={() => void read.refetch()} />
      {read.isPending ? <Waiting /> : rows.length > 0 ? <List caption={t('exchange.log')} columns={columns} rows={rows} keyOf={(row) => `${row.request} ${row.role}`} nameOf={(row) => `${row.service} ${row.at}`} stale={read.isPlaceholderData} />
        : read.error ? null : <EmptyNote title={t('exchange.noMessages')}>{t('exchange.noMessagesHint')}</EmptyNote>}
      {rows.length > 0 ? <nav className="pager" aria-label={t('pager')}><Button disabled={!after} onClick={() => setSearch(withFilters(search, {}))}>{t('pager.first')}</Button><Button disabled={!next} onClick={() => next && setSearch((was) => { const to = new URLSearchParams(was); to.set('after', next); return to; })}>{t('pager.next')}</Button></nav> : null}
    </>
  );
};

/** The message log, and one message with its way through every node. */
export const ExchangeLogPages = () => (
  <Routes>
    <Route path="" element={<ExchangeLog />} />
    <Route path=":request" element={<ExchangeMessage />} />
  </Routes>
);
