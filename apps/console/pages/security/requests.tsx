import { useState } from 'react';
import { Input } from 'antd';
import { useSearchParams } from 'react-router';
import { listRequests, requestRecords, requestTrace, type ResponseOf } from '@zhengwu/contracts';
import { useRead } from '../../base/calls.ts';
import { momentOf } from '../../base/format.ts';
import { useSpeech } from '../../base/language.tsx';
import { useMay } from '../../base/session.tsx';
import { Field } from '../../parts/field.tsx';
import { List } from '../../parts/list.tsx';
import { EmptyNote, PageHead, ProblemNote, Waiting } from '../../parts/states.tsx';

type Request = ResponseOf<typeof listRequests>['items'][number];
type Trace = ResponseOf<typeof requestTrace>;
type Record = ResponseOf<typeof requestRecords>['items'][number];
const KINDS = ['failed', 'slow', 'all'] as const;
const ID = /^[A-Za-z0-9][A-Za-z0-9._-]{7,63}$/;

const Records = ({ id }: { id: string }) => {
  const { t } = useSpeech();
  const read = useRead(requestRecords, { params: { id } });
  const rows = read.data?.items ?? [];
  const columns = [
    { key: 'event', title: t('trail.event'), isHeader: true, render: (row: Record) => <code>{row.event}</code> }, { key: 'who', title: t('trail.who'), render: (row: Record) => row.name ?? row.kind },
    { key: 'subject', title: t('trail.subject'), render: (row: Record) => <span className="small">{row.subject}</span> }, { key: 'at', title: t('health.time'), className: 'when', render: (row: Record) => <span className="small">{momentOf(row.at)}</span> },
  ];
  return <><ProblemNote error={read.error} />{read.isPending ? <Waiting /> : rows.length === 0 ? <p className="soft">0</p> : <List caption={t('requests.records')} columns={columns} rows={rows} keyOf={(row) => row.id} nameOf={(row) => row.event} />}</>;
};

const Lines = ({ trace }: { trace: Trace }) => {
  const { t } = useSpeech();
  if (trace.lines.length === 0) return <EmptyNote title={t('requests.noLines')}>{t('requests.noLinesHelp')}</EmptyNote>;
  return <ol className="plain-list">{trace.lines.map((line, index) => <li key={index}><span className="small soft">{momentOf(line.at)}</span> <strong>{line.message}</strong><code className="log-line what">{JSON.stringify(line.about)}</code></li>)}</ol>;
};

const OneRequest = ({ id }: { id: string }) => {
  const { t } = useSpeech();
  const may = useMay();
  const read = useRead(requestTrace, { params: { id } }, { enabled: may('monitor') });
  return (
    <section className="part" aria-label={id}>
      <h2 className="number">{id}</h2>
      <ProblemNote error={read.error} again={() => void read.refetch()} />
      {read.data ? <>
        {read.data.traceId ? <p>{t('requests.trace')} <code>{read.data.traceId}</code></p> : null}
        <h3>{t('requests.lines')}</h3><Lines trace={read.data} />
        <h3>{t('requests.jobs')}</h3>{read.data.jobs.length === 0 ? <p className="soft">{t('requests.noJobs')}</p> : <ul>{read.data.jobs.map((job) => <li key={job.at + job.job}><code>{job.job}</code> {job.milliseconds ?? '—'} ms {job.failed ? `✕ ${t('requests.failed')}` : '✓'}</li>)}</ul>}
      </> : null}
      <h3>{t('requests.records')}</h3>
      {may('trail') ? <Records id={id} /> : <p>{t('requests.count', { count: read.data?.records ?? 0 })}</p>}
    </section>
  );
};

const Recent = ({ onChoose }: { onChoose: (id: string) => void }) => {
  const { t } = useSpeech();
  const [kind, setKind] = useState<(typeof KINDS)[number]>('failed');
  const read = useRead(listRequests, { query: { kind } }, { keep: true });
  const rows = read.data?.items ?? [];
  const columns = [
    { key: 'operation', title: t('requests.operation'), isHeader: true, render: (row: Request) => <button type="button" className="link-like" onClick={() => onChoose(row.id)}><code>{row.operation}</code><span className="read-out"> {row.id}</span></button> },
    { key: 'status', title: t('requests.status'), render: (row: Request) => <span className={`tag state-${row.status >= 500 ? 'off' : row.status >= 400 ? 'wait' : 'good'}`}>{row.status}</span> },
    { key: 'ms', title: t('requests.ms'), render: (row: Request) => Math.round(row.ms) }, { key: 'code', title: t('syslog.message'), render: (row: Request) => (row.code ? <code>{row.code}</code> : '—') },
    { key: 'at', title: t('health.time'), className: 'when', render: (row: Request) => <span className="small">{momentOf(row.at)}</span> },
  ];
  return (
    <>
      <Field label={t('requests.kind')}><select className="plain-select" value={kind} onChange={(event) => setKind(event.target.value as typeof kind)}>{KINDS.map((one) => <option key={one} value={one}>{t(`requests.${one}`)}</option>)}</select></Field>
      <ProblemNote error={read.error} again={() => void read.refetch()} />
      {read.isPending ? <Waiting /> : rows.length === 0 ? <EmptyNote title={t('requests.none')} /> : <List caption={t('security.requests')} columns={columns} rows={rows} keyOf={(row) => `${row.id} ${row.at}`} nameOf={(row) => `${row.operation} ${row.id}`} />}
    </>
  );
};

/** From an error's number to what that request left. */
export const RequestsPage = () => {
  const { t } = useSpeech();
  const may = useMay();
  const [search, setSearch] = useSearchParams();
  const id = search.get('id') ?? '';
  const choose = (next: string) => setSearch(ID.test(next) ? { id: next } : {});
  return (
    <>
      <PageHead title={t('security.requests')} lead={t('requests.lead')} />
      <Field label={t('requests.id')} hint={t('requests.idHint')}><Input.Search allowClear maxLength={64} defaultValue={id} key={id} onSearch={(value) => choose(value.trim())} /></Field>
      {ID.test(id) ? <OneRequest key={`of ${id}`} id={id} /> : may('monitor') ? <Recent onChoose={choose} /> : null}
    </>
  );
};
