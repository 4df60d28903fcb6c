import { useState } from 'react';
import { Button, Input } from 'antd';
import { listRoles, putRole, type ResponseOf } from '@zhengwu/contracts';
import { problemOf } from '../../base/api.ts';
import { useChange, useRead } from '../../base/calls.ts';
import { useSpeech } from '../../base/language.tsx';
import { DialogActs } from '../../parts/dialog.tsx';
import { Field } from '../../parts/field.tsx';
import { PageHead, ProblemNote, Waiting } from '../../parts/states.tsx';
import { useToast } from '../../parts/toast.tsx';
import { OnDay } from '../../parts/on-day.tsx';

type Read = ResponseOf<typeof listRoles>;
type Role = Read['items'][number];
type Grants = Record<string, Role['grants'][number]['scope']>;
const scopes = ['own', 'department', 'region-subtree', 'line-subtree', 'subtree', 'all'] as const;

const grantsOf = (role: Role): Grants => Object.fromEntries(role.grants.map((one) => [one.permission, one.scope]));

const Editor = ({ role, permissions, onClose }: { role: Role; permissions: Read['permissions']; onClose: () => void }) => {
  const { t, say } = useSpeech();
  const tell = useToast();
  const [grants, setGrants] = useState<Grants>(() => grantsOf(role));
  const [reason, setReason] = useState('');
  const put = useChange(putRole, [listRoles]);
  const was = grantsOf(role);
  const changed = permissions.filter(({ permission }) => grants[permission] !== was[permission]);
  const set = (permission: string, scope: string) => setGrants(({ [permission]: _old, ...rest }) => (scope ? { ...rest, [permission]: scope as Grants[string] } : rest));
  return (
    <section className="card" aria-labelledby="role-title">
      <h2 id="role-title">{t('roles.edit', { name: say(role.name) })}</h2>
      <form onSubmit={(event) => { event.preventDefault(); if (reason.trim()) put.mutate({ params: { code: role.code }, body: { version: role.version, name: role.name, grants: Object.entries(grants).map(([permission, scope]) => ({ permission, scope })), reason: reason.trim() } }, { onSuccess: ({ proposal }) => { tell(t(proposal ? 'duty.waits' : 'roles.saved')); onClose(); } }); }}>
        <div className="role-grid">{permissions.map(({ permission, operations }) => (
          <label key={permission} className={grants[permission] !== was[permission] ? 'role-line changed' : 'role-line'}>
            <span><code>{permission}</code><span className="soft small what">{operations.join(' ')}</span></span>
            <select value={grants[permission] ?? ''} onChange={(event) => set(permission, event.target.value)}><option value="">{t('scope.none')}</option>{scopes.map((scope) => <option key={scope} value={scope}>{t(`scope.${scope}`)}</option>)}</select>
          </label>
        ))}</div>
        <p>{t('roles.changed', { count: changed.length, holders: role.holders })}</p>
        <Field label={t('reason')}><Input maxLength={200} value={reason} onChange={(event) => setReason(event.target.value)} /></Field>
        <ProblemNote error={put.error}>{put.error && problemOf(put.error).status === 409 ? <p>{t('act.kept')}</p> : null}</ProblemNote>
        <DialogActs><Button type="primary" htmlType="submit" disabled={!reason.trim() || changed.length === 0} loading={put.isPending}>{t('save')}</Button><Button onClick={onClose}>{t('cancel')}</Button></DialogActs>
      </form>
    </section>
  );
};

/** Who may do what, how far: permissions down, roles across. */
export const Roles = () => {
  const { t, say } = useSpeech();
  const [on, setOn] = useState<string | undefined>();
  const read = useRead(listRoles, { query: { on } }, { keep: true });
  const [editing, setEditing] = useState<string | null>(null);
  const role = read.data?.items.find((one) => one.code === editing);
  return (
    <>
      <PageHead title={t('admin.roles')} lead={t(on ? 'past.lead' : 'roles.lead')} ><OnDay value={on} onChange={setOn} /></PageHead>
      <ProblemNote error={read.error} again={() => void read.refetch()} />
      {read.isPending ? <Waiting /> : read.data ? <>
        {role && !on ? <Editor key={`${role.code} ${role.version}`} role={role} permissions={read.data.permissions} onClose={() => setEditing(null)} /> : null}
        <div className="list-place matrix-place" tabIndex={0} role="region" aria-label={t('roles.matrix')}><table className="matrix"><caption className="read-out">{t('roles.matrix')}</caption>
          <thead><tr><th scope="col">{t('roles.permission')}</th>{read.data.items.map((one) => <th key={one.code} scope="col"><button type="button" className="sort" disabled={on !== undefined} onClick={() => { setEditing(one.code); window.scrollTo(0, 0); }} aria-label={t('roles.edit', { name: say(one.name) })}>{say(one.name)}</button><span className="soft small what">{t('roles.holders', { count: one.holders })}</span></th>)}</tr></thead>
          <tbody>{read.data.permissions.map(({ permission }) => (
            <tr key={permission}><th scope="row"><code>{permission}</code></th>{read.data.items.map((one) => { const scope = grantsOf(one)[permission]; return <td key={one.code} className={scope ? 'granted' : undefined}>{scope ? t(`scope.${scope}`) : <span className="soft" aria-label={t('scope.none')}>·</span>}</td>; })}</tr>
          ))}</tbody>
        </table></div>
      </> : null}
    </>
  );
};
