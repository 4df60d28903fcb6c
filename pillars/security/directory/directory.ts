import type { Text } from '@zhengwu/contracts';
import type { Acting, Database, Tx } from '@zhengwu/database';
import { key as keyOf } from '@zhengwu/module';
import { openApplications, type Applications } from './applications.ts';
import { openFlow, type Flow } from './belongings.ts';
import type { Follower } from './followers.ts';
import type { Principals } from './principals.ts';
import * as store from './store.ts';
import { groupsNamed, membersOf } from './store-applications.ts';
import { successions } from './store-reorganisation.ts';

export interface DepartmentRef {
  id: number;
  code: string;
  name: Text;
}

export interface FoundColleague {
  id: string;
  name: string;
  department: Text;
  posts: Text[];
  openTasks: number;
  away: boolean;
}

/** What other modules ask of the directory. */
export interface Directory {
  departmentById(id: number): DepartmentRef | undefined;
  /** The department of this code, or whoever follows it; with a service, whoever took that over when its department was split. */
  departmentByCode(code: string, service?: string): DepartmentRef | undefined;
  /** Officials by name; with `work`, only those who could take it. */
  colleagues(actor: Acting, text: string, work?: { department: number; post: string | null }): Promise<FoundColleague[]>;
  /** Officials in office among these ids, with their names. */
  officials(ids: readonly string[]): Promise<{ id: string; name: string }[]>;
  /** For whom this official stands in now (委托代理). */
  standsInFor(actor: Acting): Promise<string[]>;
  /** What other modules do when people join, move and leave. */
  readonly flow: Flow;
  /** Rows of other modules that follow when departments merge or split. */
  readonly followers: Follower[];
  /** Groups of people by their codes, with their members in office. */
  groups(codes: readonly string[]): Promise<{ name: Text; members: { id: string; name: string }[] }[]>;
  /** Members in office of these groups. */
  members(groups: readonly string[]): Promise<string[]>;
  readonly applications: Applications;
  readonly principals: Principals;
  /** Reads the departments anew. */
  refresh(): Promise<void>;
  /** Bumped whenever rights may have changed, so that cached sessions are read anew. */
  changes(): number;
  changed(): void;
}

export const Directory = keyOf<Directory>('directory');

/** Opens the directory; departments are kept in memory, because every list names them. */
export const openDirectory = async (database: Database, principals: Principals): Promise<Directory> => {
  let byId = new Map<number, DepartmentRef>();
  let byCode = new Map<string, DepartmentRef>();
  let taken = new Map<string, number>();
  let changes = 0;
  const refresh = async (): Promise<void> => {
    const [rows, gone] = await database.as(database.system, async (tx: Tx) => [await store.departments(tx), await successions(tx)] as const, { readOnly: true });
    const successor = new Map(rows.map((row) => [row.id, row.successor]));
    const last = (id: number): number => (successor.get(id) ? last(successor.get(id) as number) : id);
    byId = new Map(rows.map((row) => [row.id, { id: row.id, code: row.code, name: { zh: row.name_zh, en: row.name_en } }]));
    byCode = new Map(rows.flatMap((row) => {
      const ref = byId.get(last(row.id));
      return ref ? [[row.code, ref] as const] : [];
    }));
    taken = new Map(gone.map((one) => [`${one.department} ${one.service}`, last(one.successor)]));
  };
  const departmentByCode = (code: string, service?: string): DepartmentRef | undefined => {
    const found = byCode.get(code);
    const follower = found && service ? taken.get(`${found.id} ${service}`) : undefined;
    return follower === undefined ? found : byId.get(follower);
  };
  await refresh();
  return {
    departmentById: (id) => byId.get(id),
    departmentByCode,
    colleagues: (actor, text, work) => database.as(actor, (tx) => store.findColleagues(tx, text, work ?? null), { readOnly: true }),
    officials: (ids) => database.as(database.system, (tx) => store.officials(tx, ids), { readOnly: true }),
    standsInFor: (actor) => database.as(actor, (tx) => store.standsInFor(tx, actor.personId ?? ''), { readOnly: true }),
    groups: (codes) => database.as(database.system, (tx) => groupsNamed(tx, codes), { readOnly: true }),
    members: (groups) => database.as(database.system, (tx) => membersOf(tx, groups), { readOnly: true }),
    applications: openApplications(database), flow: openFlow(), followers: [], principals, refresh,
    changes: () => changes,
    changed: () => void (changes += 1),
  };
};
