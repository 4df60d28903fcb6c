import { NavLink } from 'react-router';

/** Pages of one part of the console. */
export const SubNav = ({ label, pages }: { label: string; pages: { to: string; text: string }[] }) => (
  <nav className="subnav" aria-label={label}>{pages.map((page) => <NavLink key={page.to} to={page.to}>{page.text}</NavLink>)}</nav>
);
