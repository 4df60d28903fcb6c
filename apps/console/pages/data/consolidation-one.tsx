import { Button, Input } from 'antd';
import { useEffect, useState } from 'react';
import { useParams } from 'react-router';
import { compareConsolidation, listOldRows, migrateConsolidation, readConsolidation, rollBackConsolidation, switchConsolidation, type Consolidation, type ResponseOf } from '@zhengwu/contracts';
import { useChange, useRead } from '../../base/calls.ts';
import { useSpeech } from '../../base/language.tsx';
import { Field } from '../../parts/field.tsx';
import { List, type Column } from '../../parts/list.tsx';
import { EmptyNote, PageHead, ProblemNote, Waiting } from '../../parts/states.tsx';
import { TableMapping } from './consolidation-mapping.tsx';

const EVERY = 1000;
const PAGE = 20;
const outcomes = ['added', 'same', 'differs', 'refused'] as const;
type Row = ResponseOf<typeof listOldRows>['items'][number];

const BeforeAfter = ({ one }: { one: Consolidation }) => {
  const { t } = useSpeech();
  const rows = (['centres', 'links', 'machines', 'people'] as const).map((name) => ({ name, before: one.before[name], after: one.after[name] }));
  return (
    <List caption={`${t('consolidation.before')} / ${t('consolidation.after')}`} rows={rows} keyOf={(row) => row.name} nameOf={(row) => t(`consolidation.${row.name}`)} columns={[
      { key: 'name', title: t('consolidation.figures'), isHeader: true, render: (row) => t(`consolidation.${row.name}`) },
      { key: 'before', title: t('consolidation.before'), className: 'number', render: (row) => row.before },
      { key: 'after', title: t('consolidation.after'), className: 'number', render: (row) => row.after },
    ]} />
  );
};

const Tables = ({ one }: { one: Consolidation }) => {
  const { t } = useSpeech();
  const mayMap = one.state === 'inventoried' || one.state === 'compared';
  return (
    <>
      {one.tables.map((table) => (
        <section key={table.name} className="part" aria-label={table.name}>
          <h3>{table.name}</h3>
          <p className="soft small">{t('consolidation.rows')} {table.rows.toLocaleString('en-US')} · {t('consolidation.columns')} {table.columns.map(({ name }) => name).join(' ')}</p>
          {table.confirmed ? (
            <dl className="pairs">{[...outcomes, 'written' as const].map((name) => <div key={name}><dt>{t(`consolidation.outcome.${name}`)}</dt><dd className="number">{table.outcomes[name].toLocaleString('en-US')}</dd></div>)}</dl>
          ) : <p className="note">{t('consolidation.unmapped')}</p>}
          {mayMap ? <TableMapping id={one.id} table={table} /> : null}
        </section>
      ))}
    </>
  );
};

const Ending = ({ one }: { one: Consolidation }) => {
  const { t } = useSpeech();
  const [reason, setReason] = useState('');
  const close = useChange(switchConsolidation, [readConsolidation]);
  const back = useChange(rollBackConsolidation, [readConsolidation, listOldRows]);
  const leave = one.tables.filter(({ confirmed }) => !confirmed).map(({ name }) => name);
  const given = { params: { id: one.id }, body: { reason: reason.trim() } };
  return (
    <section className="part">
      <Field label={t('consolidation.reason')}><Input value={reason} maxLength={200} onChange={(event) => setReason(event.target.value)} /></Field>
      <ProblemNote error={close.error ?? back.error} />
      {back.data ? <p className="note" role="status">{t('consolidation.takenBack', { count: back.data.takenBack })}</p> : null}
      <div className="acts">
        {one.state === 'migrated' ? <Button type="primary" disabled={reason.trim() === ''} loading={close.isPending} onClick={() => close.mutate({ ...given, body: { ...given.body, leave } })}>{t('consolidation.switch')}</Button> : null}
        <Button danger disabled={reason.trim() === ''} loading={back.isPending} onClick={() => back.mutate(given)}>{t('consolidation.rollBack')}</Button>
      </div>
    </section>
  );
};

const Steps = ({ one }: { one: Consolidation }) => {
  const { t } = useSpeech();
  const compare = useChange(compareConsolidation, [readConsolidation, listOldRows]);
  const migrate = useChange(migrateConsolidation, [readConsolidation, listOldRows]);
  const isMapped = one.tables.some(({ confirmed }) => confirmed);
  const waits = one.tables.some(({ outcomes: { added, written } }) => added > written);
  return (
    <>
      <ProblemNote error={compare.error ?? migrate.error} />
      <div className="acts">
        {['inventoried', 'compared', 'comparing'].includes(one.state) ? <Button disabled={!isMapped} loading={compare.isPending} onClick={() => compare.mutate({ params: { id: one.id } })}>{t('consolidation.compare')}</Button> : null}
        {['compared', 'migrating'].includes(one.state) || (one.state === 'migrated' && waits) ? <Button type="primary" loading={migrate.isPending} onClick={() => migrate.mutate({ params: { id: one.id } })}>{t('consolidation.migrate')}</Button> : null}
      </div>
      {['migrated', 'migrating', 'switched', 'takingBack'].includes(one.state) ? <Ending one={one} /> : null}
    </>
  );
};

const Rows = ({ id }: { id: string }) => {
  const { t, say } = useSpeech();
  const [outcome, setOutcome] = useState<Row['outcome'] | ''>('');
  const [after, setAfter] = useState(0);
  const read = useRead(listOldRows, { params: { id }, query: { limit: PAGE, after, ...(outcome ? { outcome } : {}) } }, { keep: true });
  const said = ({ field, old, city, why }: Row['detail'][number]): string => (why ? `${field ? `${field} ` : ''}${say(why)}` : t('consolidation.differs', { field, old: old ?? '—', city: city ?? '—' }));
  const columns: Column<Row>[] = [
    { key: 'row', title: t('consolidation.row'), className: 'number', render: (row) => <>{row.table} {row.row}</> },
    { key: 'key', title: t('consolidation.key'), isHeader: true, render: (row) => <span className="number">{row.key || '—'}</span> },
    { key: 'outcome', title: t('consolidation.outcome'), render: (row) => <span className={row.outcome === 'refused' ? 'tag state-bad' : row.outcome === 'differs' ? 'tag state-wait' : 'tag state-good'}>{t(`consolidation.outcome.${row.written ? 'written' : row.outcome}`)}</span> },
    { key: 'detail', title: t('consolidation.detail'), render: (row) => <span className="small">{row.detail.map(said).join('；') || '—'}</span> },
  ];
  const rows = read.data?.items ?? [];
  const next = read.data?.next ?? null;
  return (
    <section className="part">
      <h2>{t('consolidation.rows')}</h2>
      <div className="form-row"><Field label={t('consolidation.outcome')}><select className="plain-select" value={outcome} onChange={(event) => { setOutcome(event.target.value as Row['outcome'] | ''); setAfter(0); }}><option value="">{t('consolidation.allRows')}</option>{outcomes.map((one) => <option key={one} value={one}>{t(`consolidation.outcome.${one}`)}</option>)}</select></Field></div>
      <ProblemNote error={read.error} again={() => void read.refetch()} />
      {read.isPending ? <Waiting /> : rows.length > 0 ? <List caption={t('consolidation.rows')} columns={columns} rows={rows} keyOf={(row) => `${row.table} ${row.row}`} nameOf={(row) => row.key} stale={read.isPlaceholderData} /> : read.error ? null : <EmptyNote title={t('consolidation.noRows')} />}
      <p>{after > 0 ? <Button onClick={() => setAfter(0)}>{t('consolidation.begin')}</Button> : null} {next ? <Button onClick={() => setAfter(next)}>{t('consolidation.more')}</Button> : null}</p>
    </section>
  );
};

/** One old centre: its tables and their mapping, the steps that are possible now, what became of each row, before and after. */
export const ConsolidationOne = () => {
  const { id = '' } = useParams();
  const { t, say } = useSpeech();
  const read = useRead(readConsolidation, { params: { id } });
  const { refetch, data: one } = read;
  const isMoving = one?.state === 'comparing' || one?.state === 'migrating' || one?.state === 'takingBack';
  useEffect(() => {
    if (!isMoving) return undefined;
    const timer = setInterval(() => void refetch(), EVERY);
    return () => clearInterval(timer);
  }, [isMoving, refetch]);
  if (read.isPending) return <Waiting />;
  if (!one) return <ProblemNote error={read.error} again={() => void refetch()} />;
  return (
    <>
      <PageHead title={say(one.name)} lead={<span className="tag state-wait" role="status">{t(`consolidation.state.${one.state}`)}</span>} />
      <Steps one={one} />
      <h2>{t('consolidation.tables')}</h2>
      <Tables one={one} />
      {one.tables.some(({ outcomes: { added, same, differs, refused } }) => added + same + differs + refused > 0) ? <Rows key={one.state} id={id} /> : null}
      <h2>{t('consolidation.before')} / {t('consolidation.after')}</h2>
      <BeforeAfter one={one} />
    </>
  );
};
