import { useState } from 'react';
import { Button, Input, InputNumber } from 'antd';
import { askExport, listExportKinds, makeExport, withdrawExport, type ExportKind, type ExportRequest } from '@zhengwu/contracts';
import { useChange, useRead } from '../../base/calls.ts';
import { momentOf } from '../../base/format.ts';
import { useSpeech } from '../../base/language.tsx';
import { Dialog, DialogActs } from '../../parts/dialog.tsx';
import { Field } from '../../parts/field.tsx';
import { List, type Column } from '../../parts/list.tsx';
import { EmptyNote, PageHead, ProblemNote, Waiting } from '../../parts/states.tsx';
import { ledgerColumns, RequestState } from './export-parts.tsx';
import { saveFile } from './save-file.ts';

const isDay = (name: string): boolean => ['from', 'until', 'to'].includes(name);

const MakeDialog = ({ one, onClose, onMore }: { one: ExportKind; onClose: () => void; onMore: () => void }) => {
  const { t, say } = useSpeech();
  const [filter, setFilter] = useState<Record<string, string>>({});
  const [reason, setReason] = useState('');
  const make = useChange(makeExport, [listExportKinds]);
  const given = Object.fromEntries(Object.entries(filter).filter(([, value]) => value.trim() !== ''));
  const isWhole = one.filters.every(({ name, required }) => !required || given[name]);
  const send = () => make.mutate({ params: { kind: one.kind }, body: { filter: given, ...(reason.trim() ? { reason: reason.trim() } : {}) } }, { onSuccess: ({ name, type, text }) => saveFile(name, type, text) });
  return (
    <Dialog title={`${t('exports.make')} · ${say(one.title)}`} onClose={onClose}>
      <form onSubmit={(event) => { event.preventDefault(); send(); }}>
        {one.filters.map(({ name, title, required }) => (
          <Field key={name} label={say(title)} {...(required ? {} : { optional: t('exports.optional') })}><Input type={isDay(name) ? 'date' : 'text'} maxLength={200} value={filter[name] ?? ''} onChange={(event) => setFilter({ ...filter, [name]: event.target.value })} /></Field>
        ))}
        <Field label={t('exports.reason')} hint={t('exports.reasonHint')} optional={t('exports.optional')}><Input maxLength={200} value={reason} onChange={(event) => setReason(event.target.value)} /></Field>
        <ProblemNote error={make.error} />
        {make.data ? <p className="note good" role="status">{t('exports.done', { rows: make.data.rows, number: make.data.number })}</p> : null}
        <DialogActs><Button type="primary" htmlType="submit" disabled={!isWhole} loading={make.isPending}>{t('exports.make')}</Button><Button onClick={onMore}>{t('exports.more')}</Button><Button onClick={onClose}>{t('close')}</Button></DialogActs>
      </form>
    </Dialog>
  );
};

const AskDialog = ({ one, onClose }: { one: ExportKind; onClose: () => void }) => {
  const { t, say } = useSpeech();
  const [rows, setRows] = useState<number | null>(null);
  const [reason, setReason] = useState('');
  const ask = useChange(askExport, [listExportKinds]);
  const send = () => { if (rows) ask.mutate({ body: { kind: one.kind, rows, reason: reason.trim() } }, { onSuccess: onClose }); };
  return (
    <Dialog title={`${t('exports.more')} · ${say(one.title)}`} onClose={onClose}>
      <form onSubmit={(event) => { event.preventDefault(); send(); }}>
        <Field label={t('exports.rows')}><InputNumber min={1} max={1_000_000} precision={0} value={rows} onChange={setRows} /></Field>
        <Field label={t('exports.why')} hint={t('exports.whyHint')}><Input.TextArea rows={4} maxLength={1000} value={reason} onChange={(event) => setReason(event.target.value)} /></Field>
        <ProblemNote error={ask.error} />
        <DialogActs><Button type="primary" htmlType="submit" disabled={!rows || reason.trim().length < 5} loading={ask.isPending}>{t('exports.ask')}</Button><Button onClick={onClose}>{t('cancel')}</Button></DialogActs>
      </form>
    </Dialog>
  );
};

const MyRequests = ({ rows }: { rows: readonly ExportRequest[] }) => {
  const { t, say } = useSpeech();
  const withdraw = useChange(withdrawExport, [listExportKinds]);
  const columns: Column<ExportRequest>[] = [
    { key: 'kind', title: t('exports.kind'), isHeader: true, render: (row) => <>{say(row.title)}<span className="small soft what">{momentOf(row.askedAt)}</span></> },
    { key: 'rows', title: t('exports.rows'), render: (row) => row.rows }, { key: 'why', title: t('exports.why'), render: (row) => row.reason },
    { key: 'state', title: t('col.state'), render: (row) => <RequestState row={row} /> },
    { key: 'acts', title: t('col.acts'), render: (row) => row.status === 'asked' ? <Button size="small" loading={withdraw.isPending} onClick={() => withdraw.mutate({ params: { id: row.id } })} aria-label={`${t('exports.withdraw')} ${say(row.title)}`}>{t('exports.withdraw')}</Button> : null },
  ];
  return <><h2>{t('exports.mine')}</h2><ProblemNote error={withdraw.error} /><List caption={t('exports.mine')} columns={columns} rows={rows} keyOf={(row) => row.id} nameOf={(row) => `${say(row.title)} ${momentOf(row.askedAt)}`} /></>;
};

/** What this official may export, what is left today, and the way to more. */
export const ExportsPage = () => {
  const { t, say } = useSpeech();
  const read = useRead(listExportKinds, {}, { keep: true });
  const [making, setMaking] = useState<ExportKind | null>(null);
  const [asking, setAsking] = useState<ExportKind | null>(null);
  const columns: Column<ExportKind>[] = [
    { key: 'kind', title: t('exports.kind'), isHeader: true, render: (row) => say(row.title) },
    { key: 'quota', title: t('exports.quota'), render: (row) => <>{t('exports.left', { left: Math.max(0, row.quota - row.used), quota: row.quota })}{row.approved ? <span className="small what">{t('exports.approved', { left: row.approved.left, until: momentOf(row.approved.until) })}</span> : null}</> },
    { key: 'acts', title: t('col.acts'), render: (row) => <span className="row-acts"><Button size="small" type="primary" onClick={() => setMaking(row)} aria-label={`${t('exports.make')} ${say(row.title)}`}>{t('exports.make')}</Button><Button size="small" onClick={() => setAsking(row)} aria-label={`${t('exports.more')} ${say(row.title)}`}>{t('exports.more')}</Button></span> },
  ];
  const { items = [], requests = [], exports = [] } = read.data ?? {};
  return (
    <>
      <PageHead title={t('security.exports')} lead={t('exports.lead')} />
      <ProblemNote error={read.error} again={() => void read.refetch()} />
      {read.isPending ? <Waiting /> : items.length === 0 && !read.error ? <EmptyNote title={t('exports.none')}>{t('exports.noneHint')}</EmptyNote> : <List caption={t('security.exports')} columns={columns} rows={items} keyOf={(row) => row.kind} nameOf={(row) => say(row.title)} />}
      {requests.length > 0 ? <MyRequests rows={requests} /> : null}
      {exports.length > 0 ? <><h2>{t('exports.history')}</h2><List caption={t('exports.history')} columns={ledgerColumns({ t, say }).filter(({ key }) => key !== 'who')} rows={exports} keyOf={(row) => row.id} nameOf={(row) => row.number} /></> : null}
      {making ? <MakeDialog one={making} onClose={() => setMaking(null)} onMore={() => { setAsking(making); setMaking(null); }} /> : null}
      {asking ? <AskDialog one={asking} onClose={() => setAsking(null)} /> : null}
    </>
  );
};
