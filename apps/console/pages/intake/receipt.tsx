import { useState } from 'react';
import { Button } from 'antd';
import { Link } from 'react-router';
import { addressOf, caseNotice } from '@zhengwu/contracts';
import { momentOf, yuan } from '../../base/format.ts';
import { useSpeech } from '../../base/language.tsx';
import { useSession } from '../../base/session.tsx';
import { PageHead } from '../../parts/states.tsx';
import type { Receipt } from './shape.ts';

/** The number to take home, printable. */
export const Printed = ({ receipt, service, onNext }: { receipt: Receipt; service: string; onNext: () => void }) => {
  const { t, lang } = useSpeech();
  const { session } = useSession();
  const [at] = useState(() => momentOf(new Date().toISOString()));
  return (
    <div className="page narrow receipt">
      <PageHead title={t('intake.received')} />
      <section className="card">
        <p className="receipt-number">{receipt.number}</p>
        <dl className="who"><div><dt>{t('col.service')}</dt><dd>{service}</dd></div><div><dt>{t('intake.at')}</dt><dd>{at}</dd></div><div><dt>{t('intake.by')}</dt><dd>{session?.name}</dd></div>{receipt.feeDue ? <div><dt>{t('intake.fee')}</dt><dd>{yuan(receipt.feeDue, lang)}</dd></div> : null}</dl>
        <p>{t('intake.keep')}</p>
      </section>
      <p className="page-acts no-print">
        <Button type="primary" onClick={() => print()}>{t('intake.print')}</Button>
        <Button href={addressOf(caseNotice, { id: receipt.caseId, kind: 'receipt' })} target="_blank">{t('intake.pdf')}</Button>
        <Link to={`/cases/${receipt.caseId}`}>{t('intake.open')}</Link>
        <Button onClick={onNext}>{t('intake.next')}</Button>
      </p>
    </div>
  );
};
