import { Button, Input } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { answerDemand, assignDemand, listDemands, listDepartments, listResources, listSupply, raiseDemand, withdrawDemand, type DataDemand, type SupplyRow } from '@zhengwu/contracts';
import { useChange, useRead } from '../../base/calls.ts';
import { momentOf } from '../../base/format.ts';
import { useSpeech } from '../../base/language.tsx';
import { useMay } from '../../base/session.tsx';
import { Field } from '../../parts/field.tsx';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { List, type Column } from '../../parts/list.tsx';
import { EmptyNote, PageHead, ProblemNote, Waiting } from '../../parts/states.tsx';

const touched = [listDemands, listSupply] as const;
type Typed = { target: { value: string } };
interface OneProps {
  demand: DataDemand;
  onClose: () => void;
}

const RaiseDialog = ({ onClose }: { onClose: () => void }) => {
  const { t } = useSpeech();
  const [given, set] = useState({ title: '', items: '', purpose: '', basis: '' });
  const raise = useChange(raiseDemand, touched);
  const typed = (key: keyof typeof given) => ({ required: true, value: given[key], onChange: (event: Typed) => set({ ...given, [key]: event.target.value }) });
  return (
    <FormDialog title={t('demands.raise')} act={t('demands.raise')} onClose={onClose} isReady={Object.values(given).every((one) => one.trim() !== '')} change={raise} onSend={() => raise.mutate({ body: { title: given.title.trim(), items: given.items.trim(), purpose: given.purpose.trim(), basis: given.basis.trim() } }, { onSuccess: onClose })}>
      <Field label={t('demands.what')}><Input maxLength={200} {...typed('title')} /></Field>
      <Field label={t('demands.items')} hint={t('demands.itemsHint')}><Input.TextArea rows={3} maxLength={2000} {...typed('items')} /></Field>
      <Field label={t('catalogue.purpose')} hint={t('catalogue.purposeHint')}><Input.TextArea rows={2} maxLength={2000} {...typed('purpose')} /></Field>
      <Field label={t('catalogue.law')} hint={t('catalogue.lawHint')}><Input maxLength={200} {...typed('basis')} /></Field>
    </FormDialog>
  );
};

const AssignDialog = ({ demand, onClose }: OneProps) => {
  const { t, say } = useSpeech();
  const [provider, setProvider] = useState(demand.provider?.code ?? '');
  const departments = useRead(listDepartments).data?.items ?? [];
  const assign = useChange(assignDemand, touched);
  return (
    <FormDialog title={t('demands.assignOf', { title: demand.title })} act={t('demands.assign')} onClose={onClose} isReady={provider !== ''} change={assign} onSend={() => assign.mutate({ params: { id: demand.id }, body: { provider } }, { onSuccess: onClose })}>
      <p>{demand.items}</p>
      <Field label={t('demands.provider')}><select className="plain-select" required value={provider} onChange={(event) => setProvider(event.target.value)}><option value="">—</option>{departments.map(({ code, name }) => <option key={code} value={code}>{say(name)}</option>)}</select></Field>
    </FormDialog>
  );
};

const AnswerDialog = ({ demand, onClose }: OneProps) => {
  const { t, say } = useSpeech();
  const [given, set] = useState({ outcome: 'met' as 'met' | 'refused', resource: '', answer: '', law: '' });
  const own = useRead(listResources, { query: { state: 'published', limit: 100 } }).data?.items.filter(({ mayEdit }) => mayEdit) ?? [];
  const answer = useChange(answerDemand, touched);
  const isRefusal = given.outcome === 'refused';
  const isReady = given.answer.trim() !== '' && (isRefusal ? given.law.trim() !== '' : given.resource !== '');
  const typed = (key: 'answer' | 'law') => ({ required: true, maxLength: 200, value: given[key], onChange: (event: Typed) => set({ ...given, [key]: event.target.value }) });
  const send = () => answer.mutate({ params: { id: demand.id }, body: { outcome: given.outcome, answer: given.answer.trim(), ...(isRefusal ? { law: given.law.trim() } : { resource: given.resource }) } }, { onSuccess: onClose });
  return (
    <FormDialog title={t('demands.answerOf', { title: demand.title })} act={t('demands.answer')} isDangerous={isRefusal} onClose={onClose} isReady={isReady} change={answer} onSend={send}>
      <dl className="pairs"><div><dt>{t('demands.items')}</dt><dd>{demand.items}</dd></div><div><dt>{t('catalogue.purpose')}</dt><dd>{demand.purpose}</dd></div><div><dt>{t('catalogue.law')}</dt><dd>{demand.basis}</dd></div></dl>
      <Field label={t('catalogue.state')}><select className="plain-select" value={given.outcome} onChange={(event) => set({ ...given, outcome: event.target.value as 'met' })}><option value="met">{t('demands.met')}</option><option value="refused">{t('demands.refused')}</option></select></Field>
      {isRefusal ? <Field label={t('catalogue.refuseLaw')} hint={t('catalogue.refuseLawHint')}><Input {...typed('law')} /></Field>
        : <Field label={t('demands.resource')} hint={t('demands.resourceHint')}><select className="plain-select" required value={given.resource} onChange={(event) => set({ ...given, resource: event.target.value })}><option value="">—</option>{own.map(({ id, metadata }) => <option key={id} value={id}>{say(metadata.name)}</option>)}</select></Field>}
      <Field label={t('catalogue.answerText')}><Input {...typed('answer')} /></Field>
    </FormDialog>
  );
};

const WithdrawDialog = ({ demand, onClose }: OneProps) => {
  const { t } = useSpeech();
  const [reason, setReason] = useState('');
  const withdraw = useChange(withdrawDemand, touched);
  return (
    <FormDialog title={t('demands.withdrawOf', { title: demand.title })} act={t('demands.withdraw')} isDangerous onClose={onClose} isReady={reason.trim() !== ''} change={withdraw} onSend={() => withdraw.mutate({ params: { id: demand.id }, body: { reason: reason.trim() } }, { onSuccess: onClose })}>
      <Field label={t('catalogue.reason')}><Input required maxLength={200} value={reason} onChange={(event) => setReason(event.target.value)} /></Field>
    </FormDialog>
  );
};

const tones = { open: 'new', assigned: 'wait', met: 'good', refused: 'off', withdrawn: 'plain' } as const;
const dialogs = { assign: AssignDialog, answer: AnswerDialog, withdraw: WithdrawDialog } as const;
type Act = keyof typeof dialogs;

const Demands = () => {
  const { t, say } = useSpeech();
  const [asked, ask] = useState<{ act: Act; demand: DataDemand } | null>(null);
  const read = useRead(listDemands);
  const rows = read.data?.items ?? [];
  const actsOf = ({ mayAssign, mayAnswer, mayWithdraw }: DataDemand): Act[] => [...(mayAssign ? ['assign' as const] : []), ...(mayAnswer ? ['answer' as const] : []), ...(mayWithdraw ? ['withdraw' as const] : [])];
  const columns: Column<DataDemand>[] = [
    { key: 'title', title: t('demands.what'), isHeader: true, render: (row) => <>{row.title}<span className="small soft what">{row.items}</span></> },
    { key: 'asker', title: t('catalogue.asker'), render: (row) => <>{row.department ? say(row.department) : '—'}<span className="small soft what">{row.raisedBy} · {momentOf(row.raisedAt)}</span></> },
    { key: 'purpose', title: t('catalogue.purpose'), render: (row) => <>{row.purpose}<span className="small soft what">{row.basis}</span></> },
    { key: 'provider', title: t('demands.provider'), render: (row) => (row.provider ? (row.provider.name ? say(row.provider.name) : row.provider.code) : '—') },
    { key: 'state', title: t('catalogue.state'), render: (row) => <><span className={`tag state-${tones[row.state]}`}>{t(`demands.state.${row.state}`)}</span>{row.resource ? <Link className="what small" to={`/data/catalogue/${row.resource}`}>{row.resource}</Link> : null}{row.answer ? <span className="small what">{row.answer}{row.law ? ` ${row.law}` : ''}</span> : null}</> },
    { key: 'due', title: t('catalogue.due'), className: 'when', render: (row) => (row.state === 'assigned' ? <>{row.dueDay}{row.overdue ? <span className="late what small">{t('catalogue.overdue')}</span> : null}</> : '') },
    { key: 'acts', title: t('flows.acts'), render: (demand) => <span className="row-acts">{actsOf(demand).map((act) => <Button key={act} size="small" aria-label={t(`demands.${act}Of`, { title: demand.title })} onClick={() => ask({ act, demand })}>{t(`demands.${act}`)}</Button>)}</span> },
  ];
  const Asked = asked ? dialogs[asked.act] : null;
  return (
    <>
      <ProblemNote error={read.error} again={() => void read.refetch()} />
      {read.isPending ? <Waiting /> : rows.length > 0 ? <List caption={t('demands.title')} columns={columns} rows={rows} keyOf={(row) => row.id} nameOf={(row) => row.title} /> : read.error ? null : <EmptyNote title={t('demands.none')}>{t('demands.noneHint')}</EmptyNote>}
      {Asked && asked ? <Asked demand={asked.demand} onClose={() => ask(null)} /> : null}
    </>
  );
};

const Supply = () => {
  const { t, say } = useSpeech();
  const read = useRead(listSupply);
  const nameOf = ({ provider }: SupplyRow): string => (provider.name ? say(provider.name) : provider.code);
  const count = (key: 'open' | 'drafts' | 'uses' | 'waiting' | 'demands'): Column<SupplyRow> => ({ key, title: t(`demands.${key}`), className: 'number', render: (row) => row[key] });
  const shared = (key: 'free' | 'conditional' | 'withheld'): Column<SupplyRow> => ({ key, title: t(`demands.${key}`), className: 'number', render: (row) => row.published[key] });
  const columns: Column<SupplyRow>[] = [
    { key: 'provider', title: t('catalogue.provider'), isHeader: true, render: (row) => <Link to={`/data/catalogue?provider=${encodeURIComponent(row.provider.code)}`}>{nameOf(row)}</Link> }, shared('free'), shared('conditional'), shared('withheld'), count('open'), count('drafts'), count('uses'), count('waiting'), count('demands'),
    { key: 'overdue', title: t('demands.overdue'), className: 'number', render: (row) => (row.overdue > 0 ? <strong className="late">{row.overdue}</strong> : 0) },
  ];
  return (
    <section>
      <h2>{t('demands.supply')}</h2>
      <p className="soft small">{t('demands.supplyHint')}</p>
      <ProblemNote error={read.error} again={() => void read.refetch()} />
      {read.isPending ? <Waiting /> : read.data ? <List caption={t('demands.supply')} columns={columns} rows={read.data.items} keyOf={(row) => row.provider.code} nameOf={nameOf} /> : null}
    </section>
  );
};

/** What departments need and the catalogue lacks, and what each provides. */
export const DemandPages = () => {
  const { t } = useSpeech();
  const mayAsk = useMay()('requestResources');
  const [isRaising, setRaising] = useState(false);
  return (
    <>
      <PageHead title={t('demands.title')} lead={t('demands.lead')}>{mayAsk ? <Button type="primary" onClick={() => setRaising(true)}>{t('demands.raise')}</Button> : null}</PageHead>
      <Demands />
      <Supply />
      {isRaising ? <RaiseDialog onClose={() => setRaising(false)} /> : null}
    </>
  );
};
