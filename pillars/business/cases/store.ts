import type { Actor } from '@zhengwu/contracts';
import type { Acting, Database } from '@zhengwu/database';
import type { State } from '@zhengwu/processes';
import type { ApplicationRow, CaseRow, TaskRow } from './rows.ts';
import { openCommitter, type Once } from './committing.ts';
import type { Unit } from './unit.ts';

/** What one command reads. */
export interface Loaded {
  case: CaseRow;
  application: ApplicationRow;
  tasks: TaskRow[];
  instance: { id: string; definition: string; version: number; state: State };
  /** File hashes of pictures by material. */
  pictures: Record<string, string> | null;
  last: { by: string | null; at: string } | null;
}

export interface CaseStore {
  loadCase(actor: Acting, id: string): Promise<Loaded>;
  loadTask(actor: Acting, id: string): Promise<Loaded>;
  /** Commits a unit whole; with a key, a repeat gets the first answer. */
  commit<A>(actor: Actor, unit: Unit, answer: A, once?: Once): Promise<A>;
  /** Commits the units of one command, all or none. */
  commitAll<A>(actor: Actor, units: readonly Unit[], answer: A, once?: Once): Promise<A>;
  /** The answer of the command that was carried out under this key, if it was. */
  kept(actor: Actor, once: Once): Promise<{ answer: unknown } | null>;
  /** First of 64 running numbers for cases. */
  numberBlock(): Promise<number>;
}

const LOAD = 'select cases.load($1::jsonb, $2::uuid, $3::uuid) as loaded';

/** The hot statements of cases: one round trip each. */
export const caseStore = (database: Database): CaseStore => {
  const load = async (actor: Acting, caseId: string | null, taskId: string | null): Promise<Loaded> => {
    const { rows } = await database.ask<{ loaded: Loaded }>(actor, 'cases.load', LOAD, [caseId, taskId]);
    return (rows[0] as { loaded: Loaded }).loaded;
  };
  const commitAll = openCommitter(database);
  return {
    loadCase: (actor, id) => load(actor, id, null),
    loadTask: (actor, id) => load(actor, null, id),
    commit: (actor, unit, answer, once) => commitAll(actor, [unit], answer, once),
    commitAll,
    kept: async (actor, once) => {
      const { rows } = await database.ask<{ kept: { answer: unknown } | null }>(actor, 'cases.kept', 'select cases.kept($1::jsonb, $2::jsonb) as kept', [JSON.stringify(once)]);
      return rows[0]?.kept ?? null;
    },
    numberBlock: async () => {
      const { rows } = await database.call<{ first: number }>(database.system, 'cases.number_block', 'select cases.next_number_block($1::jsonb) as first');
      return (rows[0] as { first: number }).first;
    },
  };
};
