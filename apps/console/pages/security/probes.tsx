import { useState } from 'react';
import { Button, Input, InputNumber } from 'antd';
import { addDevice, addProbe, listDevices, listProbes, listTraps, removeDevice, removeProbe, type ResponseOf } from '@zhengwu/contracts';
import { useAgain } from '../../base/again.ts';
import { useChange, useRead } from '../../base/calls.ts';
import { momentOf } from '../../base/format.ts';
import { useSpeech } from '../../base/language.tsx';
import { useMay } from '../../base/session.tsx';
import { Dialog, DialogActs } from '../../parts/dialog.tsx';
import { Field } from '../../parts/field.tsx';
import { HealthTag, shareOf } from '../../parts/health.tsx';
import { List } from '../../parts/list.tsx';
import { EmptyNote, PageHead, ProblemNote, Waiting } from '../../parts/states.tsx';
import { useToast } from '../../parts/toast.tsx';

type Probe = ResponseOf<typeof listProbes>['items'][number];
type Device = ResponseOf<typeof listDevices>['items'][number];
type Link = Device['links'][number];
type Trap = ResponseOf<typeof listTraps>['items'][number];

const KINDS = ['http', 'https', 'tcp', 'tls'] as const;
const PORTS = { http: 80, https: 443, tcp: 22, tls: 443 } as const;

const ProbeDialog = ({ onClose }: { onClose: () => void }) => {
  const { t } = useSpeech();
  const tell = useToast();
  const [given, set] = useState({ name: '', kind: 'https' as (typeof KINDS)[number], host: '', port: 443, path: '/', text: '', every: 60 });
  const add = useChange(addProbe, [listProbes]);
  const isWeb = given.kind === 'http' || given.kind === 'https';
  const send = () => add.mutate({ body: {
    name: given.name.trim(), kind: given.kind, host: given.host.trim(), port: given.port, ...(isWeb ? { path: given.path } : {}), ...(isWeb && given.text ? { expectText: given.text } : {}),
    timeoutMs: 5000, everySeconds: given.every, isOn: true,
  } }, { onSuccess: () => { tell(t('probes.added')); onClose(); } });
  return (
    <Dialog title={t('probes.add')} onClose={onClose}>
      <form onSubmit={(event) => { event.preventDefault(); send(); }}>
        <Field label={t('probes.name')}><Input required maxLength={200} value={given.name} onChange={(event) => set({ ...given, name: event.target.value })} /></Field>
        <Field label={t('probes.kind')}><select className="plain-select" value={given.kind} onChange={(event) => { const kind = event.target.value as typeof given.kind; set({ ...given, kind, port: PORTS[kind] }); }}>{KINDS.map((kind) => <option key={kind} value={kind}>{kind.toUpperCase()}</option>)}</select></Field>
        <div className="form-row">
          <Field label={t('probes.host')}><Input required maxLength={253} value={given.host} onChange={(event) => set({ ...given, host: event.target.value })} /></Field>
          <Field label={t('probes.port')}><InputNumber min={1} max={65535} value={given.port} onChange={(port) => set({ ...given, port: port ?? given.port })} /></Field>
          <Field label={t('probes.every')}><InputNumber min={10} max={86400} value={given.every} onChange={(every) => set({ ...given, every: every ?? given.every })} /></Field>
        </div>
        {isWeb ? <div className="form-row">
          <Field label={t('probes.path')}><Input maxLength={501} value={given.path} onChange={(event) => set({ ...given, path: event.target.value })} /></Field>
          <Field label={t('probes.text')} optional={t('probes.optional')}><Input maxLength={200} value={given.text} onChange={(event) => set({ ...given, text: event.target.value })} /></Field>
        </div> : null}
        <ProblemNote error={add.error} />
        <DialogActs><Button type="primary" htmlType="submit" loading={add.isPending}>{t('probes.add')}</Button><Button onClick={onClose}>{t('cancel')}</Button></DialogActs>
      </form>
    </Dialog>
  );
};

const Probes = () => {
  const { t, say } = useSpeech();
  const tell = useToast();
  const mayManage = useMay()('watch');
  const read = useRead(listProbes, {}, { keep: true });
  const remove = useChange(removeProbe, [listProbes]);
  const [adding, setAdding] = useState(false);
  useAgain(read.refetch, 15_000);
  const rows = read.data?.items ?? [];
  const columns = [
    { key: 'name', title: t('probes.name'), isHeader: true, render: (row: Probe) => row.name },
    { key: 'state', title: t('health.state'), render: (row: Probe) => <HealthTag state={row.state} /> },
    { key: 'target', title: t('probes.target'), render: (row: Probe) => <span className="number">{row.kind}://{row.host}:{row.port}{row.path ?? ''}</span> },
    { key: 'found', title: t('health.found'), render: (row: Probe) => say(row.note) },
    { key: 'day', title: t('probes.day'), render: (row: Probe) => shareOf(row.availability) },
    { key: 'month', title: t('probes.month'), render: (row: Probe) => shareOf(row.availabilityMonth) },
    { key: 'loss', title: t('probes.loss'), render: (row: Probe) => shareOf(row.loss) },
    ...(mayManage ? [{ key: 'acts', title: t('probes.acts'), render: (row: Probe) => <Button danger aria-label={`${t('probes.remove')} ${row.name}`} onClick={() => remove.mutate({ params: { id: row.id } }, { onSuccess: () => tell(t('probes.removed')) })}>{t('probes.remove')}</Button> }] : []),
  ];
  return (
    <section className="part" aria-labelledby="probes-title">
      <h2 id="probes-title">{t('probes.title')} {mayManage ? <Button onClick={() => setAdding(true)}>{t('probes.add')}</Button> : null}</h2>
      <ProblemNote error={read.error ?? remove.error} again={() => void read.refetch()} />
      {read.isPending ? <Waiting /> : rows.length === 0 ? <EmptyNote title={t('probes.none')}>{t('probes.noneHelp')}</EmptyNote> : <List caption={t('probes.title')} columns={columns} rows={rows} keyOf={(row) => row.id} nameOf={(row) => row.name} />}
      {adding ? <ProbeDialog onClose={() => setAdding(false)} /> : null}
    </section>
  );
};

const DeviceDialog = ({ onClose }: { onClose: () => void }) => {
  const { t } = useSpeech();
  const tell = useToast();
  const [given, set] = useState({ name: '', host: '', port: 161, user: '', authKey: '', privKey: '' });
  const add = useChange(addDevice, [listDevices]);
  const text = (key: 'name' | 'host' | 'user' | 'authKey' | 'privKey') => ({ required: true, value: given[key], onChange: (event: { target: { value: string } }) => set({ ...given, [key]: event.target.value }) });
  return (
    <Dialog title={t('devices.add')} onClose={onClose}>
      <form onSubmit={(event) => { event.preventDefault(); add.mutate({ body: { ...given, authProtocol: 'sha256', privProtocol: 'aes', everySeconds: 60, isOn: true } }, { onSuccess: () => { tell(t('probes.added')); onClose(); } }); }}>
        <Field label={t('probes.name')}><Input maxLength={200} {...text('name')} /></Field>
        <div className="form-row"><Field label={t('probes.host')}><Input maxLength={253} {...text('host')} /></Field><Field label={t('probes.port')}><InputNumber min={1} max={65535} value={given.port} onChange={(port) => set({ ...given, port: port ?? given.port })} /></Field></div>
        <Field label={t('devices.user')}><Input maxLength={32} autoComplete="off" {...text('user')} /></Field>
        <Field label={t('devices.auth')} hint={t('devices.keyHint')}><Input.Password maxLength={200} autoComplete="new-password" {...text('authKey')} /></Field>
        <Field label={t('devices.priv')} hint={t('devices.keyHint')}><Input.Password maxLength={200} autoComplete="new-password" {...text('privKey')} /></Field>
        <ProblemNote error={add.error} />
        <DialogActs><Button type="primary" htmlType="submit" loading={add.isPending}>{t('devices.add')}</Button><Button onClick={onClose}>{t('cancel')}</Button></DialogActs>
      </form>
    </Dialog>
  );
};

const Links = ({ device }: { device: Device }) => {
  const { t } = useSpeech();
  if (device.links.length === 0) return null;
  const columns = [
    { key: 'link', title: t('devices.link'), isHeader: true, render: (row: Link) => row.name },
    { key: 'state', title: t('health.state'), render: (row: Link) => <HealthTag state={row.isUp ? 'good' : 'warning'} /> },
    { key: 'speed', title: t('devices.speed'), render: (row: Link) => (row.speedMbit === null ? '—' : `${row.speedMbit} Mbit/s`) },
    { key: 'in', title: t('devices.in'), render: (row: Link) => shareOf(row.inShare) }, { key: 'out', title: t('devices.out'), render: (row: Link) => shareOf(row.outShare) },
    { key: 'errors', title: t('devices.errors'), render: (row: Link) => row.errors ?? '—' }, { key: 'loss', title: t('devices.loss'), render: (row: Link) => shareOf(row.loss) },
  ];
  return <List caption={t('devices.links', { name: device.name })} columns={columns} rows={device.links} keyOf={(row) => String(row.index)} nameOf={(row) => row.name} />;
};

const Devices = () => {
  const { t, say } = useSpeech();
  const tell = useToast();
  const mayManage = useMay()('watch');
  const read = useRead(listDevices, {}, { keep: true });
  const remove = useChange(removeDevice, [listDevices]);
  const [adding, setAdding] = useState(false);
  useAgain(read.refetch, 15_000);
  const devices = read.data?.items ?? [];
  return (
    <section className="part" aria-labelledby="devices-title">
      <h2 id="devices-title">{t('devices.title')} {mayManage ? <Button onClick={() => setAdding(true)}>{t('devices.add')}</Button> : null}</h2>
      <ProblemNote error={read.error ?? remove.error} again={() => void read.refetch()} />
      {read.isPending ? <Waiting /> : devices.length === 0 ? <EmptyNote title={t('devices.none')}>{t('devices.noneHelp')}</EmptyNote> : devices.map((device) => (
        <article key={device.id} className="card">
          <h3>{device.name} <HealthTag state={device.state} /></h3>
          <p><span className="number">{device.host}:{device.port}</span> {say(device.note)} {device.upSeconds === null ? null : <>{t('devices.up')} {t('devices.days', { days: (device.upSeconds / 86_400).toFixed(1) })}</>}</p>
          {device.description ? <p className="soft small">{device.description}</p> : null}
          <Links device={device} />
          {mayManage ? <Button danger aria-label={`${t('probes.remove')} ${device.name}`} onClick={() => remove.mutate({ params: { id: device.id } }, { onSuccess: () => tell(t('probes.removed')) })}>{t('probes.remove')}</Button> : null}
        </article>
      ))}
      {adding ? <DeviceDialog onClose={() => setAdding(false)} /> : null}
    </section>
  );
};

const Traps = () => {
  const { t } = useSpeech();
  const read = useRead(listTraps, { query: { limit: 20 } });
  const rows = read.data?.items ?? [];
  const columns = [
    { key: 'trap', title: t('traps.trap'), isHeader: true, render: (row: Trap) => <code>{row.trap}</code> },
    { key: 'from', title: t('traps.from'), render: (row: Trap) => <span className="number">{row.address}</span> },
    { key: 'values', title: t('traps.values'), render: (row: Trap) => <span className="small">{row.bindings.map((one) => `${one.oid} = ${one.value}`).join('; ')}</span> },
    { key: 'at', title: t('health.time'), className: 'when', render: (row: Trap) => momentOf(row.at) },
  ];
  return (
    <section className="part" aria-labelledby="traps-title">
      <h2 id="traps-title">{t('traps.title')}</h2>
      <ProblemNote error={read.error} again={() => void read.refetch()} />
      {rows.length === 0 ? <EmptyNote title={t('traps.none')} /> : <List caption={t('traps.title')} columns={columns} rows={rows} keyOf={(row) => row.id} nameOf={(row) => row.trap} />}
    </section>
  );
};

/** Targets that are asked, devices that are polled, and what devices say by themselves. */
export const ProbesPage = () => {
  const { t } = useSpeech();
  return <><PageHead title={t('security.probes')} lead={t('probes.lead')} /><Probes /><Devices /><Traps /></>;
};
