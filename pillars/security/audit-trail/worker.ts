import type { Clock } from '@zhengwu/clock';
import type { KeyStore } from '@zhengwu/crypto';
import type { Database } from '@zhengwu/database';
import { digestOf } from './export.ts';
import { PURPOSE, signHead } from './head.ts';
import { append, leafHash, rootOf } from './merkle.ts';
import { canonical } from './record.ts';
import * as store from './store.ts';

export const BATCH = 5000;

export interface Appending {
  database: Database;
  keys: KeyStore;
  clock: Pick<Clock, 'now'>;
  /** A time-stamp token over a SHA-256 digest; null where the site has no authority. */
  stamp?: (digest: Buffer) => Promise<Buffer | null>;
  batch?: number;
  signal?: AbortSignal;
}

interface Pass {
  from: string;
  /** Where the floor may rise to once nothing is left. */
  until: string;
  isDone: boolean;
  appended: number;
}

const begin = (database: Database, from: string | undefined): Promise<Pass> =>
  database.as(database.system, async (tx) => {
    const log = await store.holdLog(tx);
    return { from: from ?? log.floor, until: await store.decidedUntil(tx), isDone: false, appended: 0 };
  });

const oneBatch = async ({ database, keys, clock, stamp, batch = BATCH }: Appending, pass: Pass): Promise<Pass> => {
  const key = await keys.current(PURPOSE);
  return database.as(database.system, async (tx) => {
    const log = await store.holdLog(tx);
    const first = log.size;
    const records = await store.unlogged(tx, pass.from, batch);
    const leaves = records.map((record) => leafHash(canonical(record)));
    const isDone = records.length < batch;
    for (const leaf of leaves) append(log, leaf);
    if (leaves.length > 0) {
      await store.addEntries(tx, first, records.map(({ id }) => id), leaves);
      await store.saveEdge(tx, log);
    }
    if (isDone) await store.saveFloor(tx, pass.until);
    if (log.size > ((await store.lastHead(tx))?.size ?? 0)) {
      const at = clock.now();
      await store.addSigner(tx, key.kid, key.publicKey.export({ type: 'spki', format: 'pem' }) as string, key.createdAt);
      // By the very key that was noted: another process may have made a newer one meanwhile.
      const jws = await signHead(key, { size: log.size, root: rootOf(log).toString('hex'), at: at.toISOString(), retainedFrom: log.retainedFrom });
      await store.addHead(tx, log.size, at, jws, (await stamp?.(digestOf(jws))) ?? null);
    }
    return { ...pass, from: records.at(-1)?.at ?? pass.from, isDone, appended: pass.appended + records.length };
  });
};

/**
 * Appends every committed record that the log has not yet, a batch a transaction, each with its signed head. Any number may run at
 * once, and may be killed at any point: the log's row is held for a batch, and a batch is there whole or not at all.
 * `from` looks again from that time on instead of from where all is known to be in. Answers how many were appended.
 */
export const appendRecords = async (appending: Appending, from?: string): Promise<number> => {
  let pass = await begin(appending.database, from);
  while (!pass.isDone && appending.signal?.aborted !== true) pass = await oneBatch(appending, pass);
  return pass.appended;
};
