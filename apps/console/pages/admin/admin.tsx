import { Navigate, Route, Routes } from 'react-router';
import { useSpeech } from '../../base/language.tsx';
import { useMay } from '../../base/session.tsx';
import { NothingHere } from '../../parts/states.tsx';
import { SubNav } from '../../parts/subnav.tsx';
import { BeforeAfterPage } from './before-after.tsx';
import { CalendarPage } from './calendar.tsx';
import { Departments } from './departments.tsx';
import { Groups } from './groups.tsx';
import { Incidents } from './incidents.tsx';
import { Payments } from './payments.tsx';
import { PeopleFlow } from './people-flow.tsx';
import { People } from './people.tsx';
import { Posts } from './posts.tsx';
import { Reorganise } from './reorganise.tsx';
import { Services } from './services.tsx';

/** Administration: each page only for those who may. */
export const Admin = () => {
  const { t } = useSpeech();
  const may = useMay();
  const all = [
    { path: 'services', text: t('admin.services'), open: may('services'), page: <Services /> },
    { path: 'calendar', text: t('admin.calendar'), open: may('calendar'), page: <CalendarPage /> },
    { path: 'departments', text: t('admin.departments'), open: may('directory'), page: <Departments /> },
    { path: 'joiners', text: t('admin.joiners'), open: may('directory'), page: <PeopleFlow /> },
    { path: 'people', text: t('admin.people'), open: may('directory'), page: <People /> },
    { path: 'posts', text: t('admin.posts'), open: may('directory'), page: <Posts /> },
    { path: 'groups', text: t('admin.groups'), open: may('directory'), page: <Groups /> },
    { path: 'reorganise', text: t('admin.reorganise'), open: may('directory'), page: <Reorganise /> },
    { path: 'payments', text: t('admin.payments'), open: may('payments'), page: <Payments /> },
    { path: 'incidents', text: t('admin.incidents'), open: may('mend'), page: <Incidents /> },
    { path: 'before-after', text: t('admin.beforeAfter'), open: true, page: <BeforeAfterPage /> },
  ];
  const pages = all.filter((one) => one.open);
  return (
    <div className="page">
      <SubNav label={t('nav.admin')} pages={pages.map((one) => ({ to: `/admin/${one.path}`, text: one.text }))} />
      <Routes>
        {pages.map((one) => <Route key={one.path} path={one.path} element={one.page} />)}
        <Route path="" element={<Navigate to={`/admin/${pages[0]?.path ?? 'before-after'}`} replace />} />
        <Route path="*" element={<NothingHere kind="forbidden" />} />
      </Routes>
    </div>
  );
};
