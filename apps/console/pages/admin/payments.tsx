import { useState } from 'react';
import { Button, Input } from 'antd';
import { reconcilePayments } from '@zhengwu/contracts';
import { useChange } from '../../base/calls.ts';
import { today } from '../../base/format.ts';
import { useSpeech } from '../../base/language.tsx';
import { Figures } from '../../parts/charts.tsx';
import { EmptyNote, PageHead, ProblemNote } from '../../parts/states.tsx';

/** A day's orders against the provider's statement. */
export const Payments = () => {
  const { t } = useSpeech();
  const [day, setDay] = useState(today());
  const reconcile = useChange(reconcilePayments, []);
  const { data } = reconcile;
  return (
    <>
      <PageHead title={t('admin.payments')} lead={t('payments.lead')} />
      <form className="filters" onSubmit={(event) => { event.preventDefault(); reconcile.mutate({ body: { day } }); }}>
        <Input type="date" className="day" aria-label={t('payments.day')} max={today()} value={day} onChange={(event) => setDay(event.target.value)} />
        <Button type="primary" htmlType="submit" loading={reconcile.isPending} disabled={!day}>{t('payments.compare')}</Button>
      </form>
      <ProblemNote error={reconcile.error} />
      {data ? <section aria-live="polite">
        <dl className="tiles"><div><dt>{t('payments.orders')}</dt><dd>{data.orders}</dd></div><div><dt>{t('payments.matched')}</dt><dd>{data.matched}</dd></div><div><dt>{t('payments.findings')}</dt><dd>{data.findings.length}</dd></div></dl>
        {data.findings.length === 0 ? <EmptyNote title={t('payments.allWell', { day: data.day })} /> : <Figures caption={t('payments.findings')} heads={[t('payments.order'), t('payments.kind'), t('payments.detail')]} rows={data.findings.map((one) => [one.order, t(`payments.${one.kind}`), one.detail])} />}
      </section> : null}
    </>
  );
};
