import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '@zhengwu/config';
import { openDataKey } from '@zhengwu/crypto';
import { StartError } from '@zhengwu/database';

/** Where the data key of a site lies, wrapped by its passphrase. */
export const dataKeyFile = (folder: string): string => join(folder, 'keys', 'data.json');

/**
 * The configuration as modules get it: in place of the passphrase stands the data key that it unwraps, so that what they seal
 * and hash outlives the passphrase. Throws when the passphrase is wrong, or keys are there and the data key is not.
 */
export const withDataKey = async (config: Config): Promise<Config> => {
  const { dataFolder, keyPassphrase } = config;
  if (keyPassphrase === undefined) return config;
  const file = dataKeyFile(dataFolder);
  if (!existsSync(file) && existsSync(join(dataFolder, 'keys', 'licences.json'))) throw new StartError(`the data key ${file} is missing: bring it back from a backup; without it nothing opens that was sealed`);
  return { ...config, keyPassphrase: await openDataKey(file, keyPassphrase) };
};
