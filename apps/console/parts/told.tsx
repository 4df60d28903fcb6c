import { Button } from 'antd';
import { Link } from 'react-router';
import { myMessages, readMessage } from '@zhengwu/contracts';
import { useChange, useRead } from '../base/calls.ts';
import { momentOf } from '../base/format.ts';
import { useSpeech } from '../base/language.tsx';

/** Messages to this official that they have not read: a task taken over, a chase answered or late. */
export const Told = () => {
  const { t, say } = useSpeech();
  const read = useRead(myMessages, { query: { limit: 20 } });
  const seen = useChange(readMessage, [myMessages]);
  const items = read.data?.items.filter((one) => one.readAt === null) ?? [];
  if (items.length === 0) return null;
  return (
    <section className="note plain" aria-label={t('told.title')}>
      <ul className="plain-list">{items.map((one) => (
        <li key={one.id}>
          {one.caseId ? <Link to={`/cases/${one.caseId}`}><strong>{say(one.title)}</strong></Link> : <strong>{say(one.title)}</strong>} {say(one.body)} <span className="soft small">{momentOf(one.sentAt)}</span>{' '}
          <Button size="small" onClick={() => seen.mutate({ params: { id: one.id } })} aria-label={t('told.readOf', { title: say(one.title) })}>{t('told.read')}</Button>
        </li>
      ))}</ul>
    </section>
  );
};
