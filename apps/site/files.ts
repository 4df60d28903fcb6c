import { join } from 'node:path';
import type { Config } from '@zhengwu/config';
import { createFiles, openLocalStore, openS3Store, type Files, type FileStore } from '@zhengwu/files';

const folderOf = ({ dataFolder }: Config): string => join(dataFolder, 'files');

/** Where this configuration keeps the bodies of files. Reading it beside a running site disturbs nothing. */
export const openStore = async (config: Config): Promise<FileStore> => {
  const { endpoint, bucket, region, accessKey, secretKey, pathStyle } = config.files.s3;
  return endpoint === undefined
    ? openLocalStore(join(folderOf(config), 'store'))
    : openS3Store({ endpoint, bucket: bucket as string, region, accessKey: accessKey as string, secretKey: secretKey as string, pathStyle });
};

/** The files of a site, for the one process that serves it: what earlier ones left half-way is removed. */
export const openFiles = async (config: Config): Promise<Files> =>
  createFiles({ store: await openStore(config), folder: folderOf(config), maxBytes: config.files.maxMegabytes * 1_048_576 });
