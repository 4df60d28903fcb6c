import { useState } from 'react';
import { Button, Input } from 'antd';
import { addressOf, licenceStatuses, officialLicencePdf, openCase, paymentStatuses, refundPayment, revokeLicence, satisfactions, type CaseDetail } from '@zhengwu/contracts';
import { useChange } from '../../base/calls.ts';
import { momentOf, yuan } from '../../base/format.ts';
import { useSpeech } from '../../base/language.tsx';
import { useMay } from '../../base/session.tsx';
import { Dialog, DialogActs } from '../../parts/dialog.tsx';
import { Field } from '../../parts/field.tsx';
import { EmptyNote, ProblemNote } from '../../parts/states.tsx';

type Asking = { kind: 'refund'; order: string } | { kind: 'revoke'; licence: string } | null;

const ReasonDialog = ({ asking, onClose }: { asking: NonNullable<Asking>; onClose: () => void }) => {
  const { t } = useSpeech();
  const [reason, setReason] = useState('');
  const refund = useChange(refundPayment, [openCase]);
  const revoke = useChange(revokeLicence, [openCase]);
  const body = { reason: reason.trim() };
  const send = () => asking.kind === 'refund' ? refund.mutate({ params: { id: asking.order }, body }, { onSuccess: onClose }) : revoke.mutate({ params: { id: asking.licence }, body }, { onSuccess: onClose });
  return (
    <Dialog title={t(`outcome.${asking.kind}`)} onClose={onClose}>
      <form onSubmit={(event) => { event.preventDefault(); if (body.reason) send(); }}>
        <Field label={t('reason')} hint={t(`outcome.${asking.kind}Hint`)}><Input.TextArea rows={3} maxLength={500} value={reason} onChange={(event) => setReason(event.target.value)} /></Field>
        <ProblemNote error={refund.error ?? revoke.error} />
        <DialogActs><Button danger type="primary" htmlType="submit" disabled={!body.reason} loading={refund.isPending || revoke.isPending}>{t(`outcome.${asking.kind}`)}</Button><Button onClick={onClose}>{t('cancel')}</Button></DialogActs>
      </form>
    </Dialog>
  );
};

/** Payment, licences, notices and the applicant's rating. */
export const Outcome = ({ detail }: { detail: CaseDetail }) => {
  const { t, say, lang } = useSpeech();
  const may = useMay();
  const [asking, setAsking] = useState<Asking>(null);
  const { payment, licences, documents, rating } = detail;
  return (
    <div className="outcome">
      <section><h2>{t('outcome.payment')}</h2>
        {payment ? <p>{yuan(payment.amount, lang)} <span className="tag state-plain">{paymentStatuses.label(payment.status, lang)}</span> {payment.status === 'paid' && may('refund') ? <Button size="small" onClick={() => setAsking({ kind: 'refund', order: payment.orderId })}>{t('outcome.refund')}</Button> : null}</p> : <p className="soft">{t('outcome.noPayment')}</p>}
      </section>
      <section><h2>{t('outcome.licences')}</h2>
        {licences.length === 0 ? <p className="soft">{t('outcome.noLicence')}</p> : (
          <ul className="plain-list">{licences.map((one) => (
            <li key={one.id}><strong>{say(one.name)}</strong> <span className="number small">{one.id}</span> <span className="tag state-plain">{licenceStatuses.label(one.status, lang)}</span> <a href={addressOf(officialLicencePdf, { id: one.id })} target="_blank" rel="noreferrer" aria-label={`${t('outcome.pdf')} ${say(one.name)}`}>{t('outcome.pdf')}</a> {one.status === 'valid' && may('revokeLicence') ? <Button size="small" danger onClick={() => setAsking({ kind: 'revoke', licence: one.id })}>{t('outcome.revoke')}</Button> : null}</li>
          ))}</ul>
        )}
      </section>
      <section><h2>{t('outcome.notices')}</h2>
        {documents.length === 0 ? <p className="soft">{t('outcome.noNotice')}</p> : (
          <ul className="plain-list">{documents.map((one) => <li key={one.kind}><a href={one.address} target="_blank" rel="noreferrer">{say(one.name)}</a> <span className="soft small">{momentOf(one.issuedAt)}</span></li>)}</ul>
        )}
      </section>
      <section><h2>{t('outcome.rating')}</h2>
        {rating ? <p><strong>{satisfactions.label(rating.level, lang)}</strong>{rating.comment ? `：${rating.comment}` : ''}</p> : <EmptyNote title={t('outcome.noRating')} />}
      </section>
      {asking ? <ReasonDialog asking={asking} onClose={() => setAsking(null)} /> : null}
    </div>
  );
};
