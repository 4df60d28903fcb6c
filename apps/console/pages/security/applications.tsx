import { useState } from 'react';
import { Button, Checkbox, Input, Select } from 'antd';
import { listApplications, listDepartments, putApplication, renewSecret, type ResponseOf } from '@zhengwu/contracts';
import { useChange, useRead } from '../../base/calls.ts';
import { momentOf } from '../../base/format.ts';
import { useSpeech } from '../../base/language.tsx';
import { Dialog, DialogActs, inPlace } from '../../parts/dialog.tsx';
import { Field } from '../../parts/field.tsx';
import { List } from '../../parts/list.tsx';
import { EmptyNote, PageHead, ProblemNote, Waiting } from '../../parts/states.tsx';

type Read = ResponseOf<typeof listApplications>;
type Application = Read['items'][number];
const SCOPES = ['department', 'region-subtree', 'line-subtree', 'subtree', 'all'] as const;

const ApplicationForm = ({ application, permissions, onClose }: { application: Application | null; permissions: string[]; onClose: () => void }) => {
  const { t, say } = useSpeech();
  const departments = useRead(listDepartments).data?.items ?? [];
  const [given, setGiven] = useState({ clientId: application?.clientId ?? '', zh: application?.name.zh ?? '', en: application?.name.en ?? '', reason: '' });
  const [rights, setRights] = useState({ department: application?.department, permissions: application?.permissions ?? [], scope: application?.scope ?? 'department', active: application?.active ?? true, endsOn: application?.endsOn ?? '' });
  const put = useChange(putApplication, [listApplications]);
  const field = (key: keyof typeof given) => ({ value: given[key], onChange: (event: { target: { value: string } }) => setGiven({ ...given, [key]: event.target.value }) });
  const isWhole = rights.department !== undefined && Object.values(given).every((one) => one.trim() !== '');
  const send = () => put.mutate({ params: { clientId: given.clientId }, body: { ...rights, version: application?.version ?? 0, name: { zh: given.zh, en: given.en }, department: rights.department as number, endsOn: rights.endsOn || null, reason: given.reason } }, { onSuccess: onClose });
  return (
    <Dialog title={t(application ? 'apps.change' : 'apps.add')} onClose={onClose}>
      <form onSubmit={(event) => { event.preventDefault(); send(); }}>
        <Field label={t('apps.clientId')}><Input {...field('clientId')} disabled={application !== null} maxLength={64} /></Field>
        <Field label={t('duty.nameZh')}><Input {...field('zh')} maxLength={200} /></Field>
        <Field label={t('duty.nameEn')}><Input {...field('en')} maxLength={200} /></Field>
        <Field label={t('apps.owner')}><Select getPopupContainer={inPlace} showSearch={{ optionFilterProp: 'label' }} value={rights.department} onChange={(department) => setRights({ ...rights, department })} options={departments.map((one) => ({ value: one.id, label: say(one.name) }))} className="wide-field" /></Field>
        <Field label={t('roles.permission')}><Select getPopupContainer={inPlace} mode="multiple" value={rights.permissions} onChange={(chosen) => setRights({ ...rights, permissions: chosen })} options={permissions.map((one) => ({ value: one, label: one }))} className="wide-field" /></Field>
        <Field label={t('apps.scope')}><Select getPopupContainer={inPlace} value={rights.scope} onChange={(scope) => setRights({ ...rights, scope })} options={SCOPES.map((one) => ({ value: one, label: t(`scope.${one}`) }))} className="wide-field" /></Field>
        <Field label={t('apps.until')}><Input type="date" value={rights.endsOn} onChange={(event) => setRights({ ...rights, endsOn: event.target.value })} /></Field>
        <p><Checkbox checked={rights.active} onChange={(event) => setRights({ ...rights, active: event.target.checked })}>{t('apps.active')}</Checkbox></p>
        <Field label={t('reason')}><Input {...field('reason')} maxLength={200} /></Field>
        <ProblemNote error={put.error} />
        <DialogActs><Button type="primary" htmlType="submit" disabled={!isWhole} loading={put.isPending}>{t('save')}</Button><Button onClick={onClose}>{t('cancel')}</Button></DialogActs>
      </form>
    </Dialog>
  );
};

/** Other systems of the city that use this site in their own name. */
export const Applications = () => {
  const { t, say } = useSpeech();
  const read = useRead(listApplications);
  const departments = useRead(listDepartments).data?.items ?? [];
  const [editing, setEditing] = useState<Application | 'new' | null>(null);
  const renew = useChange(renewSecret, [listApplications]);
  const columns = [
    { key: 'name', title: t('apps.name'), isHeader: true, render: (row: Application) => <><span className="what">{say(row.name)}</span><code className="small">{row.clientId}</code></> },
    { key: 'owner', title: t('apps.owner'), render: (row: Application) => say(departments.find((one) => one.id === row.department)?.name) },
    { key: 'rights', title: t('roles.permission'), render: (row: Application) => <>{row.permissions.map((one) => <code key={one} className="what">{one}</code>)}<span className="soft small">{t(`scope.${row.scope}`)}</span></> },
    { key: 'state', title: t('col.state'), render: (row: Application) => <>{t(row.active ? 'apps.active' : 'apps.closed')}{row.endsOn ? <span className="soft small what">{t('apps.until')} {row.endsOn}</span> : null}<span className="soft small what">{row.usedAt ? momentOf(row.usedAt) : t('apps.unused')}</span></> },
    { key: 'acts', title: t('col.acts'), render: (row: Application) => <span className="row-acts"><Button size="small" onClick={() => setEditing(row)} aria-label={`${t('people.change')} ${say(row.name)}`}>{t('people.change')}</Button><Button size="small" onClick={() => renew.mutate({ params: { clientId: row.clientId } })} aria-label={`${t('apps.secret')} ${say(row.name)}`}>{t('apps.secret')}</Button></span> },
  ];
  return (
    <>
      <PageHead title={t('security.applications')} lead={t('apps.lead')}><Button type="primary" onClick={() => setEditing('new')}>{t('apps.add')}</Button></PageHead>
      <ProblemNote error={read.error ?? renew.error} again={() => void read.refetch()} />
      {renew.data ? <div className="note good" role="status"><p>{t('apps.once')} <code className="break">{renew.data.secret}</code></p></div> : null}
      {read.isPending ? <Waiting /> : read.data?.items.length === 0 ? <EmptyNote title={t('apps.none')} /> : <List caption={t('security.applications')} columns={columns} rows={read.data?.items ?? []} keyOf={(row) => row.id} nameOf={(row) => say(row.name)} />}
      {editing ? <ApplicationForm application={editing === 'new' ? null : editing} permissions={read.data?.permissions ?? []} onClose={() => setEditing(null)} /> : null}
    </>
  );
};
