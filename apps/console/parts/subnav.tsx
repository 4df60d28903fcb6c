import { useEffect, useRef } from 'react';
import { Link, NavLink, useLocation } from 'react-router';

interface Entry {
  to: string;
  text: string;
  /** For an entry that stands for several pages: whether one is on one of them. */
  isHere?: boolean;
}

/** Pages of one part of the console, or of a group in it; on a narrow screen the row scrolls to where one is. */
export const SubNav = ({ label, pages, isSecond = false }: { label: string; pages: readonly Entry[]; isSecond?: boolean }) => {
  const row = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  useEffect(() => {
    const [place, here] = [row.current, row.current?.querySelector<HTMLElement>('.active')];
    if (place && here) place.scrollLeft = here.offsetLeft - place.offsetLeft - (place.clientWidth - here.clientWidth) / 2;
  }, [pathname]);
  return (
    <nav ref={row} className={isSecond ? 'subnav second' : 'subnav'} aria-label={label}>
      {pages.map(({ to, text, isHere }) => isHere === undefined
        ? <NavLink key={to} to={to}>{text}</NavLink>
        : <Link key={to} to={to} className={isHere ? 'active' : ''} aria-current={isHere ? 'true' : undefined}>{text}</Link>)}
    </nav>
  );
};
