import { useState } from 'react';
import { Button, Input, InputNumber, Select } from 'antd';
import { useSearchParams } from 'react-router';
import { decideExport, exportLedger, exportQuotas, exportRequests, putExportQuota, type ExportRequest, type ResponseOf } from '@zhengwu/contracts';
import { useChange, useRead } from '../../base/calls.ts';
import { momentOf } from '../../base/format.ts';
import { useSpeech } from '../../base/language.tsx';
import { useMay } from '../../base/session.tsx';
import { Dialog, DialogActs, inPlace } from '../../parts/dialog.tsx';
import { Field } from '../../parts/field.tsx';
import { List, type Column } from '../../parts/list.tsx';
import { EmptyNote, PageHead, ProblemNote, Waiting } from '../../parts/states.tsx';
import { TabView } from '../../parts/tabs.tsx';
import { ledgerColumns, RequestState } from './export-parts.tsx';

const TABS = ['requests', 'ledger', 'quotas'] as const;
type Tab = (typeof TABS)[number];
type Quota = ResponseOf<typeof exportQuotas>['items'][number];

const DecideDialog = ({ row, onClose }: { row: ExportRequest; onClose: () => void }) => {
  const { t, say } = useSpeech();
  const [rows, setRows] = useState<number | null>(row.rows);
  const [hours, setHours] = useState<number | null>(24);
  const [note, setNote] = useState('');
  const decide = useChange(decideExport, [exportRequests, exportLedger]);
  const send = (approve: boolean) => decide.mutate({ params: { id: row.id }, body: { approve, note: note.trim(), ...(approve && rows && hours ? { rows, hours } : {}) } }, { onSuccess: onClose });
  return (
    <Dialog title={`${t('disclosure.decide')} · ${row.person}`} onClose={onClose}>
      <p><strong>{say(row.title)}</strong> · {t('exports.rows')} {row.rows}</p>
      <blockquote>{row.reason}</blockquote>
      <Field label={t('exports.rows')}><InputNumber min={1} max={1_000_000} precision={0} value={rows} onChange={setRows} /></Field>
      <Field label={t('disclosure.hours')}><InputNumber min={1} max={168} precision={0} value={hours} onChange={setHours} /></Field>
      <Field label={t('disclosure.note')}><Input maxLength={200} value={note} onChange={(event) => setNote(event.target.value)} /></Field>
      <ProblemNote error={decide.error} />
      <DialogActs><Button type="primary" disabled={!note.trim() || !rows || !hours} loading={decide.isPending} onClick={() => send(true)}>{t('disclosure.approve')}</Button><Button danger disabled={!note.trim()} onClick={() => send(false)}>{t('disclosure.refuse')}</Button><Button onClick={onClose}>{t('cancel')}</Button></DialogActs>
    </Dialog>
  );
};

const Requests = () => {
  const { t, say } = useSpeech();
  const may = useMay();
  const read = useRead(exportRequests, { query: {} }, { keep: true });
  const [deciding, setDeciding] = useState<ExportRequest | null>(null);
  const columns: Column<ExportRequest>[] = [
    { key: 'who', title: t('disclosure.asker'), isHeader: true, render: (row) => <>{row.person}<span className="small soft what">{momentOf(row.askedAt)}</span></> },
    { key: 'kind', title: t('exports.kind'), render: (row) => say(row.title) }, { key: 'rows', title: t('exports.rows'), render: (row) => row.rows }, { key: 'why', title: t('exports.why'), render: (row) => row.reason },
    { key: 'state', title: t('col.state'), render: (row) => <RequestState row={row} /> },
    { key: 'acts', title: t('col.acts'), render: (row) => row.status !== 'asked' || !may('decideExports') ? null : row.own ? <span className="small soft">{t('disclosure.own')}</span> : <Button size="small" type="primary" onClick={() => setDeciding(row)} aria-label={`${t('disclosure.decide')} ${row.person}`}>{t('disclosure.decide')}</Button> },
  ];
  return (
    <>
      <ProblemNote error={read.error} again={() => void read.refetch()} />
      {read.isPending ? <Waiting /> : read.data?.items.length === 0 ? <EmptyNote title={t('disclosure.noRequests')}>{t('disclosure.noRequestsHint')}</EmptyNote> : <List caption={t('exports.requests')} columns={columns} rows={read.data?.items ?? []} keyOf={(row) => row.id} nameOf={(row) => `${row.person} ${momentOf(row.askedAt)}`} />}
      {deciding ? <DecideDialog row={deciding} onClose={() => setDeciding(null)} /> : null}
    </>
  );
};

const Ledger = () => {
  const speech = useSpeech();
  const { t } = speech;
  const [after, setAfter] = useState<string | null>(null);
  const read = useRead(exportLedger, { query: { limit: 50, ...(after ? { after } : {}) } }, { keep: true });
  return (
    <>
      <ProblemNote error={read.error} again={() => void read.refetch()} />
      {read.isPending ? <Waiting /> : read.data?.items.length === 0 ? <EmptyNote title={t('disclosure.none')}>{t('disclosure.noneHint')}</EmptyNote> : <List caption={t('disclosure.ledger')} columns={ledgerColumns(speech)} rows={read.data?.items ?? []} keyOf={(row) => row.id} nameOf={(row) => row.number} stale={read.isPlaceholderData} />}
      {read.data?.next ? <Button onClick={() => setAfter(read.data?.next ?? null)}>{t('disclosure.older')}</Button> : null}
    </>
  );
};

const QuotaDialog = ({ kinds, onClose }: { kinds: ResponseOf<typeof exportQuotas>['kinds']; onClose: () => void }) => {
  const { t, say } = useSpeech();
  const [given, setGiven] = useState({ kind: '', role: '', reason: '' });
  const [rows, setRows] = useState<number | null>(null);
  const put = useChange(putExportQuota, [exportQuotas]);
  const send = () => put.mutate({ body: { kind: given.kind || null, role: given.role.trim() || null, rows, reason: given.reason.trim() } }, { onSuccess: onClose });
  return (
    <Dialog title={t('disclosure.set')} onClose={onClose}>
      <form onSubmit={(event) => { event.preventDefault(); send(); }}>
        <Field label={t('exports.kind')}><Select getPopupContainer={inPlace} value={given.kind} onChange={(kind) => setGiven({ ...given, kind })} options={[{ value: '', label: t('disclosure.all') }, ...kinds.map(({ kind, title }) => ({ value: kind as string, label: say(title) }))]} className="wide-field" /></Field>
        <Field label={t('disclosure.role')} hint={t('disclosure.roleHint')}><Input maxLength={64} value={given.role} onChange={(event) => setGiven({ ...given, role: event.target.value })} /></Field>
        <Field label={t('disclosure.rowsADay')}><InputNumber min={0} max={1_000_000} precision={0} value={rows} onChange={setRows} /></Field>
        <Field label={t('reason')}><Input maxLength={200} value={given.reason} onChange={(event) => setGiven({ ...given, reason: event.target.value })} /></Field>
        <ProblemNote error={put.error} />
        <DialogActs><Button type="primary" htmlType="submit" disabled={rows === null || !given.reason.trim()} loading={put.isPending}>{t('save')}</Button><Button onClick={onClose}>{t('cancel')}</Button></DialogActs>
      </form>
    </Dialog>
  );
};

const Quotas = () => {
  const { t, say } = useSpeech();
  const may = useMay();
  const read = useRead(exportQuotas, {}, { keep: true });
  const drop = useChange(putExportQuota, [exportQuotas]);
  const [isSetting, setSetting] = useState(false);
  const kinds = read.data?.kinds ?? [];
  const titleOf = (kind: string | null): string => (kind === null ? t('disclosure.all') : say(kinds.find((one) => one.kind === kind)?.title) || kind);
  const nameOf = (row: Quota): string => `${titleOf(row.kind)} ${row.role ?? ''}`;
  const columns: Column<Quota>[] = [
    { key: 'kind', title: t('exports.kind'), isHeader: true, render: (row) => titleOf(row.kind) }, { key: 'role', title: t('disclosure.role'), render: (row) => (row.role === null ? t('disclosure.all') : <code>{row.role}</code>) },
    { key: 'rows', title: t('disclosure.rowsADay'), render: (row) => row.rows }, { key: 'by', title: t('disclosure.setBy'), render: (row) => <>{row.by}<span className="small soft what">{momentOf(row.at)}</span></> },
    { key: 'acts', title: t('col.acts'), render: (row) => may('decideExports') ? <Button size="small" onClick={() => drop.mutate({ body: { kind: row.kind, role: row.role, rows: null, reason: t('disclosure.drop') } })} aria-label={`${t('disclosure.drop')} ${nameOf(row)}`}>{t('disclosure.drop')}</Button> : null },
  ];
  return (
    <>
      <ProblemNote error={read.error ?? drop.error} again={() => void read.refetch()} />
      {read.data ? <p>{t('disclosure.standard', { rows: read.data.standard })} {may('decideExports') ? <Button onClick={() => setSetting(true)}>{t('disclosure.set')}</Button> : null}</p> : <Waiting />}
      {read.data && read.data.items.length > 0 ? <List caption={t('disclosure.quotas')} columns={columns} rows={read.data.items} keyOf={(row) => row.id} nameOf={nameOf} /> : null}
      {isSetting ? <QuotaDialog kinds={kinds} onClose={() => setSetting(false)} /> : null}
    </>
  );
};

/** The ledger of exports, requests for more and the quotas. */
export const DisclosurePage = () => {
  const { t } = useSpeech();
  const [search, setSearch] = useSearchParams();
  const now = TABS.find((one) => one === search.get('tab')) ?? 'requests';
  const Shown = { requests: Requests, ledger: Ledger, quotas: Quotas }[now];
  return (
    <>
      <PageHead title={t('security.disclosure')} lead={t('disclosure.lead')} />
      <TabView<Tab> label={t('security.disclosure')} now={now} choose={(tab) => setSearch({ tab })} tabs={[{ key: 'requests', label: t('exports.requests') }, { key: 'ledger', label: t('disclosure.ledger') }, { key: 'quotas', label: t('disclosure.quotas') }]}><Shown /></TabView>
    </>
  );
};
