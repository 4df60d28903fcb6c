import { Link, Route, Routes, useParams } from 'react-router';
import { listAdapters, readAdapter, type AdapterRow } from '@zhengwu/contracts';
import { useRead } from '../../base/calls.ts';
import { momentOf } from '../../base/format.ts';
import { useSpeech } from '../../base/language.tsx';
import { useMay } from '../../base/session.tsx';
import { List, type Column } from '../../parts/list.tsx';
import { EmptyNote, PageHead, ProblemNote, Waiting } from '../../parts/states.tsx';
import { AdapterConnections } from './adapters-connections.tsx';
import { AdapterForm } from './adapters-form.tsx';
import { AdapterPage } from './adapters-one.tsx';
import { RunTag, ScheduleNote } from './adapters-parts.tsx';
import { emptyFlow, typedFlowOf } from './adapters-reading.ts';

const Overview = () => {
  const { t, say } = useSpeech();
  const mayManage = useMay()('manageAdapters');
  const read = useRead(listAdapters);
  const rows = read.data?.items ?? [];
  const columns: Column<AdapterRow>[] = [
    { key: 'name', title: t('adapters.name'), isHeader: true, render: (row) => <><Link to={`/data/adapters/${row.code}`}>{say(row.name)}</Link><span className="small soft what">{row.code}</span></> },
    { key: 'way', title: t('adapters.source'), render: (row) => <span className="break">{row.source} → {row.sink}</span> },
    { key: 'when', title: t('adapters.schedule'), render: (row) => (row.paused ? <span className="tag state-plain">{t('adapters.paused')}</span> : <ScheduleNote row={row} />) },
    { key: 'last', title: t('adapters.last'), render: (row) => (row.last ? <><RunTag run={row.last} /> <span className="small">{momentOf(row.last.begunAt)}</span></> : t('adapters.never')) },
    { key: 'rows', title: t('adapters.rows'), className: 'number', render: (row) => row.rows.toLocaleString('en-US') },
    { key: 'refused', title: t('adapters.refused'), className: 'number', render: (row) => row.refused.toLocaleString('en-US') },
  ];
  return (
    <>
      <PageHead title={t('adapters.title')} lead={t('adapters.lead')}>{mayManage ? <><Link to="/data/adapters/connections">{t('adapters.connections')}</Link> <Link to="/data/adapters/new">{t('adapters.make')}</Link></> : null}</PageHead>
      <ProblemNote error={read.error} again={() => void read.refetch()} />
      {read.isPending ? <Waiting /> : rows.length > 0 ? <List caption={t('adapters.list')} columns={columns} rows={rows} keyOf={(row) => row.code} nameOf={(row) => row.code} /> : read.error ? null : <EmptyNote title={t('adapters.none')}>{t('adapters.noneHint')}</EmptyNote>}
    </>
  );
};

const Making = () => {
  const read = useRead(listAdapters);
  return read.data ? <AdapterForm first={emptyFlow} version={0} choices={read.data} /> : read.error ? <ProblemNote error={read.error} again={() => void read.refetch()} /> : <Waiting />;
};

const Changing = () => {
  const { code = '' } = useParams();
  const [all, one] = [useRead(listAdapters), useRead(readAdapter, { params: { code } })];
  const error = all.error ?? one.error;
  return all.data && one.data ? <AdapterForm key={one.data.version} first={typedFlowOf(one.data.flow)} version={one.data.version} choices={all.data} /> : error ? <ProblemNote error={error} again={() => void one.refetch()} /> : <Waiting />;
};

/** Ways of rows into the platform. */
export const AdapterPages = () => (
  <Routes>
    <Route path="" element={<Overview />} />
    <Route path="connections" element={<AdapterConnections />} />
    <Route path="new" element={<Making />} />
    <Route path=":code" element={<AdapterPage />} />
    <Route path=":code/change" element={<Changing />} />
  </Routes>
);
