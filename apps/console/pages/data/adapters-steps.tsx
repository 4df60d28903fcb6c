import { Button, Input } from 'antd';
import { useSpeech } from '../../base/language.tsx';
import { Field, Group } from '../../parts/field.tsx';
import { emptyStep, stepKinds, type Choices, type TypedStep } from './adapters-reading.ts';

const LONGEST = 20_000;
const whole = (text: string): number => Math.min(100, Math.max(0, Math.trunc(Number(text)) || 0));

const StepFields = ({ step, change, choices }: { step: TypedStep; change: (more: Partial<TypedStep>) => void; choices: Choices }) => {
  const { t, say } = useSpeech();
  const kind = step.do;
  return (
    <>
      {kind === 'join' ? <Field label={t('adapters.register')}><select className="plain-select" value={step.register} onChange={(event) => change({ register: event.target.value })}><option value="">—</option>{choices.registers.map(({ code, name }) => <option key={code} value={code}>{say(name)}</option>)}</select></Field> : null}
      {kind === 'pick' ? null : <Field label={t(kind === 'join' ? 'adapters.by' : 'adapters.field')}><Input maxLength={64} value={step.field} onChange={(event) => change({ field: event.target.value })} /></Field>}
      {kind === 'set' ? <Field label={t('adapters.value')}><Input maxLength={1000} value={step.value} onChange={(event) => change({ value: event.target.value })} /></Field> : null}
      {kind === 'mask' ? (
        <>
          <Field label={t('adapters.first')}><Input type="number" min={0} max={100} value={step.first} onChange={(event) => change({ first: whole(event.target.value) })} /></Field>
          <Field label={t('adapters.lastLetters')}><Input type="number" min={0} max={100} value={step.last} onChange={(event) => change({ last: whole(event.target.value) })} /></Field>
        </>
      ) : null}
      {kind === 'pick' || kind === 'translate' || kind === 'join' ? <Field label={t(`adapters.pairs.${kind}`)}><Input.TextArea rows={4} maxLength={LONGEST} value={step.pairs} onChange={(event) => change({ pairs: event.target.value })} /></Field> : null}
    </>
  );
};

/** The steps in their order, each typed in fields of its kind. */
export const StepsEditor = ({ steps, change, choices }: { steps: readonly TypedStep[]; change: (steps: TypedStep[]) => void; choices: Choices }) => {
  const { t } = useSpeech();
  const at = (index: number, more: Partial<TypedStep>): void => change(steps.map((step, n) => (n === index ? { ...step, ...more } : step)));
  return (
    <section className="part">
      <h2>{t('adapters.steps')}</h2>
      {steps.length === 0 ? <p className="soft">{t('adapters.noSteps')}</p> : null}
      {steps.map((step, index) => (
        <Group key={index} legend={t('adapters.step', { at: index + 1 })}>
          <div className="form-row">
            <Field label={t('adapters.do')}><select className="plain-select" value={step.do} onChange={(event) => at(index, { do: event.target.value as TypedStep['do'] })}>{stepKinds.map((kind) => <option key={kind} value={kind}>{t(`adapters.do.${kind}`)}</option>)}</select></Field>
            <StepFields step={step} change={(more) => at(index, more)} choices={choices} />
          </div>
          <Button size="small" onClick={() => change(steps.filter((_, n) => n !== index))}>{t('adapters.removeStep', { at: index + 1 })}</Button>
        </Group>
      ))}
      <Button onClick={() => change([...steps, emptyStep])}>{t('adapters.addStep')}</Button>
    </section>
  );
};
