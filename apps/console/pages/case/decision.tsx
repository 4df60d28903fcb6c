import { useEffect, useRef, useState } from 'react';
import { Button, Input, Radio } from 'antd';
import { completeTask, getStamp, openCase, type CaseDetail, type CaseTask } from '@zhengwu/contracts';
import { useNavigate } from 'react-router';
import { client, problemOf } from '../../base/api.ts';
import { queryClient, useChange, useRead } from '../../base/calls.ts';
import { momentOf, withMoments } from '../../base/format.ts';
import { forgetDraft, keepDraft, keptDraft } from '../../base/keeping.ts';
import { useSpeech } from '../../base/language.tsx';
import { workTouches } from '../../base/touched.ts';
import { DialogActs } from '../../parts/dialog.tsx';
import { Field, Group } from '../../parts/field.tsx';
import { ProblemNote } from '../../parts/states.tsx';
import { useToast } from '../../parts/toast.tsx';
import { changesBetween, type CaseChange } from './changes.ts';
import { SignaturePad } from './signature.tsx';

type Signing = 'none' | 'stamp' | 'pad';

const Signature = ({ how, setHow, onPicture }: { how: Signing; setHow: (how: Signing) => void; onPicture: (picture: string | null) => void }) => {
  const { t } = useSpeech();
  const stamp = useRead(getStamp).data?.image ?? null;
  return (
    <Group legend={t('sign.title')}>
      <Radio.Group value={how} onChange={(event) => setHow(event.target.value as Signing)} options={[
        { value: 'none', label: t('sign.none') }, { value: 'pad', label: t('sign.pad') }, ...(stamp ? [{ value: 'stamp', label: t('sign.stamp') }] : []),
      ]} />
      {how === 'stamp' && stamp ? <img className="stamp" src={stamp} alt={t('sign.stampAlt')} /> : null}
      {how === 'pad' ? <SignaturePad onChange={onPicture} /> : null}
    </Group>
  );
};

/** Somebody was faster: who, when and what changed; what was written stays. */
const Conflict = ({ error, changes }: { error: unknown; changes: CaseChange[] | null }) => {
  const { t, say } = useSpeech();
  return (
    <div className="note warn" role="alert">
      <p><strong>{withMoments(problemOf(error).detail) || t('conflict.title')}</strong></p>
      {changes === null ? null : changes.length === 0 ? <p>{t('conflict.nothing')}</p> : (
        <>
          <p>{t('conflict.changes')}</p>
          <ul>{changes.map((change, index) => <li key={index}>{change.at ? `${momentOf(change.at)} ` : ''}{change.by ? `${change.by}：` : ''}{say(change.text)}{change.detail ? ` — ${say(change.detail)}` : ''}</li>)}</ul>
        </>
      )}
      <p>{t('conflict.retry')}</p>
    </div>
  );
};

const useDraft = (task: string) => {
  const [draft, setDraft] = useState(() => keptDraft(task));
  const change = (part: Partial<typeof draft>) => setDraft((was) => {
    const next = { ...was, ...part };
    keepDraft(task, next);
    return next;
  });
  return [draft, change] as const;
};

/** Reads the case anew after a refusal and says what is different from what the official looked at. */
const useLatest = (seen: CaseDetail) => {
  const [changes, setChanges] = useState<CaseChange[] | null>(null);
  const compare = async () => {
    const latest = await client.call(openCase, { params: { id: seen.id } });
    setChanges(changesBetween(seen, latest));
    queryClient.setQueryData([openCase.id, { params: { id: seen.id } }], latest);
  };
  return [changes, compare] as const;
};

const useComplete = (detail: CaseDetail, task: CaseTask) => {
  const { t } = useSpeech();
  const tell = useToast();
  const navigate = useNavigate();
  const complete = useChange(completeTask, workTouches);
  const [changes, compare] = useLatest(detail);
  const send = (body: { outcome: string; opinion?: string; reasonCode?: string; signature?: string }) => complete.mutate({ params: { id: task.id }, body: { version: task.version, ...body } }, {
    onSuccess: () => {
      forgetDraft(task.id);
      tell(t('decide.done', { task: detail.number }));
      void navigate('/work');
    },
    onError: (error) => void (problemOf(error).status === 409 && compare().catch(() => undefined)),
  });
  return { complete, changes, send };
};

/** Decide a task: outcome, structured reason before free words, signature. What is written is kept until it is sent. */
export const Decision = ({ detail, task, focus }: { detail: CaseDetail; task: CaseTask; focus: boolean }) => {
  const { t, say } = useSpeech();
  const [draft, change] = useDraft(task.id);
  const [how, setHow] = useState<Signing>('none');
  const [picture, setPicture] = useState<string | null>(null);
  const [missing, setMissing] = useState<string | null>(null);
  const form = useRef<HTMLFormElement>(null);
  const { complete, changes, send } = useComplete(detail, task);
  const outcome = task.outcomes.find((one) => one.code === draft.outcome);
  useEffect(() => {
    if (focus) form.current?.querySelector<HTMLInputElement>('input[type=radio]')?.focus();
  }, [focus]);
  const submit = () => {
    const lacks = !outcome ? t('decide.chooseOutcome') : outcome.needsReason && !draft.reasonCode && !draft.opinion.trim() ? t('decide.giveReason') : how === 'pad' && !picture ? t('decide.signFirst') : null;
    setMissing(lacks);
    if (lacks || !outcome) return;
    const signature = how === 'stamp' ? 'stamp' : how === 'pad' ? picture : null;
    send({ outcome: outcome.code, ...(draft.opinion.trim() ? { opinion: draft.opinion.trim() } : {}), ...(draft.reasonCode && outcome.needsReason ? { reasonCode: draft.reasonCode } : {}), ...(signature ? { signature } : {}) });
  };
  const isConflict = complete.error !== null && problemOf(complete.error).status === 409;
  return (
    <form ref={form} className="decision" onSubmit={(event) => { event.preventDefault(); submit(); }}>
      <Group legend={t('decide.outcome')}>
        <Radio.Group className="outcomes" value={draft.outcome} onChange={(event) => change({ outcome: event.target.value as string })} options={task.outcomes.map((one) => ({ value: one.code, label: say(one.name) }))} />
      </Group>
      {outcome?.needsReason && detail.reasons.length > 0 ? (
        <Group legend={t('decide.reason')} hint={t('decide.reasonHint')}>
          <Radio.Group className="outcomes" value={draft.reasonCode} onChange={(event) => change({ reasonCode: event.target.value as string })} options={detail.reasons.map((one) => ({ value: one.code, label: say(one.text) }))} />
        </Group>
      ) : null}
      <Field label={t('decide.opinion')} optional={outcome?.needsReason ? undefined : t('optional')} hint={t('decide.opinionHint')}>
        <Input.TextArea rows={4} maxLength={2000} value={draft.opinion} onChange={(event) => change({ opinion: event.target.value })} />
      </Field>
      <Signature how={how} setHow={setHow} onPicture={setPicture} />
      {missing ? <p className="note bad" role="alert">{missing}</p> : null}
      {isConflict ? <Conflict error={complete.error} changes={changes} /> : <ProblemNote error={complete.error} />}
      <DialogActs><Button type="primary" size="large" htmlType="submit" loading={complete.isPending}>{isConflict ? t('decide.retry') : t('decide.send')}</Button></DialogActs>
    </form>
  );
};
