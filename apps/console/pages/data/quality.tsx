import { Link, Route, Routes } from 'react-router';
import { listQuality } from '@zhengwu/contracts';
import { useRead } from '../../base/calls.ts';
import { momentOf } from '../../base/format.ts';
import { useSpeech } from '../../base/language.tsx';
import { List, type Column } from '../../parts/list.tsx';
import { EmptyNote, PageHead, ProblemNote, Waiting } from '../../parts/states.tsx';
import { QualityOne } from './quality-one.tsx';
import { dimensions, Running, Share, shareOf, type QualityRegister } from './quality-parts.tsx';
import { QualityRows } from './quality-rows.tsx';

const QualityList = () => {
  const { t, say } = useSpeech();
  const read = useRead(listQuality);
  const rows = (read.data?.items ?? []).toSorted((a, b) => (a.score ?? 2) - (b.score ?? 2));
  const columns: Column<QualityRegister>[] = [
    { key: 'register', title: t('quality.register'), isHeader: true, render: (row) => <><Link to={`/data/quality/${row.register}`}>{say(row.name)}</Link><span className="small soft what">{row.keeper ? say(row.keeper) : ''}</span></> },
    { key: 'score', title: t('quality.score'), render: (row) => <Share score={row.score} name={`${t('quality.score')} ${say(row.name)}`} /> },
    ...dimensions.map((dimension): Column<QualityRegister> => ({ key: dimension, title: t(`quality.${dimension}`), className: 'number', render: (row) => shareOf(row.dimensions.find((one) => one.dimension === dimension)?.score ?? null) })),
    { key: 'rows', title: t('quality.rows'), className: 'number', render: (row) => row.rows.toLocaleString('en-US') },
    { key: 'measured', title: t('quality.measured'), render: (row) => (row.running ? <Running looked={row.looked} /> : row.measuredAt ? <span className="when">{momentOf(row.measuredAt)}</span> : <span className="soft">{t('quality.never')}</span>) },
  ];
  return (
    <>
      <PageHead title={t('quality.title')} lead={t('quality.lead')} />
      <ProblemNote error={read.error} again={() => void read.refetch()} />
      {read.isPending ? <Waiting /> : rows.length > 0 ? <div className="quality-list"><List caption={t('quality.title')} columns={columns} rows={rows} keyOf={(row) => row.register} nameOf={(row) => say(row.name)} /></div>
        : read.error ? null : <EmptyNote title={t('quality.none')}>{t('quality.noneHint')}</EmptyNote>}
    </>
  );
};

/** Quality of registers: all of them, one with its rules, and what breaks a rule. */
export const QualityPages = () => (
  <Routes>
    <Route path="" element={<QualityList />} />
    <Route path=":register" element={<QualityOne />} />
    <Route path=":register/:rule" element={<QualityRows />} />
  </Routes>
);
