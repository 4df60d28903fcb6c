import { useState } from 'react';
import { Button, Checkbox } from 'antd';
import { Link, Route, Routes, useSearchParams } from 'react-router';
import { listEntries, listRegisters, scanTables, type EntryRow, type RegisterView } from '@zhengwu/contracts';
import { useChange, useRead } from '../../base/calls.ts';
import { useSpeech } from '../../base/language.tsx';
import { useMay } from '../../base/session.tsx';
import { SearchField } from '../../parts/filters.tsx';
import { List } from '../../parts/list.tsx';
import { EmptyNote, PageHead, ProblemNote, Waiting } from '../../parts/states.tsx';
import { useToast } from '../../parts/toast.tsx';
import { EntryDialog } from './entry-dialogs.tsx';
import { EntryPage } from './entry.tsx';

const DueCell = ({ row }: { row: EntryRow }) => {
  const { t } = useSpeech();
  return <>{row.dueAt ?? ''} {row.overdue ? <span className="tag state-off">{t('gov.overdue')}</span> : null}{row.escalated ? <span className="tag state-wait">{t('gov.escalated')}</span> : null}</>;
};

const Entries = ({ register }: { register: RegisterView }) => {
  const { t, say } = useSpeech();
  const [search, setSearch] = useSearchParams();
  const [trail, setTrail] = useState<string[]>([]);
  const [state, text, overdue] = [search.get('state') ?? '', search.get('text') ?? '', search.get('overdue') === 'true'];
  const after = trail.at(-1);
  const read = useRead(listEntries, { query: { limit: 50, register: register.code, ...(state ? { state } : {}), ...(text ? { text } : {}), ...(overdue ? { overdue } : {}), ...(after ? { after } : {}) } }, { keep: true });
  const set = (name: string, value: string) => { const next = new URLSearchParams(search); if (value) next.set(name, value); else next.delete(name); setTrail([]); setSearch(next); };
  const columns = [
    { key: 'number', title: t('gov.number'), isHeader: true, render: (row: EntryRow) => <><Link to={`/security/registers/${row.id}`}>{row.title}</Link><br /><span className="soft small">{row.number}</span></> },
    { key: 'state', title: t('gov.state'), render: (row: EntryRow) => <span className="tag">{say(register.states.find((one) => one.code === row.state)?.name)}</span> },
    { key: 'owner', title: t('gov.owner'), render: (row: EntryRow) => row.owner?.name ?? '' },
    { key: 'due', title: register.dueName ? say(register.dueName) : t('gov.due'), className: 'when', render: (row: EntryRow) => <DueCell row={row} /> },
  ];
  const next = read.data?.next;
  return (
    <>
      <div className="filters">
        <SearchField value={text} label={t('gov.search')} onSearch={(value) => set('text', value)} />
        <select className="plain-select" aria-label={t('gov.state')} value={state} onChange={(event) => set('state', event.target.value)}><option value="">{t('gov.anyState')}</option>{register.states.map((one) => <option key={one.code} value={one.code}>{say(one.name)}</option>)}</select>
        <Checkbox checked={overdue} onChange={(event) => set('overdue', event.target.checked ? 'true' : '')}>{t('gov.onlyOverdue')}</Checkbox>
      </div>
      <ProblemNote error={read.error} again={() => void read.refetch()} />
      {read.isPending ? <Waiting /> : read.data?.items.length ? <List caption={say(register.name)} columns={columns} rows={read.data.items} keyOf={(row) => row.id} nameOf={(row) => row.number} stale={read.isPlaceholderData} /> : <EmptyNote title={t('gov.empty')}>{t('gov.emptyHelp')}</EmptyNote>}
      {next ? <p><Button onClick={() => setTrail([...trail, next])}>{t('gov.more')}</Button></p> : null}
    </>
  );
};

const Overview = ({ registers }: { registers: readonly RegisterView[] }) => {
  const { t, say } = useSpeech();
  const columns = [
    { key: 'name', title: t('gov.register'), isHeader: true, render: (row: RegisterView) => <Link to={`/security/registers?register=${row.code}`}>{say(row.name)}</Link> },
    { key: 'domain', title: t('gov.domain'), className: 'number', render: (row: RegisterView) => row.domain },
    { key: 'total', title: t('gov.entries'), className: 'number', render: (row: RegisterView) => row.total },
    { key: 'open', title: t('gov.open'), className: 'number', render: (row: RegisterView) => row.open },
    { key: 'overdue', title: t('gov.overdue'), className: 'number', render: (row: RegisterView) => (row.overdue > 0 ? <strong>{row.overdue}</strong> : 0) },
  ];
  return <List caption={t('security.registers')} columns={columns} rows={registers} keyOf={(row) => row.code} nameOf={(row) => say(row.name)} />;
};

const ScanButton = () => {
  const { t } = useSpeech();
  const tell = useToast();
  const scan = useChange(scanTables);
  return <><Button loading={scan.isPending} onClick={() => scan.mutate({}, { onSuccess: (done) => tell(t('gov.scanned', done)) })}>{t('gov.scan')}</Button><ProblemNote error={scan.error} /></>;
};

const Registers = () => {
  const { t, say } = useSpeech();
  const may = useMay();
  const [search] = useSearchParams();
  const [isAdding, setAdding] = useState(false);
  const read = useRead(listRegisters, {}, { keep: true });
  const items = read.data?.items ?? [];
  const register = items.find((one) => one.code === search.get('register'));
  const domain = Number(search.get('domain'));
  const mayAdd = register && may(register.keeper === 'keep' ? 'keepRegisters' : 'inspect');
  return (
    <>
      <PageHead title={register ? say(register.name) : t('security.registers')} lead={register ? <Link to="/security/registers">{t('security.registers')}</Link> : t('gov.registers.lead')}>
        {register?.code === 'asset' && mayAdd ? <ScanButton /> : null}
        {mayAdd ? <Button type="primary" onClick={() => setAdding(true)}>{t('gov.add')}</Button> : null}
      </PageHead>
      <ProblemNote error={read.error} again={() => void read.refetch()} />
      {read.isPending ? <Waiting /> : register ? <Entries key={register.code} register={register} /> : <Overview registers={domain ? items.filter((one) => one.domain === domain) : items} />}
      {isAdding && register ? <EntryDialog register={register} onClose={() => setAdding(false)} /> : null}
    </>
  );
};

/** The registers of the ten domains, the entries of one, and one entry. */
export const RegistersPage = () => (
  <Routes>
    <Route path="" element={<Registers />} />
    <Route path=":id" element={<EntryPage />} />
  </Routes>
);
