import type { listServices, ResponseOf } from '@zhengwu/contracts';
import { ButtonLink, Button, Empty, Pagination, Select } from '@zhengwu/ui';
import { page, type PageAnswer } from '../server/answer.ts';
import type { Visit } from '../server/visit.ts';
import type { Browse } from './home.tsx';
import { ServiceList } from './parts.tsx';

export interface Filters {
  q?: string;
  audience?: 'person' | 'enterprise';
  topic?: string;
  department?: string;
  lifeEvent?: string;
  after?: string;
}
type Found = ResponseOf<typeof listServices>;

const addressOf = (visit: Visit, filters: Filters): string => {
  const query = new URLSearchParams(Object.entries(filters).filter((entry): entry is [string, string] => Boolean(entry[1])));
  return visit.to(`/services${query.size > 0 ? `?${query}` : ''}`);
};

const titleOf = (visit: Visit, filters: Filters): string => {
  if (filters.q) return visit.t('searchFor', { query: filters.q });
  if (filters.audience === 'person') return visit.t('forPeople');
  if (filters.audience === 'enterprise') return visit.t('forCompanies');
  return visit.t('allServices');
};

const FilterForm = ({ visit, filters, browse }: { visit: Visit; filters: Filters; browse: Browse }) => {
  const { t, lang, say } = visit;
  const choices = (items: { code: string; name: { zh: string; en: string } }[]) => items.map((item) => ({ value: item.code, label: say(item.name) }));
  const field = (name: 'audience' | 'topic' | 'department' | 'lifeEvent', label: string, options: { value: string; label: string }[]) => (
    <Select frame={{ id: `by-${name}`, label, lang }} name={name} value={filters[name]} choices={options} lang={lang} />
  );
  return (
    <form className="filters" action={visit.to('/services')} method="get">
      {filters.q ? <input type="hidden" name="q" value={filters.q} /> : null}
      {field('audience', t('whoFor'), [
        { value: 'person', label: t('person') },
        { value: 'enterprise', label: t('enterprise') },
      ])}
      {field('topic', t('topic'), choices(browse.topics))}
      {field('department', t('department'), choices(browse.departments))}
      {browse.lifeEvents.length > 0 ? field('lifeEvent', t('lifeEvents'), choices(browse.lifeEvents)) : null}
      <div className="row">
        <Button>{t('filter')}</Button>
        <a href={visit.to('/services')}>{t('clearFilters')}</a>
      </div>
    </form>
  );
};

export const servicesPage = (visit: Visit, filters: Filters, browse: Browse, found: Found): PageAnswer => {
  const { t } = visit;
  const title = titleOf(visit, filters);
  const { after: _after, ...first } = filters;
  return page(
    title,
    <>
      <h1>{title}</h1>
      <div className="columns">
        <section aria-labelledby="results">
          <h2 id="results" className="hide">
            {t('results')}
          </h2>
          <p role="status">{t('found', { count: found.totalCapped ? `${found.total}+` : found.total })}</p>
          {found.items.length === 0 ? (
            <Empty title={t('nothingFound')}>
              <p>{t('nothingFoundHint', { phone: visit.site.contact.phone })}</p>
              <ButtonLink href={visit.to('/services')} kind="quiet">
                {t('seeAll')}
              </ButtonLink>
            </Empty>
          ) : (
            <ServiceList visit={visit} services={found.items} />
          )}
          <Pagination
            lang={visit.lang}
            first={filters.after ? addressOf(visit, first) : undefined}
            next={found.next ? addressOf(visit, { ...filters, after: found.next }) : undefined}
          />
        </section>
        <aside aria-label={t('filters')}>
          <FilterForm visit={visit} filters={filters} browse={browse} />
        </aside>
      </div>
    </>,
    { query: filters.q, trail: [], column: title },
  );
};

export const departmentsPage = (visit: Visit, browse: Browse): PageAnswer =>
  page(
    visit.t('byDepartment'),
    <>
      <h1>{visit.t('byDepartment')}</h1>
      <div className="grid">
        {browse.departments.map((one) => (
          <a key={one.code} className="card" href={visit.to(`/services?department=${one.code}`)}>
            <strong>{visit.say(one.name)}</strong>
            {visit.t('serviceCount', { count: one.count })}
          </a>
        ))}
      </div>
      <h2>{visit.t('byTopic')}</h2>
      <div className="grid">
        {browse.topics.map((one) => (
          <a key={one.code} className="card" href={visit.to(`/services?topic=${one.code}`)}>
            <strong>{visit.say(one.name)}</strong>
            {visit.t('serviceCount', { count: one.count })}
          </a>
        ))}
      </div>
    </>,
    { trail: [] },
  );

export const lifeEventsPage = (visit: Visit, browse: Browse): PageAnswer =>
  page(
    visit.t('lifeEvents'),
    <>
      <h1>{visit.t('lifeEvents')}</h1>
      <p className="lead">{visit.t('lifeEventsText')}</p>
      {browse.lifeEvents.length === 0 ? (
        <Empty title={visit.t('nothingFound')}>
          <ButtonLink href={visit.to('/services')} kind="quiet">
            {visit.t('seeAll')}
          </ButtonLink>
        </Empty>
      ) : null}
      <div className="grid">
        {browse.lifeEvents.map((one) => (
          <a key={one.code} className="card" href={visit.to(`/life-events/${one.code}`)}>
            <strong>{visit.say(one.name)}</strong>
            {visit.say(one.summary)}
          </a>
        ))}
      </div>
    </>,
    { trail: [] },
  );

export const lifeEventPage = (visit: Visit, event: Browse['lifeEvents'][number], found: Found): PageAnswer =>
  page(
    visit.say(event.name),
    <>
      <h1>{visit.say(event.name)}</h1>
      <p className="lead">{visit.say(event.summary)}</p>
      <ServiceList visit={visit} services={found.items} />
    </>,
    { trail: [{ href: '/life-events', name: visit.t('lifeEvents') }] },
  );
