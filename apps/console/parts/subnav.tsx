import { useEffect, useRef } from 'react';
import { NavLink, useLocation } from 'react-router';

/** Pages of one part of the console; on a narrow screen the row scrolls to where one is. */
export const SubNav = ({ label, pages }: { label: string; pages: { to: string; text: string }[] }) => {
  const row = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  useEffect(() => {
    const [place, here] = [row.current, row.current?.querySelector<HTMLElement>('.active')];
    if (place && here) place.scrollLeft = here.offsetLeft - place.offsetLeft - (place.clientWidth - here.clientWidth) / 2;
  }, [pathname]);
  return <nav ref={row} className="subnav" aria-label={label}>{pages.map((page) => <NavLink key={page.to} to={page.to}>{page.text}</NavLink>)}</nav>;
};
