import { Button, Input, Select } from 'antd';
import { useState } from 'react';
import { answerChallenge, listChallenges, listMyChallenges, withdrawChallenge, type ResponseOf } from '@zhengwu/contracts';
import { useChange, useRead } from '../../base/calls.ts';
import { useSpeech } from '../../base/language.tsx';
import { useMay } from '../../base/session.tsx';
import { Dialog, DialogActs } from '../../parts/dialog.tsx';
import { Field } from '../../parts/field.tsx';
import { List, type Column } from '../../parts/list.tsx';
import { EmptyNote, PageHead, ProblemNote, Waiting } from '../../parts/states.tsx';
import { shown } from './register-parts.ts';

type Challenge = ResponseOf<typeof listChallenges>['items'][number];
type Shown = 'open' | 'all' | 'mine';
const outcomes = ['accepted', 'refused'] as const;
const tones = { open: 'wait', accepted: 'good', refused: 'off', withdrawn: 'plain' } as const;

const AnswerDialog = ({ row, onClose }: { row: Challenge; onClose: () => void }) => {
  const { t, say } = useSpeech();
  const [outcome, setOutcome] = useState<(typeof outcomes)[number]>('accepted');
  const [text, setText] = useState('');
  const answer = useChange(answerChallenge, [listChallenges, listMyChallenges]);
  return (
    <Dialog title={t('challenges.answerOf', { field: say(row.fieldLabel) })} onClose={onClose}>
      <p><strong>{say(row.registerName)}</strong> {row.key}</p>
      <p>{shown(row.found)} → <strong>{shown(row.proposed)}</strong></p>
      <blockquote>{row.reason}</blockquote>
      <form onSubmit={(event) => { event.preventDefault(); if (text.trim()) answer.mutate({ params: { id: row.id }, body: { outcome, answer: text.trim() } }, { onSuccess: onClose }); }}>
        <Field label={t('challenges.outcome')}><Select value={outcome} onChange={setOutcome} options={outcomes.map((value) => ({ value, label: t(`challenges.${value}`) }))} /></Field>
        <Field label={t('challenges.text')} hint={t('challenges.textHint')}><Input.TextArea rows={3} maxLength={200} value={text} onChange={(event) => setText(event.target.value)} /></Field>
        <ProblemNote error={answer.error} />
        <DialogActs><Button type="primary" htmlType="submit" disabled={!text.trim()} loading={answer.isPending}>{t('challenges.answer')}</Button><Button onClick={onClose}>{t('cancel')}</Button></DialogActs>
      </form>
    </Dialog>
  );
};

const StateCell = ({ row }: { row: Challenge }) => {
  const { t } = useSpeech();
  return <><span className={`tag state-${tones[row.state]}`}>{t(`challenges.state.${row.state}`)}</span>{row.answer ? <span className="small soft what">{row.answer}{row.answeredBy ? ` · ${row.answeredBy}` : ''}</span> : null}</>;
};

/** Values that their users doubt: what we keep and must answer, and what I raised. */
export const RegisterChallenges = () => {
  const { t, say } = useSpeech();
  const mayAnswer = useMay()('correctRecords');
  const [choice, setChoice] = useState<Shown>(mayAnswer ? 'open' : 'mine');
  const [asking, setAsking] = useState<Challenge | null>(null);
  const ours = useRead(listChallenges, { query: { open: choice === 'open' } }, { keep: true, enabled: choice !== 'mine' });
  const own = useRead(listMyChallenges, {}, { enabled: choice === 'mine' });
  const withdraw = useChange(withdrawChallenge, [listChallenges, listMyChallenges]);
  const read = choice === 'mine' ? own : ours;
  const rows = read.data?.items ?? [];
  const act = (row: Challenge) => {
    if (row.state !== 'open') return null;
    if (choice === 'mine') return <Button size="small" aria-label={t('challenges.withdrawOf', { field: say(row.fieldLabel) })} onClick={() => withdraw.mutate({ params: { id: row.id } })}>{t('challenges.withdraw')}</Button>;
    return <Button size="small" aria-label={t('challenges.answerOf', { field: say(row.fieldLabel) })} onClick={() => setAsking(row)}>{t('challenges.answer')}</Button>;
  };
  const columns: Column<Challenge>[] = [
    { key: 'what', title: t('challenges.what'), isHeader: true, render: (row) => <>{say(row.registerName)} · {say(row.fieldLabel)}<span className="small soft what break">{row.key}</span></> },
    { key: 'values', title: t('challenges.values'), render: (row) => <><span className="break">{shown(row.found)} → <strong>{shown(row.proposed)}</strong></span><span className="small soft what">{row.reason}</span></> },
    { key: 'by', title: t('challenges.by'), render: (row) => <>{row.by}<span className="small soft what">{row.department ? say(row.department) : t('challenges.themself')}</span></> },
    { key: 'due', title: t('challenges.due'), render: (row) => <>{row.dueDay}{row.overdue ? <> <span className="tag card-red">● {t('challenges.late')}</span></> : null}</> },
    { key: 'state', title: t('challenges.state'), render: (row) => <StateCell row={row} /> },
    { key: 'act', title: t('registers.acts'), render: act },
  ];
  const choices: readonly Shown[] = mayAnswer ? ['open', 'all', 'mine'] : ['mine'];
  return (
    <>
      <PageHead title={t('challenges.title')} lead={t('challenges.lead')} />
      {choices.length > 1 ? <div className="filters"><Select<Shown> aria-label={t('challenges.show')} className="filter" value={choice} onChange={setChoice} options={choices.map((value) => ({ value, label: t(`challenges.${value}`) }))} /></div> : null}
      <ProblemNote error={read.error ?? withdraw.error} again={() => void read.refetch()} />
      {read.isPending ? <Waiting /> : rows.length > 0 ? <List caption={t('challenges.title')} columns={columns} rows={rows} keyOf={(row) => row.id} nameOf={(row) => row.id} stale={read.isPlaceholderData} />
        : read.error ? null : <EmptyNote title={t('challenges.none')}>{t('challenges.noneHint')}</EmptyNote>}
      {asking ? <AnswerDialog row={asking} onClose={() => setAsking(null)} /> : null}
    </>
  );
};
