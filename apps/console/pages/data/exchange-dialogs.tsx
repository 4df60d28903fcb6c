import { Checkbox, Input } from 'antd';
import { useState } from 'react';
import { listExchangeGroups, listExchangeServices, listExchangeSubsystems, putExchangeGroup, putExchangeService, putExchangeSubsystem, type ExchangeGroup, type ExchangeService, type ExchangeSubsystem } from '@zhengwu/contracts';
import { useChange, useRead } from '../../base/calls.ts';
import { useSpeech } from '../../base/language.tsx';
import { Field } from '../../parts/field.tsx';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { linesOf, pemsOf } from './exchange-reading.ts';

/** A subsystem that is served here. */
export const OwnSubsystem = ({ value, set, isFixed }: { value: string; set: (id: string) => void; isFixed: boolean }) => {
  const { t } = useSpeech();
  const rows = useRead(listExchangeSubsystems).data?.items ?? [];
  return (
    <Field label={t('exchange.subsystem')}>
      <select className="plain-select" required disabled={isFixed} value={value} onChange={(event) => set(event.target.value)}><option value="">—</option>{rows.map(({ id, name }) => <option key={id} value={id}>{name} · {id}</option>)}</select>
    </Field>
  );
};

const readObject = (text: string): Record<string, unknown> | null | undefined => {
  if (text.trim() === '') return null;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
};

/** Registers a service, or changes one; what is left empty of document and certificate stays as it is. */
export const ServiceDialog = ({ service, onClose }: { service: ExchangeService | null; onClose: () => void }) => {
  const { t } = useSpeech();
  const [given, set] = useState({ subsystem: service?.subsystem ?? '', code: service?.code ?? '', name: service?.name ?? '', address: service?.address ?? '', timeout: String(service?.timeoutSeconds ?? 60), isOn: service?.isOn ?? true, openapi: '', ca: '' });
  const put = useChange(putExchangeService, [listExchangeServices]);
  const openapi = readObject(given.openapi);
  const typed = (key: 'code' | 'name' | 'address' | 'timeout' | 'openapi' | 'ca') => ({ value: given[key], onChange: (event: { target: { value: string } }) => set({ ...given, [key]: event.target.value }) });
  const isReady = given.subsystem !== '' && /^[A-Za-z0-9._-]{1,100}$/.test(given.code) && given.name.trim() !== '' && given.address.length >= 8 && /^[1-9]\d{0,2}$/.test(given.timeout) && Number(given.timeout) <= 600 && openapi !== undefined;
  const send = () => put.mutate({ body: {
    subsystem: given.subsystem, code: given.code, name: given.name.trim(), address: given.address.trim(), timeoutSeconds: Number(given.timeout), isOn: given.isOn, ...(openapi ? { openapi } : {}), ...(given.ca.trim() ? { ca: given.ca.trim() } : {}),
  } }, { onSuccess: onClose });
  return (
    <FormDialog title={t(service ? 'exchange.changeService' : 'exchange.addService')} act={t('save')} onClose={onClose} onSend={send} isReady={isReady} change={put}>
      <OwnSubsystem value={given.subsystem} set={(subsystem) => set({ ...given, subsystem })} isFixed={service !== null} />
      <Field label={t('exchange.code')} hint={t('exchange.codeHint')}><Input required maxLength={100} disabled={service !== null} {...typed('code')} /></Field>
      <Field label={t('exchange.name')}><Input required maxLength={200} {...typed('name')} /></Field>
      <Field label={t('exchange.serviceAddress')} hint={t('exchange.serviceAddressHint')}><Input required maxLength={500} inputMode="url" {...typed('address')} /></Field>
      <Field label={t('exchange.timeout')}><Input required inputMode="numeric" maxLength={3} {...typed('timeout')} /></Field>
      <Field label={t('exchange.openapi')} hint={t('exchange.openapiHint')} error={openapi === undefined ? t('exchange.openapiBad') : undefined}><Input.TextArea rows={5} {...typed('openapi')} /></Field>
      <Field label={t('exchange.ca')}><Input.TextArea rows={3} {...typed('ca')} /></Field>
      <p><Checkbox checked={given.isOn} onChange={(event) => set({ ...given, isOn: event.target.checked })}>{t('exchange.isOn')}</Checkbox></p>
    </FormDialog>
  );
};

/** Registers a subsystem, or changes how its information systems come in. */
export const SubsystemDialog = ({ subsystem, onClose }: { subsystem: ExchangeSubsystem | null; onClose: () => void }) => {
  const { t } = useSpeech();
  const [given, set] = useState({ id: subsystem?.id ?? '', name: subsystem?.name ?? '', connection: subsystem?.connection ?? 'tls' as const, addresses: subsystem?.addresses.join('\n') ?? '', certificates: subsystem?.certificates.join('\n') ?? '' });
  const put = useChange(putExchangeSubsystem, [listExchangeSubsystems, listExchangeServices]);
  const typed = (key: 'id' | 'name' | 'addresses' | 'certificates') => ({ value: given[key], onChange: (event: { target: { value: string } }) => set({ ...given, [key]: event.target.value }) });
  const send = () => put.mutate({ body: { id: given.id.trim(), name: given.name.trim(), connection: given.connection, addresses: linesOf(given.addresses), certificates: pemsOf(given.certificates) } }, { onSuccess: onClose });
  return (
    <FormDialog title={subsystem ? t('exchange.changeOf', { name: subsystem.name }) : t('exchange.addSubsystem')} act={t('save')} onClose={onClose} onSend={send} isReady={given.id.trim().length >= 7 && given.name.trim() !== ''} change={put}>
      <Field label={t('exchange.subsystemId')} hint={t('exchange.subsystemIdHint')}><Input required maxLength={300} disabled={subsystem !== null} {...typed('id')} /></Field>
      <Field label={t('exchange.name')}><Input required maxLength={200} {...typed('name')} /></Field>
      <Field label={t('exchange.connection')}><select className="plain-select" value={given.connection} onChange={(event) => set({ ...given, connection: event.target.value as ExchangeSubsystem['connection'] })}>{(['tls', 'plain'] as const).map((one) => <option key={one} value={one}>{t(`exchange.connection.${one}`)}</option>)}</select></Field>
      {given.connection === 'plain' ? <Field label={t('exchange.addresses')} hint={t('exchange.addressesHint')}><Input.TextArea rows={3} {...typed('addresses')} /></Field>
        : <Field label={t('exchange.certificates')} hint={t('exchange.certificatesHint')}><Input.TextArea rows={5} {...typed('certificates')} /></Field>}
    </FormDialog>
  );
};

/** Makes a local group, or changes who is in it. */
export const GroupDialog = ({ group, onClose }: { group: ExchangeGroup | null; onClose: () => void }) => {
  const { t } = useSpeech();
  const [given, set] = useState({ provider: group?.provider ?? '', code: group?.code ?? '', name: group?.name ?? '', members: group?.members.join('\n') ?? '' });
  const put = useChange(putExchangeGroup, [listExchangeGroups]);
  const typed = (key: 'code' | 'name' | 'members') => ({ value: given[key], onChange: (event: { target: { value: string } }) => set({ ...given, [key]: event.target.value }) });
  return (
    <FormDialog title={group ? t('exchange.changeOf', { name: group.name }) : t('exchange.addGroup')} act={t('save')} onClose={onClose} isReady={given.provider !== '' && /^[A-Za-z0-9._-]{1,100}$/.test(given.code) && given.name.trim() !== ''} change={put}
      onSend={() => put.mutate({ body: { provider: given.provider, code: given.code, name: given.name.trim(), members: linesOf(given.members) } }, { onSuccess: onClose })}>
      <OwnSubsystem value={given.provider} set={(provider) => set({ ...given, provider })} isFixed={group !== null} />
      <Field label={t('exchange.groupCode')} hint={t('exchange.codeHint')}><Input required maxLength={100} disabled={group !== null} {...typed('code')} /></Field>
      <Field label={t('exchange.name')}><Input required maxLength={200} {...typed('name')} /></Field>
      <Field label={t('exchange.groupMembers')} hint={t('exchange.groupMembersHint')}><Input.TextArea rows={5} {...typed('members')} /></Field>
    </FormDialog>
  );
};
