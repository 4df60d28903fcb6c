import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { readConfig } from '@zhengwu/config';
import { backup, reachDatabase, StartError, type BackupResult } from '@zhengwu/database';
import { schemasOf } from '@zhengwu/module';
import { openStore } from '../files.ts';
import { siteModules } from '../modules.ts';
import { backupCipher, withDataKey } from '../secrets.ts';
import { both } from './say.ts';
import { databaseOptions, SECRETS } from './state.ts';
import { DONE, type Terminal } from './terminal.ts';
import { words } from './words.ts';

/** Rows, files and keys under one manifest, in a folder that gets its name only when it is whole. */
const writeBackup = async (target: string, environment: NodeJS.ProcessEnv): Promise<BackupResult> => {
  const given = readConfig(environment);
  if (given.database.url === undefined && !existsSync(given.dataFolder)) throw new StartError(`the data folder ${given.dataFolder} does not exist: name the site's with ZHENGWU_DATA`);
  if (existsSync(target)) throw new StartError(`${target} exists already: name a new folder for the backup`);
  const config = await withDataKey(given);
  await mkdir(dirname(target), { recursive: true });
  const draft = join(dirname(target), `.${basename(target)}.${process.pid}`);
  const [store, { connection, stop }] = await Promise.all([openStore(config), reachDatabase({ ...databaseOptions(config), beside: true })]);
  try {
    const source = { list: () => store.list(), open: async (hash: string) => ({ body: await store.open(hash) }) };
    const made = await backup(connection, schemasOf(siteModules()), source, draft, { folder: config.dataFolder, names: SECRETS }, backupCipher(config));
    await rename(draft, target);
    return { ...made, folder: target };
  } finally {
    await rm(draft, { recursive: true, force: true });
    await stop();
  }
};

/** `backup FOLDER`: a consistent backup of database, files and keys into a new folder, of a running site too. */
export const backUp = async (folder: string, { out }: Terminal, environment: NodeJS.ProcessEnv): Promise<number> => {
  const { folder: at, rows, files, bytes } = await writeBackup(resolve(folder), environment);
  out(both(words.backedUp, { folder: at, rows, files, bytes }));
  out(both(words.keysInside));
  return DONE;
};
