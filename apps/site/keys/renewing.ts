import { setTimeout as pause } from 'node:timers/promises';
import type { Config } from '@zhengwu/config';
import { columnRing, UNNOTICED_MS, type KeyRing } from '@zhengwu/crypto';
import { StartError } from '@zhengwu/database';
import { both } from '../cli/say.ts';
import { words } from '../cli/words.ts';
import { fileKeys, openStore } from '../files.ts';
import { currentOf, dueOf, signingPurposes, storeOf, type SigningPurpose } from './signing.ts';

/** Months after which keys of rings are due (docs/security/keys.md). */
export const RING_MONTHS = { files: 12, columns: 24 } as const;

export interface RenewedSigning {
  key: string;
  algorithm: string;
  /** The key before, which verifies on. */
  former: string | null;
}

/** A new key signs for this purpose from now on. Throws where the settings would make one of another algorithm than the site's. */
export const renewSigning = async (config: Config, wanted: SigningPurpose): Promise<RenewedSigning> => {
  const { name: purpose } = wanted;
  if (wanted.otherwise) throw new StartError(both(words.keys[wanted.otherwise], { purpose }));
  const store = await storeOf(config, wanted);
  const former = await currentOf(store, wanted);
  if (former && former.algorithm !== store.algorithm) throw new StartError(both(words.keys.otherSuite, { purpose, former: former.algorithm, algorithm: store.algorithm }));
  const { kid, algorithm } = await store.rotate(wanted.purpose);
  return { key: kid, algorithm, former: former?.kid ?? null };
};

/** A new key for columns seals from now on; resolves when every process of the site knows it. Columns are to be sealed anew after that. */
export const renewColumnKey = async (config: Config): Promise<{ key: string }> => {
  const ring = columnRing(config);
  if (!ring) throw new StartError(both(words.rewrapNeeds));
  const { id } = await ring.rotate();
  // Each process looks at the ring now and then; what it seals until then the walk would have to find again.
  await pause(2 * UNNOTICED_MS);
  return { key: id };
};

/**
 * A new key for stored files, beside a running site: wraps the key of every file anew, encrypts what still lies open, and drops keys from
 * before the last renewal. Broken off, it is run again and makes good what is left.
 */
export const renewFileKey = async (config: Config): Promise<{ key: string; rewrapped: number; sealed: number }> => {
  const [ring, store] = [fileKeys(config), await openStore(config)];
  const before = await ring.all();
  const { id } = await ring.rotate();
  const counts = await store.rewrap();
  // The last one stays: a file may have been on its way while the ring changed.
  await ring.drop(before.slice(0, -1).map((one) => one.id));
  return { key: id, ...counts };
};

/** A key that was renewed because its time was over. */
export interface RenewedInTime {
  purpose: string;
  detail: object;
}

const isDue = (madeAt: string | undefined, months: number, now: Date): boolean => madeAt !== undefined && dueOf(madeAt, months) <= now.toISOString().slice(0, 10);
const isRingDue = async (ring: KeyRing | undefined, months: number, now: Date): Promise<boolean> => isDue((await ring?.all())?.at(-1)?.madeAt, months, now);

/** Renews each key that has served as long as the policy lets it; what is renewed by other means is left alone. */
export const renewDue = async (config: Config, now: Date): Promise<RenewedInTime[]> => {
  const renewed: RenewedInTime[] = [];
  for (const wanted of signingPurposes.filter(({ otherwise }) => otherwise === undefined)) {
    const current = await currentOf(await storeOf(config, wanted), wanted);
    if (isDue(current?.createdAt, wanted.months, now)) renewed.push({ purpose: wanted.name, detail: await renewSigning(config, wanted) });
  }
  if (await isRingDue(columnRing(config), RING_MONTHS.columns, now)) renewed.push({ purpose: 'columns', detail: await renewColumnKey(config) });
  if (await isRingDue(fileKeys(config), RING_MONTHS.files, now)) renewed.push({ purpose: 'files', detail: await renewFileKey(config) });
  return renewed;
};
