import { useState } from 'react';
import { Button, Input, Segmented, Select } from 'antd';
import { listDepartments, listPosts, listReorganisations, planReorganisation, previewReorganisation, type ReorganisationStep } from '@zhengwu/contracts';
import { useChange, useRead } from '../../base/calls.ts';
import { useSpeech } from '../../base/language.tsx';
import { DialogActs } from '../../parts/dialog.tsx';
import { Field } from '../../parts/field.tsx';
import { ProblemNote } from '../../parts/states.tsx';
import { useToast } from '../../parts/toast.tsx';
import { Outcome } from './reorganise-outcome.tsx';
import { stepWords } from './reorganise-steps.ts';

const KINDS = ['merge', 'split', 'move', 'rename'] as const;
type Draft = { kind: (typeof KINDS)[number]; from: number[]; into?: number; one?: number; region?: number; line?: number; code: string; zh: string; en: string; posts: string[]; services: string };
const EMPTY: Draft = { kind: 'merge', from: [], code: '', zh: '', en: '', posts: [], services: '' };

/** The step that a draft says, once it is whole. */
const stepOf = ({ kind, from, into, one, region, line, code, zh, en, posts, services }: Draft): ReorganisationStep | null => {
  if (kind === 'merge') return from.length > 0 && into !== undefined ? { kind, from, into } : null;
  if (one === undefined) return null;
  if (kind === 'move') return region !== undefined || line !== undefined ? { kind, department: one, ...(region === undefined ? {} : { regionParent: region || null }), ...(line === undefined ? {} : { lineParent: line || null }) } : null;
  if (!zh.trim() || !en.trim()) return null;
  if (kind === 'rename') return { kind, department: one, name: { zh: zh.trim(), en: en.trim() } };
  return code.trim() ? { kind, from: one, into: [{ code: code.trim(), name: { zh: zh.trim(), en: en.trim() }, posts, services: services.split(/[\s,，、]+/).filter(Boolean) }] } : null;
};

const StepForm = ({ onAdd }: { onAdd: (step: ReorganisationStep) => void }) => {
  const { t, say } = useSpeech();
  const [draft, setDraft] = useState(EMPTY);
  const departments = useRead(listDepartments).data?.items ?? [];
  const posts = useRead(listPosts).data?.items ?? [];
  const options = departments.map((one) => ({ value: one.id, label: say(one.name) }));
  const parents = [{ value: 0, label: t('reorg.top') }, ...options];
  const set = (changes: Partial<Draft>) => setDraft({ ...draft, ...changes });
  const step = stepOf(draft);
  const { kind } = draft;
  const search = { optionFilterProp: 'label' } as const;
  return (
    <fieldset className="field"><legend>{t('reorg.step')}</legend>
      <Segmented value={kind} onChange={(value) => setDraft({ ...EMPTY, kind: value as Draft['kind'] })} options={KINDS.map((one) => ({ value: one, label: t(`reorg.${one}`) }))} />
      {kind === 'merge' ? <>
        <Field label={t('reorg.mergeFrom')}><Select mode="multiple" showSearch={search} value={draft.from} onChange={(from) => set({ from })} options={options} className="wide-field" /></Field>
        <Field label={t('reorg.mergeInto')}><Select showSearch={search} value={draft.into} onChange={(into) => set({ into })} options={options} className="wide-field" /></Field>
      </> : <Field label={t('filter.department')}><Select showSearch={search} value={draft.one} onChange={(one) => set({ one, posts: [] })} options={options} className="wide-field" /></Field>}
      {kind === 'move' ? <>
        <Field label={t('reorg.region')}><Select allowClear showSearch={search} value={draft.region} onChange={(region) => set({ region })} options={parents} className="wide-field" /></Field>
        <Field label={t('reorg.line')}><Select allowClear showSearch={search} value={draft.line} onChange={(line) => set({ line })} options={parents} className="wide-field" /></Field>
      </> : null}
      {kind === 'split' ? <Field label={t('duty.code')}><Input value={draft.code} onChange={(event) => set({ code: event.target.value })} maxLength={64} /></Field> : null}
      {kind === 'split' || kind === 'rename' ? <>
        <Field label={t('duty.nameZh')}><Input value={draft.zh} onChange={(event) => set({ zh: event.target.value })} maxLength={200} /></Field>
        <Field label={t('duty.nameEn')}><Input value={draft.en} onChange={(event) => set({ en: event.target.value })} maxLength={200} /></Field>
      </> : null}
      {kind === 'split' ? <>
        <Field label={t('flow.posts')}><Select mode="multiple" showSearch={search} value={draft.posts} onChange={(chosen) => set({ posts: chosen })} options={posts.filter((post) => post.department === draft.one).map((post) => ({ value: post.id, label: say(post.name) }))} className="wide-field" /></Field>
        <Field label={t('reorg.services')} hint={t('reorg.servicesHint')}><Input value={draft.services} onChange={(event) => set({ services: event.target.value })} /></Field>
      </> : null}
      <Button disabled={!step} onClick={() => { if (step) { onAdd(step); setDraft({ ...EMPTY, kind }); } }}>{t('reorg.add')}</Button>
    </fieldset>
  );
};

/** A plan: the document, the day, the steps; tried before it is kept. */
export const PlanForm = ({ onClose }: { onClose: () => void }) => {
  const { t, say } = useSpeech();
  const tell = useToast();
  const departments = useRead(listDepartments).data?.items ?? [];
  const [document_, setDocument] = useState('');
  const [effectiveOn, setDay] = useState('');
  const [steps, setSteps] = useState<ReorganisationStep[]>([]);
  const preview = useChange(previewReorganisation, []);
  const plan = useChange(planReorganisation, [listReorganisations]);
  const nameOf = (id: number) => say(departments.find((one) => one.id === id)?.name) || `#${id}`;
  const isWhole = document_.trim() !== '' && effectiveOn !== '' && steps.length > 0;
  const body = { document: document_.trim(), effectiveOn, steps };
  const change = (next: ReorganisationStep[]) => { setSteps(next); preview.reset(); };
  return (
    <section className="card" aria-labelledby="plan-title"><h2 id="plan-title">{t('reorg.new')}</h2>
      <Field label={t('reorg.document')}><Input value={document_} onChange={(event) => setDocument(event.target.value)} maxLength={200} /></Field>
      <Field label={t('reorg.day')}><Input type="date" value={effectiveOn} onChange={(event) => setDay(event.target.value)} /></Field>
      <ol>{steps.map((step, index) => <li key={index}>{stepWords(step, nameOf, say, t)} <Button size="small" onClick={() => change(steps.filter((_, other) => other !== index))}>{t('duty.drop')}</Button></li>)}</ol>
      <StepForm onAdd={(step) => change([...steps, step])} />
      <ProblemNote error={preview.error ?? plan.error} />
      {preview.data ? <div className="note"><p><strong>{t('reorg.preview')}</strong></p><Outcome result={preview.data} /></div> : null}
      <DialogActs>
        <Button disabled={!isWhole} loading={preview.isPending} onClick={() => preview.mutate({ body })}>{t('reorg.preview')}</Button>
        <Button type="primary" disabled={!isWhole || !preview.data} loading={plan.isPending} onClick={() => plan.mutate({ body }, { onSuccess: () => { tell(t('reorg.kept')); onClose(); } })}>{t('reorg.keep')}</Button>
        <Button onClick={onClose}>{t('cancel')}</Button>
      </DialogActs>
    </section>
  );
};
