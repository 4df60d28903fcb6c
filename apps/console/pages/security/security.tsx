import { lazy } from 'react';
import type { securityDoors } from '../../base/security-doors.ts';
import { Centre, type CentreGroup } from '../../parts/centre.tsx';

/** The pages of the security centre by what they are for, each for those whose permissions open its door. */
export const securityGroups: readonly CentreGroup<(typeof securityDoors)[number]>[] = [
  {
    text: 'security.group.management',
    pages: [
      { path: 'state', text: 'security.state', door: 'govern', Page: lazy(async () => ({ default: (await import('./state.tsx')).StatePage })) },
      { path: 'registers', text: 'security.registers', door: 'govern', Page: lazy(async () => ({ default: (await import('./registers.tsx')).RegistersPage })) },
      { path: 'controls', text: 'security.controls', door: 'govern', Page: lazy(async () => ({ default: (await import('./controls.tsx')).ControlsPage })) },
      { path: 'chain', text: 'security.chain', door: 'govern', Page: lazy(async () => ({ default: (await import('./chain.tsx')).ChainPage })) },
    ],
  },
  {
    text: 'security.group.defence',
    pages: [
      { path: 'alerts', text: 'security.alerts', door: 'alerts', Page: lazy(async () => ({ default: (await import('./alerts.tsx')).Alerts })) },
      { path: 'disclosure', text: 'security.disclosure', door: 'disclosure', Page: lazy(async () => ({ default: (await import('./disclosure.tsx')).DisclosurePage })) },
      { path: 'rules', text: 'security.rules', door: 'alerts', Page: lazy(async () => ({ default: (await import('./rules.tsx')).Rules })) },
    ],
  },
  {
    text: 'security.group.rights',
    pages: [
      { path: 'labels', text: 'security.labels', door: 'decideLabels', Page: lazy(async () => ({ default: (await import('./labels.tsx')).LabelsPage })) },
      { path: 'roles', text: 'admin.roles', door: 'roles', Page: lazy(async () => ({ default: (await import('../admin/roles.tsx')).Roles })) },
      { path: 'duties', text: 'security.duties', door: 'duties', Page: lazy(async () => ({ default: (await import('./duties.tsx')).Duties })) },
      { path: 'access', text: 'security.access', door: 'access', Page: lazy(async () => ({ default: (await import('./access.tsx')).Access })) },
      { path: 'applications', text: 'security.applications', door: 'roles', Page: lazy(async () => ({ default: (await import('./applications.tsx')).Applications })) },
      { path: 'sign-on', text: 'security.signOn', door: 'roles', Page: lazy(async () => ({ default: (await import('./sign-on.tsx')).SignOn })) },
      { path: 'provisioning', text: 'security.provisioning', door: 'directory', Page: lazy(async () => ({ default: (await import('./provisioning.tsx')).ProvisioningPage })) },
      { path: 'ldap', text: 'security.ldap', door: 'ldap', Page: lazy(async () => ({ default: (await import('./ldap.tsx')).LdapPage })) },
      { path: 'sources', text: 'security.sources', door: 'sources', Page: lazy(async () => ({ default: (await import('./identity-sources.tsx')).IdentitySourcesPage })) },
      { path: 'sessions', text: 'security.sessions', door: 'recovery', Page: lazy(async () => ({ default: (await import('./sessions.tsx')).SessionsPage })) },
      { path: 'window', text: 'security.window', door: 'window', Page: lazy(async () => ({ default: (await import('./window.tsx')).WindowPage })) },
    ],
  },
  {
    text: 'security.group.identity',
    pages: [
      { path: 'certificates', text: 'security.certificates', door: 'certificates', Page: lazy(async () => ({ default: (await import('./certificates.tsx')).Certificates })) },
      { path: 'devices', text: 'security.devices', door: 'devices', Page: lazy(async () => ({ default: (await import('./devices.tsx')).Devices })) },
    ],
  },
  {
    text: 'security.group.audit',
    pages: [
      { path: 'trail', text: 'security.trail', door: 'trail', Page: lazy(async () => ({ default: (await import('./trail.tsx')).Trail })) },
      { path: 'corrections', text: 'security.corrections', door: 'corrections', Page: lazy(async () => ({ default: (await import('./corrections.tsx')).Corrections })) },
    ],
  },
  {
    text: 'security.group.monitoring',
    pages: [
      { path: 'health', text: 'security.health', door: 'monitor', Page: lazy(async () => ({ default: (await import('./health.tsx')).HealthPage })) },
      { path: 'operations', text: 'security.operations', door: 'monitor', Page: lazy(async () => ({ default: (await import('./operations.tsx')).OperationsPage })) },
      { path: 'objectives', text: 'security.objectives', door: 'monitor', Page: lazy(async () => ({ default: (await import('./objectives.tsx')).ObjectivesPage })) },
      { path: 'requests', text: 'security.requests', door: 'requests', Page: lazy(async () => ({ default: (await import('./requests.tsx')).RequestsPage })) },
      { path: 'network', text: 'security.probes', door: 'monitor', Page: lazy(async () => ({ default: (await import('./probes.tsx')).ProbesPage })) },
      { path: 'syslog', text: 'security.syslog', door: 'monitor', Page: lazy(async () => ({ default: (await import('./syslog.tsx')).SyslogPage })) },
    ],
  },
  {
    text: 'security.group.own',
    pages: [
      { path: 'exports', text: 'security.exports', door: 'exports', Page: lazy(async () => ({ default: (await import('./exports.tsx')).ExportsPage })) },
      { path: 'mine', text: 'security.mine', door: 'mySecurity', Page: lazy(async () => ({ default: (await import('./my-security.tsx')).MySecurityPage })) },
    ],
  },
];

/** Security: proof, rights, certificates, defence, monitoring, management; a page each. */
export const Security = () => <Centre at="/security" text="nav.security" groups={securityGroups} />;
