import { Button, Input } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { listMerges, undoMatchMerge, type ResponseOf } from '@zhengwu/contracts';
import { useChange, useRead } from '../../base/calls.ts';
import { momentOf } from '../../base/format.ts';
import { useSpeech } from '../../base/language.tsx';
import { Dialog, DialogActs } from '../../parts/dialog.tsx';
import { Field } from '../../parts/field.tsx';
import { List, type Column } from '../../parts/list.tsx';
import { EmptyNote, PageHead, ProblemNote, Waiting } from '../../parts/states.tsx';

type Merge = ResponseOf<typeof listMerges>['items'][number];

const UndoDialog = ({ merge, onClose }: { merge: Merge; onClose: () => void }) => {
  const { t } = useSpeech();
  const [reason, setReason] = useState('');
  const undo = useChange(undoMatchMerge);
  return (
    <Dialog title={t('matching.undo')} onClose={onClose}>
      <p>{merge.absorbed} → {merge.survivor}</p>
      <p className="soft">{t('matching.undoLead')}</p>
      <form onSubmit={(event) => { event.preventDefault(); if (reason.trim()) undo.mutate({ params: { id: merge.id }, body: { reason: reason.trim() } }, { onSuccess: onClose }); }}>
        <Field label={t('matching.reason')} hint={t('matching.reasonHint')}><Input maxLength={200} value={reason} onChange={(event) => setReason(event.target.value)} /></Field>
        <ProblemNote error={undo.error} />
        <DialogActs><Button type="primary" htmlType="submit" disabled={!reason.trim()} loading={undo.isPending}>{t('matching.undo')}</Button><Button onClick={onClose}>{t('cancel')}</Button></DialogActs>
      </form>
    </Dialog>
  );
};

/** Merges within reach, the latest first; each can be undone. */
export const MatchMerges = () => {
  const { t, say } = useSpeech();
  const [asking, setAsking] = useState<Merge | null>(null);
  const read = useRead(listMerges);
  const rows = read.data?.items ?? [];
  const columns: Column<Merge>[] = [
    { key: 'survivor', title: t('matching.survivor'), isHeader: true, render: (row) => <span className="number break">{row.survivor}</span> },
    { key: 'absorbed', title: t('matching.absorbed'), render: (row) => <span className="number break">{row.absorbed}</span> },
    { key: 'register', title: t('matching.register'), render: (row) => say(row.registerName) },
    { key: 'taken', title: t('matching.taken'), render: (row) => row.fields.map(say).join(' · ') || <span className="soft">{t('matching.nothingTaken')}</span> },
    { key: 'by', title: t('matching.by'), render: (row) => <span className="small">{row.by} {momentOf(row.at)}</span> },
    { key: 'act', title: t('matching.undo'), render: (row) => row.undoneAt
      ? <span className="small soft">{t('matching.undone', { moment: momentOf(row.undoneAt), name: row.undoneBy ?? '', reason: row.reason ?? '' })}</span>
      : <Button size="small" aria-label={t('matching.undoOf', { name: row.absorbed })} onClick={() => setAsking(row)}>{t('matching.undo')}</Button> },
  ];
  return (
    <>
      <PageHead title={t('matching.merges')} lead={t('matching.mergesLead')}><Link to="/data/matching">{t('matching.back')}</Link></PageHead>
      <ProblemNote error={read.error} again={() => void read.refetch()} />
      {read.isPending ? <Waiting /> : rows.length > 0
        ? <List caption={t('matching.merges')} columns={columns} rows={rows} keyOf={(row) => row.id} nameOf={(row) => `${row.survivor} ${row.absorbed} ${row.at}`} />
        : read.error ? null : <EmptyNote title={t('matching.noMerges')}>{t('matching.noMergesHint')}</EmptyNote>}
      {asking ? <UndoDialog merge={asking} onClose={() => setAsking(null)} /> : null}
    </>
  );
};
