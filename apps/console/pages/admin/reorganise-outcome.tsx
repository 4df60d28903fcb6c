import type { ReorganisationResult } from '@zhengwu/contracts';
import { useSpeech } from '../../base/language.tsx';

/** What a plan comes to: posts, people, rows that follow and are counted before and after, whose reach changes. */
export const Outcome = ({ result }: { result: ReorganisationResult }) => {
  const { t, say } = useSpeech();
  return (
    <>
      <p>{t('reorg.posts', { posts: result.posts, people: result.people })} {t('reorg.reach', { count: result.reach.count })} {t('reorg.conflicts', { count: result.conflicts.length })}</p>
      <table className="list"><caption className="read-out">{t('reorg.followed')}</caption>
        <thead><tr><th scope="col">{t('reorg.followed')}</th><th scope="col">{t('reorg.moved')}</th><th scope="col">{t('reorg.before')}</th><th scope="col">{t('reorg.after')}</th></tr></thead>
        <tbody>{result.followed.map((one) => <tr key={one.code}><th scope="row">{say(one.name)}</th><td data-title={t('reorg.moved')}>{one.moved}</td><td data-title={t('reorg.before')}>{one.before}</td><td data-title={t('reorg.after')}>{one.after}</td></tr>)}</tbody>
      </table>
      {result.reach.people.length > 0 ? <details><summary>{t('reorg.whose')}</summary><ul className="plain-list tight">{result.reach.people.map((one, index) => <li key={index}>{t('reorg.person', one)}</li>)}</ul></details> : null}
    </>
  );
};
