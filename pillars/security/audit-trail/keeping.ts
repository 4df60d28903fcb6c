import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '@zhengwu/clock';
import type { KeyStore } from '@zhengwu/crypto';
import type { Database } from '@zhengwu/database';
import { digestOf, writeSpan } from './export.ts';
import { PURPOSE, signHead } from './head.ts';
import { append, emptyEdge, rootOf } from './merkle.ts';
import * as reading from './store-reading.ts';
import * as store from './store.ts';
import { verifyExport } from './verify.ts';

/** Records in one bundle, unless a single head covers more. */
const BUNDLE = 50_000;

const nextSpan = (database: Database): Promise<{ number: number; from: number; until: number } | undefined> =>
  database.as(database.system, async (tx) => {
    const { number, until: from } = await store.bundledUntil(tx);
    const until = (await store.headWithin(tx, from, from + BUNDLE)) ?? (await store.headAfter(tx, from));
    return until === null ? undefined : { number: number + 1, from, until };
  });

/** Writes one bundle under a draft's name, judges it where it lies, then names it. A bundle that is there already is only judged. */
const placeBundle = async (database: Database, target: string, draft: string, from: number, until: number): Promise<void> => {
  const pem = (await database.as(database.system, store.signers)).join('');
  const holds = async (folder: string): Promise<boolean> =>
    verifyExport(folder, pem).then(({ findings, records, head }) => findings.length === 0 && records === until && head?.size === until, () => false);
  if (await holds(target)) return;
  await rm(target, { recursive: true, force: true });
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft, { recursive: true, mode: 0o700 });
  await database.as(database.system, (tx) => writeSpan(tx, draft, from, until), { isolation: 'repeatable read' });
  if (!(await holds(draft))) throw new Error(`the bundle at ${draft} does not verify`);
  await rename(draft, target);
};

/**
 * Copies what is new to the second place, in bundles that can each be verified alone. Killed at any point it goes on the next time;
 * a bundle counts only when it was verified where it lies. Answers how many were placed.
 */
export const copyOut = async (database: Database, place: string, signal?: AbortSignal): Promise<number> => {
  for (let placed = 0; ; placed += 1) {
    const span = signal?.aborted === true ? undefined : await nextSpan(database);
    if (!span) return placed;
    const { number, from, until } = span;
    const name = `bundle-${String(number).padStart(6, '0')}`;
    await placeBundle(database, join(place, name), join(place, `.${name}.part`), from, until);
    await database.as(database.system, async (tx) => {
      await store.holdLog(tx);
      if ((await store.bundledUntil(tx)).number >= number) return;
      const edge = emptyEdge();
      await reading.eachLeaf(tx, until, (leaf) => append(edge, leaf));
      await store.noteBundle(tx, number, from, until, join(place, name), edge.hashes);
      await store.noteExport(tx, until, join(place, name));
    });
  }
};

export interface Retiring {
  database: Database;
  keys: KeyStore;
  clock: Pick<Clock, 'now'>;
  /** Months for which records stay; six at the least. */
  months: number;
  stamp?: (digest: Buffer) => Promise<Buffer | null>;
}

/** Removes bodies older than the months that are kept and verified in the second place; leaves stay, and a head says so. Answers how many. */
export const retire = ({ database, keys, clock, months, stamp }: Retiring): Promise<number> =>
  database.as(database.system, async (tx) => {
    const log = await store.holdLog(tx);
    const until = Math.min(await store.headOlderThan(tx, months), (await store.bundledUntil(tx)).until);
    if (until <= log.retainedFrom) return 0;
    const removed = await store.removeBodies(tx, until);
    const at = clock.now();
    const key = await keys.current(PURPOSE);
    await store.addSigner(tx, key.kid, key.publicKey.export({ type: 'spki', format: 'pem' }) as string, key.createdAt);
    const jws = await signHead(key, { size: log.size, root: rootOf(log).toString('hex'), at: at.toISOString(), retainedFrom: until });
    await store.addHead(tx, log.size, at, jws, (await stamp?.(digestOf(jws))) ?? null);
    await store.noteRetired(tx, until, removed);
    return removed;
  });
