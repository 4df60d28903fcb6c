import { useState } from 'react';
import { Input } from 'antd';
import { searchAudit, type ResponseOf } from '@zhengwu/contracts';
import { useRead } from '../../base/calls.ts';
import { momentOf } from '../../base/format.ts';
import { useSpeech } from '../../base/language.tsx';
import { Field } from '../../parts/field.tsx';
import { List } from '../../parts/list.tsx';
import { EmptyNote, PageHead, ProblemNote, Waiting } from '../../parts/states.tsx';

type Row = ResponseOf<typeof searchAudit>['items'][number];

/** The audit administrator's search; by subject it is the timeline of a case. */
export const Trail = () => {
  const { t } = useSpeech();
  const [subject, setSubject] = useState('');
  const list = useRead(searchAudit, { query: { limit: 50, ...(subject ? { subject } : {}) } }, { keep: true });
  const rows = list.data?.items ?? [];
  const columns = [
    { key: 'event', title: t('trail.event'), isHeader: true, render: (row: Row) => <code>{row.event}</code> },
    { key: 'who', title: t('trail.who'), render: (row: Row) => row.name ?? row.kind },
    { key: 'subject', title: t('trail.subject'), render: (row: Row) => <span className="small">{row.subject}</span> },
    { key: 'at', title: t('trail.at'), className: 'when', render: (row: Row) => <span className="small">{momentOf(row.at)}</span> },
    { key: 'address', title: t('trail.address'), render: (row: Row) => <span className="small">{row.address ?? ''}</span> },
  ];
  return (
    <>
      <PageHead title={t('security.trail')} lead={t('trail.lead')} />
      <Field label={t('trail.subject')} hint={t('trail.subjectHint')}><Input.Search allowClear maxLength={200} onSearch={(value) => setSubject(value.trim())} /></Field>
      <ProblemNote error={list.error} again={() => void list.refetch()} />
      {list.isPending ? <Waiting /> : rows.length === 0 && !list.error ? <EmptyNote title={t('trail.none')} /> : <List caption={t('security.trail')} columns={columns} rows={rows} keyOf={(row) => row.id} nameOf={(row) => row.event} />}
    </>
  );
};
