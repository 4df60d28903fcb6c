import { useState } from 'react';
import { Button } from 'antd';
import { DeviceState, listRegisteredDevices, type RegisteredDevice } from '@zhengwu/contracts';
import { useRead } from '../../base/calls.ts';
import { momentOf } from '../../base/format.ts';
import { useSpeech } from '../../base/language.tsx';
import { Field } from '../../parts/field.tsx';
import { List } from '../../parts/list.tsx';
import { EmptyNote, PageHead, ProblemNote, Waiting } from '../../parts/states.tsx';
import { BlockDialog, deviceKinds, NewSecretDialog, PlaceDialog, RegisterDialog, SecretDialog, type ShownSecret } from './device-dialogs.tsx';

const PAGE = 50;
const tones = { registered: 'wait', active: 'good', blocked: 'off' } as const;
type Asking = { act: 'place' | 'block' | 'secret'; device: RegisteredDevice };

const Seen = ({ device: { lastSeen, lastAddress, health, note } }: { device: RegisteredDevice }) => {
  const { t } = useSpeech();
  if (!lastSeen) return <span className="soft">{t('device.never')}</span>;
  return <>{health ? t(`device.health.${health}`) : ''}{note ? ` · ${note}` : ''}<br /><span className="soft small">{momentOf(lastSeen)} {lastAddress ? t('device.from', { address: lastAddress }) : ''}</span></>;
};

const useColumns = (ask: (asking: Asking) => void) => {
  const { t } = useSpeech();
  return [
    { key: 'id', title: t('device.name'), isHeader: true, render: (row: RegisteredDevice) => <><span className="what">{row.name}</span><code className="small">{row.id}</code></> },
    { key: 'kind', title: t('device.kind'), render: (row: RegisteredDevice) => t(`device.kind.${row.kind}`) },
    { key: 'state', title: t('device.state'), render: (row: RegisteredDevice) => <><span className={`tag state-${tones[row.state]}`}>{t(`device.state.${row.state}`)}</span>{row.blockedFor ? <span className="soft small"> {t('device.because', { reason: row.blockedFor })}</span> : null}</> },
    { key: 'place', title: t('device.place'), render: (row: RegisteredDevice) => <>{row.place}<br /><span className="soft small number">{row.ranges.join(' ')}</span></> },
    { key: 'seen', title: t('device.seen'), render: (row: RegisteredDevice) => <Seen device={row} /> },
    { key: 'acts', title: t('device.acts'), render: (device: RegisteredDevice) => <span className="row-acts">
      <Button aria-label={`${t('device.move')} ${device.id}`} onClick={() => ask({ act: 'place', device })}>{t('device.move')}</Button>
      {device.state === 'blocked' ? null : <Button aria-label={`${t('device.secret')} ${device.id}`} onClick={() => ask({ act: 'secret', device })}>{t('device.secret')}</Button>}
      <Button danger={device.state !== 'blocked'} aria-label={`${t(device.state === 'blocked' ? 'device.release' : 'device.block')} ${device.id}`} onClick={() => ask({ act: 'block', device })}>{t(device.state === 'blocked' ? 'device.release' : 'device.block')}</Button>
    </span> },
  ];
};

/** The register of devices: where each belongs, whether it may come in, when it last did. */
export const Devices = () => {
  const { t } = useSpeech();
  const [kind, setKind] = useState('');
  const [state, setState] = useState('');
  const [trail, setTrail] = useState<string[]>([]);
  const [asking, ask] = useState<Asking | null>(null);
  const [isAdding, setAdding] = useState(false);
  const [shown, show] = useState<ShownSecret | null>(null);
  const after = trail.at(-1);
  const read = useRead(listRegisteredDevices, { query: { limit: PAGE, ...(after ? { after } : {}), ...(kind ? { kind: kind as RegisteredDevice['kind'] } : {}), ...(state ? { state: state as RegisteredDevice['state'] } : {}) } }, { keep: true });
  const columns = useColumns(ask);
  const choose = (change: (value: string) => void) => (event: { target: { value: string } }) => { change(event.target.value); setTrail([]); };
  const close = () => ask(null);
  const next = read.data?.next;
  return (
    <>
      <PageHead title={t('security.devices')} lead={t('device.lead')}><Button type="primary" onClick={() => setAdding(true)}>{t('device.add')}</Button></PageHead>
      <div className="form-row">
        <Field label={t('device.kind')}><select className="plain-select" value={kind} onChange={choose(setKind)}><option value="">{t('device.all')}</option>{deviceKinds.map((one) => <option key={one} value={one}>{t(`device.kind.${one}`)}</option>)}</select></Field>
        <Field label={t('device.state')}><select className="plain-select" value={state} onChange={choose(setState)}><option value="">{t('device.all')}</option>{DeviceState.enum.map((one) => <option key={one} value={one}>{t(`device.state.${one}`)}</option>)}</select></Field>
      </div>
      <ProblemNote error={read.error} again={() => void read.refetch()} />
      {read.isPending ? <Waiting /> : read.data && read.data.items.length > 0
        ? <List caption={t('security.devices')} columns={columns} rows={read.data.items} keyOf={(row) => row.id} nameOf={(row) => `${row.name} ${row.id}`} />
        : read.data ? <EmptyNote title={t('device.none')}>{t('device.noneHelp')}</EmptyNote> : null}
      {next ? <p><Button onClick={() => setTrail([...trail, next])}>{t('device.more')}</Button></p> : null}
      {isAdding ? <RegisterDialog onClose={() => setAdding(false)} onSecret={show} /> : null}
      {asking?.act === 'place' ? <PlaceDialog device={asking.device} onClose={close} /> : null}
      {asking?.act === 'block' ? <BlockDialog device={asking.device} onClose={close} /> : null}
      {asking?.act === 'secret' ? <NewSecretDialog device={asking.device} onClose={close} onSecret={show} /> : null}
      {shown ? <SecretDialog shown={shown} onClose={() => show(null)} /> : null}
    </>
  );
};
