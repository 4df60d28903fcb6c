import { useState } from 'react';
import { Input } from 'antd';
import { colleagues, taskCandidates } from '@zhengwu/contracts';
import { useRead } from '../base/calls.ts';
import { useSpeech } from '../base/language.tsx';
import { ProblemNote } from './states.tsx';

interface Props {
  label: string;
  /** Candidates of a task, with their load; all colleagues when absent. */
  task?: string;
  many?: boolean;
  value: string[];
  onChange: (ids: string[]) => void;
}

/** Choose one or several people from a list that is searched while typing. */
export const PeoplePicker = ({ label, task, many, value, onChange }: Props) => {
  const { t, say, lang } = useSpeech();
  const [q, setQ] = useState('');
  const candidates = useRead(taskCandidates, { params: { id: task ?? '' }, query: { q: q || undefined } }, { enabled: task !== undefined, keep: true });
  const everybody = useRead(colleagues, { query: { q: q || undefined } }, { enabled: task === undefined, keep: true });
  const people = task === undefined ? everybody.data?.people.map((one) => ({ ...one, openTasks: null, away: false })) : candidates.data?.people;
  const flip = (id: string) => onChange(many ? (value.includes(id) ? value.filter((one) => one !== id) : [...value, id]) : [id]);
  return (
    <fieldset className="field people">
      <legend>{label}</legend>
      <Input value={q} onChange={(event) => setQ(event.target.value)} placeholder={t('people.search')} aria-label={t('people.search')} maxLength={50} />
      <ProblemNote error={task === undefined ? everybody.error : candidates.error} />
      <div className="people-list">
        {people?.map((one) => (
          <label key={one.id} className={value.includes(one.id) ? 'person on' : 'person'}>
            <input type={many ? 'checkbox' : 'radio'} name="person" checked={value.includes(one.id)} onChange={() => flip(one.id)} />
            <span><strong>{one.name}</strong> <span className="soft small">{say(one.department)} {one.posts.map((post) => say(post)).join(lang === 'en' ? ', ' : '、')}</span></span>
            <span className="person-load small">{one.away ? <span className="tag card-yellow">{t('people.away')}</span> : null}{one.openTasks === null ? '' : t('people.load', { count: one.openTasks })}</span>
          </label>
        ))}
        {people?.length === 0 ? <p className="soft">{t('people.none')}</p> : null}
      </div>
    </fieldset>
  );
};
