import { Button } from 'antd';
import { useState } from 'react';
import { Link, Route, Routes, useParams } from 'react-router';
import { AlertState, endSuppression, listAlerts, listSuppressions, Severity, type ResponseOf } from '@zhengwu/contracts';
import { useChange, useRead } from '../../base/calls.ts';
import { momentOf } from '../../base/format.ts';
import { useSpeech } from '../../base/language.tsx';
import { useMay } from '../../base/session.tsx';
import { Field } from '../../parts/field.tsx';
import { List } from '../../parts/list.tsx';
import { EmptyNote, PageHead, ProblemNote, Waiting } from '../../parts/states.tsx';
import { AlertPage } from './alert-page.tsx';
import { AlertTag, SeverityTag } from './alert-tags.tsx';

const PAGE = 30;
type Row = ResponseOf<typeof listAlerts>['items'][number];
type Quiet = ResponseOf<typeof listSuppressions>['items'][number];

const useColumns = () => {
  const { t, say } = useSpeech();
  return [
    { key: 'what', title: t('defence.what'), isHeader: true, render: (row: Row) => <Link to={`/security/alerts/${row.id}`}>{say(row.title)}</Link> },
    { key: 'severity', title: t('defence.severity'), render: (row: Row) => <SeverityTag severity={row.severity} /> },
    { key: 'state', title: t('defence.state'), render: (row: Row) => <AlertTag state={row.state} /> },
    { key: 'subject', title: t('defence.subject'), render: (row: Row) => <><span className="break">{row.subjectName ?? row.subject}</span>{row.activeResponses > 0 ? <span className="soft small"> {t('defence.running', { count: row.activeResponses })}</span> : null}</> },
    { key: 'times', title: t('defence.times'), className: 'number', render: (row: Row) => row.times },
    { key: 'last', title: t('defence.last'), className: 'when', render: (row: Row) => <span className="small">{momentOf(row.lastAt)}</span> },
    { key: 'holder', title: t('defence.holder'), render: (row: Row) => row.holder ?? '' },
  ];
};

const QuietList = () => {
  const { t, say } = useSpeech();
  const may = useMay();
  const read = useRead(listSuppressions);
  const end = useChange(endSuppression, [listSuppressions, listAlerts]);
  const rows = read.data?.items ?? [];
  const columns = [
    { key: 'what', title: t('defence.what'), isHeader: true, render: (row: Quiet) => say(row.name) },
    { key: 'subject', title: t('defence.subject'), render: (row: Quiet) => <span className="break">{row.subjectName ?? row.subject}</span> },
    { key: 'until', title: t('defence.quietList'), render: (row: Quiet) => <span className="small">{t('defence.until', { moment: momentOf(row.until) })} · {t('defence.held', { count: row.held })}</span> },
    { key: 'by', title: t('defence.by'), render: (row: Quiet) => row.by },
    ...(may('defend') ? [{ key: 'act', title: t('defence.decide'), render: (row: Quiet) => <Button size="small" aria-label={`${t('defence.endQuiet')} ${say(row.name)} ${row.subjectName ?? row.subject}`} onClick={() => end.mutate({ params: { id: row.id } })}>{t('defence.endQuiet')}</Button> }] : []),
  ];
  return (
    <section className="part">
      <h2>{t('defence.quietList')}</h2>
      <ProblemNote error={read.error ?? end.error} />
      {rows.length === 0 ? <p className="soft">{t('defence.noQuiet')}</p> : <List caption={t('defence.quietList')} columns={columns} rows={rows} keyOf={(row) => row.id} nameOf={(row) => `${say(row.name)} ${row.subject}`} />}
    </section>
  );
};

const AlertList = () => {
  const { t, say } = useSpeech();
  const [state, setState] = useState('');
  const [severity, setSeverity] = useState('');
  const [after, setAfter] = useState<string | null>(null);
  const columns = useColumns();
  const read = useRead(listAlerts, { query: { limit: PAGE, ...(after ? { after } : {}), ...(state ? { state: state as Row['state'] } : {}), ...(severity ? { severity: severity as Row['severity'] } : {}) } }, { keep: true });
  const choose = (change: (value: string) => void) => (event: { target: { value: string } }) => { change(event.target.value); setAfter(null); };
  const rows = read.data?.items ?? [];
  const next = read.data?.next ?? null;
  return (
    <>
      <PageHead title={t('security.alerts')} lead={<>{t('defence.lead')} {read.data ? <strong>{t('defence.open', { count: read.data.open })}</strong> : null}</>} />
      <div className="form-row">
        <Field label={t('defence.state')}><select className="plain-select" value={state} onChange={choose(setState)}><option value="">{t('defence.all')}</option>{AlertState.enum.map((one) => <option key={one} value={one}>{t(`defence.state.${one}`)}</option>)}</select></Field>
        <Field label={t('defence.severity')}><select className="plain-select" value={severity} onChange={choose(setSeverity)}><option value="">{t('defence.all')}</option>{Severity.enum.map((one) => <option key={one} value={one}>{t(`defence.severity.${one}`)}</option>)}</select></Field>
      </div>
      <ProblemNote error={read.error} again={() => void read.refetch()} />
      {read.isPending ? <Waiting /> : rows.length > 0
        ? <List caption={t('security.alerts')} columns={columns} rows={rows} keyOf={(row) => row.id} nameOf={(row) => `${say(row.title)} ${row.subject}`} stale={read.isPlaceholderData} />
        : read.error ? null : <EmptyNote title={t('defence.none')}>{t('defence.noneHelp')}</EmptyNote>}
      <p>{after ? <Button onClick={() => setAfter(null)}>{t('defence.begin')}</Button> : null} {next ? <Button onClick={() => setAfter(next)}>{t('defence.more')}</Button> : null}</p>
      <QuietList />
    </>
  );
};

const One = () => <AlertPage id={useParams()['id'] ?? ''} />;

/** What the defence found: the list, and one alert with all behind it. */
export const Alerts = () => <Routes><Route path="" element={<AlertList />} /><Route path=":id" element={<One />} /></Routes>;
