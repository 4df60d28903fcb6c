import type { ComponentType, LazyExoticComponent } from 'react';
import { Navigate, Route, Routes, useLocation } from 'react-router';
import { useSpeech } from '../base/language.tsx';
import { useMay, type Door } from '../base/session.tsx';
import type { Word } from '../words/words.ts';
import { NothingHere } from './states.tsx';
import { SubNav } from './subnav.tsx';

interface CentrePage<D extends Door> {
  path: string;
  text: Word;
  door: D;
  Page: LazyExoticComponent<ComponentType>;
}

/** Pages by what they are for, each for those whose permissions open its door. */
export interface CentreGroup<D extends Door = Door> {
  text: Word;
  pages: readonly CentrePage<D>[];
}

/** So many pages stand in one row; who sees more chooses a group first. */
const ONE_ROW = 7;

/** An area of the console with pages in groups, such as security at `/security`. */
export const Centre = ({ at, text, groups: all }: { at: string; text: Word; groups: readonly CentreGroup[] }) => {
  const { t } = useSpeech();
  const may = useMay();
  const { pathname } = useLocation();
  const groups = all.map((group) => ({ ...group, pages: group.pages.filter((one) => may(one.door)) })).filter((group) => group.pages.length > 0);
  const pages = groups.flatMap((group) => group.pages);
  const addressOf = ({ path }: CentrePage<Door>): string => `${at}/${path}`;
  const isHere = (page: CentrePage<Door>): boolean => pathname === addressOf(page) || pathname.startsWith(`${addressOf(page)}/`);
  const here = groups.find((group) => group.pages.some(isHere));
  const isGrouped = pages.length > ONE_ROW;
  const row = isGrouped ? here?.pages ?? [] : pages;
  return (
    <div className="page">
      {isGrouped ? <SubNav label={t(text)} pages={groups.map((group) => ({ to: addressOf(group.pages[0] as CentrePage<Door>), text: t(group.text), isHere: group === here }))} /> : null}
      {row.length > 1 || !isGrouped ? <SubNav label={t(isGrouped && here ? here.text : text)} isSecond={isGrouped} pages={row.map((page) => ({ to: addressOf(page), text: t(page.text) }))} /> : null}
      <Routes>
        {pages.map(({ path, Page }) => <Route key={path} path={`${path}/*`} element={<Page />} />)}
        <Route path="" element={pages[0] ? <Navigate to={addressOf(pages[0])} replace /> : <NothingHere kind="forbidden" />} />
        <Route path="*" element={<NothingHere kind="forbidden" />} />
      </Routes>
    </div>
  );
};
