import type { FetchedView } from '@zhengwu/contracts';
import { formatDay, formatInstant } from '@zhengwu/i18n';
import { SummaryList, Tag } from '@zhengwu/ui';
import type { Visit } from '../server/visit.ts';

type Source = FetchedView['sources'][number];

const Needs = ({ visit: { t, say }, needs }: { visit: Visit; needs: FetchedView['needs'] }) => (
  <ul className="list">
    {needs.map((need) => (
      <li key={need.code}>
        <p className="row between">
          <strong>{say(need.statement)}</strong>
          <Tag tone={need.holds ? 'good' : 'soft'}>{t(need.holds ? 'factHolds' : 'factOpen')}</Tag>
        </p>
        <p className="soft small">
          {[need.by ? t('factBy', { source: say(need.by) }) : null, need.people > 1 ? t('factPeople', { count: need.people }) : null, t('factGround', { law: say(need.authority) })].filter(Boolean).join(' · ')}
        </p>
      </li>
    ))}
  </ul>
);

const contentOf = ({ t }: Visit, source: Source): string | null => {
  if (!source.found) return t('recordNone');
  if (!source.own) return t('recordOthers');
  return source.fields.length === 0 ? t('recordOnly') : null;
};

const SourceRecord = ({ visit, source }: { visit: Visit; source: Source }) => {
  const { t, say, to, lang } = visit;
  const note = contentOf(visit, source);
  const about = [source.keeper ? t('recordKeeper', { keeper: say(source.keeper) }) : null, source.validFrom ? t('recordSince', { day: formatDay(source.validFrom, lang) }) : null].filter(Boolean);
  return (
    <details>
      <summary>{say(source.name)}</summary>
      <p className="soft small">{about.join(' · ')}</p>
      {note ? <p>{note}</p> : null}
      <SummaryList
        lang={lang}
        rows={source.fields.map((field) => ({ term: say(field.label), detail: say(field.value), change: { href: to(`/my/records/${source.register}/${field.key}`), label: t('recordWrong') } }))}
      />
    </details>
  );
};

/** What was looked up instead of asked: the facts, who vouches for them, on what ground, and the way to challenge a value. */
export const FetchedSection = ({ visit, fetched }: { visit: Visit; fetched: FetchedView }) =>
  fetched.sources.length === 0 ? null : (
    <section aria-labelledby="s-fetched">
      <h2 id="s-fetched">{visit.t('fetched')}</h2>
      <p>{visit.t('fetchedText')}</p>
      <Needs visit={visit} needs={fetched.needs} />
      {fetched.sources.map((source, index) => (
        <SourceRecord key={index} visit={visit} source={source} />
      ))}
      <p className="soft small">{visit.t('fetchedAt', { at: formatInstant(fetched.at, visit.lang) })}</p>
    </section>
  );
