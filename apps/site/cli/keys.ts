import { resolve } from 'node:path';
import { readConfig } from '@zhengwu/config';
import { rewrapDataKey } from '@zhengwu/crypto';
import { StartError } from '@zhengwu/database';
import { fileKeys, openStore } from '../files.ts';
import { dataKeyFile, withDataKey } from '../secrets.ts';
import { both } from './say.ts';
import { DONE, type Terminal } from './terminal.ts';
import { words } from './words.ts';

/** `keys rewrap`: wraps the data key with the passphrase of `ZHENGWU_KEY_PASSPHRASE_NEW` in place of `ZHENGWU_KEY_PASSPHRASE`. */
export const rewrapKeys = async ({ out }: Terminal, environment: NodeJS.ProcessEnv): Promise<number> => {
  const { dataFolder, keyPassphrase, nextKeyPassphrase: next } = readConfig(environment);
  if (next === undefined || keyPassphrase === undefined || next === keyPassphrase) throw new StartError(both(words.rewrapNeeds));
  const file = dataKeyFile(resolve(dataFolder));
  await rewrapDataKey(file, keyPassphrase, next).catch((error: unknown) => {
    throw new StartError(error instanceof Error ? error.message : String(error));
  });
  out(both(words.rewrapped, { file }));
  return DONE;
};

/**
 * `keys rotate`: a new key for stored files, beside a running site. Wraps the key of every file anew, encrypts what still lies open, and drops
 * keys from before the last rotation. Broken off, it is run again and makes good what is left.
 */
export const rotateFileKeys = async ({ out }: Terminal, environment: NodeJS.ProcessEnv): Promise<number> => {
  const config = await withDataKey(readConfig(environment));
  const [ring, store] = [fileKeys(config), await openStore(config)];
  const before = await ring.all();
  await ring.rotate();
  const counts = await store.rewrap();
  // The last one stays: a file may have been on its way while the ring changed.
  await ring.drop(before.slice(0, -1).map(({ id }) => id));
  out(both(words.rotated, counts));
  return DONE;
};
