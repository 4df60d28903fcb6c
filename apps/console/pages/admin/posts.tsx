import { useState } from 'react';
import { Button, Input } from 'antd';
import { listDepartments, listPosts, postHolders, type ResponseOf } from '@zhengwu/contracts';
import { useRead } from '../../base/calls.ts';
import { momentOf } from '../../base/format.ts';
import { useSpeech } from '../../base/language.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { List } from '../../parts/list.tsx';
import { OnDay } from '../../parts/on-day.tsx';
import { EmptyNote, PageHead, ProblemNote, Waiting } from '../../parts/states.tsx';

type Post = ResponseOf<typeof listPosts>['items'][number];
type Holder = ResponseOf<typeof postHolders>['items'][number];

/** The end of a day in Beijing, as the directory reads "on that day". */
const endOf = (day: string): string => new Date(Date.parse(`${day}T00:00:00+08:00`) + 86_400_000).toISOString();
const heldOn = ({ since, until }: Holder, day: string): boolean => (since === null || since < endOf(day)) && (until === null || until >= endOf(day));

const HolderLine = ({ holder }: { holder: Holder }) => {
  const { t } = useSpeech();
  return (
    <li className="card">
      <p><strong>{holder.person}</strong> {holder.until === null ? <span className="tag state-good">{t('past.now')}</span> : null}</p>
      <p className="soft small">{holder.since ? momentOf(holder.since) : t('past.start')} – {holder.until ? momentOf(holder.until) : t('past.still')}</p>
      {holder.by || holder.reason ? <p className="soft small">{t('past.begun', { by: holder.by ?? '—', reason: holder.reason ?? '—' })}</p> : null}
    </li>
  );
};

/** Who held a post over time, each with who brought it about and why; on a day, whoever held it then. */
const HoldersDialog = ({ post, day: given, onClose }: { post: Post; day: string | undefined; onClose: () => void }) => {
  const { t, say } = useSpeech();
  const read = useRead(postHolders, { params: { id: post.id } });
  const [day, setDay] = useState(given);
  const holders = (read.data?.items ?? []).filter((one) => day === undefined || heldOn(one, day));
  return (
    <Dialog title={t('posts.holdersOf', { name: say(post.name) })} onClose={onClose} wide>
      <p><OnDay value={day} onChange={setDay} /></p>
      <ProblemNote error={read.error} again={() => void read.refetch()} />
      {read.isPending ? <Waiting /> : holders.length === 0 ? <EmptyNote title={t(day ? 'posts.vacant' : 'past.none')} /> : <ul className="plain-list">{holders.map((holder) => <HolderLine key={`${holder.id} ${holder.since ?? ''}`} holder={holder} />)}</ul>}
    </Dialog>
  );
};

/** Posts, now or on a day, and who held each over time. */
export const Posts = () => {
  const { t, say } = useSpeech();
  const [on, setOn] = useState<string | undefined>();
  const [text, setText] = useState('');
  const [open, setOpen] = useState<Post | null>(null);
  const read = useRead(listPosts, { query: { on } }, { keep: true });
  const departments = useRead(listDepartments, { query: { on } }, { keep: true }).data?.items ?? [];
  const departmentOf = (post: Post): string => say(departments.find((one) => one.id === post.department)?.name);
  const found = (read.data?.items ?? []).filter((post) => `${post.code} ${post.name.zh} ${post.name.en} ${departmentOf(post)}`.toLowerCase().includes(text.trim().toLowerCase()));
  const columns = [
    { key: 'name', title: t('flow.posts'), isHeader: true, render: (row: Post) => <><span className="what">{say(row.name)}</span><code className="small">{row.code}</code></> },
    { key: 'department', title: t('posts.department'), render: departmentOf },
    { key: 'roles', title: t('posts.roles'), render: (row: Post) => row.roles.map((role) => <code key={role} className="small what">{role}</code>) },
    { key: 'acts', title: t('col.acts'), render: (row: Post) => <Button size="small" onClick={() => setOpen(row)} aria-label={t('posts.holdersOf', { name: `${departmentOf(row)} ${say(row.name)}` })}>{t('posts.holders')}</Button> },
  ];
  return (
    <>
      <PageHead title={t('admin.posts')} lead={t(on ? 'past.lead' : 'posts.lead')}><OnDay value={on} onChange={setOn} /></PageHead>
      <div className="filters"><Input className="wide-field" value={text} maxLength={50} onChange={(event) => setText(event.target.value)} placeholder={t('posts.find')} aria-label={t('posts.find')} /></div>
      <ProblemNote error={read.error} again={() => void read.refetch()} />
      {read.isPending ? <Waiting /> : found.length === 0 ? <EmptyNote title={t('posts.none')} /> : <List caption={t('admin.posts')} columns={columns} rows={found.slice(0, 200)} keyOf={(row) => row.id} nameOf={(row) => say(row.name)} />}
      {found.length > 200 ? <p className="soft">{t('posts.more', { count: found.length })}</p> : null}
      {open ? <HoldersDialog post={open} day={on} onClose={() => setOpen(null)} /> : null}
    </>
  );
};
