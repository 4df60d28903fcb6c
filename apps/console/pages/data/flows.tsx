import { Button, Input } from 'antd';
import { useState } from 'react';
import { discardDeadLetter, listDeadLetters, listFlows, listSubscriptions, pauseSubscription, replaySubscription, resumeSubscription, retryDeadLetter, type DeadLetter, type IncomingFlow, type SubscriptionRow } from '@zhengwu/contracts';
import { useChange, useRead } from '../../base/calls.ts';
import { momentOf } from '../../base/format.ts';
import { useSpeech } from '../../base/language.tsx';
import { useMay } from '../../base/session.tsx';
import { Dialog, DialogActs } from '../../parts/dialog.tsx';
import { Field } from '../../parts/field.tsx';
import { List, type Column } from '../../parts/list.tsx';
import { EmptyNote, PageHead, ProblemNote, Waiting } from '../../parts/states.tsx';
import { CarrierNote, TopicsSection } from './flows-topics.tsx';

type Asked = { act: 'pause'; row: SubscriptionRow } | { act: 'resume'; row: SubscriptionRow } | { act: 'replay'; row: SubscriptionRow } | { act: 'retry'; row: DeadLetter } | { act: 'discard'; row: DeadLetter };
const touched = [listSubscriptions, listDeadLetters] as const;

const useActs = () => ({
  pause: useChange(pauseSubscription, touched), resume: useChange(resumeSubscription, touched), replay: useChange(replaySubscription, touched), retry: useChange(retryDeadLetter, touched), discard: useChange(discardDeadLetter, touched),
});

/** One dialog for all that is done here: each act is recorded with its reason. */
const ActDialog = ({ asked, onClose }: { asked: Asked; onClose: () => void }) => {
  const { t } = useSpeech();
  const [reason, setReason] = useState('');
  const [after, setAfter] = useState('0');
  const acts = useActs();
  const title = 'offset' in asked.row ? t(`flows.${asked.act as 'retry'}Of`, { offset: asked.row.offset }) : t(`flows.${asked.act as 'pause'}Of`, { follower: asked.row.follower });
  const isReady = (asked.act === 'resume' || reason.trim() !== '') && /^\d{1,15}$/.test(after);
  const send = (): void => {
    const told = { onSuccess: onClose };
    const body = { reason: reason.trim() };
    if (asked.act === 'retry' || asked.act === 'discard') acts[asked.act].mutate({ params: { id: asked.row.subscription, offset: asked.row.offset }, body }, told);
    else if (asked.act === 'pause') acts.pause.mutate({ params: { id: asked.row.id }, body }, told);
    else if (asked.act === 'resume') acts.resume.mutate({ params: { id: asked.row.id }, body: {} }, told);
    else if (asked.act === 'replay') acts.replay.mutate({ params: { id: asked.row.id }, body: { ...body, after: Number(after) } }, told);
  };
  return (
    <Dialog title={title} onClose={onClose}>
      <form onSubmit={(event) => { event.preventDefault(); if (isReady) send(); }}>
        {asked.act === 'replay' ? <Field label={t('flows.after')} hint={t('flows.afterHint')}><Input inputMode="numeric" maxLength={15} value={after} onChange={(event) => setAfter(event.target.value)} /></Field> : null}
        {asked.act === 'resume' ? null : <Field label={t('reason')}><Input maxLength={200} value={reason} onChange={(event) => setReason(event.target.value)} /></Field>}
        <ProblemNote error={acts[asked.act].error} />
        <DialogActs><Button type="primary" htmlType="submit" disabled={!isReady} loading={acts[asked.act].isPending}>{t(`flows.${asked.act}`)}</Button><Button onClick={onClose}>{t('cancel')}</Button></DialogActs>
      </form>
    </Dialog>
  );
};

const StateCell = ({ row }: { row: SubscriptionRow }) => {
  const { t } = useSpeech();
  if (row.state === 'paused') return <span className="tag state-plain">{t('flows.paused')}</span>;
  return row.failure ? <><span className="tag state-wait">{t('flows.failing')}</span><span className="small soft what break">{row.failure}</span></> : <span className="tag state-good">{t('flows.on')}</span>;
};

const Outgoing = ({ onAct }: { onAct: (asked: Asked) => void }) => {
  const { t } = useSpeech();
  const mayManage = useMay()('manageFlows');
  const read = useRead(listSubscriptions);
  const rows = read.data?.items ?? [];
  const acts = (row: SubscriptionRow) => {
    if (!mayManage || row.via === 'inside') return null;
    const first = row.state === 'on' ? 'pause' : 'resume';
    return (
      <span className="acts">
        <Button size="small" aria-label={t(`flows.${first}Of`, { follower: row.follower })} onClick={() => onAct({ act: first, row })}>{t(`flows.${first}`)}</Button>
        <Button size="small" aria-label={t('flows.replayOf', { follower: row.follower })} onClick={() => onAct({ act: 'replay', row })}>{t('flows.replay')}</Button>
      </span>
    );
  };
  const columns: Column<SubscriptionRow>[] = [
    { key: 'topic', title: t('flows.topic'), isHeader: true, render: (row) => <span className="break">{row.topic}</span> },
    { key: 'follower', title: t('flows.follower'), render: (row) => <span className="break">{row.follower}</span> },
    { key: 'state', title: t('flows.state'), render: (row) => <StateCell row={row} /> },
    { key: 'lag', title: t('flows.lag'), className: 'number', render: (row) => row.lag },
    { key: 'waiting', title: t('flows.waiting'), className: 'number', render: (row) => row.waiting },
    { key: 'delivered', title: t('flows.delivered'), className: 'number', render: (row) => row.delivered },
    { key: 'last', title: t('flows.last'), render: (row) => (row.lastAt ? momentOf(row.lastAt) : '—') },
    { key: 'acts', title: t('flows.acts'), render: acts },
  ];
  return (
    <section>
      <h2>{t('flows.outgoing')}</h2>
      <ProblemNote error={read.error} again={() => void read.refetch()} />
      {read.isPending ? <Waiting /> : rows.length > 0 ? <List caption={t('flows.outgoing')} columns={columns} rows={rows} keyOf={(row) => row.id} nameOf={(row) => `${row.topic} ${row.follower}`} />
        : read.error ? null : <EmptyNote title={t('flows.noOutgoing')}>{t('flows.noOutgoingHint')}</EmptyNote>}
    </section>
  );
};

const Letters = ({ onAct }: { onAct: (asked: Asked) => void }) => {
  const { t } = useSpeech();
  const mayManage = useMay()('manageFlows');
  const read = useRead(listDeadLetters, { query: { limit: 50 } });
  const rows = read.data?.items ?? [];
  const columns: Column<DeadLetter>[] = [
    { key: 'topic', title: t('flows.topic'), isHeader: true, render: (row) => <>{row.topic}<span className="small soft what break">{row.follower}</span></> },
    { key: 'offset', title: t('flows.offset'), className: 'number', render: (row) => row.offset },
    { key: 'attempts', title: t('flows.attempts'), className: 'number', render: (row) => row.attempts },
    { key: 'why', title: t('flows.why'), render: (row) => <span className="break">{row.failure ?? '—'}</span> },
    {
      key: 'acts', title: t('flows.acts'), render: (row) => (mayManage ? (
        <span className="acts">{(['retry', 'discard'] as const).map((act) => <Button key={act} size="small" aria-label={t(`flows.${act}Of`, { offset: row.offset })} onClick={() => onAct({ act, row })}>{t(`flows.${act}`)}</Button>)}</span>
      ) : null),
    },
  ];
  return (
    <section>
      <h2>{t('flows.letters')}</h2>
      <ProblemNote error={read.error} again={() => void read.refetch()} />
      {read.isPending ? <Waiting /> : rows.length > 0 ? <List caption={t('flows.letters')} columns={columns} rows={rows} keyOf={(row) => `${row.subscription} ${String(row.offset)}`} nameOf={(row) => `${row.topic} ${row.follower} ${String(row.offset)}`} />
        : read.error ? null : <EmptyNote title={t('flows.noLetters')}>{t('flows.noLettersHint')}</EmptyNote>}
    </section>
  );
};

type Source = IncomingFlow['sources'][number];
type IncomingRow = Omit<IncomingFlow, 'sources'> & { source: Source | null };

const Incoming = () => {
  const { t, say } = useSpeech();
  const read = useRead(listFlows);
  const rows = (read.data?.incoming ?? []).flatMap(({ sources, ...flow }): IncomingRow[] => (sources.length === 0 ? [{ ...flow, source: null }] : sources.map((source) => ({ ...flow, source }))));
  const columns: Column<IncomingRow>[] = [
    { key: 'intake', title: t('flows.intake'), isHeader: true, render: (row) => <>{say(row.name)}<span className="small soft what break">{row.topic} → {row.register}</span></> },
    { key: 'source', title: t('flows.source'), render: (row) => (row.source ? <><span className="break">{row.source.client}</span><span className="small soft what">{row.source.basis}</span></> : <span className="soft">{t('flows.noSource')}</span>) },
    { key: 'taken', title: t('flows.taken'), className: 'number', render: (row) => row.source?.taken ?? '—' },
    { key: 'refused', title: t('flows.refused'), className: 'number', render: (row) => row.source?.refused ?? '—' },
    { key: 'last', title: t('flows.last'), render: (row) => (row.source?.lastAt ? momentOf(row.source.lastAt) : '—') },
    { key: 'why', title: t('flows.why'), render: (row) => <span className="break">{row.source?.failure ?? ''}</span> },
  ];
  return (
    <section>
      <h2>{t('flows.incoming')}</h2>
      <ProblemNote error={read.error} again={() => void read.refetch()} />
      {read.isPending ? <Waiting /> : rows.length > 0 ? <List caption={t('flows.incoming')} columns={columns} rows={rows} keyOf={(row) => `${row.intake} ${row.source?.client ?? ''}`} nameOf={(row) => `${say(row.name)} ${row.source?.client ?? ''}`} />
        : read.error ? null : <EmptyNote title={t('flows.noIncoming')}>{t('flows.noIncomingHint')}</EmptyNote>}
    </section>
  );
};

/** What flows between this site's topics and whoever follows them, and what comes in from other sites. */
export const FlowsPage = () => {
  const { t } = useSpeech();
  const [asked, setAsked] = useState<Asked | null>(null);
  return (
    <>
      <PageHead title={t('flows.title')} lead={t('flows.lead')} />
      <CarrierNote />
      <Outgoing onAct={setAsked} />
      <Letters onAct={setAsked} />
      <Incoming />
      <TopicsSection />
      {asked ? <ActDialog asked={asked} onClose={() => setAsked(null)} /> : null}
    </>
  );
};
