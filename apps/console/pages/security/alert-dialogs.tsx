import { useState, type FormEvent } from 'react';
import { Button, Input, InputNumber } from 'antd';
import { handleAlert, listAlerts, readAlert, ResponseKind, respondToAlert, undoResponse, type BodyOf, type ResponseOf } from '@zhengwu/contracts';
import { useChange } from '../../base/calls.ts';
import { useSpeech } from '../../base/language.tsx';
import { Dialog, DialogActs } from '../../parts/dialog.tsx';
import { Field } from '../../parts/field.tsx';
import { ProblemNote } from '../../parts/states.tsx';

type Alert = ResponseOf<typeof readAlert>;
export type HandleAct = BodyOf<typeof handleAlert>['act'];

const TOUCHED = [readAlert, listAlerts];
const DAY_HOURS = 24;
const HALF_HOUR = 30;

const submitting = (work: () => void) => (event: FormEvent): void => {
  event.preventDefault();
  work();
};

/** Takes, notes, decides; a false alarm says how long to keep quiet. */
export const HandleDialog = ({ alert, act, onClose }: { alert: Alert; act: HandleAct; onClose: () => void }) => {
  const { t } = useSpeech();
  const [note, setNote] = useState('');
  const [hours, setHours] = useState(DAY_HOURS);
  const change = useChange(handleAlert, TOUCHED);
  const send = () => change.mutate(
    { params: { id: alert.id }, body: { act, version: alert.version, ...(note.trim() ? { note: note.trim() } : {}), ...(act === 'false' ? { quietHours: hours } : {}) } }, { onSuccess: onClose });
  const needsNote = act !== 'take';
  return (
    <Dialog title={t(`defence.${act}`)} onClose={onClose}>
      <form onSubmit={submitting(send)}>
        <Field label={t('defence.noteLabel')} hint={t('defence.noteHint')}><Input.TextArea rows={3} maxLength={2000} value={note} onChange={(event) => setNote(event.target.value)} /></Field>
        {act === 'false' ? <Field label={t('defence.quiet')} hint={t('defence.quietHint')}><InputNumber min={1} max={720} value={hours} onChange={(value) => setHours(value ?? DAY_HOURS)} /></Field> : null}
        <ProblemNote error={change.error} />
        <DialogActs><Button type="primary" htmlType="submit" loading={change.isPending} disabled={needsNote && !note.trim()}>{t(`defence.${act}`)}</Button></DialogActs>
      </form>
    </Dialog>
  );
};

export const UndoDialog = ({ answer, onClose }: { answer: Alert['responses'][number]; onClose: () => void }) => {
  const { t } = useSpeech();
  const [reason, setReason] = useState('');
  const change = useChange(undoResponse, TOUCHED);
  const send = () => change.mutate({ params: { id: answer.id }, body: { reason: reason.trim() } }, { onSuccess: onClose });
  return (
    <Dialog title={t('defence.undoTitle', { what: `${t(`defence.kind.${answer.kind}`)} ${answer.targetName ?? answer.target}` })} onClose={onClose}>
      <form onSubmit={submitting(send)}>
        <Field label={t('defence.reason')}><Input maxLength={200} value={reason} onChange={(event) => setReason(event.target.value)} /></Field>
        <ProblemNote error={change.error} />
        <DialogActs><Button type="primary" htmlType="submit" loading={change.isPending} disabled={!reason.trim()}>{t('defence.undo')}</Button></DialogActs>
      </form>
    </Dialog>
  );
};

const targetsOf = (alert: Alert, kind: string): { value: string; name: string }[] => {
  const found = new Map(alert.observations.flatMap((one) => (kind === 'block' ? (one.address ? [[one.address, one.address] as const] : []) : one.account ? [[one.account, one.accountName ?? one.account] as const] : [])));
  return [...found].map(([value, name]) => ({ value, name }));
};

/** A response by hand, only against what the alert found. */
export const RespondDialog = ({ alert, onClose }: { alert: Alert; onClose: () => void }) => {
  const { t } = useSpeech();
  const [kind, setKind] = useState<BodyOf<typeof respondToAlert>['kind']>('challenge');
  const [chosen, setChosen] = useState('');
  const [minutes, setMinutes] = useState(HALF_HOUR);
  const [reason, setReason] = useState('');
  const change = useChange(respondToAlert, TOUCHED);
  const targets = targetsOf(alert, kind);
  const target = targets.find((one) => one.value === chosen)?.value ?? targets[0]?.value ?? '';
  const send = () => change.mutate({ params: { id: alert.id }, body: { kind, target, minutes, reason: reason.trim() } }, { onSuccess: onClose });
  return (
    <Dialog title={t('defence.respond')} onClose={onClose}>
      <form onSubmit={submitting(send)}>
        <Field label={t('defence.responses')}><select className="plain-select" value={kind} onChange={(event) => setKind(event.target.value as typeof kind)}>{ResponseKind.enum.map((one) => <option key={one} value={one}>{t(`defence.kind.${one}`)}</option>)}</select></Field>
        <Field label={t('defence.target')}><select className="plain-select" value={target} onChange={(event) => setChosen(event.target.value)}>{targets.map((one) => <option key={one.value} value={one.value}>{one.name}</option>)}</select></Field>
        <Field label={t('defence.minutes')}><InputNumber min={1} max={1440} value={minutes} onChange={(value) => setMinutes(value ?? HALF_HOUR)} /></Field>
        <Field label={t('defence.reason')}><Input maxLength={200} value={reason} onChange={(event) => setReason(event.target.value)} /></Field>
        <ProblemNote error={change.error} />
        <DialogActs><Button type="primary" htmlType="submit" loading={change.isPending} disabled={!reason.trim() || !target}>{t('defence.do')}</Button></DialogActs>
      </form>
    </Dialog>
  );
};
