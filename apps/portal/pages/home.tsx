import type { ReactNode } from 'react';
import type { browseServices, ResponseOf } from '@zhengwu/contracts';
import { formatInstant } from '@zhengwu/i18n';
import { Empty, River, SearchBox } from '@zhengwu/ui';
import { page, type PageAnswer } from '../server/answer.ts';
import type { Visit } from '../server/visit.ts';
import { ServiceList } from './parts.tsx';

export type Browse = ResponseOf<typeof browseServices>;

const Icon = ({ children }: { children: ReactNode }) => (
  <svg viewBox="0 0 56 56" fill="none" stroke="currentColor" strokeWidth="2.6" strokeLinecap="round" strokeLinejoin="round" aria-hidden="true">
    {children}
  </svg>
);
const Person = () => (
  <Icon>
    <circle cx="28" cy="18" r="9" />
    <path d="M8 48c2-12 10-17 20-17s18 5 20 17" />
  </Icon>
);
const Company = () => (
  <Icon>
    <path d="M8 48h40M13 48V14l18-6v40M31 20l13 5v23M19 20h5M19 28h5M19 36h5M36 31h3M36 38h3" />
  </Icon>
);

const Entries = ({ visit }: { visit: Visit }) => (
  <div className="wrap">
    <div className="entries">
      <a className="entry" href={visit.to('/services?audience=person')}>
        <Person />
        <span>
          <strong>{visit.t('forPeople')}</strong>
          {visit.t('forPeopleHint')}
        </span>
      </a>
      <a className="entry" href={visit.to('/services?audience=enterprise')}>
        <Company />
        <span>
          <strong>{visit.t('forCompanies')}</strong>
          {visit.t('forCompaniesHint')}
        </span>
      </a>
    </div>
  </div>
);

const Hero = ({ visit, browse }: { visit: Visit; browse: Browse }) => (
  <div className="hero">
    <River />
    <div className="wrap">
      <h1>{visit.t('heroTitle')}</h1>
      <p>{visit.t('heroText')}</p>
      <SearchBox action={visit.to('/services')} lang={visit.lang} id="hero-search" />
      {browse.mostUsed.length > 0 ? (
        <p className="often">
          <span className="hide">{visit.t('often')}</span>
          {browse.mostUsed.slice(0, 3).map((service) => (
            <a key={service.code} href={visit.to(`/services/${service.code}`)}>
              {visit.say(service.name)}
            </a>
          ))}
        </p>
      ) : null}
    </div>
  </div>
);

const News = ({ visit }: { visit: Visit }) => {
  const items = visit.site.news.slice(0, 5);
  return (
    <section aria-labelledby="news">
      <h2 id="news">{visit.t('newsAndNotices')}</h2>
      {items.length === 0 ? (
        <Empty title={visit.t('noNews')} />
      ) : (
        <ul className="list">
          {items.map((item) => (
            <li key={item.id}>
              <a className="title" href={visit.to(`/news/${item.id}`)}>
                {visit.say(item.title)}
              </a>
              <p className="soft small">
                {visit.t(item.kind)} · {formatInstant(item.at, visit.lang)}
              </p>
            </li>
          ))}
        </ul>
      )}
      <p>
        <a href={visit.to('/news')}>{visit.t('allNews')}</a>
      </p>
    </section>
  );
};

const Topics = ({ visit, browse }: { visit: Visit; browse: Browse }) => (
  <>
    {browse.lifeEvents.length > 0 ? (
      <section aria-labelledby="events">
        <h2 id="events">{visit.t('lifeEvents')}</h2>
        <div className="grid">
          {browse.lifeEvents.map((event) => (
            <a key={event.code} className="card" href={visit.to(`/life-events/${event.code}`)}>
              <strong>{visit.say(event.name)}</strong>
              {visit.say(event.summary)}
            </a>
          ))}
        </div>
      </section>
    ) : null}
    <section aria-labelledby="topics">
      <h2 id="topics">{visit.t('byTopic')}</h2>
      <div className="grid">
        {browse.topics.map((topic) => (
          <a key={topic.code} className="card" href={visit.to(`/services?topic=${topic.code}`)}>
            <strong>{visit.say(topic.name)}</strong>
            {visit.t('serviceCount', { count: topic.count })}
          </a>
        ))}
      </div>
      <p>
        <a href={visit.to('/departments')}>{visit.t('byDepartment')}</a>
      </p>
    </section>
  </>
);

/** Home: one search, one entry each for people and companies, what most come for; news below. Elder mode keeps only the first three. */
export const homePage = (visit: Visit, browse: Browse): PageAnswer =>
  page(
    visit.t('home'),
    <>
      <Hero visit={visit} browse={browse} />
      <Entries visit={visit} />
      <div className="wrap">
        <section aria-labelledby="most">
          <h2 id="most">{visit.t('mostUsed')}</h2>
          <ServiceList visit={visit} services={browse.mostUsed} />
        </section>
        {visit.elder ? (
          <p>
            <a href={visit.to('/help')}>{visit.t('helpAndContact')}</a>
          </p>
        ) : (
          <>
            <Topics visit={visit} browse={browse} />
            <News visit={visit} />
          </>
        )}
      </div>
    </>,
    { wide: true, description: visit.t('heroText') },
  );
