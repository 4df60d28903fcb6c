import { useState } from 'react';
import { Button, Input } from 'antd';
import { blockDevice, DeviceKind, listDepartments, listRegisteredDevices, placeDevice, registerDevice, releaseDevice, renewEnrolment, type RegisteredDevice } from '@zhengwu/contracts';
import { useChange, useRead } from '../../base/calls.ts';
import { momentOf } from '../../base/format.ts';
import { useSpeech } from '../../base/language.tsx';
import { Dialog, DialogActs } from '../../parts/dialog.tsx';
import { Field } from '../../parts/field.tsx';
import { ProblemNote } from '../../parts/states.tsx';
import { useToast } from '../../parts/toast.tsx';

export const deviceKinds: readonly RegisteredDevice['kind'][] = DeviceKind.enum;
const rangesIn = (text: string): string[] => text.split(/[\s,，]+/).filter(Boolean);

/** What is shown once: the secret of a device. */
export interface ShownSecret {
  id: string;
  secret: string;
  until: string;
}

export const SecretDialog = ({ shown, onClose }: { shown: ShownSecret; onClose: () => void }) => {
  const { t } = useSpeech();
  return (
    <Dialog title={t('device.secretTitle')} onClose={onClose} closable={false}>
      <p>{t('device.secretText', { id: shown.id, until: momentOf(shown.until) })}</p>
      <p><code className="what">{shown.secret}</code></p>
      <DialogActs><Button type="primary" onClick={onClose}>{t('device.secretDone')}</Button></DialogActs>
    </Dialog>
  );
};

export const RegisterDialog = ({ onClose, onSecret }: { onClose: () => void; onSecret: (shown: ShownSecret) => void }) => {
  const { t, say } = useSpeech();
  const departments = useRead(listDepartments).data?.items ?? [];
  const [given, set] = useState({ id: '', kind: deviceKinds[0] ?? 'kiosk', name: '', department: '', institution: '', uscc: '', place: '', ranges: '' });
  const add = useChange(registerDevice, [listRegisteredDevices]);
  const field = (key: 'id' | 'name' | 'institution' | 'uscc' | 'place' | 'ranges', maxLength: number) => ({ required: true, maxLength, value: given[key], onChange: (event: { target: { value: string } }) => set({ ...given, [key]: event.target.value }) });
  const send = () => add.mutate({ body: { ...given, id: given.id.trim(), uscc: given.uscc.trim().toUpperCase(), department: Number(given.department), ranges: rangesIn(given.ranges) } }, {
    onSuccess: ({ device, secret, until }) => { onClose(); onSecret({ id: device.id, secret, until }); },
  });
  return (
    <Dialog title={t('device.add')} onClose={onClose} wide>
      <form onSubmit={(event) => { event.preventDefault(); send(); }}>
        <Field label={t('device.id')} hint={t('device.idHint')}><Input {...field('id', 40)} /></Field>
        <Field label={t('device.kind')}><select className="plain-select" value={given.kind} onChange={(event) => set({ ...given, kind: event.target.value as RegisteredDevice['kind'] })}>{deviceKinds.map((kind) => <option key={kind} value={kind}>{t(`device.kind.${kind}`)}</option>)}</select></Field>
        <Field label={t('device.name')}><Input {...field('name', 200)} /></Field>
        <Field label={t('device.department')}><select className="plain-select" required value={given.department} onChange={(event) => set({ ...given, department: event.target.value })}><option value="">{t('device.choose')}</option>{departments.map(({ id, name }) => <option key={id} value={id}>{say(name)}</option>)}</select></Field>
        <Field label={t('device.institution')}><Input {...field('institution', 200)} /></Field>
        <Field label={t('device.uscc')}><Input {...field('uscc', 18)} /></Field>
        <Field label={t('device.place')}><Input {...field('place', 200)} /></Field>
        <Field label={t('device.ranges')} hint={t('device.rangesHint')}><Input.TextArea rows={3} {...field('ranges', 1000)} /></Field>
        <ProblemNote error={add.error} />
        <DialogActs><Button type="primary" htmlType="submit" loading={add.isPending}>{t('device.add')}</Button><Button onClick={onClose}>{t('cancel')}</Button></DialogActs>
      </form>
    </Dialog>
  );
};

export const PlaceDialog = ({ device, onClose }: { device: RegisteredDevice; onClose: () => void }) => {
  const { t } = useSpeech();
  const tell = useToast();
  const [given, set] = useState({ place: device.place, ranges: device.ranges.join('\n') });
  const move = useChange(placeDevice, [listRegisteredDevices]);
  const send = () => move.mutate({ params: { id: device.id }, body: { place: given.place.trim(), ranges: rangesIn(given.ranges) } }, { onSuccess: () => { tell(t('device.moved')); onClose(); } });
  return (
    <Dialog title={`${t('device.move')} · ${device.id}`} onClose={onClose}>
      <form onSubmit={(event) => { event.preventDefault(); send(); }}>
        <Field label={t('device.place')}><Input required maxLength={200} value={given.place} onChange={(event) => set({ ...given, place: event.target.value })} /></Field>
        <Field label={t('device.ranges')} hint={t('device.rangesHint')}><Input.TextArea required rows={4} value={given.ranges} onChange={(event) => set({ ...given, ranges: event.target.value })} /></Field>
        <ProblemNote error={move.error} />
        <DialogActs><Button type="primary" htmlType="submit" loading={move.isPending}>{t('save')}</Button><Button onClick={onClose}>{t('cancel')}</Button></DialogActs>
      </form>
    </Dialog>
  );
};

/** Blocks, or releases what is blocked; both with a reason. */
export const BlockDialog = ({ device, onClose }: { device: RegisteredDevice; onClose: () => void }) => {
  const { t } = useSpeech();
  const tell = useToast();
  const [reason, setReason] = useState('');
  const isBlocked = device.state === 'blocked';
  const change = useChange(isBlocked ? releaseDevice : blockDevice, [listRegisteredDevices]);
  const act = isBlocked ? 'device.release' : 'device.block';
  const send = () => change.mutate({ params: { id: device.id }, body: { reason: reason.trim() } }, { onSuccess: () => { tell(t(isBlocked ? 'device.released' : 'device.blocked')); onClose(); } });
  return (
    <Dialog title={`${t(act)} · ${device.id}`} onClose={onClose}>
      <form onSubmit={(event) => { event.preventDefault(); send(); }}>
        <Field label={t('reason')}><Input required maxLength={200} value={reason} onChange={(event) => setReason(event.target.value)} /></Field>
        <ProblemNote error={change.error} />
        <DialogActs><Button type="primary" danger={!isBlocked} htmlType="submit" disabled={!reason.trim()} loading={change.isPending}>{t(act)}</Button><Button onClick={onClose}>{t('cancel')}</Button></DialogActs>
      </form>
    </Dialog>
  );
};

export const NewSecretDialog = ({ device, onClose, onSecret }: { device: RegisteredDevice; onClose: () => void; onSecret: (shown: ShownSecret) => void }) => {
  const { t } = useSpeech();
  const give = useChange(renewEnrolment, [listRegisteredDevices]);
  const send = () => give.mutate({ params: { id: device.id }, body: {} }, { onSuccess: ({ secret, until }) => { onClose(); onSecret({ id: device.id, secret, until }); } });
  return (
    <Dialog title={`${t('device.secret')} · ${device.id}`} onClose={onClose}>
      <p>{t('device.secretAsk', { id: device.id })}</p>
      <ProblemNote error={give.error} />
      <DialogActs><Button type="primary" loading={give.isPending} onClick={send}>{t('device.secretGive')}</Button><Button onClick={onClose}>{t('cancel')}</Button></DialogActs>
    </Dialog>
  );
};
