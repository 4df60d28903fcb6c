import { useState } from 'react';
import { Button, Input } from 'antd';
import { revealField, type CaseDetail } from '@zhengwu/contracts';
import { useChange } from '../../base/calls.ts';
import { useSpeech } from '../../base/language.tsx';
import { Dialog, DialogActs } from '../../parts/dialog.tsx';
import { Field } from '../../parts/field.tsx';
import { ProblemNote } from '../../parts/states.tsx';

const Reveal = ({ id, field, label, onShown, onClose }: { id: string; field: string; label: string; onShown: (value: string) => void; onClose: () => void }) => {
  const { t } = useSpeech();
  const [reason, setReason] = useState('');
  const reveal = useChange(revealField, []);
  const show = () => reveal.mutate({ params: { id }, body: { key: field, reason: reason.trim() } }, { onSuccess: ({ value }) => { onShown(value); onClose(); } });
  return (
    <Dialog title={t('reveal.title', { field: label })} onClose={onClose}>
      <form onSubmit={(event) => { event.preventDefault(); if (reason.trim()) show(); }}>
        <Field label={t('reveal.reason')} hint={t('reveal.hint')}><Input value={reason} maxLength={200} onChange={(event) => setReason(event.target.value)} /></Field>
        <ProblemNote error={reveal.error} />
        <DialogActs><Button type="primary" htmlType="submit" disabled={!reason.trim()} loading={reveal.isPending}>{t('reveal.show')}</Button><Button onClick={onClose}>{t('cancel')}</Button></DialogActs>
      </form>
    </Dialog>
  );
};

/** What the applicant answered. Personal values are masked; showing one asks why and is set down. */
export const Answers = ({ detail }: { detail: CaseDetail }) => {
  const { t, say } = useSpeech();
  const [shown, setShown] = useState<Record<string, string>>({});
  const [asking, setAsking] = useState<{ key: string; label: string } | null>(null);
  const mayReveal = detail.acts.includes('reveal');
  return (
    <div className="answers">
      {detail.sections.map((section) => (
        <section key={section.step}>
          <h2>{say(section.title)}</h2>
          <dl className="answer-list">{section.answers.map((answer) => (
            <div key={answer.key} className={answer.changed ? 'changed' : undefined}>
              <dt>{say(answer.question)}</dt>
              <dd>
                <span className="answer">{shown[answer.key] ?? (say(answer.display) || '—')}</span>
                {answer.changed ? <span className="tag state-wait">{t('answers.changed')}</span> : null}
                {answer.source ? <span className="soft small">{t('fact.source', { source: say(answer.source) })}</span> : null}
                {answer.personal && mayReveal && shown[answer.key] === undefined ? <Button type="link" size="small" onClick={() => setAsking({ key: answer.key, label: say(answer.question) })} aria-label={t('reveal.title', { field: say(answer.question) })}>{t('reveal.show')}</Button> : null}
              </dd>
            </div>
          ))}</dl>
        </section>
      ))}
      {asking ? <Reveal id={detail.id} field={asking.key} label={asking.label} onShown={(value) => setShown((was) => ({ ...was, [asking.key]: value }))} onClose={() => setAsking(null)} /> : null}
    </div>
  );
};
