import { Button, Input } from 'antd';
import { useState } from 'react';
import { listAdapterConnections, listAdapters, putAdapterConnection, tryAdapterConnection, type AdapterConnection, type AdapterReach } from '@zhengwu/contracts';
import { useChange, useRead } from '../../base/calls.ts';
import { momentOf } from '../../base/format.ts';
import { useSpeech } from '../../base/language.tsx';
import { Dialog, DialogActs } from '../../parts/dialog.tsx';
import { Field } from '../../parts/field.tsx';
import { List, type Column } from '../../parts/list.tsx';
import { EmptyNote, PageHead, ProblemNote, Waiting } from '../../parts/states.tsx';

const kinds = ['postgres', 'mysql', 'http', 's3', 'sftp'] as const;
type Typed = Record<'code' | 'zh' | 'en' | 'host' | 'port' | 'database' | 'user' | 'ca' | 'address' | 'header' | 'region' | 'bucket' | 'accessKey' | 'hostKey' | 'secret', string> & { kind: (typeof kinds)[number]; pathStyle: boolean };
const empty: Typed = { kind: 'postgres', code: '', zh: '', en: '', host: '', port: '5432', database: '', user: '', ca: '', address: 'https://', header: 'authorization', region: '', bucket: '', accessKey: '', hostKey: '', secret: '', pathStyle: true };
const database = ['host', 'port', 'database', 'user'] as const;
const fields = { postgres: database, mysql: database, http: ['address', 'header'], s3: ['address', 'region', 'bucket', 'accessKey'], sftp: ['host', 'port', 'user', 'hostKey'] } as const;

const typedOf = ({ code, name, reach }: AdapterConnection): Typed => ({ ...empty, code, ...name, ...reach, port: String('port' in reach ? reach.port : ''), ca: 'ca' in reach ? (reach.ca ?? '') : '' });
const reachOf = ({ kind, host, port, database, user, ca, address, header, region, bucket, accessKey, hostKey, pathStyle }: Typed): AdapterReach => {
  if (kind === 'postgres' || kind === 'mysql') return { kind, host: host.trim(), port: Number(port), database, user, ca: ca.trim() === '' ? null : ca.trim() };
  if (kind === 'sftp') return { kind, host: host.trim(), port: Number(port), user, hostKey: hostKey.trim() };
  return kind === 'http' ? { kind, address: address.trim(), header } : { kind, address: address.trim(), region, bucket, accessKey, pathStyle };
};

const ConnectionDialog = ({ one, onClose }: { one: AdapterConnection | null; onClose: () => void }) => {
  const { t } = useSpeech();
  const [typed, setTyped] = useState<Typed>(one ? typedOf(one) : empty);
  const change = (more: Partial<Typed>): void => setTyped((now) => ({ ...now, ...more }));
  const keep = useChange(putAdapterConnection, [listAdapterConnections, listAdapters]);
  const isReady = /^[a-z][a-z0-9-]{0,62}$/.test(typed.code) && typed.zh.trim() !== '' && typed.en.trim() !== '' && fields[typed.kind].every((name) => typed[name].trim() !== '') && (!['postgres', 'mysql', 'sftp'].includes(typed.kind) || /^\d{1,5}$/.test(typed.port));
  const send = (): void => keep.mutate({ params: { code: typed.code }, body: { name: { zh: typed.zh.trim(), en: typed.en.trim() }, reach: reachOf(typed), version: one?.version ?? 0, ...(typed.secret === '' ? {} : { secret: typed.secret }) } }, { onSuccess: onClose });
  return (
    <Dialog title={one ? t('adapters.changeConnection') : t('adapters.makeConnection')} onClose={onClose}>
      <form onSubmit={(event) => { event.preventDefault(); if (isReady) send(); }}>
        {one ? null : <Field label={t('adapters.code')} hint={t('adapters.codeHint')}><Input maxLength={63} value={typed.code} onChange={(event) => change({ code: event.target.value })} /></Field>}
        <Field label={t('adapters.nameZh')}><Input maxLength={200} value={typed.zh} onChange={(event) => change({ zh: event.target.value })} /></Field>
        <Field label={t('adapters.nameEn')}><Input maxLength={200} value={typed.en} onChange={(event) => change({ en: event.target.value })} /></Field>
        {one ? null : <Field label={t('adapters.kind')}><select className="plain-select" value={typed.kind} onChange={(event) => change({ kind: event.target.value as Typed['kind'] })}>{kinds.map((kind) => <option key={kind} value={kind}>{t(`adapters.kind.${kind}`)}</option>)}</select></Field>}
        {fields[typed.kind].map((name) => <Field key={name} label={t(`adapters.reach.${name}`)}><Input maxLength={255} value={typed[name]} onChange={(event) => change({ [name]: event.target.value })} /></Field>)}
        {typed.kind === 'postgres' || typed.kind === 'mysql' ? <Field label={t('adapters.reach.ca')} hint={t('adapters.reach.caHint')}><Input.TextArea rows={3} maxLength={20_000} value={typed.ca} onChange={(event) => change({ ca: event.target.value })} /></Field> : null}
        <Field label={t('adapters.secret')} hint={t(one?.hasSecret ? 'adapters.secretKept' : 'adapters.secretHint')}><Input.Password maxLength={4000} autoComplete="new-password" value={typed.secret} onChange={(event) => change({ secret: event.target.value })} /></Field>
        <ProblemNote error={keep.error} />
        <DialogActs><Button type="primary" htmlType="submit" disabled={!isReady} loading={keep.isPending}>{t('adapters.save')}</Button><Button onClick={onClose}>{t('cancel')}</Button></DialogActs>
      </form>
    </Dialog>
  );
};

const addressOf = (reach: AdapterReach): string => ('database' in reach ? `${reach.user}@${reach.host}:${reach.port}/${reach.database}` : reach.kind === 's3' ? `${reach.address}/${reach.bucket}` : reach.kind === 'sftp' ? `${reach.user}@${reach.host}:${reach.port}` : reach.address);

const Trial = ({ code, name }: { code: string; name: string }) => {
  const { t, say } = useSpeech();
  const trial = useChange(tryAdapterConnection, []);
  return (
    <>
      <Button size="small" aria-label={t('adapters.tryOf', { name })} loading={trial.isPending} onClick={() => trial.mutate({ params: { code } })}>{t('adapters.try')}</Button>
      <span className="small" role="status">{trial.data ? (trial.data.problem ? say(trial.data.problem.text) : t('adapters.answers')) : ''}</span>
      <ProblemNote error={trial.error} />
    </>
  );
};

/** Other systems that flows call. */
export const AdapterConnections = () => {
  const { t, say } = useSpeech();
  const [asked, setAsked] = useState<AdapterConnection | 'new' | null>(null);
  const read = useRead(listAdapterConnections);
  const rows = read.data?.items ?? [];
  const columns: Column<AdapterConnection>[] = [
    { key: 'name', title: t('adapters.name'), isHeader: true, render: (row) => <>{say(row.name)}<span className="small soft what">{row.code}</span></> },
    { key: 'kind', title: t('adapters.kind'), render: (row) => t(`adapters.kind.${row.reach.kind}`) },
    { key: 'address', title: t('adapters.reach.address'), render: (row) => <span className="break">{addressOf(row.reach)}</span> },
    { key: 'by', title: t('adapters.changedBy'), className: 'when', render: (row) => <span className="small">{momentOf(row.at)} {row.by}</span> },
    { key: 'acts', title: t('adapters.acts'), render: (row) => <span className="acts"><Button size="small" aria-label={t('adapters.changeOf', { name: say(row.name) })} onClick={() => setAsked(row)}>{t('adapters.change')}</Button><Trial code={row.code} name={say(row.name)} /></span> },
  ];
  return (
    <>
      <PageHead title={t('adapters.connections')} lead={t('adapters.connectionsLead')}><Button type="primary" onClick={() => setAsked('new')}>{t('adapters.makeConnection')}</Button></PageHead>
      <ProblemNote error={read.error} again={() => void read.refetch()} />
      {read.isPending ? <Waiting /> : rows.length > 0 ? <List caption={t('adapters.connections')} columns={columns} rows={rows} keyOf={(row) => row.code} nameOf={(row) => row.code} /> : read.error ? null : <EmptyNote title={t('adapters.noConnections')}>{t('adapters.noConnectionsHint')}</EmptyNote>}
      {asked ? <ConnectionDialog one={asked === 'new' ? null : asked} onClose={() => setAsked(null)} /> : null}
    </>
  );
};
