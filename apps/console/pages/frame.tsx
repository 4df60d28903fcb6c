import { useEffect, useRef, type ReactNode } from 'react';
import { NavLink, useLocation } from 'react-router';
import { CityMark, Wordmark } from '@zhengwu/ui';
import { signOut } from '@zhengwu/contracts';
import { client, signedOut } from '../base/api.ts';
import { queryClient } from '../base/calls.ts';
import { useSpeech } from '../base/language.tsx';
import { useMayData } from '../base/data-doors.ts';
import { useMaySecure } from '../base/security-doors.ts';
import { useMay, useSession } from '../base/session.tsx';
import { Watermark } from '../parts/watermark.tsx';
import { LanguageSwitch } from '../parts/language-switch.tsx';
import { SignInAgain } from './sign-in.tsx';

const Menu = () => {
  const { t, say } = useSpeech();
  const { session } = useSession();
  const menu = useRef<HTMLDetailsElement>(null);
  const place = useLocation();
  useEffect(() => {
    if (menu.current) menu.current.open = false;
  }, [place]);
  useEffect(() => {
    const shut = (event: Event) => {
      const away = event instanceof KeyboardEvent ? event.key === 'Escape' : !menu.current?.contains(event.target as Node);
      if (away && menu.current) menu.current.open = false;
    };
    document.addEventListener('click', shut);
    document.addEventListener('keydown', shut);
    return () => {
      document.removeEventListener('click', shut);
      document.removeEventListener('keydown', shut);
    };
  }, []);
  const leave = async () => {
    await client.call(signOut).catch(() => undefined);
    queryClient.clear();
    signedOut();
  };
  const post = session?.posts[0];
  return (
    <details className="menu" ref={menu}>
      <summary><span className="menu-name">{session?.name}</span><span className="menu-post">{post ? `${say(post.department)} · ${say(post.name)}` : ''}</span></summary>
      <div className="menu-list">
        <ul>{session?.posts.map((one) => <li key={one.code + one.department.zh} className="soft small">{say(one.department)} · {say(one.name)}</li>)}</ul>
        <NavLink to="/account">{t('nav.account')}</NavLink>
        <button type="button" onClick={() => void leave()}>{t('signOut')}</button>
      </div>
    </details>
  );
};

/** Pages without anybody's data: one's own account, calendars, the state of machines. */
const PLAIN = /^\/(?:account|admin\/(?:calendar|services)|security\/(?:health|operations|objectives|network|syslog|rules|controls|chain|places|state)|sign-on)(?:\/|$)/;
const isPersonal = (path: string): boolean => !PLAIN.test(path);

/** Head, navigation by permission, and the page. */
export const Frame = ({ children }: { children: ReactNode }) => {
  const { t } = useSpeech();
  const may = useMay();
  const maySecure = useMaySecure();
  const mayData = useMayData();
  const { status } = useSession();
  const main = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  const first = useRef(true);
  useEffect(() => {
    if (first.current) first.current = false;
    else main.current?.focus({ preventScroll: true });
    window.scrollTo(0, 0);
  }, [pathname]);
  const admin = may('services') || may('directory') || may('calendar') || may('payments');
  return (
    <div className="frame">
      <a className="skip" href="#main" onClick={(event) => { event.preventDefault(); main.current?.focus(); }}>{t('skip')}</a>
      <header className="top">
        <NavLink to="/" className="brand" aria-label={t('brand')}><CityMark /><Wordmark /><span className="brand-sub">{t('brand.sub')}</span></NavLink>
        <nav aria-label={t('nav.main')}>
          {may('work') ? <NavLink to="/work">{t('nav.work')}</NavLink> : null}
          {may('cases') ? <NavLink to="/cases">{t('nav.cases')}</NavLink> : null}
          {may('intake') ? <NavLink to="/intake">{t('nav.intake')}</NavLink> : null}
          {may('supervision') ? <NavLink to="/supervision">{t('nav.supervision')}</NavLink> : null}
          {mayData ? <NavLink to="/data">{t('nav.data')}</NavLink> : null}
          {maySecure ? <NavLink to="/security">{t('nav.security')}</NavLink> : null}
          {admin ? <NavLink to="/admin">{t('nav.admin')}</NavLink> : null}
        </nav>
        <div className="top-end"><LanguageSwitch /><Menu /></div>
      </header>
      <main id="main" ref={main} tabIndex={-1}>{children}</main>
      {isPersonal(pathname) ? <Watermark /> : null}
      {status === 'expired' ? <SignInAgain /> : null}
    </div>
  );
};
