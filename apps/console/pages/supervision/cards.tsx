import { useState } from 'react';
import { Button, Input, Select } from 'antd';
import { Link, useSearchParams } from 'react-router';
import { answerCard, cardStatuses, listCards, type ResponseOf } from '@zhengwu/contracts';
import { useChange, useRead } from '../../base/calls.ts';
import { readFilters, withFilters } from '../../base/filters.ts';
import { countOf, momentOf } from '../../base/format.ts';
import { useSpeech } from '../../base/language.tsx';
import { useLive } from '../../base/live.ts';
import { useMay } from '../../base/session.tsx';
import { Dialog, DialogActs } from '../../parts/dialog.tsx';
import { Field } from '../../parts/field.tsx';
import { Pager } from '../../parts/filters.tsx';
import { List } from '../../parts/list.tsx';
import { CardTag, EmptyNote, PageHead, ProblemNote, Waiting } from '../../parts/states.tsx';
import { ActDialog } from '../case/act-dialog.tsx';
import { actForms, type ActForm } from '../case/act-forms.ts';

type CardRow = ResponseOf<typeof listCards>['items'][number];
const shape = { kind: ['warning', 'yellow', 'red'], status: ['open', 'explained', 'closed'] } as const;
const chase = actForms.find((one) => one.act === 'chase') as ActForm;

const AnswerDialog = ({ card, close, onClose }: { card: CardRow; close: boolean; onClose: () => void }) => {
  const { t, say } = useSpeech();
  const [result, setResult] = useState('');
  const answer = useChange(answerCard, [listCards]);
  return (
    <Dialog title={t(close ? 'cards.close' : 'cards.explain')} onClose={onClose}>
      <p><CardTag card={card.kind} /> {say(card.content)}</p>
      <form onSubmit={(event) => { event.preventDefault(); if (result.trim()) answer.mutate({ params: { id: card.id }, body: { result: result.trim(), close } }, { onSuccess: onClose }); }}>
        <Field label={t(close ? 'cards.result' : 'cards.why')}><Input.TextArea rows={4} maxLength={4000} value={result} onChange={(event) => setResult(event.target.value)} /></Field>
        <ProblemNote error={answer.error} />
        <DialogActs><Button type="primary" htmlType="submit" disabled={!result.trim()} loading={answer.isPending}>{t(close ? 'cards.close' : 'cards.explain')}</Button><Button onClick={onClose}>{t('cancel')}</Button></DialogActs>
      </form>
    </Dialog>
  );
};

type Asking = { kind: 'explain' | 'close' | 'chase'; card: CardRow } | null;

const useColumns = (ask: (asking: Asking) => void) => {
  const { t, say, lang } = useSpeech();
  const may = useMay();
  return [
    { key: 'number', title: t('cards.number'), isHeader: true, render: (card: CardRow) => <><span className="number">{card.number}</span> <CardTag card={card.kind} /></> },
    { key: 'rule', title: t('cards.rule'), render: (card: CardRow) => <><span className="what">{say(card.ruleText)}</span><span className="small soft">{say(card.content)}</span></> },
    { key: 'case', title: t('col.number'), render: (card: CardRow) => <Link to={`/cases/${card.caseId}`} className="number">{card.caseNumber}</Link> },
    { key: 'department', title: t('col.department'), render: (card: CardRow) => say(card.department.name) },
    { key: 'at', title: t('cards.at'), render: (card: CardRow) => <span className="small">{momentOf(card.issuedAt)}</span> },
    { key: 'status', title: t('col.state'), render: (card: CardRow) => <>{cardStatuses.label(card.status, lang)}{card.result ? <span className="small soft what">{card.result}</span> : null}</> },
    { key: 'acts', title: t('col.acts'), render: (card: CardRow) => (
      <span className="row-acts">
        {card.status === 'open' && may('answerCards') ? <Button size="small" onClick={() => ask({ kind: 'explain', card })} aria-label={`${t('cards.explain')} ${card.number}`}>{t('cards.explain')}</Button> : null}
        {card.status !== 'closed' && may('answerCards') ? <Button size="small" onClick={() => ask({ kind: 'close', card })} aria-label={`${t('cards.close')} ${card.number}`}>{t('cards.close')}</Button> : null}
        {card.status !== 'closed' && may('chase') ? <Button size="small" onClick={() => ask({ kind: 'chase', card })} aria-label={`${t('act.chase')} ${card.caseNumber}`}>{t('act.chase')}</Button> : null}
      </span>
    ) },
  ];
};

export const Cards = () => {
  const { t, lang } = useSpeech();
  useLive();
  const [search, setSearch] = useSearchParams();
  const filters = readFilters(search, shape);
  const after = search.get('after') ?? undefined;
  const list = useRead(listCards, { query: { ...filters, after, limit: 30 } as never }, { keep: true });
  const [asking, setAsking] = useState<Asking>(null);
  const columns = useColumns(setAsking);
  const rows = list.data?.items ?? [];
  const set = (changes: Record<string, string | undefined>) => setSearch(withFilters(search, changes));
  return (
    <>
      <PageHead title={t('supervision.cards')} lead={t('cards.lead')} />
      <div className="filters">
        <Select aria-label={t('filter.card')} placeholder={t('filter.card')} allowClear value={filters.kind} onChange={(kind?: string) => set({ kind })} options={shape.kind.map((value) => ({ value: value as string, label: t(`card.${value}`) }))} className="filter" />
        <Select aria-label={t('filter.state')} placeholder={t('filter.state')} allowClear value={filters.status} onChange={(status?: string) => set({ status })} options={cardStatuses.entries.map((one) => ({ value: one.code as string, label: lang === 'en' ? one.en : one.zh }))} className="filter" />
      </div>
      <ProblemNote error={list.error} again={() => void list.refetch()} />
      {list.isPending ? <Waiting /> : rows.length === 0 && !list.error ? <EmptyNote title={t('cards.none')}>{t('cards.noneHint')}</EmptyNote>
        : <List caption={t('supervision.cards')} columns={columns} rows={rows} keyOf={(card) => card.id} nameOf={(card) => card.number} stale={list.isPlaceholderData} />}
      {list.data && rows.length > 0 ? <Pager shown={rows.length} total={countOf(list.data.total, list.data.totalCapped)} next={list.data.next} isFirst={!after} onFirst={() => set({})} onNext={(next) => setSearch((was) => { const to = new URLSearchParams(was); to.set('after', next); return to; })} /> : null}
      {asking?.kind === 'chase' ? <ActDialog chosen={chase} detail={null} about={{ id: asking.card.caseId, version: 0 }} task={null} onClose={() => setAsking(null)} /> : asking ? <AnswerDialog card={asking.card} close={asking.kind === 'close'} onClose={() => setAsking(null)} /> : null}
    </>
  );
};
