import { Button, Input } from 'antd';
import { useState } from 'react';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { dropExchangeService, giveExchangeRight, listExchangeGroups, listExchangeRights, listExchangeServices, readExchangeState, withdrawExchangeRight, type BodyOf, type ExchangeRight, type ExchangeService } from '@zhengwu/contracts';
import { useChange, useRead } from '../../base/calls.ts';
import { dayOf, momentOf } from '../../base/format.ts';
import { useSpeech } from '../../base/language.tsx';
import { useMay } from '../../base/session.tsx';
import { Field } from '../../parts/field.tsx';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { Facts } from '../../parts/facts.tsx';
import { List, type Column } from '../../parts/list.tsx';
import { EmptyNote, NothingHere, PageHead, ProblemNote, Waiting } from '../../parts/states.tsx';
import { ServiceDialog } from './exchange-dialogs.tsx';
import { memberName, Party, useMembers } from './exchange-parts.tsx';

type Given = BodyOf<typeof giveExchangeRight>;
const methods: readonly Given['method'][] = ['*', 'GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];
const touched = [listExchangeRights, listExchangeServices] as const;

/** Whom a right may be given to, by kind, with names that people know. */
const useSubjects = (kind: Given['kind'], provider: string): { id: string; name: string }[] => {
  const state = useRead(readExchangeState, {}, { keep: true }).data;
  const groups = useRead(listExchangeGroups).data?.items ?? [];
  if (kind === 'global') return (state?.groups ?? []).map(({ code, name }) => ({ id: code, name }));
  if (kind === 'local') return groups.filter((one) => one.provider === provider).map(({ code, name }) => ({ id: code, name }));
  return (state?.members ?? []).flatMap(({ name, subsystems }) => subsystems.map((id) => ({ id, name: `${name} · ${id.split('/').at(-1) ?? ''}` })));
};

const RightDialog = ({ service, onClose }: { service: ExchangeService; onClose: () => void }) => {
  const { t } = useSpeech();
  const [given, set] = useState({ kind: 'subsystem' as Given['kind'], subject: '', endpoint: '* **', until: '', reason: '' });
  const give = useChange(giveExchangeRight, touched);
  const subjects = useSubjects(given.kind, service.subsystem);
  const [method = '*', path = '**'] = given.endpoint.split(' ');
  const choices = [{ method: '*', path: '**' }, ...service.endpoints];
  const send = () => give.mutate({ body: {
    kind: given.kind, subject: given.subject, provider: service.subsystem, service: service.code, method: methods.find((one) => one === method) ?? '*', path, until: given.until ? `${given.until}T15:59:59.999Z` : null, reason: given.reason.trim(),
  } }, { onSuccess: onClose });
  return (
    <FormDialog title={t('exchange.giveRight')} act={t('exchange.giveRight')} onClose={onClose} onSend={send} isReady={given.subject !== '' && given.reason.trim() !== ''} change={give}>
      <Field label={t('exchange.subjectKind')}><select className="plain-select" value={given.kind} onChange={(event) => set({ ...given, kind: event.target.value as Given['kind'], subject: '' })}>{(['subsystem', 'global', 'local'] as const).map((one) => <option key={one} value={one}>{t(`exchange.kind.${one}`)}</option>)}</select></Field>
      <Field label={t('exchange.subject')}><select className="plain-select" required value={given.subject} onChange={(event) => set({ ...given, subject: event.target.value })}><option value="">—</option>{subjects.map(({ id, name }) => <option key={id} value={id}>{name}</option>)}</select></Field>
      <Field label={t('exchange.what')}><select className="plain-select" value={given.endpoint} onChange={(event) => set({ ...given, endpoint: event.target.value })}>{choices.map((one) => <option key={`${one.method} ${one.path}`} value={`${one.method} ${one.path}`}>{one.path === '**' ? t('exchange.everything') : `${one.method} ${one.path}`}</option>)}</select></Field>
      <Field label={t('exchange.rightUntil')} hint={t('exchange.always')}><Input type="date" value={given.until} onChange={(event) => set({ ...given, until: event.target.value })} /></Field>
      <Field label={t('reason')}><Input required maxLength={200} value={given.reason} onChange={(event) => set({ ...given, reason: event.target.value })} /></Field>
    </FormDialog>
  );
};

const WithdrawDialog = ({ right, name, onClose }: { right: ExchangeRight; name: string; onClose: () => void }) => {
  const { t } = useSpeech();
  const [reason, setReason] = useState('');
  const withdraw = useChange(withdrawExchangeRight, touched);
  return (
    <FormDialog title={t('exchange.withdrawOf', { subject: name })} act={t('exchange.withdraw')} isDangerous onClose={onClose} isReady={reason.trim() !== ''} change={withdraw} onSend={() => withdraw.mutate({ params: { id: right.id }, body: { reason: reason.trim() } }, { onSuccess: onClose })}>
      <Field label={t('reason')}><Input required maxLength={200} value={reason} onChange={(event) => setReason(event.target.value)} /></Field>
    </FormDialog>
  );
};

const DropDialog = ({ service, onClose }: { service: ExchangeService; onClose: () => void }) => {
  const { t } = useSpeech();
  const go = useNavigate();
  const drop = useChange(dropExchangeService, touched);
  return (
    <FormDialog title={t('exchange.dropService')} act={t('exchange.dropService')} isDangerous onClose={onClose} isReady change={drop} onSend={() => drop.mutate({ body: { subsystem: service.subsystem, code: service.code } }, { onSuccess: () => void go('/data/exchange-services') })}>
      <p>{t('exchange.dropSure', { service: service.name })}</p>
    </FormDialog>
  );
};

const Rights = ({ service }: { service: ExchangeService }) => {
  const { t } = useSpeech();
  const members = useMembers();
  const mayManage = useMay()('manageExchange');
  const [giving, setGiving] = useState(false);
  const [leaving, setLeaving] = useState<ExchangeRight | null>(null);
  const read = useRead(listExchangeRights, { query: { provider: service.subsystem, service: service.code } });
  const rows = read.data?.items ?? [];
  const sources: Partial<Record<string, string>> = { console: t('exchange.source.console'), demo: t('exchange.source.demo'), federation: t('exchange.source.federation') };
  const columns: Column<ExchangeRight>[] = [
    { key: 'subject', title: t('exchange.subject'), isHeader: true, render: (row) => (row.kind === 'subsystem' ? <Party members={members} id={row.subject} /> : <>{row.subject}<span className="small soft what">{t(`exchange.kind.${row.kind}`)}</span></>) },
    { key: 'what', title: t('exchange.what'), render: (row) => (row.path === '**' && row.method === '*' ? t('exchange.everything') : <code className="small break">{row.method} {row.path}</code>) },
    { key: 'until', title: t('exchange.rightUntil'), className: 'when', render: (row) => (row.until ? dayOf(row.until) : t('exchange.always')) },
    { key: 'given', title: t('exchange.given'), render: (row) => <>{row.givenBy}<span className="small soft what">{momentOf(row.givenAt)}</span></> },
    { key: 'source', title: t('exchange.source'), render: (row) => <span className="break">{sources[row.source] ?? row.source}</span> },
    ...(mayManage ? [{ key: 'acts', title: t('flows.acts'), render: (row: ExchangeRight) => <Button size="small" danger aria-label={t('exchange.withdrawOf', { subject: memberName(members, row.subject) })} onClick={() => setLeaving(row)}>{t('exchange.withdraw')}</Button> }] : []),
  ];
  return (
    <section>
      <div className="part-head"><h2>{t('exchange.rights')}</h2>{mayManage ? <Button type="primary" onClick={() => setGiving(true)}>{t('exchange.giveRight')}</Button> : null}</div>
      <ProblemNote error={read.error} again={() => void read.refetch()} />
      {read.isPending ? <Waiting /> : rows.length > 0 ? <List caption={t('exchange.rightsOf', { service: service.name })} columns={columns} rows={rows} keyOf={(row) => row.id} nameOf={(row) => `${row.subject} ${row.path}`} /> : read.error ? null : <EmptyNote title={t('exchange.noRights')}>{t('exchange.noRightsHint')}</EmptyNote>}
      {giving ? <RightDialog service={service} onClose={() => setGiving(false)} /> : null}
      {leaving ? <WithdrawDialog right={leaving} name={memberName(members, leaving.subject)} onClose={() => setLeaving(null)} /> : null}
    </section>
  );
};

/** One service: where it is, its endpoints, and who may call it. */
export const ExchangeServicePage = () => {
  const { t } = useSpeech();
  const [search] = useSearchParams();
  const mayManage = useMay()('manageExchange');
  const [form, setForm] = useState<'change' | 'drop' | null>(null);
  const read = useRead(listExchangeServices);
  if (read.isPending) return <Waiting />;
  const service = read.data?.items.find((one) => one.subsystem === search.get('subsystem') && one.code === search.get('code'));
  if (!service) return read.error ? <ProblemNote error={read.error} again={() => void read.refetch()} /> : <NothingHere kind="missing" />;
  const isOwn = service.address === null;
  return (
    <>
      <PageHead title={service.name} lead={<code>{service.subsystem}/{service.code}</code>}>
        {mayManage && !isOwn ? <><Button onClick={() => setForm('change')}>{t('exchange.changeService')}</Button><Button danger onClick={() => setForm('drop')}>{t('exchange.dropService')}</Button></> : null}
        <Link to="/data/exchange-services">{t('exchange.services')}</Link>
      </PageHead>
      <Facts rows={[
        [t('exchange.address'), service.address ?? t('exchange.bySite')], [t('exchange.kind'), service.kind], [t('flows.state'), t(service.isOn ? 'exchange.isOn' : 'exchange.isOff')],
        [t('exchange.endpoints'), service.endpoints.length > 0 ? <span key="endpoints">{service.endpoints.map(({ method, path }) => <code key={`${method} ${path}`} className="what">{method} {path}</code>)}</span> : '—'],
      ]} />
      <Rights service={service} />
      {form === 'change' ? <ServiceDialog service={service} onClose={() => setForm(null)} /> : null}
      {form === 'drop' ? <DropDialog service={service} onClose={() => setForm(null)} /> : null}
    </>
  );
};
