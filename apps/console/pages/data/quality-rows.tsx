import { Button, Input } from 'antd';
import { useState } from 'react';
import { Link, useNavigate, useParams, useSearchParams } from 'react-router';
import { listQualityRows, openQualityRow, readQuality, type ResponseOf } from '@zhengwu/contracts';
import { useChange, useRead } from '../../base/calls.ts';
import { momentOf } from '../../base/format.ts';
import { useSpeech } from '../../base/language.tsx';
import { Dialog, DialogActs } from '../../parts/dialog.tsx';
import { Field } from '../../parts/field.tsx';
import { List, type Column } from '../../parts/list.tsx';
import { EmptyNote, PageHead, ProblemNote, Waiting } from '../../parts/states.tsx';
import { shown } from './register-parts.ts';

/** Length of a citizen number: keys up to it stay on one line. */
const NUMBER = 18;
type Row = ResponseOf<typeof listQualityRows>['items'][number];
interface Opening {
  row: Row;
  /** The field to challenge; none when the record is only looked at. */
  doubt?: string;
}

/** Shows the key for a reason and leads to the record of the register, where it is challenged. */
const OpenDialog = ({ register, opening: { row, doubt }, onClose }: { register: string; opening: Opening; onClose: () => void }) => {
  const { t } = useSpeech();
  const go = useNavigate();
  const [reason, setReason] = useState('');
  const open = useChange(openQualityRow, []);
  const isReady = reason.trim().length > 1;
  const send = () => open.mutate({ params: { register, id: row.id }, body: { reason: reason.trim() } }, { onSuccess: ({ key }) => void go(`/data/registers/${register}`, { state: { key, reason: reason.trim(), ...(doubt ? { doubt } : {}) } }) });
  return (
    <Dialog title={t(doubt ? 'quality.challengeOf' : 'quality.openOf', { key: row.key })} onClose={onClose}>
      <form onSubmit={(event) => { event.preventDefault(); if (isReady) send(); }}>
        <Field label={t('quality.reason')} hint={t('quality.reasonHint')}><Input maxLength={200} value={reason} onChange={(event) => setReason(event.target.value)} /></Field>
        <ProblemNote error={open.error} />
        <DialogActs><Button type="primary" htmlType="submit" disabled={!isReady} loading={open.isPending}>{t(doubt ? 'quality.challenge' : 'quality.open')}</Button><Button onClick={onClose}>{t('cancel')}</Button></DialogActs>
      </form>
    </Dialog>
  );
};

const Rows = ({ rows, onOpen }: { rows: readonly Row[]; onOpen: (opening: Opening) => void }) => {
  const { t, say } = useSpeech();
  const fields = rows[0]?.fields ?? [];
  const columns: Column<Row>[] = [
    { key: 'key', title: t('quality.key'), isHeader: true, render: (row) => <span className={row.key.length > NUMBER ? 'break' : 'when'}>{row.key}</span> },
    ...fields.map((field, at): Column<Row> => ({ key: field.key, title: say(field.label), render: (row) => <span className="break">{shown(row.fields[at]?.value)}</span> })),
    { key: 'since', title: t('quality.since'), render: (row) => <span className="when">{momentOf(row.knownFrom)}</span> },
    {
      key: 'acts', title: t('quality.acts'), render: (row) => (
        <span className="register-acts">
          <Button size="small" aria-label={t('quality.openOf', { key: row.key })} onClick={() => onOpen({ row })}>{t('quality.open')}</Button>
          <Button size="small" type="text" aria-label={t('quality.challengeOf', { key: row.key })} onClick={() => onOpen({ row, doubt: fields[0]?.key ?? '' })}>{t('quality.challenge')}</Button>
        </span>
      ),
    },
  ];
  return <List caption={t('quality.rows')} columns={columns} rows={rows} keyOf={(row) => row.id} nameOf={(row) => row.key} />;
};

/** What breaks one rule now, page after page. */
export const QualityRows = () => {
  const { t, say } = useSpeech();
  const { register = '', rule = '' } = useParams();
  const [search] = useSearchParams();
  const after = search.get('after');
  const [opening, setOpening] = useState<Opening | null>(null);
  const scores = useRead(readQuality, { params: { register } });
  const read = useRead(listQualityRows, { params: { register, rule }, query: after ? { after } : {} });
  const one = scores.data?.scores.find(({ code }) => code === rule);
  const name = one?.name ? say(one.name) : rule;
  const rows = read.data?.items ?? [];
  const next = read.data?.next ?? null;
  return (
    <>
      <PageHead title={t('quality.behind', { rule: name })} lead={t('quality.behindLead')}><Link to={`/data/quality/${register}`}>{t('quality.back', { register: scores.data ? say(scores.data.name) : register })}</Link></PageHead>
      <ProblemNote error={read.error} again={() => void read.refetch()} />
      {read.isPending ? <Waiting /> : rows.length > 0 ? <Rows rows={rows} onOpen={setOpening} /> : read.error ? null : next === null && !after ? <EmptyNote title={t('quality.clean')}>{t('quality.cleanHint')}</EmptyNote> : <EmptyNote title={t(next === null ? 'quality.end' : 'quality.noneHere')} />}
      <p className="quality-pages">
        {after ? <Link to={`/data/quality/${register}/${rule}`}>{t('quality.first')}</Link> : null}
        {next ? <Link to={`?after=${next}`}>{t('quality.next')}</Link> : null}
      </p>
      {opening ? <OpenDialog register={register} opening={opening} onClose={() => setOpening(null)} /> : null}
    </>
  );
};
