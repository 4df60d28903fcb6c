import { useState } from 'react';
import { Button, Checkbox, Input } from 'antd';
import { askRecovery, decideRecovery, endAnySession, listRecoveries, lockedAccounts, sessionsInUse, unlockAccount, type ResponseOf } from '@zhengwu/contracts';
import { useChange, useRead } from '../../base/calls.ts';
import { momentOf } from '../../base/format.ts';
import { useSpeech } from '../../base/language.tsx';
import { useMay } from '../../base/session.tsx';
import { Field } from '../../parts/field.tsx';
import { List } from '../../parts/list.tsx';
import { EmptyNote, PageHead, ProblemNote, Waiting } from '../../parts/states.tsx';
import { useToast } from '../../parts/toast.tsx';
import { Means } from '../account-factors.tsx';

type Row = ResponseOf<typeof sessionsInUse>['items'][number];

const InUse = () => {
  const { t, say } = useSpeech();
  const [account, setAccount] = useState('');
  const [after, setAfter] = useState<string | null>(null);
  const read = useRead(sessionsInUse, { query: { limit: 50, ...(account ? { account } : {}), ...(after ? { after } : {}) } }, { keep: true });
  const end = useChange(endAnySession, [sessionsInUse]);
  const rows = read.data?.items ?? [];
  const columns = [
    { key: 'who', title: t('inUse.who'), isHeader: true, render: (row: Row) => <>{row.name} <span className="soft small">{row.username}</span></> },
    { key: 'means', title: t('inUse.means'), render: (row: Row) => <Means means={row.means} /> },
    { key: 'from', title: t('inUse.from'), render: (row: Row) => <><span className="number">{row.address}</span> <span className="soft small">{say(row.browser)}</span></> },
    { key: 'seen', title: t('inUse.seen'), className: 'when', render: (row: Row) => <span className="small">{momentOf(row.seenAt)}</span> },
    { key: 'act', title: t('inUse.act'), render: (row: Row) => row.current ? <span className="tag state-good">{t('sessions.this')}</span> : <Button size="small" aria-label={t('inUse.endOf', { name: row.name })} onClick={() => end.mutate({ params: { id: row.id } })}>{t('inUse.end')}</Button> },
  ];
  return (
    <section><h2>{t('inUse.title')}</h2>
      <Field label={t('inUse.account')} hint={t('inUse.accountHint')}><Input.Search allowClear maxLength={100} onSearch={(value) => { setAfter(null); setAccount(value.trim()); }} /></Field>
      <ProblemNote error={read.error ?? end.error} />
      {read.isPending ? <Waiting /> : rows.length === 0 && !read.error ? <EmptyNote title={t('inUse.none')} /> : <List caption={t('inUse.title')} columns={columns} rows={rows} keyOf={(row) => row.id} nameOf={(row) => `${row.name} ${row.seenAt}`} />}
      {read.data?.next ? <Button onClick={() => setAfter(read.data.next)}>{t('inUse.more')}</Button> : null}
    </section>
  );
};

const Locked = () => {
  const { t } = useSpeech();
  const read = useRead(lockedAccounts);
  const unlock = useChange(unlockAccount, [lockedAccounts]);
  return (
    <section className="card"><h2>{t('locked.title')}</h2>
      {read.data?.items.length === 0 ? <EmptyNote title={t('locked.none')} /> : null}
      <ul className="plain-list">{read.data?.items.map((one) => (
        <li key={one.id}><strong>{one.name}</strong> <span className="soft small">{one.username}</span> <span className="small">{t('locked.until', { at: momentOf(one.until) })}</span> <Button size="small" aria-label={t('locked.unlockOf', { name: one.name })} onClick={() => unlock.mutate({ params: { id: one.id }, body: {} })}>{t('locked.unlock')}</Button></li>
      ))}</ul>
      <ProblemNote error={read.error ?? unlock.error} />
    </section>
  );
};

const Ask = () => {
  const { t } = useSpeech();
  const tell = useToast();
  const ask = useChange(askRecovery, [listRecoveries]);
  const empty = { account: '', reason: '', factors: false };
  const [given, setGiven] = useState(empty);
  return (
    <form onSubmit={(event) => { event.preventDefault(); ask.mutate({ body: { ...given, account: given.account.trim(), reason: given.reason.trim() } }, { onSuccess: () => { setGiven(empty); tell(t('recovery.asked')); } }); }}>
      <div className="two">
        <Field label={t('recovery.account')}><Input value={given.account} maxLength={100} onChange={(event) => setGiven({ ...given, account: event.target.value })} /></Field>
        <Field label={t('recovery.reason')}><Input value={given.reason} maxLength={200} onChange={(event) => setGiven({ ...given, reason: event.target.value })} /></Field>
      </div>
      <p><Checkbox checked={given.factors} onChange={(event) => setGiven({ ...given, factors: event.target.checked })}>{t('recovery.factors')}</Checkbox></p>
      <ProblemNote error={ask.error} />
      <Button htmlType="submit" loading={ask.isPending} disabled={!given.account.trim() || given.reason.trim().length < 2}>{t('recovery.ask')}</Button>
    </form>
  );
};

const Recoveries = () => {
  const { t } = useSpeech();
  const may = useMay();
  const read = useRead(listRecoveries);
  const decide = useChange(decideRecovery, [listRecoveries]);
  const made = decide.data?.oneTimePassword;
  const act = (id: string, approve: boolean) => decide.mutate({ params: { id }, body: { approve } });
  return (
    <section className="card"><h2>{t('recovery.title')}</h2><p className="soft">{t('recovery.lead')}</p>
      {made ? <div className="note warn" role="status"><p>{t('recovery.password', { until: decide.data?.until ? momentOf(decide.data.until) : '' })}</p><p><code className="secret">{made}</code></p></div> : null}
      {read.data?.items.length === 0 ? <EmptyNote title={t('recovery.none')} /> : null}
      <ul className="plain-list">{read.data?.items.slice(0, 20).map((one) => (
        <li key={one.id}>
          <strong>{one.name}</strong> <span className="soft small">{one.username}</span> <span className={one.state === 'asked' ? 'tag state-wait' : 'tag'}>{t(`recovery.state.${one.state}`)}</span> <span className="small">{t('recovery.by', { name: one.askedBy })} · {momentOf(one.askedAt)}</span>
          <p>{one.reason}{one.factors ? <span className="soft"> · {t('recovery.factors')}</span> : null}</p>
          {one.state === 'asked' && may('sessions') ? <div className="acts"><Button size="small" type="primary" aria-label={t('recovery.of', { act: t('recovery.approve'), name: one.name })} onClick={() => act(one.id, true)}>{t('recovery.approve')}</Button> <Button size="small" aria-label={t('recovery.of', { act: t('recovery.refuse'), name: one.name })} onClick={() => act(one.id, false)}>{t('recovery.refuse')}</Button></div> : null}
        </li>
      ))}</ul>
      <ProblemNote error={read.error ?? decide.error} />
      <Ask />
    </section>
  );
};

/** Sessions of others, locked accounts, recovery by two administrators. */
export const SessionsPage = () => {
  const { t } = useSpeech();
  const may = useMay();
  return (
    <>
      <PageHead title={t('security.sessions')} lead={t('inUse.lead')} />
      <div className="cards">{may('sessions') ? <Locked /> : null}<Recoveries /></div>
      {may('sessions') ? <InUse /> : null}
    </>
  );
};
