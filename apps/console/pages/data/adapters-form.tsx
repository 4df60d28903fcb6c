import { Button, Input } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { listAdapters, previewAdapter, putAdapter, readAdapter, type ResponseOf } from '@zhengwu/contracts';
import { useChange } from '../../base/calls.ts';
import { useSpeech } from '../../base/language.tsx';
import { Field } from '../../parts/field.tsx';
import { PageHead, ProblemNote } from '../../parts/states.tsx';
import { flowOf, mayKeep, mayLook, type TypedFlow } from './adapters-reading.ts';
import { Preview } from './adapters-preview.tsx';
import { StepsEditor } from './adapters-steps.tsx';

export type Choices = Pick<ResponseOf<typeof listAdapters>, 'registers' | 'topics'>;
interface Part {
  typed: TypedFlow;
  change: (more: Partial<TypedFlow>) => void;
}

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

const SourceFields = ({ typed, change }: Part) => {
  const { t } = useSpeech();
  return (
    <section className="part">
      <h2>{t('adapters.source')}</h2>
      <div className="form-row">
        <Field label={t('adapters.folder')} hint={t('adapters.folderHint')}><Input maxLength={63} value={typed.folder} onChange={(event) => change({ folder: event.target.value })} /></Field>
        <Field label={t('adapters.format')}><select className="plain-select" value={typed.format} onChange={(event) => change({ format: event.target.value as TypedFlow['format'] })}>{(['csv', 'xlsx', 'jsonl', 'parquet'] as const).map((one) => <option key={one} value={one}>{one}</option>)}</select></Field>
        <Field label={t('adapters.encoding')}><select className="plain-select" value={typed.encoding} onChange={(event) => change({ encoding: event.target.value as TypedFlow['encoding'] })}><option value="utf-8">UTF-8</option><option value="gb18030">GB 18030</option></select></Field>
      </div>
    </section>
  );
};

const SinkFields = ({ typed, change, choices }: Part & { choices: Choices }) => {
  const { t, say } = useSpeech();
  const targets = typed.into === 'register' ? choices.registers : choices.topics;
  return (
    <section className="part">
      <h2>{t('adapters.sink')}</h2>
      <div className="form-row">
        <Field label={t('adapters.sinkKind')}><select className="plain-select" value={typed.into} onChange={(event) => change({ into: event.target.value as TypedFlow['into'], target: '' })}><option value="register">{t('adapters.sink.register')}</option><option value="topic">{t('adapters.sink.topic')}</option></select></Field>
        <Field label={t(`adapters.sink.${typed.into}`)}><select className="plain-select" value={typed.target} onChange={(event) => change({ target: event.target.value })}><option value="">—</option>{targets.map(({ code, name }) => <option key={code} value={code}>{say(name)}</option>)}</select></Field>
        <Field label={t('adapters.key')}><Input maxLength={64} value={typed.key} onChange={(event) => change({ key: event.target.value })} /></Field>
        {typed.into === 'register' ? <Field label={t('adapters.validFrom')}><Input type="date" value={typed.validFrom} onChange={(event) => change({ validFrom: event.target.value })} /></Field> : null}
      </div>
    </section>
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
      <SourceFields typed={typed} change={change} />
      <StepsEditor steps={typed.steps} change={(steps) => change({ steps })} choices={choices} />
      <SinkFields typed={typed} change={change} choices={choices} />
      <ScheduleFields typed={typed} change={change} />
      <ProblemNote error={look.error} />
      {look.data ? <Preview seen={look.data} choose={preview} /> : null}
      <ProblemNote error={keep.error} />
      <div className="acts">
        <Button disabled={!mayLook(typed)} loading={look.isPending} onClick={() => preview()}>{t('adapters.preview')}</Button>
        <Button type="primary" disabled={!mayKeep(typed)} loading={keep.isPending} onClick={() => keep.mutate({ params: { code: typed.code }, body: { ...flowOf(typed), version } }, { onSuccess: () => void go(`/data/adapters/${typed.code}`) })}>{t('adapters.save')}</Button>
        <Button onClick={() => void go(version === 0 ? '/data/adapters' : `/data/adapters/${typed.code}`)}>{t('cancel')}</Button>
      </div>
    </>
  );
};
