import { useState } from 'react';
import { Button, Input, Select } from 'antd';
import { useSearchParams } from 'react-router';
import { listDepartments, listPeople, putPersonPosts, type ResponseOf } from '@zhengwu/contracts';
import { problemOf } from '../../base/api.ts';
import { useChange, useRead } from '../../base/calls.ts';
import { readFilters, withFilters } from '../../base/filters.ts';
import { useSpeech } from '../../base/language.tsx';
import { Dialog, DialogActs } from '../../parts/dialog.tsx';
import { Field } from '../../parts/field.tsx';
import { SearchField } from '../../parts/filters.tsx';
import { List } from '../../parts/list.tsx';
import { OnDay } from '../../parts/on-day.tsx';
import { PostsPicker } from '../../parts/posts-picker.tsx';
import { EmptyNote, PageHead, ProblemNote, Waiting } from '../../parts/states.tsx';
import { TimelineDialog } from './timeline.tsx';
import { useToast } from '../../parts/toast.tsx';

type Row = ResponseOf<typeof listPeople>['items'][number];

const PostsDialog = ({ person, onClose }: { person: Row; onClose: () => void }) => {
  const { t } = useSpeech();
  const [held, setHeld] = useState(() => new Set(person.posts.map((one) => one.id)));
  const [reason, setReason] = useState('');
  const put = useChange(putPersonPosts, [listPeople]);
  const tell = useToast();
  return (
    <Dialog title={t('people.postsOf', { name: person.name })} onClose={onClose}>
      <form onSubmit={(event) => { event.preventDefault(); if (reason.trim()) put.mutate({ params: { id: person.id }, body: { version: person.version, posts: [...held], reason: reason.trim() } }, { onSuccess: ({ proposal }) => { tell(t(proposal ? 'duty.waits' : 'people.saved')); onClose(); } }); }}>
        <PostsPicker value={held} onChange={setHeld} />
        <Field label={t('reason')}><Input maxLength={200} value={reason} onChange={(event) => setReason(event.target.value)} /></Field>
        <ProblemNote error={put.error}>{put.error && problemOf(put.error).status === 409 ? <p>{t('act.kept')}</p> : null}</ProblemNote>
        <DialogActs><Button type="primary" htmlType="submit" disabled={!reason.trim()} loading={put.isPending}>{t('save')}</Button><Button onClick={onClose}>{t('cancel')}</Button></DialogActs>
      </form>
    </Dialog>
  );
};

export const People = () => {
  const { t, say } = useSpeech();
  const [search, setSearch] = useSearchParams();
  const filters = readFilters(search, { q: null, department: null, on: null });
  const departments = useRead(listDepartments, { query: { on: filters.on } }).data?.items ?? [];
  const read = useRead(listPeople, { query: { q: filters.q, department: filters.department ? Number(filters.department) : undefined, on: filters.on } }, { keep: true });
  const [looking, setLooking] = useState<Row | null>(null);
  const [asking, setAsking] = useState<Row | null>(null);
  const set = (changes: Record<string, string | undefined>) => setSearch(withFilters(search, changes));
  const columns = [
    { key: 'name', title: t('people.name'), isHeader: true, render: (row: Row) => <><span className="what">{row.name}</span><code className="small">{row.account ?? '—'}</code></> },
    { key: 'posts', title: t('people.posts'), render: (row: Row) => row.posts.length === 0 ? <span className="soft">—</span> : <ul className="plain-list tight">{row.posts.map((post) => <li key={post.id}>{say(departments.find((one) => one.id === post.department)?.name)} · {say(post.name)} <span className="soft small">{post.roles.join(' ')}</span></li>)}</ul> },
    { key: 'clearance', title: t('people.clearance'), render: (row: Row) => t(`clearance.${Math.min(4, Math.max(0, row.clearance)) as 0 | 1 | 2 | 3 | 4}`) },
    { key: 'active', title: t('col.state'), render: (row: Row) => t(row.active ? 'people.active' : 'people.inactive') },
    { key: 'acts', title: t('col.acts'), render: (row: Row) => <span className="row-acts">{filters.on ? null : <Button size="small" onClick={() => setAsking(row)} aria-label={t('people.postsOf', { name: row.name })}>{t('people.change')}</Button>}<Button size="small" onClick={() => setLooking(row)} aria-label={t('past.of', { name: row.name })}>{t('past.open')}</Button></span> },
  ];
  return (
    <>
      <PageHead title={t('admin.people')} lead={filters.on ? t('past.lead') : undefined}><OnDay value={filters.on} onChange={(on) => set({ on })} /></PageHead>
      <div className="filters">
        <SearchField value={filters.q ?? ''} label={t('people.search')} onSearch={(q) => set({ q })} />
        <Select aria-label={t('filter.department')} placeholder={t('filter.department')} allowClear showSearch optionFilterProp="label" value={filters.department} onChange={(department?: string) => set({ department })} options={departments.map((one) => ({ value: String(one.id), label: say(one.name) }))} className="filter" />
      </div>
      <ProblemNote error={read.error} again={() => void read.refetch()} />
      {read.isPending ? <Waiting /> : read.data?.items.length === 0 ? <EmptyNote title={t('people.none')} /> : <List caption={t('admin.people')} columns={columns} rows={read.data?.items ?? []} keyOf={(row) => row.id} nameOf={(row) => `${row.name} ${row.account ?? ''}`} />}
      {looking ? <TimelineDialog person={looking} onClose={() => setLooking(null)} /> : null}
      {asking ? <PostsDialog person={asking} onClose={() => setAsking(null)} /> : null}
    </>
  );
};
