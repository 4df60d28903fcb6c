import { useMay, type Door } from './session.tsx';

/** Doors of the security centre's pages; any of them shows the centre in the navigation. */
export const securityDoors = ['alerts', 'trail', 'corrections', 'exports', 'disclosure', 'certificates', 'duties', 'access', 'roles', 'monitor', 'requests', 'devices', 'recovery', 'window', 'govern', 'decideLabels', 'mySecurity', 'directory', 'ldap', 'sources'] as const satisfies readonly Door[];

export const useMaySecure = (): boolean => {
  const may = useMay();
  return securityDoors.some(may);
};
