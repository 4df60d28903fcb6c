import { renderToStaticMarkup } from 'react-dom/server';
import { Breadcrumbs, Hidden, PageFrame, type FrameLink } from '@zhengwu/ui';
import type { PageAnswer } from './answer.ts';
import type { Assets } from './assets.ts';
import type { Visit } from './visit.ts';

const Account = ({ visit }: { visit: Visit }) =>
  visit.session ? (
    <>
      <li>
        <a href={visit.to('/my')}>{visit.session.name}</a>
      </li>
      {visit.session.subjects.length > 1 && !visit.acting ? (
        <li>
          <a href={visit.to('/my/acting')}>{visit.t('actForAnother')}</a>
        </li>
      ) : null}
      <li>
        <form method="post" action={visit.to('/sign-out')}>
          <Hidden fields={{ _csrf: visit.csrf('/sign-out') }} />
          <button type="submit">{visit.t('signOut')}</button>
        </form>
      </li>
    </>
  ) : (
    <li>
      <a href={visit.to('/sign-in')}>{visit.t('signInOrRegister')}</a>
    </li>
  );

const navOf = (visit: Visit): FrameLink[] => {
  const path = visit.path.split('?')[0] ?? '/';
  const audience = new URLSearchParams(visit.path.split('?')[1] ?? '').get('audience');
  const links = [
    { href: '/', name: visit.t('home'), current: path === '/' },
    { href: '/services?audience=person', name: visit.t('forPeople'), current: path === '/services' && audience === 'person' },
    { href: '/services?audience=enterprise', name: visit.t('forCompanies'), current: path === '/services' && audience === 'enterprise' },
    { href: '/life-events', name: visit.t('lifeEvents'), current: path.startsWith('/life-events') },
    { href: '/my', name: visit.t('mySpace'), current: path.startsWith('/my') || path.startsWith('/cases') },
    { href: '/help', name: visit.t('help'), current: path === '/help' },
  ];
  const shown = visit.elder ? links.filter((link) => link.href !== '/life-events' && !link.href.includes('enterprise')) : links;
  return shown.map((link) => ({ ...link, href: visit.to(link.href) }));
};

const encodePath = (visit: Visit): string => encodeURIComponent(visit.to(visit.path));

/** Renders one answer inside the frame. */
export const renderPage = (visit: Visit, answer: PageAnswer, assets: Assets, origin: string): string => {
  const other = visit.lang === 'en' ? { href: visit.path, name: '中文', code: 'zh-CN' as const } : { href: `/en${visit.path}`, name: 'English', code: 'en' as const };
  const { site } = visit;
  const acting =
    answer.fixedFor !== undefined
      ? answer.fixedFor
        ? { name: answer.fixedFor.name }
        : undefined
      : visit.acting
        ? { name: visit.acting.name, change: visit.to('/my/acting') }
        : undefined;
  const trail = answer.trail ? (
    <Breadcrumbs lang={visit.lang} trail={[{ href: visit.to('/'), name: visit.t('home') }, ...answer.trail.map((step) => ({ ...step, href: visit.to(step.href) }))]} />
  ) : null;
  return `<!doctype html>${renderToStaticMarkup(
    <PageFrame
      lang={visit.lang}
      title={answer.title}
      hasError={answer.hasError}
      description={answer.description}
      column={answer.column}
      published={answer.published}
      elder={visit.elder}
      css={assets.css}
      script={answer.script || visit.elder ? assets.script : undefined}
      refresh={answer.refresh}
      robots={answer.robots}
      site={{
        home: visit.to('/'),
        name: visit.say(site.name),
        sub: visit.t('brandSub', { city: visit.say(site.city) }),
        domain: new URL(origin).host,
        siteCode: site.siteCode,
        owner: visit.t('ownerName', { city: visit.say(site.city) }),
        phone: site.contact.phone,
        demo: site.demo,
      }}
      otherLanguage={other}
      elderSwitch={`/elder?on=${visit.elder ? 0 : 1}&back=${encodePath(visit)}`}
      search={visit.path.split('?')[0] === '/' && answer.wide ? null : { action: visit.to('/services'), value: answer.query }}
      nav={navOf(visit)}
      account={<Account visit={visit} />}
      acting={acting}
      footLinks={[
        { href: visit.to('/help'), name: visit.t('helpAndContact') },
        { href: visit.to('/accessibility'), name: visit.t('accessibility') },
        { href: visit.to('/verify'), name: visit.t('verifyLicence') },
        { href: visit.to('/open-data'), name: visit.t('openData') },
        { href: visit.to('/before-after'), name: visit.t('beforeAfter') },
        ...(site.demo ? [{ href: visit.to('/mailbox'), name: visit.t('mailbox') }] : []),
      ]}
      reportError={`${visit.to('/report')}?page=${encodePath(visit)}`}
    >
      {answer.wide ? (
        answer.body
      ) : (
        <div className="wrap">
          {trail}
          {answer.body}
        </div>
      )}
    </PageFrame>,
  )}`;
};
