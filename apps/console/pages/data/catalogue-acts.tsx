import { Checkbox, Input } from 'antd';
import { useState } from 'react';
import { decideResource, listResourceRequests, listResources, readResource, requestResource, retireResource, submitResource } from '@zhengwu/contracts';
import { useChange } from '../../base/calls.ts';
import { useSpeech } from '../../base/language.tsx';
import { Field } from '../../parts/field.tsx';
import { useToast } from '../../parts/toast.tsx';
import { FormDialog } from '../../parts/form-dialog.tsx';

const touched = [listResources, readResource] as const;
interface ActProps {
  id: string;
  onClose: () => void;
}

export const SubmitDialog = ({ id, version, onClose }: ActProps & { version: number }) => {
  const { t } = useSpeech();
  const submit = useChange(submitResource, touched);
  return <FormDialog title={t('catalogue.submit')} act={t('catalogue.submit')} onClose={onClose} isReady change={submit} onSend={() => submit.mutate({ params: { id }, body: { version } }, { onSuccess: onClose })}><p>{t('catalogue.version', { version })}</p></FormDialog>;
};

/** Publishes a version, or returns it with the reason. */
export const DecideDialog = ({ id, version, outcome, onClose }: ActProps & { version: number; outcome: 'publish' | 'return' }) => {
  const { t } = useSpeech();
  const [reason, setReason] = useState('');
  const decide = useChange(decideResource, touched);
  const isReady = outcome === 'publish' || reason.trim() !== '';
  const send = () => decide.mutate({ params: { id }, body: { version, outcome, ...(reason.trim() ? { reason: reason.trim() } : {}) } }, { onSuccess: onClose });
  return (
    <FormDialog title={`${t(`catalogue.${outcome}`)} · ${t('catalogue.version', { version })}`} act={t(`catalogue.${outcome}`)} onClose={onClose} isReady={isReady} isDangerous={outcome === 'return'} change={decide} onSend={send}>
      <Field label={t('catalogue.reason')}><Input required={outcome === 'return'} maxLength={200} value={reason} onChange={(event) => setReason(event.target.value)} /></Field>
    </FormDialog>
  );
};

export const RetireDialog = ({ id, onClose }: ActProps) => {
  const { t } = useSpeech();
  const [reason, setReason] = useState('');
  const retire = useChange(retireResource, [...touched, listResourceRequests]);
  return (
    <FormDialog title={t('catalogue.retire')} act={t('catalogue.retire')} isDangerous onClose={onClose} isReady={reason.trim() !== ''} change={retire} onSend={() => retire.mutate({ params: { id }, body: { reason: reason.trim() } }, { onSuccess: onClose })}>
      <p>{t('catalogue.retireSure')}</p>
      <Field label={t('catalogue.reason')}><Input required maxLength={200} value={reason} onChange={(event) => setReason(event.target.value)} /></Field>
    </FormDialog>
  );
};

/** Asks to use a resource; says at once whether it was granted, or until when the provider answers. */
export const AskDialog = ({ id, onClose }: ActProps) => {
  const { t } = useSpeech();
  const tell = useToast();
  const [given, set] = useState({ purpose: '', basis: '', subsystem: '', personal: false });
  const ask = useChange(requestResource, [listResourceRequests, readResource]);
  const typed = (key: 'purpose' | 'basis' | 'subsystem') => ({ value: given[key], onChange: (event: { target: { value: string } }) => set({ ...given, [key]: event.target.value }) });
  const send = () => ask.mutate({ params: { id }, body: { purpose: given.purpose.trim(), basis: given.basis.trim(), personal: given.personal, ...(given.subsystem.trim() ? { subsystem: given.subsystem.trim() } : {}) } }, {
    onSuccess: ({ state, dueDay }) => { tell(state === 'granted' ? t('catalogue.askedGranted') : t('catalogue.askedOpen', { day: dueDay })); onClose(); },
  });
  return (
    <FormDialog title={t('catalogue.ask')} act={t('catalogue.ask')} onClose={onClose} isReady={given.purpose.trim() !== '' && given.basis.trim() !== ''} change={ask} onSend={send}>
      <Field label={t('catalogue.purpose')} hint={t('catalogue.purposeHint')}><Input.TextArea required rows={3} maxLength={2000} {...typed('purpose')} /></Field>
      <Field label={t('catalogue.law')} hint={t('catalogue.lawHint')}><Input required maxLength={200} {...typed('basis')} /></Field>
      <Field label={t('catalogue.subsystem')} hint={t('catalogue.subsystemHint')}><Input maxLength={300} {...typed('subsystem')} /></Field>
      <p><Checkbox checked={given.personal} onChange={(event) => set({ ...given, personal: event.target.checked })}>{t('catalogue.personal')}</Checkbox></p>
    </FormDialog>
  );
};
