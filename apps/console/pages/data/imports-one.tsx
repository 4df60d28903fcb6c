import { Button } from 'antd';
import { useEffect, useState } from 'react';
import { Link, useLocation, useNavigate } from 'react-router';
import { addressOf, importRefusals, listImports, readImport, startImport, type ResponseOf } from '@zhengwu/contracts';
import { useChange, useRead } from '../../base/calls.ts';
import { today } from '../../base/format.ts';
import { useSpeech } from '../../base/language.tsx';
import { Field } from '../../parts/field.tsx';
import { List } from '../../parts/list.tsx';
import { PageHead, ProblemNote, Waiting } from '../../parts/states.tsx';

const EVERY = 1000;
type Shown = ResponseOf<typeof readImport>;
type Pairs = { column: string; field: string }[];
interface Arrived {
  guessed?: Pairs;
  preview?: Record<string, unknown>[];
}

const Counts = ({ one }: { one: Shown['import'] }) => {
  const { t } = useSpeech();
  const counts = [['read', one.position], ['added', one.added], ['changed', one.changed], ['unchanged', one.unchanged], ['refused', one.refused], ['rate', one.rowsPerSecond]] as const;
  return (
    <section className="part" aria-live="polite">
      <dl className="pairs">{counts.map(([name, count]) => <div key={name}><dt>{t(`imports.${name}`)}</dt><dd className="number">{count.toLocaleString('en-US')}</dd></div>)}</dl>
      {one.isTrial && one.state === 'done' ? <p className="note">{t('imports.trialNote')}</p> : null}
    </section>
  );
};

const Start = ({ shown: { import: one, fields }, arrived }: { shown: Shown; arrived: Arrived }) => {
  const { t, say } = useSpeech();
  const go = useNavigate();
  const [pairs, setPairs] = useState<Pairs>(one.mapping ?? arrived.guessed ?? []);
  const [validFrom, setValidFrom] = useState(() => one.validFrom ?? today());
  const change = useChange(startImport, [readImport, listImports]);
  const choose = (field: string, column: string) => setPairs((now) => [...now.filter((pair) => pair.field !== field), ...(column ? [{ column, field }] : [])]);
  const begin = (trial: boolean) => change.mutate({ params: { id: one.id }, body: { mapping: pairs, validFrom, trial } }, { onSuccess: ({ id }) => void go(`/data/imports/${id}`, { state: arrived }) });
  return (
    <section className="part">
      <h2>{t('imports.mapping')}</h2>
      <ProblemNote error={change.error} />
      <div className="form-row">{fields.map((field) => (
        <Field key={field.key} label={`${say(field.label)}${field.required ? t('imports.required') : ''}`}>
          <select className="plain-select" value={pairs.find((pair) => pair.field === field.key)?.column ?? ''} onChange={(event) => choose(field.key, event.target.value)}>
            <option value="">{t('imports.leaveOut')}</option>{one.columns.map((column) => <option key={column} value={column}>{column}</option>)}
          </select>
        </Field>
      ))}</div>
      <Field label={t('imports.validFrom')} hint={t('imports.validFromHint')}><input type="date" className="plain-input" value={validFrom} onChange={(event) => setValidFrom(event.target.value)} /></Field>
      <div className="acts"><Button disabled={change.isPending} onClick={() => begin(true)}>{t('imports.try')}</Button> <Button type="primary" disabled={change.isPending} onClick={() => begin(false)}>{t('imports.start')}</Button></div>
    </section>
  );
};

const Preview = ({ columns, rows }: { columns: readonly string[]; rows: readonly Record<string, unknown>[] }) => {
  const { t } = useSpeech();
  return (
    <section className="part">
      <h2>{t('imports.preview')}</h2>
      <List caption={t('imports.preview')} columns={columns.map((column) => ({ key: column, title: column, render: (row: Record<string, unknown>) => String(row[column] ?? '') }))} rows={rows} keyOf={(row) => JSON.stringify(row)} nameOf={(row) => String(Object.values(row)[0] ?? '')} />
    </section>
  );
};

const Refusals = ({ shown }: { shown: Shown }) => {
  const { t, say } = useSpeech();
  const columns = [
    { key: 'row', title: t('imports.row'), isHeader: true, className: 'number', render: (row: Shown['refusals'][number]) => row.row },
    { key: 'field', title: t('imports.field'), render: (row: Shown['refusals'][number]) => (row.field ? say(row.field) : '—') },
    { key: 'message', title: t('imports.message'), render: (row: Shown['refusals'][number]) => say(row.message) },
  ];
  return (
    <section className="part">
      <h2>{t('imports.refusals')}</h2>
      <p><a href={addressOf(importRefusals, { id: shown.import.id })} download>{t('imports.download')}</a></p>
      <List caption={t('imports.refusals')} columns={columns} rows={shown.refusals} keyOf={(row) => `${row.row} ${row.code} ${row.field?.en ?? ''}`} nameOf={(row) => String(row.row)} />
    </section>
  );
};

/** One import: its columns matched to fields, tried or done, how far it is and what was refused. */
export const ImportPage = ({ id }: { id: string }) => {
  const { t, say } = useSpeech();
  const arrived = (useLocation().state ?? {}) as Arrived;
  const read = useRead(readImport, { params: { id } });
  const { refetch } = read;
  const isMoving = read.data?.import.state === 'queued' || read.data?.import.state === 'running';
  useEffect(() => {
    if (!isMoving) return undefined;
    const timer = setInterval(() => void refetch(), EVERY);
    return () => clearInterval(timer);
  }, [isMoving, refetch]);
  if (!read.data) return read.error ? <ProblemNote error={read.error} /> : <Waiting />;
  const one = read.data.import;
  const mayStart = one.state === 'received' || (one.isTrial && (one.state === 'done' || one.state === 'failed'));
  return (
    <>
      <PageHead title={one.name} lead={`${say(one.registerName)} · ${one.isTrial ? `${t('imports.trial')} · ` : ''}${t(`imports.state.${one.state}`)}`}><Link to="/data/imports">{t('imports.back')}</Link></PageHead>
      {one.problem ? <div className="note bad" role="alert"><p>{say(one.problem)}</p></div> : null}
      {one.state === 'received' ? null : <Counts one={one} />}
      {mayStart ? <Start shown={read.data} arrived={arrived} /> : null}
      {mayStart && arrived.preview?.length ? <Preview columns={one.columns} rows={arrived.preview} /> : null}
      {read.data.refusals.length > 0 ? <Refusals shown={read.data} /> : null}
    </>
  );
};
