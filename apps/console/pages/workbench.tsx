import { useRef, useState } from 'react';
import { Button, Select, type InputRef } from 'antd';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { caseStates, stages, workList, workQueues, type TaskSummary } from '@zhengwu/contracts';
import { useRead } from '../base/calls.ts';
import { readFilters, withFilters, type Filters } from '../base/filters.ts';
import { countOf, momentOf } from '../base/format.ts';
import { useKeys } from '../base/keyboard.ts';
import { useSpeech } from '../base/language.tsx';
import { useLive } from '../base/live.ts';
import { Pager, SavedFilters, SearchField } from '../parts/filters.tsx';
import { List, type Column } from '../parts/list.tsx';
import { flipped, usePlace } from '../parts/place.ts';
import { useServices } from '../parts/services.ts';
import { CardTag, EmptyNote, ProblemNote, StateTag, Waiting } from '../parts/states.tsx';
import { AssignDialog } from './case/assign.tsx';
import { BatchDialog } from './batch.tsx';
import { Told } from '../parts/told.tsx';
import { KeyHelp } from './key-help.tsx';

const queues = ['todo', 'mine', 'overdue', 'chased', 'waiting', 'circulated', 'done'] as const;
type QueueName = (typeof queues)[number];
const shape = { queue: queues, q: null, service: null, stage: stages.codes as readonly string[], sort: ['due', 'opened', '-opened'] } as const;

const Queues = ({ now, isLive }: { now: QueueName; isLive: boolean }) => {
  const { t } = useSpeech();
  const { data } = useRead(workQueues);
  return (
    <nav className="queues" aria-label={t('queues')}>
      <ul>{queues.map((queue) => {
        const counted = data?.queues.find((one) => one.queue === queue);
        return (
          <li key={queue}>
            <Link to={`/work?queue=${queue}`} aria-current={queue === now ? 'page' : undefined} className={`queue ${queue}`}>
              <span>{t(`queue.${queue}`)}</span>
              <span className={counted && counted.count > 0 ? 'queue-count some' : 'queue-count'}>{counted ? countOf(counted.count, counted.capped) : '–'}</span>
            </Link>
          </li>
        );
      })}</ul>
      <p className="live small soft">{isLive ? t('live.on') : t('live.off')}</p>
    </nav>
  );
};

const Remaining = ({ task }: { task: TaskSummary }) => {
  const { t } = useSpeech();
  if (task.dueDay === null) return <span className="soft">—</span>;
  const left = task.remaining;
  return (
    <span className={left !== null && left < 0 ? 'due late' : left !== null && left <= 1 ? 'due soon' : 'due'}>
      <span className="due-day">{task.dueDay}</span>
      {left === null ? null : <span className="due-left">{left < 0 ? t('due.late', { days: -left }) : left === 0 ? t('due.today') : t('due.left', { days: left })}</span>}
    </span>
  );
};

const useColumns = (isCirculated: boolean): Column<TaskSummary>[] => {
  const { t, say, lang } = useSpeech();
  return [
    { key: 'number', title: t('col.number'), isHeader: true, render: (task) => <Link to={`/cases/${task.caseId}?task=${task.id}${isCirculated ? '&read=1' : ''}`} className="number">{task.number}</Link> },
    { key: 'what', title: t('col.task'), render: (task) => <><span className="what">{say(task.name)}</span><span className="soft small">{say(task.service.name)}</span></> },
    { key: 'applicant', title: t('col.applicant'), className: 'whose', render: (task) => task.applicant },
    { key: 'state', title: t('col.state'), render: (task) => <span className="tags"><StateTag state={task.state} text={caseStates.label(task.state, lang)} /><CardTag card={task.card} />{task.chased ? <span className="tag chased">{t('chased')}</span> : null}</span> },
    { key: 'due', title: t('col.due'), sort: { up: 'due' }, render: (task) => <Remaining task={task} /> },
    { key: 'opened', title: t('col.opened'), sort: { up: 'opened', down: '-opened' }, className: 'wide-only', render: (task) => <span className="small">{momentOf(task.openedAt)}</span> },
    { key: 'by', title: t('col.by'), className: 'whose', render: (task) => task.claimedBy ? task.claimedBy.name : <span className="soft">{t('unclaimed')}</span> },
  ];
};

const Filtering = ({ filters, set, focus }: { filters: Filters<typeof shape>; set: (changes: Record<string, string | undefined>) => void; focus: React.RefObject<InputRef | null> }) => {
  const { t, say, lang } = useSpeech();
  const services = useServices();
  return (
    <div className="filters">
      <SearchField value={filters.q ?? ''} label={t('work.search')} onSearch={(q) => set({ q })} focus={focus} />
      <Select aria-label={t('filter.service')} placeholder={t('filter.service')} allowClear value={filters.service} onChange={(service?: string) => set({ service })} options={services.map((one) => ({ value: one.code, label: say(one.name) }))} className="filter" />
      <Select aria-label={t('filter.stage')} placeholder={t('filter.stage')} allowClear value={filters.stage} onChange={(stage?: string) => set({ stage })} options={stages.entries.map((one) => ({ value: one.code as string, label: lang === 'en' ? one.en : one.zh }))} className="filter" />
      {filters.q || filters.service || filters.stage ? <Button type="link" onClick={() => set({ q: '', service: '', stage: '' })}>{t('filter.clear')}</Button> : null}
    </div>
  );
};

type Covering = { kind: 'assign'; task: TaskSummary } | { kind: 'batch' } | { kind: 'help' } | null;

/** Queues with live counts, their tasks, and work on them by keyboard and in batch. */
export const Workbench = () => {
  const isLive = useLive();
  const [search, setSearch] = useSearchParams();
  const queue = readFilters(search, shape).queue ?? 'todo';
  return (
    <div className="work">
      <Queues now={queue as QueueName} isLive={isLive} />
      <Worklist search={search} setSearch={setSearch} />
    </div>
  );
};

const Worklist = ({ search, setSearch }: { search: URLSearchParams; setSearch: ReturnType<typeof useSearchParams>[1] }) => {
  const { t } = useSpeech();
  const navigate = useNavigate();
  const filters = readFilters(search, shape);
  const queue = (filters.queue ?? 'todo') as QueueName;
  const after = search.get('after') ?? undefined;
  const list = useRead(workList, { query: { ...filters, queue, after, limit: 30 } as never }, { keep: true });
  const rows = list.data?.items ?? [];
  const { current, setCurrent, selected, setSelected } = usePlace(search.toString());
  const [cover, setCover] = useState<Covering>(null);
  const field = useRef<InputRef>(null);
  const columns = useColumns(queue === 'circulated');
  const at = Math.min(current, rows.length - 1);
  const row = rows[at];
  const open = (decide: boolean) => row && navigate(`/cases/${row.caseId}?task=${row.id}${decide ? '&decide=1' : ''}`);
  useKeys({
    next: () => setCurrent(Math.min(at + 1, rows.length - 1)), previous: () => setCurrent(Math.max(at - 1, 0)), open: () => void open(false), decide: () => void open(true),
    assign: () => row && setCover({ kind: 'assign', task: row }), search: () => field.current?.focus(), help: () => setCover({ kind: 'help' }),
    select: () => row && setSelected(flipped(selected, row.id)),
  });
  const set = (changes: Record<string, string | undefined>) => setSearch(withFilters(search, changes));
  const chosen = rows.filter((one) => selected.has(one.id));
  const isWork = queue !== 'done' && queue !== 'circulated' && queue !== 'waiting';
  return (
    <>
      <title>{`${t(`queue.${queue}`)} · ${t('nav.work')}`}</title>
      <section className="work-main" aria-labelledby="queue-title">
        <div className="work-head"><h1 id="queue-title">{t(`queue.${queue}`)}</h1><p className="soft">{t(`queue.${queue}.hint`)}</p><Button className="help-button" onClick={() => setCover({ kind: 'help' })}>{t('keys.open')}</Button></div>
        <Told />
        <Filtering filters={filters} set={set} focus={field} />
        <SavedFilters page="work" search={search} choose={setSearch} />
        {chosen.length > 0 ? <div className="batch-bar" role="region" aria-label={t('batch.bar')}><strong>{t('batch.chosen', { count: chosen.length })}</strong><Button type="primary" onClick={() => setCover({ kind: 'batch' })}>{t('batch.decide')}</Button><Button onClick={() => setSelected(new Set())}>{t('batch.none')}</Button></div> : null}
        <ProblemNote error={list.error} again={() => void list.refetch()} />
        {list.isPending ? <Waiting /> : rows.length === 0 && !list.error
          ? <EmptyNote title={t(filters.q || filters.service || filters.stage ? 'empty.filtered' : `queue.${queue}.empty`)}>{t(filters.q || filters.service || filters.stage ? 'empty.filteredHint' : 'empty.queueHint')}</EmptyNote>
          : <List caption={t(`queue.${queue}`)} columns={columns} rows={rows} keyOf={(task) => task.id} nameOf={(task) => `${task.number} ${task.applicant}`} sort={filters.sort ?? 'due'} onSort={(sort) => set({ sort })} current={at} onCurrent={setCurrent} stale={list.isPlaceholderData} {...(isWork ? { selected, onSelect: setSelected } : {})} />}
        {list.data && rows.length > 0 ? <Pager shown={rows.length} total={countOf(list.data.total, list.data.totalCapped)} next={list.data.next} isFirst={!after} onFirst={() => set({})} onNext={(next) => setSearch((was) => { const to = new URLSearchParams(was); to.set('after', next); return to; })} /> : null}
      </section>
      {cover?.kind === 'assign' ? <AssignDialog task={cover.task} onClose={() => setCover(null)} /> : null}
      {cover?.kind === 'batch' ? <BatchDialog tasks={chosen} onClose={() => { setCover(null); setSelected(new Set()); }} /> : null}
      {cover?.kind === 'help' ? <KeyHelp onClose={() => setCover(null)} /> : null}
    </>
  );
};
