import { existsSync } from 'node:fs';
import { readConfig } from '@zhengwu/config';
import { openDatabase, reachDatabase, StartError, type Database } from '@zhengwu/database';
import { both } from './say.ts';
import { databaseOptions } from './state.ts';
import { words } from './words.ts';

/** Does `work` on the database of the site that the environment names. */
export type OnSite = <T>(environment: NodeJS.ProcessEnv, work: (database: Database) => Promise<T>) => Promise<T>;

/** Beside the site when it runs. */
export const onSite: OnSite = async (environment, work) => {
  const config = readConfig(environment);
  if (config.database.url === undefined && !existsSync(config.dataFolder)) throw new StartError(both(words.noFile, { file: config.dataFolder }));
  const { connection, stop } = await reachDatabase({ ...databaseOptions(config), beside: true });
  const database = await openDatabase(connection);
  try {
    return await work(database);
  } finally {
    await database.close();
    await stop();
  }
};
