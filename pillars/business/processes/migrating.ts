import type { Tx } from '@zhengwu/database';
import type { Effect } from './engine/command.ts';
import { migrate, type ElementMapping, type Problem } from './engine/migration.ts';
import { fail } from './errors.ts';
import { definitionOf, writeOf, type World } from './instances.ts';
import { renameTimers, selectInstance, selectLive, writeInstance } from './store.ts';

export interface Migrated {
  problems: readonly Problem[];
  /** For the owner of the instance: tasks that read differently. Timers and subscriptions are moved here. */
  effects: readonly Effect[];
}

const PAGE = 500;
const FIRST = '00000000-0000-0000-0000-000000000000';

/** Moves one running instance to another definition, under its row lock; with any problem nothing changes. */
export async function migrateInstance(tx: Tx, id: string, toHash: string, mapping: ElementMapping, world: World): Promise<Migrated> {
  const row = await selectInstance(tx, id, true);
  if (!row) throw fail('process.unknown', { id });
  const [from, to] = [await definitionOf(tx, row.definition), await definitionOf(tx, toHash)];
  const { state, problems, effects } = migrate(from.definition, to.definition, mapping, row.state, { now: world.now, decide: world.decide, definitions: (called) => to.byId.get(called) });
  if (problems.length > 0) return { problems, effects: [] };
  await renameTimers(tx, id, effects.filter((effect) => effect.type === 'moveTimer'));
  await writeInstance(tx, writeOf({ id, definition: toHash, version: row.version }, state, effects, world.dueOf));
  return { problems, effects };
}

/** What every live instance of `fromHash` would meet, by id; nothing changes. Instances without problems have an empty list. */
export async function previewInstances(tx: Tx, fromHash: string, toHash: string, mapping: ElementMapping, world: World): Promise<Map<string, readonly Problem[]>> {
  const [from, to] = [await definitionOf(tx, fromHash), await definitionOf(tx, toHash)];
  const found = new Map<string, readonly Problem[]>();
  for (let after = FIRST; ;) {
    const rows = await selectLive(tx, fromHash, after, PAGE);
    for (const { id, state } of rows) found.set(id, migrate(from.definition, to.definition, mapping, state, { now: world.now, definitions: (called) => to.byId.get(called) }).problems);
    if (rows.length < PAGE) return found;
    after = rows.at(-1)?.id ?? after;
  }
}
