import { useState } from 'react';
import { Checkbox, Input } from 'antd';
import { listDepartments, listPosts } from '@zhengwu/contracts';
import { useRead } from '../base/calls.ts';
import { useSpeech } from '../base/language.tsx';
import { ProblemNote } from './states.tsx';

/** Choose posts from a list that is narrowed while typing. */
export const PostsPicker = ({ value, onChange }: { value: ReadonlySet<string>; onChange: (posts: Set<string>) => void }) => {
  const { t, say } = useSpeech();
  const [find, setFind] = useState('');
  const posts = useRead(listPosts);
  const departments = useRead(listDepartments).data?.items ?? [];
  const nameOf = (department: number) => say(departments.find((one) => one.id === department)?.name);
  const shown = posts.data?.items.filter((one) => value.has(one.id) || `${nameOf(one.department)} ${say(one.name)} ${one.code}`.includes(find)) ?? [];
  const flip = (id: string) => {
    const next = new Set(value);
    if (!next.delete(id)) next.add(id);
    onChange(next);
  };
  return (
    <>
      <Input value={find} onChange={(event) => setFind(event.target.value)} placeholder={t('people.findPost')} aria-label={t('people.findPost')} />
      <ProblemNote error={posts.error} />
      <div className="people-list">{shown.map((one) => <div key={one.id}><Checkbox checked={value.has(one.id)} onChange={() => flip(one.id)}>{nameOf(one.department)} · {say(one.name)} <span className="soft small">{one.roles.join(' ')}</span></Checkbox></div>)}</div>
    </>
  );
};
