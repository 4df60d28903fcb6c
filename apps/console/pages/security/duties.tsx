import { useState } from 'react';
import { Button, Input } from 'antd';
import { decideProposal, dropExclusion, listDuties, putExclusion, type Exclusion, type ResponseOf } from '@zhengwu/contracts';
import { useChange, useRead } from '../../base/calls.ts';
import { momentOf } from '../../base/format.ts';
import { useSpeech } from '../../base/language.tsx';
import { useMay } from '../../base/session.tsx';
import { Dialog, DialogActs } from '../../parts/dialog.tsx';
import { Field } from '../../parts/field.tsx';
import { List } from '../../parts/list.tsx';
import { EmptyNote, PageHead, ProblemNote, Waiting } from '../../parts/states.tsx';
import { useToast } from '../../parts/toast.tsx';

type Read = ResponseOf<typeof listDuties>;
type Proposal = Read['proposals'][number];

const Decide = ({ proposal, onClose }: { proposal: Proposal; onClose: () => void }) => {
  const { t } = useSpeech();
  const tell = useToast();
  const [opinion, setOpinion] = useState('');
  const decide = useChange(decideProposal);
  const send = (approve: boolean) => decide.mutate({ params: { id: proposal.id }, body: { approve, opinion: opinion.trim() } }, { onSuccess: () => { tell(t('duty.decided')); onClose(); } });
  return (
    <Dialog title={t(`duty.kind.${proposal.kind}`)} onClose={onClose}>
      <Change proposal={proposal} />
      <Field label={t('duty.opinion')}><Input maxLength={200} value={opinion} onChange={(event) => setOpinion(event.target.value)} /></Field>
      <ProblemNote error={decide.error} />
      <DialogActs><Button type="primary" disabled={!opinion.trim()} loading={decide.isPending} onClick={() => send(true)}>{t('duty.agree')}</Button><Button danger disabled={!opinion.trim()} onClick={() => send(false)}>{t('duty.refuse')}</Button><Button onClick={onClose}>{t('cancel')}</Button></DialogActs>
    </Dialog>
  );
};

const Change = ({ proposal }: { proposal: Proposal }) => {
  const { t, say } = useSpeech();
  return (
    <>
      <p><strong>{say(proposal.name)}</strong> <span className="soft">{t(`duty.kind.${proposal.kind}`)}</span></p>
      <ul className="plain-list tight">{proposal.grants?.map((one) => <li key={one.permission}><code>{one.permission}</code> {t(`scope.${one.scope}`)}</li>)}{proposal.posts?.map((post, index) => <li key={index}>{say(post)}</li>)}</ul>
      <p className="soft small">{t('duty.by', { name: proposal.by.name })} · {momentOf(proposal.at)} · {proposal.reason}</p>
    </>
  );
};

const Proposals = ({ read }: { read: Read }) => {
  const { t } = useSpeech();
  const [asking, setAsking] = useState<Proposal | null>(null);
  const isSecond = (one: Proposal) => !one.mine && read.mine.some((duty) => !one.duties.includes(duty));
  return (
    <>
      <h2>{t('duty.proposals')}</h2>
      {read.proposals.length === 0 ? <EmptyNote title={t('duty.noProposals')} /> : <ul className="plain-list">{read.proposals.map((one) => (
        <li key={one.id} className="card"><span className={`tag state-${one.status === 'open' ? 'wait' : one.status === 'approved' ? 'good' : 'off'}`}>{t(`duty.${one.status}`)}</span><Change proposal={one} />
          {one.decidedBy ? <p className="soft small">{t('duty.decidedBy', { name: one.decidedBy.name, opinion: one.opinion ?? '' })} · {one.decidedAt ? momentOf(one.decidedAt) : ''}</p> : isSecond(one) ? <Button onClick={() => setAsking(one)}>{t('duty.agree')} / {t('duty.refuse')}</Button> : <p className="soft small">{t('duty.notMine')}</p>}</li>
      ))}</ul>}
      {asking ? <Decide proposal={asking} onClose={() => setAsking(null)} /> : null}
    </>
  );
};

const words = (text: string): string[] => text.split(/[\s,，、]+/).filter(Boolean);

const RuleForm = ({ onClose }: { onClose: () => void }) => {
  const { t } = useSpeech();
  const [given, setGiven] = useState({ code: '', zh: '', en: '', one: '', other: '', basis: '', reason: '' });
  const put = useChange(putExclusion, [listDuties]);
  const field = (key: keyof typeof given) => ({ value: given[key], onChange: (event: { target: { value: string } }) => setGiven({ ...given, [key]: event.target.value }) });
  const isWhole = Object.values(given).every((one) => one.trim() !== '');
  return (
    <Dialog title={t('duty.add')} onClose={onClose}>
      <form onSubmit={(event) => { event.preventDefault(); put.mutate({ params: { code: given.code.trim() }, body: { name: { zh: given.zh, en: given.en }, one: words(given.one), other: words(given.other), basis: given.basis, reason: given.reason } }, { onSuccess: onClose }); }}>
        <Field label={t('duty.code')}><Input {...field('code')} maxLength={64} /></Field>
        <Field label={t('duty.nameZh')}><Input {...field('zh')} maxLength={200} /></Field>
        <Field label={t('duty.nameEn')}><Input {...field('en')} maxLength={200} /></Field>
        <Field label={t('duty.one')} hint={t('duty.sideHint')}><Input.TextArea rows={3} {...field('one')} /></Field>
        <Field label={t('duty.other')} hint={t('duty.sideHint')}><Input.TextArea rows={3} {...field('other')} /></Field>
        <Field label={t('duty.basis')}><Input {...field('basis')} maxLength={200} /></Field>
        <Field label={t('reason')}><Input {...field('reason')} maxLength={200} /></Field>
        <ProblemNote error={put.error} />
        <DialogActs><Button type="primary" htmlType="submit" disabled={!isWhole} loading={put.isPending}>{t('save')}</Button><Button onClick={onClose}>{t('cancel')}</Button></DialogActs>
      </form>
    </Dialog>
  );
};

const Rules = ({ rules }: { rules: Exclusion[] }) => {
  const { t, say } = useSpeech();
  const may = useMay();
  const [adding, setAdding] = useState(false);
  const drop = useChange(dropExclusion, [listDuties]);
  const side = (names: string[]) => names.map((name) => <code key={name} className="what">{name}</code>);
  const columns = [
    { key: 'name', title: t('duty.rules'), isHeader: true, render: (row: Exclusion) => <><span className="what">{say(row.name)}</span><code className="small">{row.code}</code></> },
    { key: 'one', title: t('duty.one'), render: (row: Exclusion) => side(row.one) },
    { key: 'other', title: t('duty.other'), render: (row: Exclusion) => side(row.other) },
    { key: 'basis', title: t('duty.basis'), render: (row: Exclusion) => row.basis },
    { key: 'acts', title: t('col.acts'), render: (row: Exclusion) => row.fixed ? <span className="soft">{t('duty.fixed')}</span> : may('roles') ? <Button size="small" danger onClick={() => drop.mutate({ params: { code: row.code } })}>{t('duty.drop')}</Button> : null },
  ];
  return (
    <>
      <h2>{t('duty.rules')}</h2>
      <ProblemNote error={drop.error} />
      <List caption={t('duty.rules')} columns={columns} rows={rules} keyOf={(row) => row.code} nameOf={(row) => say(row.name)} />
      {may('roles') ? <p className="segments"><Button onClick={() => setAdding(true)}>{t('duty.add')}</Button></p> : null}
      {adding ? <RuleForm onClose={() => setAdding(false)} /> : null}
    </>
  );
};

/** The three administrators, what excludes what, and what waits for a second administrator. */
export const Duties = () => {
  const { t, say } = useSpeech();
  const read = useRead(listDuties);
  const columns = [
    { key: 'name', title: t('duty.three'), isHeader: true, render: (row: Read['duties'][number]) => say(row.name) },
    { key: 'powers', title: t('duty.powers'), render: (row: Read['duties'][number]) => row.powers.map((power) => <code key={power} className="what">{power}</code>) },
    { key: 'holders', title: t('duty.holders'), render: (row: Read['duties'][number]) => row.holders.map((one) => one.name).join('、') || <span className="soft">{t('duty.nobody')}</span> },
  ];
  return (
    <>
      <PageHead title={t('security.duties')} lead={t('duty.lead')} />
      <ProblemNote error={read.error} again={() => void read.refetch()} />
      {read.isPending ? <Waiting /> : read.data ? <>
        <List caption={t('duty.three')} columns={columns} rows={read.data.duties} keyOf={(row) => row.code} nameOf={(row) => say(row.name)} />
        <Proposals read={read.data} />
        <Rules rules={read.data.exclusions} />
      </> : null}
    </>
  );
};
