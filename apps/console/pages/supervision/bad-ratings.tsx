import { useState } from 'react';
import { Button, Input } from 'antd';
import { Link, useSearchParams } from 'react-router';
import { badRatings, rectifyRating, satisfactions, type ResponseOf } from '@zhengwu/contracts';
import { useChange, useRead } from '../../base/calls.ts';
import { countOf, dayOf } from '../../base/format.ts';
import { useSpeech } from '../../base/language.tsx';
import { useMay } from '../../base/session.tsx';
import { Dialog, DialogActs } from '../../parts/dialog.tsx';
import { Field } from '../../parts/field.tsx';
import { Pager } from '../../parts/filters.tsx';
import { List } from '../../parts/list.tsx';
import { EmptyNote, PageHead, ProblemNote, Waiting } from '../../parts/states.tsx';

type Row = ResponseOf<typeof badRatings>['items'][number];

const RectifyDialog = ({ row, onClose }: { row: Row; onClose: () => void }) => {
  const { t } = useSpeech();
  const [text, setText] = useState('');
  const rectify = useChange(rectifyRating, [badRatings]);
  return (
    <Dialog title={t('ratings.rectify')} onClose={onClose}>
      {row.comment ? <blockquote>{row.comment}</blockquote> : null}
      <form onSubmit={(event) => { event.preventDefault(); if (text.trim()) rectify.mutate({ params: { id: row.caseId }, body: { text: text.trim() } }, { onSuccess: onClose }); }}>
        <Field label={t('ratings.done')} hint={t('ratings.hint')}><Input.TextArea rows={4} maxLength={4000} value={text} onChange={(event) => setText(event.target.value)} /></Field>
        <ProblemNote error={rectify.error} />
        <DialogActs><Button type="primary" htmlType="submit" disabled={!text.trim()} loading={rectify.isPending}>{t('ratings.rectify')}</Button><Button onClick={onClose}>{t('cancel')}</Button></DialogActs>
      </form>
    </Dialog>
  );
};

/** Levels 4 and 5: called back and put right within fifteen working days (GB/T 39735). */
export const BadRatings = () => {
  const { t, say, lang } = useSpeech();
  const may = useMay();
  const [search, setSearch] = useSearchParams();
  const after = search.get('after') ?? undefined;
  const list = useRead(badRatings, { query: { after, limit: 30 } }, { keep: true });
  const [asking, setAsking] = useState<Row | null>(null);
  const rows = list.data?.items ?? [];
  const columns = [
    { key: 'number', title: t('col.number'), isHeader: true, render: (row: Row) => <Link to={`/cases/${row.caseId}`} className="number">{row.number}</Link> },
    { key: 'service', title: t('col.service'), render: (row: Row) => say(row.service) },
    { key: 'level', title: t('ratings.level'), render: (row: Row) => satisfactions.label(row.level, lang) },
    { key: 'comment', title: t('ratings.comment'), render: (row: Row) => row.comment ?? '—' },
    { key: 'at', title: t('ratings.at'), render: (row: Row) => dayOf(row.ratedAt) },
    { key: 'due', title: t('ratings.due'), render: (row: Row) => row.dueDay },
    { key: 'done', title: t('ratings.rectified'), render: (row: Row) => row.rectified ?? (may('answerCards') ? <Button size="small" onClick={() => setAsking(row)} aria-label={`${t('ratings.rectify')} ${row.number}`}>{t('ratings.rectify')}</Button> : '—') },
  ];
  return (
    <>
      <PageHead title={t('supervision.ratings')} lead={t('ratings.lead')} />
      <ProblemNote error={list.error} again={() => void list.refetch()} />
      {list.isPending ? <Waiting /> : rows.length === 0 && !list.error ? <EmptyNote title={t('ratings.none')} /> : <List caption={t('supervision.ratings')} columns={columns} rows={rows} keyOf={(row) => row.caseId} nameOf={(row) => row.number} />}
      {list.data && rows.length > 0 ? <Pager shown={rows.length} total={countOf(list.data.total, list.data.totalCapped)} next={list.data.next} isFirst={!after} onFirst={() => setSearch({})} onNext={(next) => setSearch({ after: next })} /> : null}
      {asking ? <RectifyDialog row={asking} onClose={() => setAsking(null)} /> : null}
    </>
  );
};
