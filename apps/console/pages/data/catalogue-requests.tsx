import { Button, Checkbox, Input } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { answerRequest, listResourceRequests, withdrawRequest, type ResourceRequest } from '@zhengwu/contracts';
import { useChange, useRead } from '../../base/calls.ts';
import { momentOf } from '../../base/format.ts';
import { useSpeech } from '../../base/language.tsx';
import { Field } from '../../parts/field.tsx';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { List, type Column } from '../../parts/list.tsx';
import { EmptyNote, PageHead, ProblemNote, Waiting } from '../../parts/states.tsx';
import { RequestState } from './catalogue-parts.tsx';

const AnswerDialog = ({ request, onClose }: { request: ResourceRequest; onClose: () => void }) => {
  const { t, say } = useSpeech();
  const [given, set] = useState({ outcome: 'granted' as 'granted' | 'refused', answer: '', law: '', until: '' });
  const answer = useChange(answerRequest, [listResourceRequests]);
  const isRefusal = given.outcome === 'refused';
  const typed = (key: 'answer' | 'law' | 'until') => ({ value: given[key], onChange: (event: { target: { value: string } }) => set({ ...given, [key]: event.target.value }) });
  const send = () => answer.mutate({ params: { id: request.id }, body: { outcome: given.outcome, answer: given.answer.trim(), ...(isRefusal ? { law: given.law.trim() } : given.until ? { until: given.until } : {}) } }, { onSuccess: onClose });
  return (
    <FormDialog title={t('catalogue.answerOf', { department: request.department ? say(request.department) : '', name: say(request.name) })} act={t('catalogue.answer')} isDangerous={isRefusal} onClose={onClose} isReady={given.answer.trim() !== '' && (!isRefusal || given.law.trim() !== '')} change={answer} onSend={send}>
      <dl className="pairs"><div><dt>{t('catalogue.purpose')}</dt><dd>{request.purpose}</dd></div><div><dt>{t('catalogue.law')}</dt><dd>{request.basis}</dd></div></dl>
      <Field label={t('catalogue.state')}><select className="plain-select" value={given.outcome} onChange={(event) => set({ ...given, outcome: event.target.value as 'granted' })}><option value="granted">{t('catalogue.grant')}</option><option value="refused">{t('catalogue.refuse')}</option></select></Field>
      <Field label={t('catalogue.answerText')}><Input required maxLength={200} {...typed('answer')} /></Field>
      {isRefusal ? <Field label={t('catalogue.refuseLaw')} hint={t('catalogue.refuseLawHint')}><Input required maxLength={200} {...typed('law')} /></Field> : <Field label={t('catalogue.until')} hint={t('catalogue.forGood')}><Input type="date" {...typed('until')} /></Field>}
    </FormDialog>
  );
};

const EndDialog = ({ request, onClose }: { request: ResourceRequest; onClose: () => void }) => {
  const { t, say } = useSpeech();
  const [reason, setReason] = useState('');
  const end = useChange(withdrawRequest, [listResourceRequests]);
  return (
    <FormDialog title={t('catalogue.endOf', { name: say(request.name) })} act={t('catalogue.end')} isDangerous onClose={onClose} isReady={reason.trim() !== ''} change={end} onSend={() => end.mutate({ params: { id: request.id }, body: { reason: reason.trim() } }, { onSuccess: onClose })}>
      <Field label={t('catalogue.reason')}><Input required maxLength={200} value={reason} onChange={(event) => setReason(event.target.value)} /></Field>
    </FormDialog>
  );
};

type Asked = { act: 'answer' | 'end'; request: ResourceRequest };

const useColumns = (ask: (asked: Asked) => void): Column<ResourceRequest>[] => {
  const { t, say } = useSpeech();
  const acts = (request: ResourceRequest) => (
    <span className="row-acts">
      {request.mayDecide ? <Button size="small" type="primary" aria-label={t('catalogue.answerOf', { department: request.department ? say(request.department) : '', name: say(request.name) })} onClick={() => ask({ act: 'answer', request })}>{t('catalogue.answer')}</Button> : null}
      {request.mayWithdraw ? <Button size="small" aria-label={t('catalogue.endOf', { name: say(request.name) })} onClick={() => ask({ act: 'end', request })}>{t('catalogue.end')}</Button> : null}
    </span>
  );
  return [
    { key: 'resource', title: t('catalogue.name'), isHeader: true, render: (row) => <><Link to={`/data/catalogue/${row.resource}`}>{say(row.name)}</Link><span className="small soft what">{row.provider.name ? say(row.provider.name) : row.provider.code}</span></> },
    { key: 'asker', title: t('catalogue.asker'), render: (row) => <>{row.department ? say(row.department) : '—'}<span className="small soft what">{row.raisedBy} · {momentOf(row.raisedAt)}</span></> },
    { key: 'purpose', title: t('catalogue.purpose'), render: (row) => <>{row.purpose}<span className="small soft what">{row.basis}{row.subsystem ? ` · ${row.subsystem}` : ''}</span></> },
    { key: 'state', title: t('catalogue.state'), render: (row) => <><RequestState state={row.state} />{row.personal ? <span className="tag state-wait">{t('catalogue.personal')}</span> : null}{row.answer ? <span className="small what">{row.answer}{row.law ? ` ${row.law}` : ''}</span> : null}</> },
    { key: 'due', title: t('catalogue.due'), className: 'when', render: (row) => (row.state === 'open' ? <>{row.dueDay}{row.overdue ? <span className="late what small">{t('catalogue.overdue')}</span> : null}</> : (row.until ?? '')) },
    { key: 'acts', title: t('flows.acts'), render: acts },
  ];
};

/** Requests for resources: those of my departments, and those to them. */
export const ResourceRequests = () => {
  const { t } = useSpeech();
  const [isOpen, setOpen] = useState(false);
  const [asked, ask] = useState<Asked | null>(null);
  const read = useRead(listResourceRequests, { query: isOpen ? { open: true } : {} }, { keep: true });
  const columns = useColumns(ask);
  const rows = read.data?.items ?? [];
  return (
    <>
      <PageHead title={t('catalogue.requests')} lead={t('catalogue.requests.lead')} />
      <p><Checkbox checked={isOpen} onChange={(event) => setOpen(event.target.checked)}>{t('catalogue.onlyOpen')}</Checkbox></p>
      <ProblemNote error={read.error} again={() => void read.refetch()} />
      {read.isPending ? <Waiting /> : rows.length > 0 ? <List caption={t('catalogue.requests')} columns={columns} rows={rows} keyOf={(row) => row.id} nameOf={(row) => `${row.resource} ${row.raisedAt}`} stale={read.isPlaceholderData} /> : read.error ? null : <EmptyNote title={t('catalogue.noRequests')}>{t('catalogue.noRequestsHint')}</EmptyNote>}
      {asked?.act === 'answer' ? <AnswerDialog request={asked.request} onClose={() => ask(null)} /> : null}
      {asked?.act === 'end' ? <EndDialog request={asked.request} onClose={() => ask(null)} /> : null}
    </>
  );
};
