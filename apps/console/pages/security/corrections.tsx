import { useState } from 'react';
import { Button, Input, Select } from 'antd';
import { answerDataCorrection, listDataCorrections, type ResponseOf } from '@zhengwu/contracts';
import { useChange, useRead } from '../../base/calls.ts';
import { useSpeech } from '../../base/language.tsx';
import { Dialog, DialogActs } from '../../parts/dialog.tsx';
import { Field } from '../../parts/field.tsx';
import { List, type Column } from '../../parts/list.tsx';
import { EmptyNote, PageHead, ProblemNote, Waiting } from '../../parts/states.tsx';

type Row = ResponseOf<typeof listDataCorrections>['items'][number];
const outcomes = ['corrected', 'refused'] as const;

const AnswerDialog = ({ row, onClose }: { row: Row; onClose: () => void }) => {
  const { t, say } = useSpeech();
  const [text, setText] = useState('');
  const [outcome, setOutcome] = useState<(typeof outcomes)[number]>('corrected');
  const answer = useChange(answerDataCorrection, [listDataCorrections]);
  return (
    <Dialog title={`${t('corrections.answer')} · ${row.person}`} onClose={onClose}>
      <p><strong>{say(row.title)}</strong></p>
      <blockquote>{row.wrong}</blockquote>
      <p>{t('corrections.wanted')}: {row.wanted}</p>
      <form onSubmit={(event) => { event.preventDefault(); if (text.trim()) answer.mutate({ params: { id: row.id }, body: { outcome, text: text.trim() } }, { onSuccess: onClose }); }}>
        <Field label={t('corrections.outcome')}><Select value={outcome} onChange={setOutcome} options={outcomes.map((value) => ({ value, label: t(`corrections.${value}`) }))} /></Field>
        <Field label={t('corrections.text')} hint={t('corrections.textHint')}><Input.TextArea rows={4} maxLength={4000} value={text} onChange={(event) => setText(event.target.value)} /></Field>
        <ProblemNote error={answer.error} />
        <DialogActs><Button type="primary" htmlType="submit" disabled={!text.trim()} loading={answer.isPending}>{t('corrections.answer')}</Button><Button onClick={onClose}>{t('cancel')}</Button></DialogActs>
      </form>
    </Dialog>
  );
};

/** Requests for correction that this department keeps the data of, the most urgent first. */
export const Corrections = () => {
  const { t, say } = useSpeech();
  const [isOpen, setOpen] = useState(true);
  const [asking, setAsking] = useState<Row | null>(null);
  const list = useRead(listDataCorrections, { query: { open: isOpen } }, { keep: true });
  const rows = list.data?.items ?? [];
  const columns: Column<Row>[] = [
    { key: 'person', title: t('corrections.person'), isHeader: true, render: (row) => row.person },
    { key: 'part', title: t('corrections.part'), render: (row) => <>{say(row.title)}<span className="small soft what">{say(row.department)}</span></> },
    { key: 'wrong', title: t('corrections.wrong'), render: (row) => row.wrong },
    { key: 'due', title: t('corrections.due'), render: (row) => <>{row.dueDay}{row.overdue ? <span className="tag card-red">● {t('corrections.late')}</span> : null}</> },
    { key: 'outcome', title: t('corrections.outcome'), render: (row) => row.status === 'open' ? <Button size="small" onClick={() => setAsking(row)} aria-label={`${t('corrections.answer')} ${row.person}`}>{t('corrections.answer')}</Button> : <>{t(`corrections.${row.status}`)}<span className="small soft what">{row.answer}</span></> },
  ];
  return (
    <>
      <PageHead title={t('security.corrections')} lead={t('corrections.lead')} />
      <div className="filters"><Select aria-label={t('corrections.show')} value={isOpen ? 'open' : 'all'} onChange={(value: string) => setOpen(value === 'open')} options={(['open', 'all'] as const).map((value) => ({ value: value as string, label: t(`corrections.${value}`) }))} className="filter" /></div>
      <ProblemNote error={list.error} again={() => void list.refetch()} />
      {list.isPending ? <Waiting /> : rows.length === 0 && !list.error ? <EmptyNote title={t('corrections.none')}>{t('corrections.noneHint')}</EmptyNote> : <List caption={t('security.corrections')} columns={columns} rows={rows} keyOf={(row) => row.id} nameOf={(row) => row.person} stale={list.isPlaceholderData} />}
      {asking ? <AnswerDialog row={asking} onClose={() => setAsking(null)} /> : null}
    </>
  );
};
