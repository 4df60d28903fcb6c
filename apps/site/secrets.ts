import { createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '@zhengwu/config';
import { openDataKey, opening, sealing, suiteNamed, suites, type CryptoSuite } from '@zhengwu/crypto';
import { StartError, type BackupCipher } from '@zhengwu/database';

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

const cipherOf = (dataKey: string, salt: string, suite: CryptoSuite): BackupCipher => {
  const keyFor = (purpose: string): Buffer => Buffer.from(hkdfSync('sha256', dataKey, salt, `zhengwu-backup:${purpose}`, 32));
  return {
    about: `${suite.name}.${salt}`,
    seal: (path) => sealing(suite, keyFor(path), path),
    open: (path) => opening(suite, keyFor(path), path),
    mac: (text) => createHmac('sha256', keyFor('manifest')).update(text).digest('base64url'),
  };
};

/** What encrypts a new backup: keys of its own, from the site's data key, by the suite of the configuration. */
export const backupCipher = ({ keyPassphrase, cryptoSuite }: Config): BackupCipher => cipherOf(keyPassphrase as string, randomBytes(16).toString('base64url'), suiteNamed(cryptoSuite));

/** The cipher of a backup that says this of itself. */
export const cipherFor = (dataKey: string) => (about: string): BackupCipher => {
  const [name, salt = ''] = about.split('.');
  const suite = suites.find((one) => one.name === name);
  if (!suite) throw new StartError(`the backup is encrypted by ${about}, which this version does not know`);
  return cipherOf(dataKey, salt, suite);
};
