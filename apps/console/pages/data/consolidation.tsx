import { Button, Input } from 'antd';
import { useState } from 'react';
import { Link, Route, Routes, useNavigate } from 'react-router';
import { listConsolidations, takeConsolidation, type ResponseOf } from '@zhengwu/contracts';
import { useChange, useRead } from '../../base/calls.ts';
import { momentOf } from '../../base/format.ts';
import { useSpeech } from '../../base/language.tsx';
import { Field } from '../../parts/field.tsx';
import { List, type Column } from '../../parts/list.tsx';
import { EmptyNote, PageHead, ProblemNote, Waiting } from '../../parts/states.tsx';
import { ConsolidationOne } from './consolidation-one.tsx';

type Listed = ResponseOf<typeof listConsolidations>;
const figures = ['centres', 'links', 'machines', 'people'] as const;

const Found = ({ one }: { one: Listed['found'][number] }) => {
  const { t, say } = useSpeech();
  const go = useNavigate();
  const [values, setValues] = useState({ centres: 1, links: 0, machines: 0, people: 0 });
  const take = useChange(takeConsolidation, [listConsolidations]);
  return (
    <section className="part" aria-label={say(one.name)}>
      <h3>{say(one.name)}</h3>
      <p className="soft small">{one.code}.sqlite · {Math.ceil(one.bytes / 1024).toLocaleString('en-US')} KB</p>
      <p>{t('consolidation.figures')}</p>
      <div className="form-row">
        {figures.map((name) => (
          <Field key={name} label={t(`consolidation.${name}`)}>
            <Input type="number" min={0} max={1_000_000} value={values[name]} onChange={(event) => setValues((now) => ({ ...now, [name]: Math.max(0, Math.trunc(Number(event.target.value)) || 0) }))} />
          </Field>
        ))}
      </div>
      <ProblemNote error={take.error} />
      <Button type="primary" loading={take.isPending} onClick={() => take.mutate({ body: { code: one.code, figures: values } }, { onSuccess: ({ id }) => void go(`/data/consolidation/${id}`) })}>{t('consolidation.take')}</Button>
    </section>
  );
};

const ConsolidationList = () => {
  const { t, say } = useSpeech();
  const read = useRead(listConsolidations);
  const { found = [], items = [] } = read.data ?? {};
  const columns: Column<Listed['items'][number]>[] = [
    { key: 'name', title: t('consolidation.name'), isHeader: true, render: (row) => <Link to={`/data/consolidation/${row.id}`}>{say(row.name)}</Link> },
    { key: 'state', title: t('consolidation.state'), render: (row) => <span className={row.state === 'switched' ? 'tag state-good' : 'tag state-wait'}>{t(`consolidation.state.${row.state}`)}</span> },
    { key: 'taken', title: t('consolidation.takenAt'), className: 'when', render: (row) => momentOf(row.takenAt) },
  ];
  return (
    <>
      <PageHead title={t('consolidation.title')} lead={t('consolidation.lead')} />
      <ProblemNote error={read.error} again={() => void read.refetch()} />
      {read.isPending ? <Waiting /> : found.length + items.length === 0 && !read.error ? <EmptyNote title={t('consolidation.none')}>{t('consolidation.noneHint')}</EmptyNote> : null}
      {found.length > 0 ? <><h2>{t('consolidation.found')}</h2>{found.map((one) => <Found key={one.code} one={one} />)}</> : null}
      {items.length > 0 ? <><h2>{t('consolidation.taken')}</h2><List caption={t('consolidation.taken')} columns={columns} rows={items} keyOf={(row) => row.id} nameOf={(row) => say(row.name)} /></> : null}
    </>
  );
};

/** Old centres: those handed over, those in hand, and one with its steps. */
export const ConsolidationPages = () => (
  <Routes>
    <Route path="" element={<ConsolidationList />} />
    <Route path=":id" element={<ConsolidationOne />} />
  </Routes>
);
