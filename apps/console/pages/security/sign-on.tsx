import { useState } from 'react';
import { Button } from 'antd';
import { dropSignOn, listSignOn, rotateSignOnKey, type ResponseOf } from '@zhengwu/contracts';
import { useChange, useRead } from '../../base/calls.ts';
import { momentOf } from '../../base/format.ts';
import { useSpeech } from '../../base/language.tsx';
import { Dialog, DialogActs } from '../../parts/dialog.tsx';
import { List } from '../../parts/list.tsx';
import { EmptyNote, PageHead, ProblemNote, Waiting } from '../../parts/states.tsx';
import { useToast } from '../../parts/toast.tsx';
import { SignOnForm } from './sign-on-form.tsx';

type Row = ResponseOf<typeof listSignOn>['items'][number];

const DropQuestion = ({ row, onClose }: { row: Row; onClose: () => void }) => {
  const { t, say } = useSpeech();
  const drop = useChange(dropSignOn, [listSignOn]);
  return (
    <Dialog title={t('signOn.drop')} onClose={onClose}>
      <p>{t('signOn.dropAsk', { name: say(row.name) })}</p>
      <ProblemNote error={drop.error} />
      <DialogActs><Button type="primary" danger loading={drop.isPending} onClick={() => drop.mutate({ params: { clientId: row.clientId } }, { onSuccess: onClose })}>{t('signOn.drop')}</Button><Button onClick={onClose}>{t('cancel')}</Button></DialogActs>
    </Dialog>
  );
};

const Settings = ({ row: { settings } }: { row: Row }) => {
  const { t } = useSpeech();
  if (!settings) return <span className="soft">{t('signOn.unset')}</span>;
  return <><span className="what">{t(`signOn.method.${settings.method}`)}</span><span className="soft small what">{settings.scopes.map((scope) => t(`signOn.scope.${scope}`)).join('、')} · {t(`signOn.assurance.${settings.assurance as 1 | 2 | 3}`)}</span></>;
};

/** How other systems sign officials on through this site. */
export const SignOn = () => {
  const { t, say } = useSpeech();
  const tell = useToast();
  const read = useRead(listSignOn);
  const rotate = useChange(rotateSignOnKey);
  const [editing, setEditing] = useState<Row | null>(null);
  const [dropping, setDropping] = useState<Row | null>(null);
  const columns = [
    { key: 'name', title: t('apps.name'), isHeader: true, render: (row: Row) => <><span className="what">{say(row.name)}</span><code className="small">{row.clientId}</code>{row.active ? null : <span className="soft small what">{t('apps.closed')}</span>}</> },
    { key: 'settings', title: t('signOn.method'), render: (row: Row) => <Settings row={row} /> },
    { key: 'redirects', title: t('signOn.redirects'), render: (row: Row) => row.settings?.redirectUris.map((one) => <code key={one} className="what break small">{one}</code>) },
    { key: 'by', title: t('col.state'), render: (row: Row) => row.settings ? <span className="small">{t('signOn.by', { name: row.settings.changedBy, at: momentOf(row.settings.changedAt) })}</span> : null },
    { key: 'acts', title: t('col.acts'), render: (row: Row) => <span className="row-acts"><Button size="small" onClick={() => setEditing(row)} aria-label={`${t(row.settings ? 'signOn.changeIt' : 'signOn.setUp')} ${say(row.name)}`}>{t(row.settings ? 'signOn.changeIt' : 'signOn.setUp')}</Button>{row.settings ? <Button size="small" danger onClick={() => setDropping(row)} aria-label={`${t('signOn.drop')} ${say(row.name)}`}>{t('signOn.drop')}</Button> : null}</span> },
  ];
  return (
    <>
      <PageHead title={t('security.signOn')} lead={t('signOn.lead')}><Button loading={rotate.isPending} onClick={() => rotate.mutate({}, { onSuccess: () => tell(t('signOn.rotated')) })}>{t('signOn.rotate')}</Button></PageHead>
      <ProblemNote error={read.error ?? rotate.error} again={() => void read.refetch()} />
      {read.data ? <div className="filters">{t('signOn.issuer')} <code className="break">{read.data.issuer}</code></div> : null}
      {read.isPending ? <Waiting /> : read.data?.items.length === 0 ? <EmptyNote title={t('signOn.none')}>{t('signOn.noneHelp')}</EmptyNote> : <List caption={t('security.signOn')} columns={columns} rows={read.data?.items ?? []} keyOf={(row) => row.clientId} nameOf={(row) => say(row.name)} />}
      {editing ? <SignOnForm row={editing} onClose={() => setEditing(null)} onKept={() => { setEditing(null); tell(t('signOn.kept')); }} /> : null}
      {dropping ? <DropQuestion row={dropping} onClose={() => setDropping(null)} /> : null}
    </>
  );
};
