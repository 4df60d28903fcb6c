import { useState } from 'react';
import { Button, Checkbox, Input, Select } from 'antd';
import { recoverAtWindow, verifyAtWindow, type BodyOf } from '@zhengwu/contracts';
import { useChange } from '../../base/calls.ts';
import { momentOf } from '../../base/format.ts';
import { useSpeech } from '../../base/language.tsx';
import { Field } from '../../parts/field.tsx';
import { PageHead, ProblemNote } from '../../parts/states.tsx';

const DOCUMENTS = ['resident-card', 'passport', 'travel-permit'] as const;

/** A clerk records that a citizen stood here with a document, or recovers their account. */
export const WindowPage = () => {
  const { t } = useSpeech();
  const verify = useChange(verifyAtWindow, []);
  const recover = useChange(recoverAtWindow, []);
  const [given, setGiven] = useState<BodyOf<typeof verifyAtWindow>>({ name: '', citizenNumber: '', document: 'resident-card' });
  const [present, setPresent] = useState(false);
  const number = given.citizenNumber.replace(/\s/g, '').toUpperCase();
  const body = { ...given, name: given.name.trim(), citizenNumber: number };
  const isReady = present && body.name !== '' && /^\d{17}[\dX]$/.test(number);
  const set = <K extends keyof typeof given>(key: K, value: (typeof given)[K]) => {
    verify.reset();
    recover.reset();
    setGiven({ ...given, [key]: value });
  };
  return (
    <>
      <PageHead title={t('security.window')} lead={t('window.lead')} />
      <form className="card narrow-card" onSubmit={(event) => { event.preventDefault(); verify.mutate({ body }); }}>
        <Field label={t('window.name')}><Input value={given.name} maxLength={100} autoComplete="off" onChange={(event) => set('name', event.target.value)} /></Field>
        <Field label={t('window.number')}><Input value={given.citizenNumber} maxLength={20} autoComplete="off" onChange={(event) => set('citizenNumber', event.target.value)} /></Field>
        <Field label={t('window.document')}><Select value={given.document} onChange={(value: (typeof DOCUMENTS)[number]) => set('document', value)} options={DOCUMENTS.map((value) => ({ value, label: t(`window.${value}`) }))} /></Field>
        <p><Checkbox checked={present} onChange={(event) => setPresent(event.target.checked)}>{t('window.present')}</Checkbox></p>
        {verify.data ? <p className="note" role="status">{t('window.verified', { name: verify.data.username })}</p> : null}
        {recover.data ? (
          <div className="note warn" role="status">
            <p>{t('window.recovered', { name: recover.data.username, until: momentOf(recover.data.until) })}</p><p><code className="secret">{recover.data.oneTimePassword}</code></p>
            <p className="soft">{t('window.cooling', { until: momentOf(recover.data.coolingUntil) })}</p>
          </div>
        ) : null}
        <ProblemNote error={verify.error ?? recover.error} />
        <div className="acts">
          <Button type="primary" htmlType="submit" disabled={!isReady} loading={verify.isPending}>{t('window.verify')}</Button>
          <Button disabled={!isReady} loading={recover.isPending} onClick={() => recover.mutate({ body })}>{t('window.recover')}</Button>
        </div>
      </form>
    </>
  );
};
