import { escapeValue, readDn, writeDn } from './names.ts';

/** The base of a site's tree: as set, or from the English name of its government: dc=yunchuan,dc=example in a demonstration. Throws for what is no name of domain parts. */
export const baseOf = (setting: string | undefined, division: string, demo: boolean): string => {
  const named = (/^[A-Za-z]+/.exec(division)?.[0] ?? 'zhengwu').toLowerCase();
  const steps = readDn(setting ?? `dc=${escapeValue(named)},${demo ? 'dc=example' : 'dc=gov,dc=cn'}`);
  if (!steps?.length || steps[0]?.type !== 'dc') throw new Error('ZHENGWU_LDAP_BASE should be a name that begins with dc=');
  return writeDn(steps);
};
