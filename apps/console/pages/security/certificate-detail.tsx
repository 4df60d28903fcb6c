import { useState, type ReactNode } from 'react';
import { Button, Input, Select } from 'antd';
import {
  approveCertificate, CertificateReason, handOutCertificate, listCertificates, myCertificates, refuseCertificate, releaseCertificate, renewCertificate, revokeCertificate, suspendCertificate,
  type CertificateRow,
} from '@zhengwu/contracts';
import { useChange } from '../../base/calls.ts';
import { momentOf } from '../../base/format.ts';
import { useSpeech } from '../../base/language.tsx';
import { Dialog, DialogActs } from '../../parts/dialog.tsx';
import { Field } from '../../parts/field.tsx';
import { ProblemNote } from '../../parts/states.tsx';
import { useToast } from '../../parts/toast.tsx';
import { CertificateTag } from './certificate-tag.tsx';
import { saveBytes } from './save-bytes.ts';

const touched = [listCertificates, myCertificates];
const reasons = CertificateReason.enum;
type Reason = (typeof reasons)[number];
interface Part {
  row: CertificateRow;
  onDone: (said: string) => void;
}

const Facts = ({ row }: { row: CertificateRow }) => {
  const { t } = useSpeech();
  const facts: [string, ReactNode][] = [
    [t('cert.profile'), t(`cert.profile.${row.profile}`)], [t('cert.identifier'), row.identifier], [t('cert.device'), row.device], [t('cert.institution'), row.institution],
    [t('cert.requester'), row.requester], [t('cert.requestedAt'), momentOf(row.requestedAt)], [t('cert.requested'), row.requested], [t('cert.key'), t(row.handOut ? 'cert.keySite' : 'cert.keyOwn')],
    [t('cert.decidedBy'), row.decidedBy], [t('cert.reason'), row.reason], [t('cert.serial'), row.serial], [t('cert.renews'), row.renews],
    [t('cert.valid'), row.notBefore && row.notAfter ? `${momentOf(row.notBefore)} – ${momentOf(row.notAfter)}` : null], [t('cert.revokedAt'), row.revokedAt ? momentOf(row.revokedAt) : null],
    [t('cert.why'), row.revokedFor ? t(`cert.why.${row.revokedFor as Reason}`) : null],
  ];
  return <dl className="cert-facts">{facts.filter(([, value]) => value).map(([name, value]) => <div key={name}><dt>{name}</dt><dd>{value}</dd></div>)}</dl>;
};

const Deciding = ({ row, onDone }: Part) => {
  const { t } = useSpeech();
  const approve = useChange(approveCertificate, touched);
  const refuse = useChange(refuseCertificate, touched);
  const [reason, setReason] = useState('');
  if (row.mine) return <p className="note">{t('cert.ownRequest')}</p>;
  return (
    <>
      <Field label={t('cert.reason')}><Input maxLength={200} value={reason} onChange={(event) => setReason(event.target.value)} /></Field>
      <ProblemNote error={approve.error ?? refuse.error} />
      <DialogActs>
        <Button type="primary" loading={approve.isPending} onClick={() => approve.mutate({ params: { id: row.id }, body: {} }, { onSuccess: () => onDone(t('cert.approved')) })}>{t(row.handOut ? 'cert.approveHandOut' : 'cert.approve')}</Button>
        <Button danger disabled={!reason.trim()} loading={refuse.isPending} onClick={() => refuse.mutate({ params: { id: row.id }, body: { reason: reason.trim() } }, { onSuccess: () => onDone(t('cert.refused')) })}>{t('cert.refuse')}</Button>
      </DialogActs>
    </>
  );
};

const Collecting = ({ row, onDone }: Part) => {
  const { t } = useSpeech();
  const collect = useChange(handOutCertificate, touched);
  const [password, setPassword] = useState('');
  const [again, setAgain] = useState('');
  const isGood = /^[\x20-\x7e]{12,128}$/.test(password) && password === again;
  return (
    <form onSubmit={(event) => { event.preventDefault(); collect.mutate({ params: { id: row.id }, body: { password } }, { onSuccess: ({ name, file }) => { saveBytes(name, 'application/pkcs12', file); onDone(t('cert.collected')); } }); }}>
      <h3>{t('cert.handOut')}</h3>
      <p>{t('cert.handOutLead')}</p>
      <Field label={t('cert.password')} hint={t('cert.passwordHint')}><Input.Password autoComplete="new-password" maxLength={128} value={password} onChange={(event) => setPassword(event.target.value)} /></Field>
      <Field label={t('cert.passwordAgain')} error={again !== '' && again !== password ? t('cert.passwordDiffers') : undefined}><Input.Password autoComplete="new-password" maxLength={128} value={again} onChange={(event) => setAgain(event.target.value)} /></Field>
      <ProblemNote error={collect.error} />
      <DialogActs><Button type="primary" htmlType="submit" disabled={!isGood} loading={collect.isPending}>{t('cert.collect')}</Button></DialogActs>
    </form>
  );
};

const Standing = ({ row, onDone }: Part) => {
  const { t } = useSpeech();
  const [note, setNote] = useState('');
  const [reason, setReason] = useState<Reason>('cessationOfOperation');
  const revoke = useChange(revokeCertificate, touched);
  const suspend = useChange(suspendCertificate, touched);
  const release = useChange(releaseCertificate, touched);
  const params = { serial: row.serial ?? '' };
  const said = note.trim();
  const turn = row.state === 'held' ? { change: release, word: 'release' as const } : { change: suspend, word: 'suspend' as const };
  return (
    <>
      <div className="two">
        <Field label={t('cert.why')}><Select<Reason> value={reason} onChange={setReason} options={reasons.map((value) => ({ value, label: t(`cert.why.${value}`) }))} /></Field>
        <Field label={t('cert.note')}><Input maxLength={200} value={note} onChange={(event) => setNote(event.target.value)} /></Field>
      </div>
      <p className="soft small">{t('cert.revokeWarning')}</p>
      <ProblemNote error={revoke.error ?? suspend.error ?? release.error} />
      <DialogActs>
        <Button danger disabled={!said} loading={revoke.isPending} onClick={() => revoke.mutate({ params, body: { reason, note: said } }, { onSuccess: () => onDone(t('cert.done.revoke')) })}>{t('cert.revoke')}</Button>
        <Button disabled={!said} loading={turn.change.isPending} onClick={() => turn.change.mutate({ params, body: { note: said } }, { onSuccess: () => onDone(t(`cert.done.${turn.word}`)) })}>{t(`cert.${turn.word}`)}</Button>
      </DialogActs>
    </>
  );
};

const Files = ({ row, onDone, mayRenew }: Part & { mayRenew: boolean }) => {
  const { t } = useSpeech();
  const renew = useChange(renewCertificate, touched);
  if (!row.serial || !row.certificate) return null;
  const { serial, certificate } = row;
  return (
    <>
      <div className="cert-files">
        <Button onClick={() => saveBytes(`${serial}.crt`, 'application/x-pem-file', btoa(certificate))}>{t('cert.download')}</Button>
        {mayRenew ? <Button loading={renew.isPending} onClick={() => renew.mutate({ params: { serial }, body: {} }, { onSuccess: () => onDone(t('cert.renewed')) })}>{t('cert.renew')}</Button> : null}
      </div>
      {mayRenew ? <p className="soft small">{t('cert.renewHint')}</p> : null}
      <ProblemNote error={renew.error} />
    </>
  );
};

/** One request with its certificate, and what may be done with it. */
export const CertificateDialog = ({ row, isRegistrar, onClose }: { row: CertificateRow; isRegistrar: boolean; onClose: () => void }) => {
  const tell = useToast();
  const onDone = (said: string) => {
    tell(said);
    onClose();
  };
  const part = { row, onDone };
  return (
    <Dialog title={row.name} onClose={onClose} wide>
      <p><CertificateTag state={row.state} /></p>
      <Facts row={row} />
      <Files {...part} mayRenew={row.state === 'valid' && (row.mine || !isRegistrar)} />
      {isRegistrar && row.state === 'waiting' ? <Deciding {...part} /> : null}
      {row.mine && row.state === 'approved' && row.handOut ? <Collecting {...part} /> : null}
      {isRegistrar && (row.state === 'valid' || row.state === 'held') ? <Standing {...part} /> : null}
    </Dialog>
  );
};
