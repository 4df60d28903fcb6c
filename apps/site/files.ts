import { join } from 'node:path';
import type { Config } from '@zhengwu/config';
import { openKeyRing, suiteNamed, type KeyRing } from '@zhengwu/crypto';
import { StartError } from '@zhengwu/database';
import { createFiles, openClamd, openLocalStore, openS3Store, sealStore, type Files, type FileStore, type SealedStore } from '@zhengwu/files';

const folderOf = ({ dataFolder }: Config): string => join(dataFolder, 'files');

/** The keys that wrap the keys of stored bodies; of a configuration whose data key was opened. */
export const fileKeys = ({ dataFolder, keyPassphrase }: Config): KeyRing => {
  if (keyPassphrase === undefined) throw new StartError('ZHENGWU_KEY_PASSPHRASE is not set: stored files are encrypted under it / 未设置 ZHENGWU_KEY_PASSPHRASE，存储的文件以其加密');
  return openKeyRing(join(dataFolder, 'keys', 'files.ring'), keyPassphrase);
};

const openBodies = async (config: Config): Promise<FileStore> => {
  const { endpoint, bucket, region, accessKey, secretKey, pathStyle } = config.files.s3;
  return endpoint === undefined
    ? openLocalStore(join(folderOf(config), 'store'))
    : openS3Store({ endpoint, bucket: bucket as string, region, accessKey: accessKey as string, secretKey: secretKey as string, pathStyle });
};

/** Where this configuration keeps the bodies of files, encrypted. Reading it beside a running site disturbs nothing. */
export const openStore = async (config: Config): Promise<SealedStore> =>
  sealStore(await openBodies(config), { ring: fileKeys(config), suite: suiteNamed(config.cryptoSuite), folder: folderOf(config) });

/** What waits for the scanner stays on the machine that took it, encrypted like the rest. */
const openQuarantine = async (config: Config): Promise<FileStore> =>
  sealStore(await openLocalStore(join(folderOf(config), 'quarantine')), { ring: fileKeys(config), suite: suiteNamed(config.cryptoSuite), folder: folderOf(config) });

/** The files of a site, for the one process that serves it: what earlier ones left half-way is removed. */
export const openFiles = async (config: Config): Promise<Files> =>
  createFiles({
    store: await openStore(config), folder: folderOf(config), maxBytes: config.files.maxMegabytes * 1_048_576,
    ...(config.files.clamd === undefined ? {} : { scanning: { scanner: openClamd(config.files.clamd), quarantine: await openQuarantine(config) } }),
  });
