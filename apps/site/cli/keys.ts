import { resolve } from 'node:path';
import { readConfig } from '@zhengwu/config';
import { rewrapDataKey } from '@zhengwu/crypto';
import { StartError } from '@zhengwu/database';
import { dataKeyFile } from '../secrets.ts';
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
