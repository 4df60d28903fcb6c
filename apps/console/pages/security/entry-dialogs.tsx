import { useState } from 'react';
import { Button, Input } from 'antd';
import { actOnEntry, amendEntry, changeEntry, createEntry, decideEntry, linkEntries, raiseEntry, recheckEntry, runDrill, type EntryView, type RegisterView } from '@zhengwu/contracts';
import { problemOf } from '../../base/api.ts';
import { useChange } from '../../base/calls.ts';
import { useSpeech } from '../../base/language.tsx';
import { Dialog, DialogActs } from '../../parts/dialog.tsx';
import { Field } from '../../parts/field.tsx';
import { PeoplePicker } from '../../parts/people.tsx';
import { ProblemNote } from '../../parts/states.tsx';
import { useToast } from '../../parts/toast.tsx';
import { FieldsForm, type Values } from './governance-parts.tsx';

const errorsOf = (error: unknown): ReadonlyMap<string, string> => new Map(error ? (problemOf(error).issues ?? []).map((one) => [one.path, one.message]) : []);

interface Draft {
  title: string;
  fields: Values;
  owner: string[];
  dueAt: string;
  reviewAt: string;
}
const draftOf = (entry?: EntryView): Draft => ({ title: entry?.title ?? '', fields: entry?.fields ?? {}, owner: entry?.owner ? [entry.owner.id] : [], dueAt: entry?.dueAt ?? '', reviewAt: entry?.reviewAt ?? '' });
const bodyOf = ({ title, fields, owner: [owner], dueAt, reviewAt }: Draft) => ({ title: title.trim(), fields, owner: owner ?? null, dueAt: dueAt || null, reviewAt: reviewAt || null });

/** Begins an entry, or changes what one says. */
export const EntryDialog = ({ register, entry, onClose }: { register: RegisterView; entry?: EntryView; onClose: () => void }) => {
  const { t, say } = useSpeech();
  const tell = useToast();
  const [draft, setDraft] = useState(() => draftOf(entry));
  const [reason, setReason] = useState('');
  const create = useChange(register.keeper === 'keep' ? createEntry : raiseEntry);
  const change = useChange(register.keeper === 'keep' ? changeEntry : amendEntry);
  const error = create.error ?? change.error;
  const onSuccess = () => { tell(t('gov.saved')); onClose(); };
  const send = () => entry
    ? change.mutate({ params: { id: entry.id }, body: { version: entry.version, ...bodyOf(draft), ...(reason.trim() ? { reason: reason.trim() } : {}) } }, { onSuccess })
    : create.mutate({ body: { register: register.code, ...bodyOf(draft) } }, { onSuccess });
  return (
    <Dialog wide title={`${t(entry ? 'gov.edit' : 'gov.add')} · ${say(register.name)}`} onClose={onClose}>
      <form onSubmit={(event) => { event.preventDefault(); send(); }}>
        <Field label={t('gov.title')}><Input maxLength={200} value={draft.title} onChange={(event) => setDraft({ ...draft, title: event.target.value })} /></Field>
        <FieldsForm fields={register.fields} values={draft.fields} change={(fields) => setDraft({ ...draft, fields })} errors={errorsOf(error)} />
        {register.dueName ? <Field label={say(register.dueName)} optional={register.dated ? undefined : t('gov.optional')} error={errorsOf(error).get('/dueAt')}><Input type="date" value={draft.dueAt} onChange={(event) => setDraft({ ...draft, dueAt: event.target.value })} /></Field> : null}
        <PeoplePicker label={t('gov.owner')} value={draft.owner} onChange={(owner) => setDraft({ ...draft, owner })} />
        {entry ? <Field label={t('gov.reason')} optional={t('gov.optional')}><Input.TextArea rows={2} maxLength={4000} value={reason} onChange={(event) => setReason(event.target.value)} /></Field> : null}
        <ProblemNote error={error} />
        <DialogActs><Button type="primary" htmlType="submit" loading={create.isPending || change.isPending} disabled={!draft.title.trim()}>{t('gov.save')}</Button></DialogActs>
      </form>
    </Dialog>
  );
};

const operations = { keep: actOnEntry, approve: decideEntry, inspect: recheckEntry } as const;
type Act = EntryView['acts'][number];

/** Moves an entry on, with what the act asks for. */
export const ActDialog = ({ register, entry, act, onClose }: { register: RegisterView; entry: EntryView; act: Act; onClose: () => void }) => {
  const { t, say } = useSpeech();
  const tell = useToast();
  const [fields, setFields] = useState<Values>(() => Object.fromEntries(act.fields.map((name) => [name, entry.fields[name]])));
  const [reason, setReason] = useState('');
  const perform = useChange(operations[act.needs]);
  const send = () => perform.mutate({ params: { id: entry.id }, body: { version: entry.version, act: act.code, fields: Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)), ...(reason.trim() ? { reason: reason.trim() } : {}) } }, { onSuccess: () => { tell(t('gov.saved')); onClose(); } });
  return (
    <Dialog title={say(act.name)} onClose={onClose}>
      <form onSubmit={(event) => { event.preventDefault(); send(); }}>
        <FieldsForm fields={register.fields.filter((one) => act.fields.includes(one.name))} values={fields} change={setFields} errors={errorsOf(perform.error)} />
        <Field label={t('gov.reason')} optional={act.reason ? undefined : t('gov.optional')}><Input.TextArea rows={3} maxLength={4000} value={reason} onChange={(event) => setReason(event.target.value)} /></Field>
        <ProblemNote error={perform.error} />
        <DialogActs><Button type="primary" htmlType="submit" loading={perform.isPending} disabled={act.reason && !reason.trim()}>{say(act.name)}</Button></DialogActs>
      </form>
    </Dialog>
  );
};

/** Runs a drill, once its number is typed. */
export const DrillDialog = ({ entry, onClose }: { entry: EntryView; onClose: () => void }) => {
  const { t } = useSpeech();
  const tell = useToast();
  const [confirm, setConfirm] = useState('');
  const run = useChange(runDrill);
  return (
    <Dialog title={t('gov.drill.run')} onClose={onClose}>
      <form onSubmit={(event) => { event.preventDefault(); run.mutate({ params: { id: entry.id }, body: { confirm } }, { onSuccess: () => { tell(t('gov.drill.started')); onClose(); } }); }}>
        <p className="note warn">{t('gov.drill.warn')}</p>
        <Field label={t('gov.drill.confirm', { number: entry.number })}><Input value={confirm} maxLength={40} onChange={(event) => setConfirm(event.target.value)} /></Field>
        <ProblemNote error={run.error} />
        <DialogActs><Button danger type="primary" htmlType="submit" loading={run.isPending} disabled={confirm.trim() !== entry.number}>{t('gov.drill.run')}</Button></DialogActs>
      </form>
    </Dialog>
  );
};

const KINDS = ['requires', 'answers-for', 'shows', 'raised', 'remedied-by', 'resulted-in', 'planned-by', 'drilled-by', 'kept-in'] as const;
export const LinkForm = ({ node }: { node: string }) => {
  const { t } = useSpeech();
  const tell = useToast();
  const [to, setTo] = useState('');
  const [kind, setKind] = useState<(typeof KINDS)[number]>('requires');
  const link = useChange(linkEntries);
  return (
    <form onSubmit={(event) => { event.preventDefault(); link.mutate({ body: { from: node, to: to.trim(), kind } }, { onSuccess: () => { setTo(''); tell(t('gov.saved')); } }); }}>
      <div className="form-row">
        <Field label={t('gov.linkKind')}><select className="plain-select" value={kind} onChange={(event) => setKind(event.target.value as typeof kind)}>{KINDS.map((one) => <option key={one} value={one}>{t(`gov.kind.${one}`)}</option>)}</select></Field>
        <Field label={t('gov.link')} hint={t('gov.linkHint')}><Input value={to} maxLength={120} onChange={(event) => setTo(event.target.value)} /></Field>
        <Button className="row-button" htmlType="submit" loading={link.isPending} disabled={!to.trim()}>{t('gov.link')}</Button>
      </div>
      <ProblemNote error={link.error} />
    </form>
  );
};
