import { Button, Input } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { listAdapters, previewAdapter, putAdapter, readAdapter } from '@zhengwu/contracts';
import { useChange } from '../../base/calls.ts';
import { useSpeech } from '../../base/language.tsx';
import { Field } from '../../parts/field.tsx';
import { PageHead, ProblemNote } from '../../parts/states.tsx';
import { flowOf, mayKeep, mayLook, type Choices, type Part, type TypedFlow } from './adapters-reading.ts';
import { Preview } from './adapters-preview.tsx';
import { SinkFields, SourceFields } from './adapters-ends.tsx';
import { StepsEditor } from './adapters-steps.tsx';

const Naming = ({ typed, change, isNew }: Part & { isNew: boolean }) => {
  const { t } = useSpeech();
  return (
    <div className="form-row">
      {isNew ? <Field label={t('adapters.code')} hint={t('adapters.codeHint')}><Input maxLength={63} value={typed.code} onChange={(event) => change({ code: event.target.value })} /></Field> : null}
      <Field label={t('adapters.nameZh')}><Input maxLength={200} value={typed.zh} onChange={(event) => change({ zh: event.target.value })} /></Field>
      <Field label={t('adapters.nameEn')}><Input maxLength={200} value={typed.en} onChange={(event) => change({ en: event.target.value })} /></Field>
    </div>
  );
};

const ScheduleFields = ({ typed, change }: Part) => {
  const { t } = useSpeech();
  return (
    <section className="part">
      <h2>{t('adapters.schedule')}</h2>
      <div className="form-row">
        <Field label={t('adapters.schedule')}><select className="plain-select" value={typed.when} onChange={(event) => change({ when: event.target.value as TypedFlow['when'] })}>{(['byHand', 'everySeconds', 'dailyAt'] as const).map((one) => <option key={one} value={one}>{t(`adapters.${one}`)}</option>)}</select></Field>
        {typed.when === 'everySeconds' ? <Field label={t('adapters.seconds')}><Input type="number" min={10} max={604_800} value={typed.seconds} onChange={(event) => change({ seconds: Math.trunc(Number(event.target.value)) || 10 })} /></Field> : null}
        {typed.when === 'dailyAt' ? <Field label={t('adapters.time')}><Input type="time" value={typed.time} onChange={(event) => change({ time: event.target.value })} /></Field> : null}
      </div>
    </section>
  );
};

/** Makes a flow or changes the version that was looked at; what rows would become can be seen before it is kept. */
export const AdapterForm = ({ first, version, choices }: { first: TypedFlow; version: number; choices: Choices }) => {
  const { t } = useSpeech();
  const go = useNavigate();
  const [typed, setTyped] = useState(first);
  const change = (more: Partial<TypedFlow>): void => setTyped((now) => ({ ...now, ...more }));
  const look = useChange(previewAdapter, []);
  const keep = useChange(putAdapter, [listAdapters, readAdapter]);
  const preview = (file?: string): void => {
    const { source, steps, sink } = flowOf(typed);
    look.mutate({ body: { source, steps, sink, ...(file === undefined ? {} : { file }) } });
  };
  return (
    <>
      <PageHead title={version === 0 ? t('adapters.make') : `${t('adapters.change')} ${typed.code}`} />
      <Naming typed={typed} change={change} isNew={version === 0} />
      <SourceFields typed={typed} change={change} choices={choices} />
      <StepsEditor steps={typed.steps} change={(steps) => change({ steps })} choices={choices} />
      <SinkFields typed={typed} change={change} choices={choices} />
      {typed.from === 'topic' ? <p className="note">{t('adapters.asPublished')}</p> : <ScheduleFields typed={typed} change={change} />}
      <ProblemNote error={look.error} />
      {look.data ? <Preview seen={look.data} choose={preview} /> : null}
      <ProblemNote error={keep.error} />
      <div className="acts">
        {typed.from === 'topic' ? null : <Button disabled={!mayLook(typed)} loading={look.isPending} onClick={() => preview()}>{t('adapters.preview')}</Button>}
        <Button type="primary" disabled={!mayKeep(typed)} loading={keep.isPending} onClick={() => keep.mutate({ params: { code: typed.code }, body: { ...flowOf(typed), version } }, { onSuccess: () => void go(`/data/adapters/${typed.code}`) })}>{t('adapters.save')}</Button>
        <Button onClick={() => void go(version === 0 ? '/data/adapters' : `/data/adapters/${typed.code}`)}>{t('cancel')}</Button>
      </div>
    </>
  );
};
