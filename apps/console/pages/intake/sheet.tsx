import { useState } from 'react';
import { Button, Input } from 'antd';
import { intakeCase } from '@zhengwu/contracts';
import { problemOf } from '../../base/api.ts';
import { useChange } from '../../base/calls.ts';
import { useSpeech } from '../../base/language.tsx';
import { workTouches } from '../../base/touched.ts';
import { DialogActs } from '../../parts/dialog.tsx';
import { Field } from '../../parts/field.tsx';
import { ProblemNote } from '../../parts/states.tsx';
import { askedAnswers } from './answers.ts';
import { useAsked } from './evaluation.ts';
import { FormField } from './form-field.tsx';
import { fieldOf, type IntakeForm, type Receipt } from './shape.ts';
import { MaterialUpload, type Given } from './uploads.tsx';

interface Props {
  service: string;
  name: string;
  identifier: string;
  sheet: IntakeForm;
  onSubmitted: (receipt: Receipt) => void;
  onBack: () => void;
}

/** The whole application on one page, for somebody at the counter. */
export const IntakeSheet = ({ service, name, identifier, sheet, onSubmitted, onBack }: Props) => {
  const { t, say } = useSpeech();
  const [values, setValues] = useState<Record<string, unknown>>(sheet.values);
  const [given, setGiven] = useState<Given[]>([]);
  const [applicant, setApplicant] = useState({ name: sheet.applicant?.name ?? '', phone: '' });
  const submit = useChange(intakeCase, workTouches);
  const issues = submit.error ? (problemOf(submit.error).issues ?? []) : [];
  const errorOf = (field: string) => issues.find((one) => fieldOf(one) === field)?.message;
  const { visible, materials } = useAsked(service, sheet, values);
  const steps = sheet.form.steps.map((step) => ({ ...step, layout: step.layout.filter((field) => visible.includes(field.key)) })).filter((step) => step.layout.length > 0);
  const kind = sheet.applicant?.kind === 'institution' || /^[0-9A-Z]{2}\d{6}[0-9A-Z]{10}$/.test(identifier) && !/^\d{17}[\dX]$/.test(identifier) ? 'institution' : 'person';
  const send = () => submit.mutate({
    params: { service },
    body: { applicant: { kind, identifier, name: applicant.name.trim(), ...(applicant.phone.trim() ? { phone: applicant.phone.trim() } : {}) }, values: askedAnswers(visible, values), materials: given.map(({ material, upload }) => ({ material, upload })) },
  }, { onSuccess: onSubmitted });
  return (
    <form className="intake" onSubmit={(event) => { event.preventDefault(); send(); }} noValidate>
      <p className="back"><Button type="link" onClick={onBack}>← {t('intake.other')}</Button></p>
      <section className="card"><h2>{name}</h2>
        <p className="soft">{sheet.applicant ? t('intake.known') : t('intake.unknown')}</p>
        <div className="two">
          <Field label={t('col.applicant')} error={errorOf('applicant.name')}><Input value={applicant.name} readOnly={sheet.applicant !== null} onChange={(event) => setApplicant({ ...applicant, name: event.target.value })} /></Field>
          <Field label={t('phone')} optional={t('optional')} error={errorOf('applicant.phone')}><Input value={applicant.phone} inputMode="tel" maxLength={20} onChange={(event) => setApplicant({ ...applicant, phone: event.target.value })} /></Field>
        </div>
      </section>
      {steps.map((step) => (
        <section key={step.id} className="card"><h2>{say(step.title)}</h2><div className="intake-fields">
          {step.layout.map((field) => (
            <FormField key={field.key} field={field} schema={step.schema} value={values[field.key]} set={(value) => setValues((was) => ({ ...was, [field.key]: value }))} error={errorOf(field.key)} errorOf={errorOf} source={sheet.prefilled.find((one) => one.key === field.key)?.source} slots={sheet.slots?.[field.key]} />
          ))}
        </div></section>
      ))}
      <section className="card"><h2>{t('tab.materials')}</h2>
        <ul className="plain-list">{[...materials].sort((a, b) => Number(b.needed) - Number(a.needed)).map((one) => <MaterialUpload key={one.material.code} service={service} one={one} given={given.filter((file) => file.material === one.material.code)} onGiven={(files) => setGiven((was) => [...was.filter((file) => file.material !== one.material.code), ...files])} />)}</ul>
      </section>
      <ProblemNote error={submit.error}><p>{t('act.kept')}</p></ProblemNote>
      <DialogActs><Button type="primary" size="large" htmlType="submit" loading={submit.isPending} disabled={!applicant.name.trim()}>{t('intake.submit')}</Button></DialogActs>
    </form>
  );
};
