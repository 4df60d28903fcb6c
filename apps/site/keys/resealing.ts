import type { Config } from '@zhengwu/config';
import { columnKeys, columnRing, createSealer, sealedBy, suiteNamed, type ColumnKeys, type Sealer } from '@zhengwu/crypto';
import { StartError, type Database } from '@zhengwu/database';
import type { Module, SealedColumn } from '@zhengwu/module';
import { both } from '../cli/say.ts';
import { words } from '../cli/words.ts';
import { portions, replace, type Replacement, type SealedValue } from './sealed-columns.ts';

export interface Resealing {
  database: Database;
  config: Config;
  columns: readonly SealedColumn[];
  now: Date;
  signal?: AbortSignal | undefined;
  batch?: number;
}

export interface Resealed {
  /** Values that were sealed anew. */
  changed: number;
  /** Values that name the key of now. */
  kept: number;
  /** Keys that nothing names any more and that are gone. */
  dropped: number;
  /** Former keys that stay for now. */
  waiting: number;
}

const BATCH = 500;
const PASSES = 5;
/** For how long a former key outlives the next one: a transaction, a process that was not told, or a backup may be on its way with what it sealed. */
export const KEPT_MS = 24 * 3_600_000;

export const sealedColumnsOf = (modules: readonly Module[]): SealedColumn[] => modules.flatMap(({ sealed = [] }) => sealed);

const freshOf = (sealer: Sealer, { table, column }: SealedColumn, current: string, values: readonly SealedValue[]): Replacement[] =>
  values.filter(({ sealed }) => sealedBy(sealed) !== current).map(({ key, sealed, context }) => {
    try {
      return { key, old: sealed, fresh: sealer.seal(sealer.open(sealed, context), context) };
    } catch (cause) {
      throw new StartError(both(words.keys.unreadable, { table, column, key }), { cause });
    }
  });

interface Pass {
  changed: number;
  kept: number;
  /** Values of another key that somebody changed in the same moment. */
  missed: number;
}

const onePass = async ({ database, config, columns, signal, batch = BATCH }: Resealing, keys: ColumnKeys, current: string): Promise<Pass> => {
  const pass: Pass = { changed: 0, kept: 0, missed: 0 };
  for (const column of columns) {
    const sealer = createSealer(config.keyPassphrase as string, column.purpose, suiteNamed(config.cryptoSuite), keys);
    for await (const values of portions(database, column, batch)) {
      signal?.throwIfAborted();
      const wanted = freshOf(sealer, column, current, values);
      const changed = wanted.length === 0 ? 0 : await database.as(database.system, (tx) => replace(tx, column, wanted));
      pass.changed += changed;
      pass.kept += values.length - wanted.length;
      pass.missed += wanted.length - changed;
    }
  }
  return pass;
};

/**
 * Seals every marked column under the newest key for columns, in batches beside the serving site, and drops former keys that nothing names
 * and whose successor is a day old. Killed at any point it is run again: what was done stays done. Without such a key nothing is to do.
 */
export const reseal = async (resealing: Resealing): Promise<Resealed> => {
  const { config, now } = resealing;
  const [ring, keys] = [columnRing(config), columnKeys(config)];
  if (!ring || !keys) throw new StartError('ZHENGWU_KEY_PASSPHRASE is not set: columns are sealed under it / 未设置 ZHENGWU_KEY_PASSPHRASE，密封的列以其加密');
  const all = await ring.all();
  const current = all.at(-1);
  if (!current) return { changed: 0, kept: 0, dropped: 0, waiting: 0 };
  let changed = 0;
  for (let passes = 0; passes < PASSES; passes += 1) {
    const pass = await onePass(resealing, keys, current.id);
    changed += pass.changed;
    // Only a pass that found nothing of a former key shows that nothing names it.
    if (pass.changed + pass.missed > 0) continue;
    const over = all.slice(0, -1).filter((_, at) => now.getTime() - Date.parse(all[at + 1]?.madeAt ?? '') >= KEPT_MS);
    if (over.length > 0) await ring.drop(over.map(({ id }) => id));
    return { changed, kept: pass.kept, dropped: over.length, waiting: all.length - 1 - over.length };
  }
  return { changed, kept: 0, dropped: 0, waiting: all.length - 1 };
};
