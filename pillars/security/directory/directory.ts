import type { Text } from '@zhengwu/contracts';
import type { Acting, Database, Tx } from '@zhengwu/database';
import { key as keyOf } from '@zhengwu/module';
import { openFlow, type Flow } from './belongings.ts';
import type { Principals } from './principals.ts';
import * as store from './store.ts';

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
  departmentByCode(code: string): DepartmentRef | undefined;
  /** Officials by name; with `work`, only those who could take it. */
  colleagues(actor: Acting, text: string, work?: { department: number; post: string | null }): Promise<FoundColleague[]>;
  /** Officials in office among these ids, with their names. */
  officials(ids: readonly string[]): Promise<{ id: string; name: string }[]>;
  /** For whom this official stands in now (委托代理). */
  standsInFor(actor: Acting): Promise<string[]>;
  /** What other modules do when people join, move and leave. */
  readonly flow: Flow;
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
  let changes = 0;
  const refresh = async (): Promise<void> => {
    const rows = await database.as(database.system, (tx: Tx) => store.departments(tx), { readOnly: true });
    const refs = rows.map((row) => ({ id: row.id, code: row.code, name: { zh: row.name_zh, en: row.name_en } }));
    byId = new Map(refs.map((ref) => [ref.id, ref]));
    byCode = new Map(refs.map((ref) => [ref.code, ref]));
  };
  await refresh();
  return {
    departmentById: (id) => byId.get(id),
    departmentByCode: (code) => byCode.get(code),
    colleagues: (actor, text, work) => database.as(actor, (tx) => store.findColleagues(tx, text, work ?? null), { readOnly: true }),
    officials: (ids) => database.as(database.system, (tx) => store.officials(tx, ids), { readOnly: true }),
    standsInFor: (actor) => database.as(actor, (tx) => store.standsInFor(tx, actor.personId ?? ''), { readOnly: true }),
    flow: openFlow(), principals, refresh,
    changes: () => changes,
    changed: () => void (changes += 1),
  };
};
