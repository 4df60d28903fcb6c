import { Link, Route, Routes } from 'react-router';
import { listBaseRegisters, type ResponseOf } from '@zhengwu/contracts';
import { useRead } from '../../base/calls.ts';
import { useSpeech } from '../../base/language.tsx';
import { List, type Column } from '../../parts/list.tsx';
import { EmptyNote, PageHead, ProblemNote, Waiting } from '../../parts/states.tsx';
import type { Word } from '../../words/words.ts';
import { RegisterPage } from './register-page.tsx';

type Row = ResponseOf<typeof listBaseRegisters>['items'][number];
const categories = ['population', 'legal', 'geography', 'economy', 'credit', 'licence'];
const placeOf = ({ category }: Row): number => (category === null ? categories.length : categories.indexOf(category));

const RegisterList = () => {
  const { t, say } = useSpeech();
  const read = useRead(listBaseRegisters);
  const rows = (read.data?.items ?? []).toSorted((a, b) => Number(b.mayRead) - Number(a.mayRead) || placeOf(a) - placeOf(b));
  const columns: Column<Row>[] = [
    { key: 'name', title: t('registers.name'), isHeader: true, render: (row) => <><Link to={`/data/registers/${row.code}`}>{say(row.name)}</Link><span className="small soft what">{row.code}</span></> },
    { key: 'category', title: t('registers.category'), render: (row) => (row.category ? t(`registers.category.${row.category}` as Word) : '') },
    { key: 'keeper', title: t('registers.keeper'), render: (row) => (row.keeper.name ? say(row.keeper.name) : row.keeper.code) },
    { key: 'sharing', title: t('registers.sharing'), render: (row) => t(`registers.sharing.${row.sharing.class}` as Word) },
    { key: 'fields', title: t('registers.fields'), className: 'number', render: (row) => row.fields.length },
    { key: 'reach', title: t('registers.lookup'), render: (row) => (row.mayRead ? <Link to={`/data/registers/${row.code}`} aria-label={`${t('registers.find')} ${say(row.name)}`}>{t('registers.find')}</Link> : <span className="soft small">{t('registers.notReach')}</span>) },
  ];
  return (
    <>
      <PageHead title={t('registers.title')} lead={t('registers.lead')} />
      <ProblemNote error={read.error} again={() => void read.refetch()} />
      {read.isPending ? <Waiting /> : rows.length > 0 ? <List caption={t('registers.title')} columns={columns} rows={rows} keyOf={(row) => row.code} nameOf={(row) => say(row.name)} />
        : read.error ? null : <EmptyNote title={t('registers.empty')}>{t('registers.emptyHint')}</EmptyNote>}
    </>
  );
};

/** The base registers, and one of them with its records. */
export const RegisterPages = () => (
  <Routes>
    <Route path="" element={<RegisterList />} />
    <Route path=":code" element={<RegisterPage />} />
  </Routes>
);
