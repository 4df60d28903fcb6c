import { useState } from 'react';
import { Button, Input, Select } from 'antd';
import { useSearchParams } from 'react-router';
import { intakeForm } from '@zhengwu/contracts';
import { client } from '../../base/api.ts';
import { useSpeech } from '../../base/language.tsx';
import { Field } from '../../parts/field.tsx';
import { useServices } from '../../parts/services.ts';
import { PageHead, ProblemNote } from '../../parts/states.tsx';
import { IntakeSheet } from './sheet.tsx';
import { Printed } from './receipt.tsx';
import { materialOf, type IntakeForm, type Receipt } from './shape.ts';

/** Window intake: whose application, the whole form filled from what the city holds, the papers, the receipt. */
export const Intake = () => {
  const { t, say } = useSpeech();
  const services = useServices();
  const [search] = useSearchParams();
  const [service, setService] = useState(search.get('service') ?? undefined);
  const [identifier, setIdentifier] = useState('');
  const [sheet, setSheet] = useState<IntakeForm | null>(null);
  const [receipt, setReceipt] = useState<Receipt | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const look = async () => {
    if (!service || !identifier.trim()) return;
    setBusy(true);
    setError(null);
    try {
      const answer = await client.call(intakeForm, { params: { service }, query: { identifier: identifier.trim().toUpperCase() } });
      setSheet({ ...answer, form: answer.form as IntakeForm['form'], materials: answer.materials.map(materialOf) });
    } catch (refused) {
      setError(refused);
    }
    setBusy(false);
  };
  const chosen = services.find((one) => one.code === service);
  const again = () => {
    setReceipt(null);
    setSheet(null);
    setIdentifier('');
  };
  if (receipt) return <Printed receipt={receipt} service={chosen ? say(chosen.name) : ''} onNext={again} />;
  return (
    <div className="page narrow">
      <PageHead title={t('nav.intake')} lead={t('intake.lead')} />
      {sheet && service ? <IntakeSheet service={service} name={chosen ? say(chosen.name) : service} identifier={identifier.trim().toUpperCase()} sheet={sheet} onSubmitted={setReceipt} onBack={() => setSheet(null)} /> : (
        <form className="card" onSubmit={(event) => { event.preventDefault(); void look(); }}>
          <Field label={t('intake.service')}><Select showSearch optionFilterProp="label" value={service} onChange={setService} options={services.map((one) => ({ value: one.code, label: say(one.name) }))} className="full" /></Field>
          <Field label={t('intake.identifier')} hint={t('intake.identifierHint')}><Input value={identifier} maxLength={18} autoComplete="off" spellCheck={false} className="number" onChange={(event) => setIdentifier(event.target.value)} /></Field>
          <ProblemNote error={error} />
          <Button type="primary" size="large" htmlType="submit" loading={busy} disabled={!service || identifier.trim().length < 15}>{t('intake.look')}</Button>
        </form>
      )}
    </div>
  );
};
