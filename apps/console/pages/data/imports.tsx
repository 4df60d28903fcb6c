import { Link, Route, Routes, useParams } from 'react-router';
import { listImportRegisters, listImports, type ResponseOf } from '@zhengwu/contracts';
import { useRead } from '../../base/calls.ts';
import { momentOf } from '../../base/format.ts';
import { useSpeech } from '../../base/language.tsx';
import { List, type Column } from '../../parts/list.tsx';
import { EmptyNote, PageHead, ProblemNote, Waiting } from '../../parts/states.tsx';
import { ImportPage } from './imports-one.tsx';
import { UploadForm } from './imports-upload.tsx';

const SHOWN = 50;
type Row = ResponseOf<typeof listImports>['items'][number];
const tag = (state: Row['state']): string => (state === 'done' ? 'tag state-good' : state === 'failed' ? 'tag state-bad' : 'tag state-wait');

const History = () => {
  const { t, say } = useSpeech();
  const read = useRead(listImports, { query: { limit: SHOWN } });
  const rows = read.data?.items ?? [];
  const count = (name: 'added' | 'changed' | 'unchanged' | 'refused'): Column<Row> => ({ key: name, title: t(`imports.${name}`), className: 'number', render: (row) => row[name].toLocaleString('en-US') });
  const columns: Column<Row>[] = [
    { key: 'name', title: t('imports.file'), isHeader: true, render: (row) => <Link to={`/data/imports/${row.id}`}>{row.name}</Link> },
    { key: 'register', title: t('imports.register'), render: (row) => say(row.registerName) },
    { key: 'state', title: t('imports.state'), render: (row) => <><span className={tag(row.state)}>{t(`imports.state.${row.state}`)}</span> {row.isTrial ? <span className="small soft">{t('imports.trial')}</span> : null}</> },
    count('added'), count('changed'), count('unchanged'), count('refused'),
    { key: 'by', title: t('imports.by'), className: 'when', render: (row) => <span className="small">{momentOf(row.at)} {row.by}</span> },
  ];
  return (
    <section className="part">
      <h2>{t('imports.history')}</h2>
      <ProblemNote error={read.error} again={() => void read.refetch()} />
      {read.isPending ? <Waiting /> : rows.length > 0 ? <List caption={t('imports.history')} columns={columns} rows={rows} keyOf={(row) => row.id} nameOf={(row) => row.name} /> : read.error ? null : <EmptyNote title={t('imports.none')}>{t('imports.noneHint')}</EmptyNote>}
    </section>
  );
};

const Overview = () => {
  const { t } = useSpeech();
  const read = useRead(listImportRegisters);
  const registers = read.data?.items ?? [];
  return (
    <>
      <PageHead title={t('imports.title')} lead={t('imports.lead')} />
      <ProblemNote error={read.error} again={() => void read.refetch()} />
      {read.isPending ? <Waiting /> : registers.length > 0 ? <UploadForm registers={registers} /> : read.error ? null : <EmptyNote title={t('imports.noRegisters')}>{t('imports.noRegistersHint')}</EmptyNote>}
      <History />
    </>
  );
};

const One = () => {
  const { id = '' } = useParams();
  return <ImportPage key={id} id={id} />;
};

/** Files on their way into registers: hand one in, and what became of them. */
export const ImportPages = () => <Routes><Route path="" element={<Overview />} /><Route path=":id" element={<One />} /></Routes>;
