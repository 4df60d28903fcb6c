import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { openKeyRing, readRing, type KeyRing, type RingKey } from './key-ring.ts';
import type { ColumnKeys } from './seal.ts';

/** Where a site's configuration says they lie. Without a data key (a test) there are none. */
export interface ColumnPlace {
  dataFolder: string;
  keyPassphrase?: string | undefined;
}

/** For how long a process may go on sealing with a key after another process made a newer one. */
export const UNNOTICED_MS = 250;

const fileOf = (dataFolder: string): string => join(dataFolder, 'keys', 'columns.ring');

/** The ring itself, to list, renew and drop keys; undefined without a data key. */
export const columnRing = ({ dataFolder, keyPassphrase }: ColumnPlace): KeyRing | undefined => (keyPassphrase === undefined ? undefined : openKeyRing(fileOf(dataFolder), keyPassphrase));

/** Reads the ring as others change it: for sealing within a quarter of a second, for a key that nobody here knows at once. */
export const columnKeys = ({ dataFolder, keyPassphrase }: ColumnPlace): ColumnKeys | undefined => {
  if (keyPassphrase === undefined) return undefined;
  const path = fileOf(dataFolder);
  let keys: readonly RingKey[] = [];
  let [seen, looked] = ['', -Infinity];
  const look = (): void => {
    looked = performance.now();
    const about = statSync(path, { bigint: true, throwIfNoEntry: false });
    const stamp = about ? `${about.ino}:${about.mtimeNs}:${about.size}` : '';
    if (stamp === '' || stamp === seen) return;
    [keys, seen] = [readRing(readFileSync(path, 'utf8'), keyPassphrase), stamp];
  };
  return {
    current: () => {
      if (performance.now() - looked >= UNNOTICED_MS) look();
      return keys.at(-1);
    },
    find: (id) => {
      if (!keys.some((one) => one.id === id)) look();
      return keys.find((one) => one.id === id);
    },
  };
};
