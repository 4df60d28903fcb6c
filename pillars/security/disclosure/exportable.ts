import type { Actor, Text } from '@zhengwu/contracts';
import type { FindingKind } from '@zhengwu/detectors';
import { common } from '@zhengwu/errors';
import { key } from '@zhengwu/module';

/** Rows of a list as they go into the file. */
export interface Table {
  heads: readonly string[];
  rows: readonly (readonly (string | number | null)[])[];
}

/** A list that can be taken out of the system. A module offers it; who may is decided by the permission that shows the list on a page. */
export interface Exportable {
  /** Stable code, `audit-records`. */
  kind: string;
  title: Text;
  permission: string;
  filters: readonly { name: string; title: Text; required?: boolean }[];
  /** Kinds of numbers that the list holds in full; any other is masked in the file. */
  shows?: readonly FindingKind[];
  /** At most `most` rows within the actor's reach, which is that of the permission. */
  read(actor: Actor, filter: Readonly<Record<string, string>>, most: number, language: 'zh' | 'en'): Promise<Table>;
}

export interface Exports {
  offer(one: Exportable): void;
}

export const Exports = key<Exports>('disclosure.exports');

/** The actor with the reach of the permission; throws `access.denied` without it. */
export const within = (actor: Actor, permission: string): Actor => {
  const grant = Object.hasOwn(actor.permissions, permission) ? actor.permissions[permission] : undefined;
  if (!grant) throw common('access.denied');
  const isListed = grant.scope === 'department' || grant.scope === 'subtree';
  return { ...actor, scope: isListed ? 'departments' : grant.scope === 'all' ? 'all' : 'own', departments: isListed ? grant.departments : [] };
};
