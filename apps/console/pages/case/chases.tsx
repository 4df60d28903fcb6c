import { useState } from 'react';
import { Button, Input } from 'antd';
import { answerChase, caseChases, openCase, workList, workQueues, type ResponseOf } from '@zhengwu/contracts';
import { useChange, useRead } from '../../base/calls.ts';
import { momentOf } from '../../base/format.ts';
import { useSpeech } from '../../base/language.tsx';
import { useMay } from '../../base/session.tsx';
import { Field } from '../../parts/field.tsx';
import { ProblemNote } from '../../parts/states.tsx';

type Chase = ResponseOf<typeof answerChase>;

const Answering = ({ chase }: { chase: Chase }) => {
  const { t } = useSpeech();
  const [text, setText] = useState('');
  const change = useChange(answerChase, [caseChases, openCase, workQueues, workList]);
  return (
    <form onSubmit={(event) => { event.preventDefault(); if (text.trim()) change.mutate({ params: { id: chase.id }, body: { text: text.trim() } }); }}>
      <Field label={t('chase.answer')}><Input.TextArea rows={3} maxLength={4000} value={text} onChange={(event) => setText(event.target.value)} /></Field>
      <ProblemNote error={change.error} />
      <Button htmlType="submit" disabled={!text.trim()} loading={change.isPending}>{t('chase.send')}</Button>
    </form>
  );
};

/** Chases of this case with their answers; whoever handles the case answers here, whoever chased reads it here. */
export const Chases = ({ caseId, answers }: { caseId: string; answers: boolean }) => {
  const { t } = useSpeech();
  const may = useMay();
  const items = useRead(caseChases, { params: { id: caseId } }).data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <section>
      <h2>{t('chase.title')}</h2>
      <ul className="plain-list">{items.map((one) => (
        <li key={one.id}>
          <p>{one.text}</p>
          <p className="soft small">{t('chase.asked', { by: one.by, day: one.answerBy })} {one.late ? <span className="tag card-red">{t('chase.late')}</span> : null}</p>
          {one.answer ? <blockquote>{one.answer.text}<br /><span className="soft small">{one.answer.by} · {momentOf(one.answer.at)}</span></blockquote> : answers || !may('chase') ? <Answering chase={one} /> : null}
        </li>
      ))}</ul>
    </section>
  );
};
