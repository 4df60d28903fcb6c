import { Button, Input } from 'antd';
import { useState } from 'react';
import { challengeValue, revealBaseField } from '@zhengwu/contracts';
import { useChange } from '../../base/calls.ts';
import { momentOf } from '../../base/format.ts';
import { useSpeech } from '../../base/language.tsx';
import { Dialog, DialogActs } from '../../parts/dialog.tsx';
import { Field } from '../../parts/field.tsx';
import { List, type Column } from '../../parts/list.tsx';
import { ProblemNote } from '../../parts/states.tsx';
import { useToast } from '../../parts/toast.tsx';
import { shown, type Asked, type BaseField, type BaseRecord, type BaseRegister } from './register-parts.ts';

/** What was typed, in the kind of value that is on record. */
const typed = (text: string, like: unknown): unknown => {
  if (typeof like === 'number' && text.trim() !== '' && Number.isFinite(Number(text))) return Number(text);
  if (typeof like === 'boolean') return text.trim() === 'true';
  return text;
};

const ChallengeDialog = ({ register, field, asked, found, onClose }: { register: BaseRegister; field: BaseField; asked: Asked; found: unknown; onClose: () => void }) => {
  const { t, say } = useSpeech();
  const tell = useToast();
  const [proposed, setProposed] = useState('');
  const [reason, setReason] = useState('');
  const raise = useChange(challengeValue, []);
  const send = () => raise.mutate({ params: { register: register.code }, body: { key: asked.key.trim(), field: field.key, proposed: typed(proposed, found), reason: reason.trim() } }, { onSuccess: ({ dueDay }) => { tell(t('registers.sent', { day: dueDay })); onClose(); } });
  return (
    <Dialog title={t('registers.challengeOf', { field: say(field.label) })} onClose={onClose}>
      <p className="soft">{shown(found)}</p>
      <form onSubmit={(event) => { event.preventDefault(); if (proposed && reason.trim().length > 1) send(); }}>
        <Field label={t('registers.proposed')}><Input maxLength={1000} value={proposed} onChange={(event) => setProposed(event.target.value)} /></Field>
        <Field label={t('registers.why')} hint={t('registers.whyHint')}><Input.TextArea rows={3} maxLength={1000} value={reason} onChange={(event) => setReason(event.target.value)} /></Field>
        <ProblemNote error={raise.error} />
        <DialogActs><Button type="primary" htmlType="submit" disabled={!proposed || reason.trim().length < 2} loading={raise.isPending}>{t('registers.send')}</Button><Button onClick={onClose}>{t('cancel')}</Button></DialogActs>
      </form>
    </Dialog>
  );
};

/** A record field by field; what is masked is shown one at a time, each showing recorded. */
export const RegisterRecord = ({ register, record, asked }: { register: BaseRegister; record: BaseRecord; asked: Asked }) => {
  const { t, say } = useSpeech();
  const [clear, setClear] = useState<Readonly<Record<string, unknown>>>({});
  const [doubted, setDoubted] = useState<BaseField | null>(() => register.fields.find(({ key }) => key === asked.doubt && key !== register.key) ?? null);
  const reveal = useChange(revealBaseField, []);
  const isHidden = ({ key }: BaseField) => record.masked.includes(key) && !(key in clear);
  const show = (field: BaseField) => reveal.mutate({ params: { register: register.code }, body: { key: asked.key.trim(), field: field.key, reason: asked.reason.trim(), day: record.day } }, { onSuccess: (answer) => setClear({ ...clear, [field.key]: answer.value }) });
  const columns: Column<BaseField>[] = [
    { key: 'field', title: t('registers.field'), isHeader: true, render: (field) => say(field.label) },
    { key: 'value', title: t('registers.value'), render: (field) => <span className="break">{shown(field.key in clear ? clear[field.key] : record.data[field.key])}</span> },
    { key: 'class', title: t('registers.class'), render: (field) => <>{t(`registers.class.${field.class}`)}{isHidden(field) ? <> <span className="tag">{t('registers.hidden')}</span></> : null}</> },
    { key: 'acts', title: t('registers.acts'), render: (field) => (
      <span className="register-acts">
        {isHidden(field) && register.mayReveal ? <Button size="small" aria-label={t('registers.revealOf', { field: say(field.label) })} onClick={() => show(field)}>{t('registers.reveal')}</Button> : null}
        {field.key === register.key ? null : <Button size="small" type="text" aria-label={t('registers.challengeOf', { field: say(field.label) })} onClick={() => setDoubted(field)}>{t('registers.challenge')}</Button>}
      </span>
    ) },
  ];
  return (
    <>
      <p className="soft register-since">{t('registers.since', { from: record.validFrom, cause: record.cause, known: momentOf(record.knownFrom) })}</p>
      <ProblemNote error={reveal.error} />
      <List caption={t('registers.record')} columns={columns} rows={register.fields} keyOf={(field) => field.key} nameOf={(field) => field.key} />
      {doubted ? <ChallengeDialog register={register} field={doubted} asked={asked} found={doubted.key in clear ? clear[doubted.key] : record.data[doubted.key]} onClose={() => setDoubted(null)} /> : null}
    </>
  );
};
