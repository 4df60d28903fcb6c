import { useState } from 'react';
import { Button, Input, Radio } from 'antd';
import { batchComplete, openCase, type TaskSummary } from '@zhengwu/contracts';
import { useChange, useRead } from '../base/calls.ts';
import { useSpeech } from '../base/language.tsx';
import { workTouches } from '../base/touched.ts';
import { Dialog, DialogActs } from '../parts/dialog.tsx';
import { Field, Group } from '../parts/field.tsx';
import { ProblemNote, Waiting } from '../parts/states.tsx';

/** One decision on many tasks; every task that was refused says why. Outcomes that need a reason are decided one by one. */
export const BatchDialog = ({ tasks, onClose }: { tasks: readonly TaskSummary[]; onClose: () => void }) => {
  const { t, say } = useSpeech();
  const [chosen] = useState(tasks);
  const first = chosen[0];
  const sample = useRead(openCase, { params: { id: first?.caseId ?? '' } }, { enabled: first !== undefined });
  const outcomes = sample.data?.tasks.find((one) => one.id === first?.id)?.outcomes.filter((one) => !one.needsReason) ?? [];
  const [outcome, setOutcome] = useState<string>();
  const [opinion, setOpinion] = useState('');
  const decide = useChange(batchComplete, workTouches);
  const nameOf = (id: string) => chosen.find((one) => one.id === id);
  if (decide.data) {
    return (
      <Dialog title={t('batch.result')} onClose={onClose}>
        <p><strong>{t('batch.done', { count: decide.data.done.length })}</strong></p>
        {decide.data.refused.length > 0 ? <>
          <p>{t('batch.refused', { count: decide.data.refused.length })}</p>
          <ul className="refusals">{decide.data.refused.map((one) => <li key={one.id}><strong>{nameOf(one.id)?.number} {nameOf(one.id)?.applicant}</strong>：{one.message}</li>)}</ul>
        </> : null}
        <DialogActs><Button type="primary" onClick={onClose}>{t('close')}</Button></DialogActs>
      </Dialog>
    );
  }
  return (
    <Dialog title={t('batch.title', { count: chosen.length })} onClose={onClose}>
      {sample.isPending ? <Waiting /> : outcomes.length === 0 ? <p>{t('batch.notSafe')}</p> : (
        <Group legend={t('decide.outcome')} hint={t('batch.hint')}>
          <Radio.Group value={outcome} onChange={(event) => setOutcome(event.target.value as string)} options={outcomes.map((one) => ({ value: one.code, label: say(one.name) }))} />
        </Group>
      )}
      <Field label={t('decide.opinion')} optional={t('optional')}><Input.TextArea rows={3} value={opinion} maxLength={2000} onChange={(event) => setOpinion(event.target.value)} /></Field>
      <details><summary>{t('batch.list')}</summary><ul className="small">{chosen.map((one) => <li key={one.id}>{one.number} {say(one.name)} {one.applicant}</li>)}</ul></details>
      <ProblemNote error={sample.error ?? decide.error} />
      <DialogActs>
        <Button type="primary" disabled={!outcome} loading={decide.isPending} onClick={() => outcome && decide.mutate({ body: { tasks: chosen.map(({ id, version }) => ({ id, version })), outcome, ...(opinion.trim() ? { opinion: opinion.trim() } : {}) } })}>{t('batch.send')}</Button>
        <Button onClick={onClose}>{t('cancel')}</Button>
      </DialogActs>
    </Dialog>
  );
};
