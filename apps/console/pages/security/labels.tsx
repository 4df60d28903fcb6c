import { useState } from 'react';
import { Button, Input } from 'antd';
import { decideLabel, labelRequests, type LabelChange, type LabelKind } from '@zhengwu/contracts';
import { useChange, useRead } from '../../base/calls.ts';
import { momentOf } from '../../base/format.ts';
import { useSpeech } from '../../base/language.tsx';
import { Dialog, DialogActs } from '../../parts/dialog.tsx';
import { Field } from '../../parts/field.tsx';
import { List, type Column } from '../../parts/list.tsx';
import { EmptyNote, PageHead, ProblemNote, Waiting } from '../../parts/states.tsx';

const DecideDialog = ({ row, onClose }: { row: LabelChange; onClose: () => void }) => {
  const { t } = useSpeech();
  const [opinion, setOpinion] = useState('');
  const decide = useChange(decideLabel, [labelRequests]);
  const send = (agrees: boolean) => opinion.trim() && decide.mutate({ params: { id: row.id }, body: { agrees, opinion: opinion.trim() } }, { onSuccess: onClose });
  return (
    <Dialog title={t('label.changeOf', { what: t(`labels.kind.${row.kind as LabelKind}`) })} onClose={onClose}>
      <p className="as-written">{row.object}</p>
      <p><strong>{t(`label.${row.was}`)} → {t(`label.${row.level}`)}</strong> · {row.by}</p>
      <blockquote>{row.reason}</blockquote>
      <Field label={t('labels.opinion')}><Input.TextArea rows={3} maxLength={4000} value={opinion} onChange={(event) => setOpinion(event.target.value)} /></Field>
      <ProblemNote error={decide.error} />
      <DialogActs>
        <Button type="primary" disabled={!opinion.trim()} loading={decide.isPending} onClick={() => send(true)}>{t('labels.agree')}</Button>
        <Button disabled={!opinion.trim()} loading={decide.isPending} onClick={() => send(false)}>{t('labels.keep')}</Button>
      </DialogActs>
    </Dialog>
  );
};

/** Lowerings that wait for somebody other than their asker, and those decided lately. */
export const LabelsPage = () => {
  const { t } = useSpeech();
  const [chosen, choose] = useState<LabelChange | null>(null);
  const list = useRead(labelRequests);
  const rows = list.data?.items ?? [];
  const columns: Column<LabelChange>[] = [
    { key: 'object', title: t('labels.object'), isHeader: true, render: (row) => <>{t(`labels.kind.${row.kind as LabelKind}`)}<span className="small soft what">{row.object}</span></> },
    { key: 'change', title: t('labels.change'), render: (row) => `${t(`label.${row.was}`)} → ${t(`label.${row.level}`)}` },
    { key: 'by', title: t('labels.by'), render: (row) => <>{row.by}<span className="small soft what">{momentOf(row.at)}</span></> },
    { key: 'reason', title: t('label.reason'), render: (row) => row.reason },
    { key: 'decision', title: t('labels.decision'), render: (row) => row.state === 'asked' ? <Button size="small" onClick={() => choose(row)} aria-label={`${t('labels.decide')} ${row.object}`}>{t('labels.decide')}</Button> : <>{t(`label.state.${row.state}`)}<span className="small soft what">{row.decidedBy} {row.opinion}</span></> },
  ];
  return (
    <>
      <PageHead title={t('security.labels')} lead={t('labels.lead')} />
      <ProblemNote error={list.error} again={() => void list.refetch()} />
      {list.isPending ? <Waiting /> : rows.length === 0 && !list.error ? <EmptyNote title={t('labels.none')}>{t('labels.noneHint')}</EmptyNote> : <List caption={t('security.labels')} columns={columns} rows={rows} keyOf={(row) => row.id} nameOf={(row) => row.object} />}
      {chosen ? <DecideDialog row={chosen} onClose={() => choose(null)} /> : null}
    </>
  );
};
