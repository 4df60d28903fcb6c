import type { ReactNode } from 'react';
import type { Language } from '@zhengwu/contracts';
import { CityMark, Wordmark, WORDMARK_TEXT } from './brand.tsx';
import { say } from './words.ts';

export interface FrameLink {
  href: string;
  name: string;
  current?: boolean;
}

export interface FrameSite {
  home: string;
  name: string;
  sub: string;
  domain: string;
  siteCode: string;
  owner: string;
  phone: string;
  demo: boolean;
}

export interface FrameProps {
  lang: Language;
  /** Without the site's name; the frame adds it. */
  title: string;
  /** Puts 错误： before the title. */
  hasError?: boolean;
  description?: string;
  column?: string;
  published?: string;
  elder: boolean;
  css: string;
  script?: string;
  site: FrameSite;
  otherLanguage: { href: string; name: string; code: Language };
  elderSwitch: string;
  search: { action: string; value?: string } | null;
  nav: FrameLink[];
  /** Who is signed in, or the way to do so. */
  account: ReactNode;
  /** Set when somebody acts for another; `change` only outside an open case. */
  acting?: { name: string; change?: string };
  footLinks: FrameLink[];
  reportError: string;
  refresh?: string;
  robots?: string;
  children: ReactNode;
}

const Head = ({ page }: { page: FrameProps }) => (
  <head>
    <meta charSet="utf-8" />
    <title>{`${page.hasError ? say('errorPrefix', page.lang) : ''}${page.title} - ${page.site.name}`}</title>
    <meta name="viewport" content="width=device-width,initial-scale=1" />
    <meta name="SiteName" content={page.site.name} />
    <meta name="SiteDomain" content={page.site.domain} />
    <meta name="SiteIDCode" content={page.site.siteCode} />
    {page.column ? <meta name="ColumnName" content={page.column} /> : null}
    {page.published ? (
      <>
        <meta name="ArticleTitle" content={page.title} />
        <meta name="PubDate" content={page.published} />
      </>
    ) : null}
    {page.description ? <meta name="description" content={page.description} /> : null}
    {page.robots ? <meta name="robots" content={page.robots} /> : null}
    {page.refresh ? <meta httpEquiv="refresh" content={page.refresh} /> : null}
    <meta name="theme-color" content="#0a3a6b" />
    <link rel="icon" href="/assets/mark.svg" type="image/svg+xml" />
    <link rel="stylesheet" href={page.css} />
    <link rel="alternate" hrefLang={page.otherLanguage.code} href={page.otherLanguage.href} />
    {page.script ? <script src={page.script} defer /> : null}
  </head>
);

export const SearchBox = ({ action, value, lang, id }: { action: string; value?: string; lang: Language; id: string }) => (
  <form className="search" role="search" action={action} method="get">
    <label className="hide" htmlFor={id}>
      {say('searchLabel', lang)}
    </label>
    <input id={id} type="search" name="q" defaultValue={value} maxLength={100} placeholder={say('searchLabel', lang)} autoComplete="off" />
    <button className="button" type="submit">
      {say('search', lang)}
    </button>
  </form>
);

const Top = ({ page }: { page: FrameProps }) => (
  <div className="top">
    <div className="wrap">
      <p>{page.site.demo ? say('demo', page.lang) : page.site.owner}</p>
      <ul
        aria-label={say('pageTools', page.lang)}
        data-read={page.elder ? say('readAloud', page.lang) : undefined}
        data-stop={page.elder ? say('stopReading', page.lang) : undefined}
      >
        <li>
          <a href={page.elderSwitch} rel="nofollow">
            {say(page.elder ? 'elderOff' : 'elderOn', page.lang)}
          </a>
        </li>
        <li>
          <a href={page.otherLanguage.href} lang={page.otherLanguage.code} hrefLang={page.otherLanguage.code}>
            {page.otherLanguage.name}
          </a>
        </li>
        {page.account}
      </ul>
    </div>
  </div>
);

const Acting = ({ page }: { page: FrameProps }) =>
  page.acting ? (
    <div className="acting" role="status">
      <div className="wrap">
        <p>
          <strong>{say('actingFor', page.lang, { name: page.acting.name })}</strong>
        </p>
        {page.acting.change ? <a href={page.acting.change}>{say('change', page.lang)}</a> : null}
      </div>
    </div>
  ) : null;

const Masthead = ({ page }: { page: FrameProps }) => (
  <>
    <div className="head">
      <div className="wrap">
        <a className="brand" href={page.site.home}>
          <CityMark />
          <span>
            {page.site.name.startsWith(WORDMARK_TEXT.slice(0, 2)) || page.lang === 'en' ? <Wordmark /> : <span className="wordtext">{page.site.name}</span>}
            <span className="sub">{page.site.sub}</span>
          </span>
        </a>
        {page.search ? <SearchBox action={page.search.action} value={page.search.value} lang={page.lang} id="site-search" /> : null}
      </div>
    </div>
    <nav className="nav" aria-label={say('mainMenu', page.lang)}>
      <div className="wrap">
        <ul>
          {page.nav.map((link) => (
            <li key={link.href}>
              <a href={link.href} aria-current={link.current ? 'page' : undefined}>
                {link.name}
              </a>
            </li>
          ))}
        </ul>
      </div>
    </nav>
  </>
);

const Foot = ({ page }: { page: FrameProps }) => {
  const { lang, site } = page;
  const colon = lang === 'en' ? ': ' : '：';
  const placeholder = say('placeholder', lang);
  return (
    <footer className="foot">
      <div className="wrap">
        <ul className="links">
          <li>
            <a className="found" href={page.reportError}>
              {say('reportError', lang)}
            </a>
          </li>
          {page.footLinks.map((link) => (
            <li key={link.href}>
              <a href={link.href}>{link.name}</a>
            </li>
          ))}
        </ul>
        <p>
          {say('owner', lang)}
          {colon}
          {site.owner}　{say('contact', lang)}
          {colon}
          <span className="number">{site.phone}</span>
        </p>
        <p>
          {say('siteCode', lang)}
          {colon}
          <span className="number">{site.siteCode}</span>　{say('filing', lang)}
          {colon}
          {placeholder}　{say('police', lang)}
          {colon}
          {placeholder}
        </p>
      </div>
    </footer>
  );
};

/** One whole page: head, tools, masthead, main, footer. */
export const PageFrame = (page: FrameProps) => (
  <html lang={page.lang} className={page.elder ? 'elder' : undefined}>
    <Head page={page} />
    <body>
      <a className="skip button" href="#main">
        {say('skip', page.lang)}
      </a>
      <header>
        <Top page={page} />
        <Masthead page={page} />
        <Acting page={page} />
      </header>
      <main id="main" tabIndex={-1}>
        {page.children}
      </main>
      <Foot page={page} />
    </body>
  </html>
);
