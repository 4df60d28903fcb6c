import { useState } from 'react';
import { Button, Input, Switch } from 'antd';
import { adminServices, publishService, type ResponseOf } from '@zhengwu/contracts';
import { useChange, useRead } from '../../base/calls.ts';
import { momentOf } from '../../base/format.ts';
import { useSpeech } from '../../base/language.tsx';
import { Dialog, DialogActs } from '../../parts/dialog.tsx';
import { Field } from '../../parts/field.tsx';
import { List } from '../../parts/list.tsx';
import { EmptyNote, PageHead, ProblemNote, Waiting } from '../../parts/states.tsx';

type Listing = ResponseOf<typeof adminServices>;
type Row = Listing['services'][number];

const PublishDialog = ({ row, onClose }: { row: Row; onClose: () => void }) => {
  const { t, say } = useSpeech();
  const [reason, setReason] = useState('');
  const publish = useChange(publishService, [adminServices]);
  const word = row.published ? 'services.withdraw' : 'services.publish';
  return (
    <Dialog title={`${t(word)} · ${say(row.name)}`} onClose={onClose}>
      <p>{t(row.published ? 'services.withdrawHint' : 'services.publishHint', { count: row.openCases })}</p>
      <form onSubmit={(event) => { event.preventDefault(); if (reason.trim()) publish.mutate({ params: { code: row.code }, body: { published: !row.published, reason: reason.trim() } }, { onSuccess: onClose }); }}>
        <Field label={t('reason')}><Input.TextArea rows={2} maxLength={500} value={reason} onChange={(event) => setReason(event.target.value)} /></Field>
        <ProblemNote error={publish.error} />
        <DialogActs><Button type="primary" danger={row.published} htmlType="submit" disabled={!reason.trim()} loading={publish.isPending}>{t(word)}</Button><Button onClick={onClose}>{t('cancel')}</Button></DialogActs>
      </form>
    </Dialog>
  );
};

const Pack = ({ pack }: { pack: Listing['packs'][number] }) => {
  const { t, say } = useSpeech();
  return (
    <li className="card pack">
      <p><strong>{say(pack.name)}</strong> <code>{pack.code} {pack.version}</code> <span className={`tag state-${pack.accepted ? 'good' : 'off'}`}>{t(pack.accepted ? 'packs.accepted' : 'packs.refused')}</span></p>
      <p className="soft small number">{pack.hash.slice(0, 12)} · {momentOf(pack.loadedAt)}</p>
      {pack.findings.length > 0 ? <details open={!pack.accepted}><summary>{t('packs.findings', { count: pack.findings.length })}</summary><ul>{pack.findings.map((one, index) => <li key={index}><code className="break">{one.file} {one.path}</code> <span className="soft">[{one.rule}]</span><br />{say(one.message)} <strong>{say(one.remedy)}</strong></li>)}</ul></details> : null}
    </li>
  );
};

export const Services = () => {
  const { t, say } = useSpeech();
  const read = useRead(adminServices);
  const [asking, setAsking] = useState<Row | null>(null);
  const columns = [
    { key: 'name', title: t('col.service'), isHeader: true, render: (row: Row) => <><span className="what">{say(row.name)}</span><code className="small">{row.code}</code></> },
    { key: 'pack', title: t('services.pack'), render: (row: Row) => `${row.pack} ${row.version}` },
    { key: 'open', title: t('fig.open'), render: (row: Row) => row.openCases },
    { key: 'published', title: t('services.published'), render: (row: Row) => <span className="switch-line"><Switch checked={row.published} onChange={() => setAsking(row)} aria-label={t('services.toggle', { name: say(row.name) })} /><span>{t(row.published ? 'services.isPublished' : 'services.isWithdrawn')}</span></span> },
  ];
  return (
    <>
      <PageHead title={t('admin.services')} lead={t('services.lead')} />
      <ProblemNote error={read.error} again={() => void read.refetch()} />
      {read.isPending ? <Waiting /> : read.data ? <>
        {read.data.services.length === 0 ? <EmptyNote title={t('services.none')} /> : <List caption={t('admin.services')} columns={columns} rows={read.data.services} keyOf={(row) => row.code} nameOf={(row) => say(row.name)} />}
        <h2>{t('packs.title')}</h2>
        <ul className="plain-list">{read.data.packs.map((pack) => <Pack key={pack.hash} pack={pack} />)}</ul>
      </> : null}
      {asking ? <PublishDialog row={asking} onClose={() => setAsking(null)} /> : null}
    </>
  );
};
