import { Button } from 'antd';
import { useState } from 'react';
import { Link, Route, Routes } from 'react-router';
import { listExchangeGroups, listExchangeServices, listExchangeSubsystems, type ExchangeGroup, type ExchangeService, type ExchangeSubsystem } from '@zhengwu/contracts';
import { useRead } from '../../base/calls.ts';
import { useSpeech } from '../../base/language.tsx';
import { useMay } from '../../base/session.tsx';
import { List, type Column } from '../../parts/list.tsx';
import { EmptyNote, PageHead, ProblemNote, Waiting } from '../../parts/states.tsx';
import { GroupDialog, ServiceDialog, SubsystemDialog } from './exchange-dialogs.tsx';
import { memberName, Party, serviceAddress, useMembers } from './exchange-parts.tsx';
import { ExchangeServicePage } from './exchange-service.tsx';

type Asked = { form: 'service' } | { form: 'subsystem'; subsystem: ExchangeSubsystem | null } | { form: 'group'; group: ExchangeGroup | null };
interface PartProps {
  onAsk: (asked: Asked) => void;
}

/** A change that opens its dialog, for those who may. */
const useChanging = (): ((label: string, name: string, open: () => void) => React.ReactNode) => {
  const { t } = useSpeech();
  const mayManage = useMay()('manageExchange');
  return (label, name, open) => (mayManage ? <Button size="small" aria-label={t('exchange.changeOf', { name })} onClick={open}>{label}</Button> : null);
};

const Services = () => {
  const { t } = useSpeech();
  const members = useMembers();
  const read = useRead(listExchangeServices);
  const rows = read.data?.items ?? [];
  const columns: Column<ExchangeService>[] = [
    { key: 'service', title: t('exchange.service'), isHeader: true, render: (row) => <Party members={members} id={`${row.subsystem}/${row.code}`}><Link to={serviceAddress(row)}>{row.name}</Link>{row.isOn ? null : <span className="tag state-off">{t('exchange.isOff')}</span>}</Party> },
    { key: 'address', title: t('exchange.address'), render: (row) => (row.address ? <code className="small break">{row.address}</code> : <span className="soft">{t('exchange.bySite')}</span>) },
    { key: 'endpoints', title: t('exchange.endpoints'), render: (row) => (row.endpoints.length > 0 ? <code className="small break">{row.endpoints.slice(0, 3).map(({ method, path }) => `${method} ${path}`).join(' · ')}{row.endpoints.length > 3 ? ' …' : ''}</code> : row.kind) },
    { key: 'rights', title: t('exchange.rights'), className: 'number', render: (row) => row.rights },
  ];
  return (
    <>
      <ProblemNote error={read.error} again={() => void read.refetch()} />
      {read.isPending ? <Waiting /> : rows.length > 0 ? <List caption={t('exchange.services')} columns={columns} rows={rows} keyOf={(row) => `${row.subsystem}/${row.code}`} nameOf={(row) => `${row.subsystem}/${row.code}`} />
        : read.error ? null : <EmptyNote title={t('exchange.noServices')}>{t('exchange.noServicesHint')}</EmptyNote>}
    </>
  );
};

const Subsystems = ({ onAsk }: PartProps) => {
  const { t } = useSpeech();
  const changing = useChanging();
  const read = useRead(listExchangeSubsystems);
  const columns: Column<ExchangeSubsystem>[] = [
    { key: 'name', title: t('exchange.subsystem'), isHeader: true, render: (row) => <>{row.name}<code className="small soft what break">{row.id}</code></> },
    { key: 'connection', title: t('exchange.connection'), render: (row) => <>{t(`exchange.connection.${row.connection}`)}<code className="small soft what break">{row.connection === 'plain' ? row.addresses.join(' ') : row.certificates.map((one) => `${one.slice(0, 12)}…`).join(' ')}</code></> },
    { key: 'member', title: t('exchange.isMember'), render: (row) => t(row.isMember ? 'exchange.yes' : 'exchange.no') },
    { key: 'acts', title: t('flows.acts'), render: (row) => changing(t('exchange.change'), row.name, () => onAsk({ form: 'subsystem', subsystem: row })) },
  ];
  return <><ProblemNote error={read.error} again={() => void read.refetch()} />{read.data ? <List caption={t('exchange.subsystems')} columns={columns} rows={read.data.items} keyOf={(row) => row.id} nameOf={(row) => row.id} /> : null}</>;
};

const LocalGroups = ({ onAsk }: PartProps) => {
  const { t } = useSpeech();
  const members = useMembers();
  const changing = useChanging();
  const rows = useRead(listExchangeGroups).data?.items ?? [];
  const columns: Column<ExchangeGroup>[] = [
    { key: 'name', title: t('exchange.name'), isHeader: true, render: (row) => <>{row.name}<code className="small soft what break">{row.provider} · {row.code}</code></> },
    { key: 'members', title: t('exchange.groupMembers'), render: (row) => row.members.map((one) => memberName(members, one)).join(' · ') },
    { key: 'acts', title: t('flows.acts'), render: (row) => changing(t('exchange.change'), row.name, () => onAsk({ form: 'group', group: row })) },
  ];
  return rows.length > 0 ? <List caption={t('exchange.localGroups')} columns={columns} rows={rows} keyOf={(row) => `${row.provider} ${row.code}`} nameOf={(row) => row.code} /> : null;
};

const ServiceLists = () => {
  const { t } = useSpeech();
  const mayManage = useMay()('manageExchange');
  const [asked, ask] = useState<Asked | null>(null);
  const close = () => ask(null);
  return (
    <>
      <PageHead title={t('exchange.services')} lead={t('exchange.services.lead')}>{mayManage ? <Button type="primary" onClick={() => ask({ form: 'service' })}>{t('exchange.addService')}</Button> : null}</PageHead>
      <Services />
      <div className="part-head"><h2>{t('exchange.subsystems')}</h2>{mayManage ? <Button onClick={() => ask({ form: 'subsystem', subsystem: null })}>{t('exchange.addSubsystem')}</Button> : null}</div>
      <Subsystems onAsk={ask} />
      <div className="part-head"><h2>{t('exchange.localGroups')}</h2>{mayManage ? <Button onClick={() => ask({ form: 'group', group: null })}>{t('exchange.addGroup')}</Button> : null}</div>
      <LocalGroups onAsk={ask} />
      {asked?.form === 'service' ? <ServiceDialog service={null} onClose={close} /> : null}
      {asked?.form === 'subsystem' ? <SubsystemDialog subsystem={asked.subsystem} onClose={close} /> : null}
      {asked?.form === 'group' ? <GroupDialog group={asked.group} onClose={close} /> : null}
    </>
  );
};

/** Services offered here with who may call them, and the subsystems that come in here. */
export const ExchangeServicePages = () => (
  <Routes>
    <Route path="" element={<ServiceLists />} />
    <Route path="one" element={<ExchangeServicePage />} />
  </Routes>
);
