import { useState } from 'react';
import { Button, Input } from 'antd';
import { grantAccess, listAccess, vouchAccess, type ResponseOf } from '@zhengwu/contracts';
import { useChange, useRead } from '../../base/calls.ts';
import { useSpeech } from '../../base/language.tsx';
import { useMay } from '../../base/session.tsx';
import { Dialog, DialogActs } from '../../parts/dialog.tsx';
import { Field } from '../../parts/field.tsx';
import { List } from '../../parts/list.tsx';
import { EmptyNote, PageHead, ProblemNote, Waiting } from '../../parts/states.tsx';
import { Reviews } from './reviews.tsx';

type Request = ResponseOf<typeof listAccess>['items'][number];

const Decide = ({ request, onClose }: { request: Request; onClose: () => void }) => {
  const { t, say } = useSpeech();
  const [opinion, setOpinion] = useState('');
  const vouch = useChange(vouchAccess, [listAccess]);
  const grant = useChange(grantAccess, [listAccess]);
  const step = request.status === 'asked' ? vouch : grant;
  const send = (agree: boolean) => step.mutate({ params: { id: request.id }, body: { agree, opinion: opinion.trim() } }, { onSuccess: onClose });
  return (
    <Dialog title={`${request.person.name} · ${say(request.post.name)}`} onClose={onClose}>
      <p>{say(request.post.department)} · {say(request.post.name)} · {t('access.until')} <span className="number">{request.endsOn}</span></p>
      <p className="soft">{request.reason}</p>
      {request.vouched ? <p className="soft small">{t('access.word', { by: request.vouched.by, opinion: request.vouched.opinion ?? '' })}</p> : null}
      <Field label={t('duty.opinion')}><Input maxLength={200} value={opinion} onChange={(event) => setOpinion(event.target.value)} /></Field>
      <ProblemNote error={step.error} />
      <DialogActs><Button type="primary" disabled={!opinion.trim()} loading={step.isPending} onClick={() => send(true)}>{t('duty.agree')}</Button><Button danger disabled={!opinion.trim()} onClick={() => send(false)}>{t('duty.refuse')}</Button><Button onClick={onClose}>{t('cancel')}</Button></DialogActs>
    </Dialog>
  );
};

const Requests = () => {
  const { t, say } = useSpeech();
  const may = useMay();
  const read = useRead(listAccess);
  const [asking, setAsking] = useState<Request | null>(null);
  const words = (row: Request) => [row.vouched, row.decided].flatMap((word) => (word ? [t('access.word', { by: word.by, opinion: word.opinion ?? '' })] : []));
  const isMine = (row: Request) => row.status === 'asked' || (row.status === 'vouched' && may('roles'));
  const columns = [
    { key: 'person', title: t('access.person'), isHeader: true, render: (row: Request) => row.person.name },
    { key: 'post', title: t('access.post'), render: (row: Request) => <>{say(row.post.department)} · {say(row.post.name)}<span className="soft small what">{row.reason}</span></> },
    { key: 'until', title: t('access.until'), render: (row: Request) => <span className="number">{row.endsOn}</span> },
    { key: 'state', title: t('col.state'), render: (row: Request) => <><span className="tag state-plain">{t(`access.status.${row.status}`)}</span>{words(row).map((word) => <span key={word} className="soft small what">{word}</span>)}</> },
    { key: 'acts', title: t('col.acts'), render: (row: Request) => isMine(row) ? <Button size="small" onClick={() => setAsking(row)} aria-label={`${t('access.decide')} ${row.person.name}`}>{t('access.decide')}</Button> : null },
  ];
  return (
    <>
      <h2>{t('access.requests')}</h2>
      <ProblemNote error={read.error} again={() => void read.refetch()} />
      {read.isPending ? <Waiting /> : read.data?.items.length === 0 ? <EmptyNote title={t('access.none')} /> : <List caption={t('access.requests')} columns={columns} rows={read.data?.items ?? []} keyOf={(row) => row.id} nameOf={(row) => `${row.person.name} ${say(row.post.name)}`} />}
      {asking ? <Decide request={asking} onClose={() => setAsking(null)} /> : null}
    </>
  );
};

/** Posts asked for, and reviews of who holds what. */
export const Access = () => {
  const { t } = useSpeech();
  return (
    <>
      <PageHead title={t('security.access')} lead={t('access.lead')} />
      <Requests />
      <Reviews />
    </>
  );
};
