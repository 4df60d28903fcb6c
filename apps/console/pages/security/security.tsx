import { lazy, type ComponentType, type LazyExoticComponent } from 'react';
import { Navigate, Route, Routes } from 'react-router';
import { useSpeech } from '../../base/language.tsx';
import type { securityDoors } from '../../base/security-doors.ts';
import { useMay } from '../../base/session.tsx';
import { NothingHere } from '../../parts/states.tsx';
import { SubNav } from '../../parts/subnav.tsx';
import type { Word } from '../../words/words.ts';

interface SecurityPage {
  path: string;
  text: Word;
  door: (typeof securityDoors)[number];
  Page: LazyExoticComponent<ComponentType>;
}

/** The pages of the security centre, each for those whose permissions open its door. */
export const securityPages: readonly SecurityPage[] = [
  { path: 'state', text: 'security.state', door: 'govern', Page: lazy(async () => ({ default: (await import('./state.tsx')).StatePage })) },
  { path: 'registers', text: 'security.registers', door: 'govern', Page: lazy(async () => ({ default: (await import('./registers.tsx')).RegistersPage })) },
  { path: 'controls', text: 'security.controls', door: 'govern', Page: lazy(async () => ({ default: (await import('./controls.tsx')).ControlsPage })) },
  { path: 'chain', text: 'security.chain', door: 'govern', Page: lazy(async () => ({ default: (await import('./chain.tsx')).ChainPage })) },
  { path: 'alerts', text: 'security.alerts', door: 'alerts', Page: lazy(async () => ({ default: (await import('./alerts.tsx')).Alerts })) },
  { path: 'rules', text: 'security.rules', door: 'alerts', Page: lazy(async () => ({ default: (await import('./rules.tsx')).Rules })) },
  { path: 'trail', text: 'security.trail', door: 'trail', Page: lazy(async () => ({ default: (await import('./trail.tsx')).Trail })) },
  { path: 'corrections', text: 'security.corrections', door: 'corrections', Page: lazy(async () => ({ default: (await import('./corrections.tsx')).Corrections })) },
  { path: 'certificates', text: 'security.certificates', door: 'certificates', Page: lazy(async () => ({ default: (await import('./certificates.tsx')).Certificates })) },
  { path: 'roles', text: 'admin.roles', door: 'roles', Page: lazy(async () => ({ default: (await import('../admin/roles.tsx')).Roles })) },
  { path: 'duties', text: 'security.duties', door: 'duties', Page: lazy(async () => ({ default: (await import('./duties.tsx')).Duties })) },
  { path: 'access', text: 'security.access', door: 'access', Page: lazy(async () => ({ default: (await import('./access.tsx')).Access })) },
  { path: 'applications', text: 'security.applications', door: 'roles', Page: lazy(async () => ({ default: (await import('./applications.tsx')).Applications })) },
  { path: 'health', text: 'security.health', door: 'monitor', Page: lazy(async () => ({ default: (await import('./health.tsx')).HealthPage })) },
  { path: 'operations', text: 'security.operations', door: 'monitor', Page: lazy(async () => ({ default: (await import('./operations.tsx')).OperationsPage })) },
  { path: 'objectives', text: 'security.objectives', door: 'monitor', Page: lazy(async () => ({ default: (await import('./objectives.tsx')).ObjectivesPage })) },
  { path: 'requests', text: 'security.requests', door: 'requests', Page: lazy(async () => ({ default: (await import('./requests.tsx')).RequestsPage })) },
  { path: 'network', text: 'security.probes', door: 'monitor', Page: lazy(async () => ({ default: (await import('./probes.tsx')).ProbesPage })) },
  { path: 'syslog', text: 'security.syslog', door: 'monitor', Page: lazy(async () => ({ default: (await import('./syslog.tsx')).SyslogPage })) },
  { path: 'devices', text: 'security.devices', door: 'devices', Page: lazy(async () => ({ default: (await import('./devices.tsx')).Devices })) },
  { path: 'sessions', text: 'security.sessions', door: 'recovery', Page: lazy(async () => ({ default: (await import('./sessions.tsx')).SessionsPage })) },
  { path: 'window', text: 'security.window', door: 'window', Page: lazy(async () => ({ default: (await import('./window.tsx')).WindowPage })) },
  { path: 'mine', text: 'security.mine', door: 'mySecurity', Page: lazy(async () => ({ default: (await import('./my-security.tsx')).MySecurityPage })) },
];

/** Security: proof, rights, certificates, defence, monitoring, management; a page each. */
export const Security = () => {
  const { t } = useSpeech();
  const may = useMay();
  const pages = securityPages.filter((one) => may(one.door));
  return (
    <div className="page">
      <SubNav label={t('nav.security')} pages={pages.map((one) => ({ to: `/security/${one.path}`, text: t(one.text) }))} />
      <Routes>
        {pages.map(({ path, Page }) => <Route key={path} path={`${path}/*`} element={<Page />} />)}
        <Route path="" element={pages[0] ? <Navigate to={`/security/${pages[0].path}`} replace /> : <NothingHere kind="forbidden" />} />
        <Route path="*" element={<NothingHere kind="forbidden" />} />
      </Routes>
    </div>
  );
};
