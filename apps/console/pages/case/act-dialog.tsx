import { useState } from 'react';
import { Button, Input, InputNumber, Radio, Select, Switch } from 'antd';
import { deliveries, listGroups, suspensions, type CaseDetail, type CaseTask } from '@zhengwu/contracts';
import { problemOf } from '../../base/api.ts';
import { useChange, useRead } from '../../base/calls.ts';
import { today } from '../../base/format.ts';
import { useSpeech } from '../../base/language.tsx';
import { workTouches } from '../../base/touched.ts';
import { Dialog, DialogActs, inPlace } from '../../parts/dialog.tsx';
import { Field, Group } from '../../parts/field.tsx';
import { PeoplePicker } from '../../parts/people.tsx';
import { ProblemNote } from '../../parts/states.tsx';
import { useToast } from '../../parts/toast.tsx';
import type { Word } from '../../words/words.ts';
import { actInput, missingFields, type ActField, type ActForm, type ActValues } from './act-forms.ts';

/** Groups of people; who is in them is settled when the act is done. */
const GroupsPicker = ({ label, value, onChange }: { label: string; value: string[]; onChange: (codes: string[]) => void }) => {
  const { t, say } = useSpeech();
  const groups = useRead(listGroups).data?.items ?? [];
  return <Field label={label} optional={t('optional')}><Select getPopupContainer={inPlace} mode="multiple" className="full" value={value} onChange={onChange} options={groups.map((group) => ({ value: group.code, label: t('act.groupOf', { name: say(group.name), count: group.members.length }) }))} /></Field>;
};

interface Ask {
  field: ActField;
  chosen: ActForm;
  detail: CaseDetail | null;
  task: Pick<CaseTask, 'id' | 'version'> | null;
  value: unknown;
  set: (value: unknown) => void;
  error?: string;
}

const AskField = ({ field, chosen, detail, task, value, set, error }: Ask) => {
  const { t, say, lang } = useSpeech();
  const label = t(`act.${chosen.act}.${field.key}` as Word);
  const text = typeof value === 'string' ? value : '';
  const entries = (list: { entries: readonly { code: string; zh: string; en: string }[] }) => list.entries.map((one) => ({ value: one.code, label: lang === 'en' ? one.en : one.zh }));
  switch (field.kind) {
    case 'line': return <Field label={label} error={error} optional={field.optional ? t('optional') : undefined}><Input value={text} maxLength={200} onChange={(event) => set(event.target.value)} /></Field>;
    case 'paragraph': return <Field label={label} error={error}><Input.TextArea rows={4} value={text} maxLength={4000} onChange={(event) => set(event.target.value)} /></Field>;
    case 'number': return <Field label={label} error={error} hint={t('act.between', { least: field.least, most: field.most })}><InputNumber value={typeof value === 'number' ? value : null} min={field.least} max={field.most} precision={0} onChange={set} /></Field>;
    case 'day': return <Field label={label} error={error}><Input type="date" min={today()} value={text} onChange={(event) => set(event.target.value)} className="day" /></Field>;
    case 'yes': return <div className="switch-line"><Switch checked={value === true} onChange={set} aria-labelledby={`yes-${field.key}`} /><span id={`yes-${field.key}`}>{label}</span></div>;
    case 'person': return <>{error ? <p className="error">{error}</p> : null}<PeoplePicker label={label} task={task?.id} value={Array.isArray(value) ? (value as string[]) : []} onChange={set} /></>;
    case 'people': return <>{error ? <p className="error">{error}</p> : null}<PeoplePicker label={label} many value={Array.isArray(value) ? (value as string[]) : []} onChange={set} /></>;
    case 'groups': return <GroupsPicker label={label} value={Array.isArray(value) ? (value as string[]) : []} onChange={set} />;
    case 'suspension': return <Field label={label} error={error}><Select value={text || undefined} onChange={set} options={entries(suspensions)} className="full" /></Field>;
    case 'earlier': return <Group legend={label} error={error}><Radio.Group className="outcomes" value={value} onChange={(event) => set(event.target.value)} options={detail?.earlier.map((one) => ({ value: one.element, label: say(one.name) })) ?? []} /></Group>;
    case 'delivery': return <Group legend={label} error={error}><Radio.Group value={value} onChange={(event) => set(event.target.value)} options={entries(deliveries)} /></Group>;
  }
};

interface Props {
  chosen: ActForm;
  detail: CaseDetail | null;
  /** Case and versions, where the whole case was not read. */
  about: { id: string; version: number };
  task: Pick<CaseTask, 'id' | 'version'> | null;
  onClose: () => void;
}

/** One act with the fields it needs. A refusal leaves everything typed in place. */
export const ActDialog = ({ chosen, detail, about, task, onClose }: Props) => {
  const { t } = useSpeech();
  const tell = useToast();
  const [values, setValues] = useState<ActValues>({});
  const [missing, setMissing] = useState<string[]>([]);
  const change = useChange(chosen.operation, workTouches);
  const send = () => {
    const lacks = missingFields(chosen.fields, values);
    setMissing(lacks);
    if (lacks.length > 0) return;
    change.mutate(actInput(chosen, about, task, values) as never, { onSuccess: () => { tell(t('act.done', { act: t(`act.${chosen.act}` as Word) })); onClose(); } });
  };
  return (
    <Dialog title={t(`act.${chosen.act}` as Word)} onClose={onClose}>
      <p className="soft">{t(`act.${chosen.act}.hint` as Word)}</p>
      <form onSubmit={(event) => { event.preventDefault(); send(); }}>
        {chosen.fields.map((field) => (
          <AskField key={field.key} field={field} chosen={chosen} detail={detail} task={task} value={values[field.key]} set={(value) => setValues((was) => ({ ...was, [field.key]: value }))} error={missing.includes(field.key) ? t('act.missing') : undefined} />
        ))}
        <ProblemNote error={change.error}>{change.error && problemOf(change.error).status === 409 ? <p>{t('act.kept')}</p> : null}</ProblemNote>
        <DialogActs>
          <Button type="primary" danger={chosen.danger ?? false} htmlType="submit" loading={change.isPending}>{t(`act.${chosen.act}` as Word)}</Button>
          <Button onClick={onClose}>{t('cancel')}</Button>
        </DialogActs>
      </form>
    </Dialog>
  );
};
