import { useState } from 'react';
import { Button, Input, InputNumber } from 'antd';
import { endToken, handPassword, makeToken, provisioningState, type ResponseOf } from '@zhengwu/contracts';
import { useChange, useRead } from '../../base/calls.ts';
import { momentOf } from '../../base/format.ts';
import { useSpeech } from '../../base/language.tsx';
import { Dialog, DialogActs } from '../../parts/dialog.tsx';
import { Field } from '../../parts/field.tsx';
import { List } from '../../parts/list.tsx';
import { EmptyNote, PageHead, ProblemNote, Waiting } from '../../parts/states.tsx';

type State = ResponseOf<typeof provisioningState>;
type Client = State['clients'][number];
type Token = Client['tokens'][number];

const TokenForm = ({ client, onClose }: { client: Client; onClose: () => void }) => {
  const { t, say } = useSpeech();
  const make = useChange(makeToken, [provisioningState]);
  const [given, setGiven] = useState({ days: 180, overlapHours: 24, institution: '', reason: '' });
  const send = () => make.mutate({ params: { clientId: client.clientId }, body: { ...given, institution: given.institution.trim() || null } });
  return (
    <Dialog title={t('scim.tokenOf', { name: say(client.name) })} onClose={onClose}>
      {make.data ? (
        <div className="note good" role="status"><p>{t('scim.once')}</p><p><code className="secret break">{make.data.token}</code></p><p className="soft small">{t('scim.until', { at: momentOf(make.data.endsAt) })}</p></div>
      ) : (
        <form onSubmit={(event) => { event.preventDefault(); send(); }}>
          <Field label={t('scim.days')}><InputNumber min={1} max={365} value={given.days} onChange={(days) => setGiven({ ...given, days: days ?? 1 })} /></Field>
          <Field label={t('scim.overlap')} hint={t('scim.overlapHint')}><InputNumber min={0} max={720} value={given.overlapHours} onChange={(hours) => setGiven({ ...given, overlapHours: hours ?? 0 })} /></Field>
          <Field label={t('scim.institution')}><Input value={given.institution} maxLength={18} onChange={(event) => setGiven({ ...given, institution: event.target.value.toUpperCase() })} /></Field>
          <Field label={t('reason')}><Input value={given.reason} maxLength={200} onChange={(event) => setGiven({ ...given, reason: event.target.value })} /></Field>
          <ProblemNote error={make.error} />
          <DialogActs><Button type="primary" htmlType="submit" disabled={given.reason.trim() === ''} loading={make.isPending}>{t('scim.token')}</Button><Button onClick={onClose}>{t('cancel')}</Button></DialogActs>
        </form>
      )}
    </Dialog>
  );
};

const TokenLine = ({ token, onEnd }: { token: Token; onEnd: () => void }) => {
  const { t } = useSpeech();
  return (
    <li className="what">
      {t('scim.madeBy', { by: token.madeBy, at: momentOf(token.madeAt) })} <span className={`tag ${token.live ? 'state-good' : 'state-plain'}`}>{t(token.live ? 'scim.until' : 'scim.endedAt', { at: momentOf(token.endsAt) })}</span>
      <span className="soft small what">{token.usedAt ? t('scim.used', { at: momentOf(token.usedAt), from: token.usedFrom ?? '—' }) : t('scim.unused')}{token.institution ? ` · ${t('scim.boundTo', { code: token.institution })}` : ''}</span>
      {token.live ? <Button size="small" onClick={onEnd} aria-label={`${t('scim.end')} ${momentOf(token.madeAt)}`}>{t('scim.end')}</Button> : null}
    </li>
  );
};

const ClientCard = ({ client, onToken }: { client: Client; onToken: () => void }) => {
  const { t, say } = useSpeech();
  const end = useChange(endToken, [provisioningState]);
  return (
    <section className="card">
      <h2>{say(client.name)} <code className="small">{client.clientId}</code></h2>
      <p className="soft">{say(client.department)} · {t(`scope.${client.scope as 'all'}`)} · {t('scim.people', { count: client.people })}{client.active ? '' : ` · ${t('scim.closed')}`}</p>
      <ProblemNote error={end.error} />
      {client.tokens.length === 0 ? <p className="soft">{t('scim.noTokens')}</p> : <ul className="plain-list" aria-label={t('scim.tokens')}>{client.tokens.map((token) => <TokenLine key={token.id} token={token} onEnd={() => end.mutate({ params: { id: token.id } })} />)}</ul>}
      <div className="acts"><Button type="primary" disabled={!client.active} onClick={onToken} aria-label={t('scim.tokenOf', { name: say(client.name) })}>{t('scim.token')}</Button></div>
    </section>
  );
};

const Joiners = ({ waiting }: { waiting: State['waiting'] }) => {
  const { t } = useSpeech();
  const hand = useChange(handPassword, []);
  const [to, setTo] = useState('');
  const columns = [
    { key: 'name', title: t('flow.name'), isHeader: true, render: (row: State['waiting'][number]) => <>{row.name} <code className="small">{row.account}</code></> },
    { key: 'since', title: t('scim.since'), render: (row: State['waiting'][number]) => momentOf(row.since) },
    { key: 'acts', title: t('col.acts'), render: (row: State['waiting'][number]) => <Button size="small" loading={hand.isPending && to === row.name} onClick={() => { setTo(row.name); hand.mutate({ params: { id: row.id } }); }} aria-label={`${t('scim.hand')} ${row.name}`}>{t('scim.hand')}</Button> },
  ];
  return (
    <section>
      <h2>{t('scim.waiting')}</h2>
      <p className="soft">{t('scim.waitingHint')}</p>
      <ProblemNote error={hand.error} />
      {hand.data ? <div className="note warn" role="status"><p>{t('scim.handed', { name: to })}</p><p><code className="secret">{hand.data.password}</code></p></div> : null}
      {waiting.length === 0 ? <p className="soft">{t('scim.noWaiting')}</p> : <List caption={t('scim.waiting')} columns={columns} rows={waiting} keyOf={(row) => row.id} nameOf={(row) => row.name} />}
    </section>
  );
};

/** Systems that keep the directory over SCIM, their tokens, and joiners who wait for their first password. */
export const ProvisioningPage = () => {
  const { t } = useSpeech();
  const read = useRead(provisioningState);
  const [making, setMaking] = useState<Client | null>(null);
  return (
    <>
      <PageHead title={t('security.provisioning')} lead={t('scim.lead')} />
      <ProblemNote error={read.error} again={() => void read.refetch()} />
      {read.isPending ? <Waiting /> : null}
      {read.data ? <p>{t('scim.address')} <code className="break">{read.data.address}</code></p> : null}
      {read.data?.clients.length === 0 ? <EmptyNote title={t('scim.none')}>{t('scim.noneHint')}</EmptyNote> : read.data?.clients.map((client) => <ClientCard key={client.clientId} client={client} onToken={() => setMaking(client)} />)}
      {read.data ? <Joiners waiting={read.data.waiting} /> : null}
      {making ? <TokenForm client={making} onClose={() => setMaking(null)} /> : null}
    </>
  );
};
