import { Button, Input } from 'antd';
import { useEffect, useState } from 'react';
import { Link, useParams } from 'react-router';
import { listAdapterRefusals, listAdapters, pauseAdapter, readAdapter, resumeAdapter, runAdapter, type AdapterRun, type ResponseOf } from '@zhengwu/contracts';
import { useChange, useRead } from '../../base/calls.ts';
import { momentOf } from '../../base/format.ts';
import { useSpeech } from '../../base/language.tsx';
import { useMay } from '../../base/session.tsx';
import { Dialog, DialogActs } from '../../parts/dialog.tsx';
import { Field } from '../../parts/field.tsx';
import { List, type Column } from '../../parts/list.tsx';
import { EmptyNote, PageHead, ProblemNote, Waiting } from '../../parts/states.tsx';
import { RunTag, ScheduleNote } from './adapters-parts.tsx';

const EVERY = 2000;
const PAGE = 20;
type One = ResponseOf<typeof readAdapter>;
type Place = One['places'][number];
type Refusal = ResponseOf<typeof listAdapterRefusals>['items'][number];
const touched = [readAdapter, listAdapters, listAdapterRefusals] as const;
const many = (count: number): string => count.toLocaleString('en-US');

const PauseDialog = ({ code, onClose }: { code: string; onClose: () => void }) => {
  const { t } = useSpeech();
  const [reason, setReason] = useState('');
  const pause = useChange(pauseAdapter, touched);
  return (
    <Dialog title={t('adapters.pause')} onClose={onClose}>
      <form onSubmit={(event) => { event.preventDefault(); if (reason.trim() !== '') pause.mutate({ params: { code }, body: { reason: reason.trim() } }, { onSuccess: onClose }); }}>
        <Field label={t('reason')}><Input maxLength={200} value={reason} onChange={(event) => setReason(event.target.value)} /></Field>
        <ProblemNote error={pause.error} />
        <DialogActs><Button type="primary" htmlType="submit" disabled={reason.trim() === ''} loading={pause.isPending}>{t('adapters.pause')}</Button><Button onClick={onClose}>{t('cancel')}</Button></DialogActs>
      </form>
    </Dialog>
  );
};

const Acts = ({ one: { flow: { code }, row } }: { one: One }) => {
  const { t } = useSpeech();
  const [isAsking, setAsking] = useState(false);
  const run = useChange(runAdapter, touched);
  const resume = useChange(resumeAdapter, touched);
  return (
    <>
      <ProblemNote error={run.error ?? resume.error} />
      {run.data ? <p className="note" role="status">{t('adapters.begun')}</p> : null}
      <div className="acts">
        {row.paused ? <Button type="primary" loading={resume.isPending} onClick={() => resume.mutate({ params: { code } })}>{t('adapters.resume')}</Button> : (
          <>
            <Button type="primary" loading={run.isPending} onClick={() => run.mutate({ params: { code } })}>{t('adapters.runNow')}</Button>
            <Button onClick={() => setAsking(true)}>{t('adapters.pause')}</Button>
          </>
        )}
        <Link to={`/data/adapters/${code}/change`}>{t('adapters.change')}</Link>
      </div>
      {isAsking ? <PauseDialog code={code} onClose={() => setAsking(false)} /> : null}
    </>
  );
};

const Runs = ({ runs }: { runs: readonly AdapterRun[] }) => {
  const { t, say } = useSpeech();
  const columns: Column<AdapterRun>[] = [
    { key: 'begun', title: t('adapters.begunAt'), isHeader: true, className: 'when', render: (row) => momentOf(row.begunAt) },
    { key: 'by', title: t('adapters.begunBy'), render: (row) => (row.by === null ? t('adapters.by.clock') : t('adapters.by.person', { by: row.by })) },
    { key: 'state', title: t('adapters.state'), render: (row) => <><RunTag run={row} />{row.problem ? <span className="small break what">{say(row.problem.text)}</span> : null}</> },
    { key: 'files', title: t('adapters.files'), className: 'number', render: (row) => many(row.files) },
    { key: 'rows', title: t('adapters.rows'), className: 'number', render: (row) => many(row.rows) },
    { key: 'refused', title: t('adapters.refused'), className: 'number', render: (row) => many(row.refused) },
  ];
  return (
    <section className="part">
      <h2>{t('adapters.runs')}</h2>
      {runs.length > 0 ? <List caption={t('adapters.runs')} columns={columns} rows={runs} keyOf={(row) => row.id} nameOf={(row) => momentOf(row.begunAt)} /> : <EmptyNote title={t('adapters.noRuns')} />}
    </section>
  );
};

const Places = ({ places }: { places: readonly Place[] }) => {
  const { t, say } = useSpeech();
  const stateOf = (row: Place) => (row.problem ? <><span className="tag state-bad">{t('adapters.setAside')}</span><span className="small break what">{say(row.problem.text)}</span></> : <span className={row.finishedAt ? 'tag state-good' : 'tag state-wait'}>{t(row.finishedAt ? 'adapters.read' : 'adapters.reading')}</span>);
  const columns: Column<Place>[] = [
    { key: 'file', title: t('adapters.file'), isHeader: true, render: (row) => <span className="break">{row.file}</span> },
    { key: 'state', title: t('adapters.state'), render: stateOf },
    { key: 'position', title: t('adapters.rows'), className: 'number', render: (row) => many(row.position) },
    { key: 'refused', title: t('adapters.refused'), className: 'number', render: (row) => many(row.refused) },
    { key: 'begun', title: t('adapters.begunAt'), className: 'when', render: (row) => momentOf(row.begunAt) },
  ];
  return (
    <section className="part">
      <h2>{t('adapters.places')}</h2>
      {places.length > 0 ? <List caption={t('adapters.places')} columns={columns} rows={places} keyOf={(row) => `${row.file} ${row.begunAt}`} nameOf={(row) => row.file} /> : <EmptyNote title={t('adapters.noPlaces')} />}
    </section>
  );
};

const Refusals = ({ code, refused }: { code: string; refused: number }) => {
  const { t, say } = useSpeech();
  const [after, setAfter] = useState<string | undefined>();
  const read = useRead(listAdapterRefusals, { params: { code }, query: { limit: PAGE, ...(after === undefined ? {} : { after }) } }, { keep: true });
  const { refetch } = read;
  useEffect(() => void refetch(), [refused, refetch]);
  const rows = read.data?.items ?? [];
  const next = read.data?.next ?? null;
  const columns: Column<Refusal>[] = [
    { key: 'file', title: t('adapters.file'), isHeader: true, render: (row) => <span className="break">{row.file}</span> },
    { key: 'row', title: t('adapters.row'), className: 'number', render: (row) => many(row.row) },
    { key: 'field', title: t('adapters.field'), render: (row) => row.field ?? '—' },
    { key: 'why', title: t('adapters.why'), render: (row) => <span className="small">{say(row.text)}</span> },
  ];
  return (
    <section className="part">
      <h2>{t('adapters.refusals')}</h2>
      <ProblemNote error={read.error} again={() => void read.refetch()} />
      {read.isPending ? <Waiting /> : rows.length > 0 ? <List caption={t('adapters.refusals')} columns={columns} rows={rows} keyOf={(row) => row.id} nameOf={(row) => `${row.file} ${String(row.row)}`} stale={read.isPlaceholderData} /> : read.error ? null : <EmptyNote title={t('adapters.noRefusals')} />}
      <p>{after === undefined ? null : <Button onClick={() => setAfter(undefined)}>{t('adapters.newest')}</Button>} {next ? <Button onClick={() => setAfter(next)}>{t('adapters.more')}</Button> : null}</p>
    </section>
  );
};

/** One flow: run it, hold it back, what its turns did, how far its files are, which rows were refused. */
export const AdapterPage = () => {
  const { code = '' } = useParams();
  const { t, say } = useSpeech();
  const mayManage = useMay()('manageAdapters');
  const read = useRead(readAdapter, { params: { code } });
  const { refetch, data: one } = read;
  useEffect(() => {
    const timer = setInterval(() => void refetch(), EVERY);
    return () => clearInterval(timer);
  }, [refetch]);
  if (read.isPending) return <Waiting />;
  if (!one) return <ProblemNote error={read.error} again={() => void refetch()} />;
  const { paused } = one.row;
  return (
    <>
      <PageHead title={say(one.row.name)} lead={<>{one.row.source} → {one.row.sink} · <ScheduleNote row={one.row} /></>} />
      {paused ? <p className="note">{t('adapters.pausedBy', { by: paused.by, at: momentOf(paused.at), reason: paused.reason })}</p> : null}
      {mayManage ? <Acts one={one} /> : null}
      <Runs runs={one.runs} />
      <Places places={one.places} />
      <Refusals code={code} refused={one.row.refused} />
    </>
  );
};
