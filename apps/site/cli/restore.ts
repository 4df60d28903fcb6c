import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { readConfig, type Config } from '@zhengwu/config';
import { readDataKey } from '@zhengwu/crypto';
import { reachDatabase, readManifest, restore, StartError, type Manifest } from '@zhengwu/database';
import type { Files } from '@zhengwu/files';
import { schemasOf } from '@zhengwu/module';
import { openFiles, openStore } from '../files.ts';
import { siteModules } from '../modules.ts';
import { cipherFor, dataKeyFile } from '../secrets.ts';
import { both } from './say.ts';
import { copySecrets, databaseOptions } from './state.ts';
import { DONE, type Terminal } from './terminal.ts';
import { words } from './words.ts';

/** A folder with a database, files or keys is never written over. */
const refuseHeld = ({ dataFolder, database }: Config): void => {
  const held = ['keys', 'files', ...(database.url === undefined ? ['postgres'] : [])].find((name) => existsSync(join(dataFolder, name)));
  if (held !== undefined) throw new StartError(both(words.notEmpty, { folder: dataFolder, name: held }));
};

/** The data key of a backup: of no use under another passphrase; the demo's own comes with the backup. */
const dataKeyOf = async (source: string, given: string | undefined): Promise<string> => {
  const file = dataKeyFile(source);
  const secrets = await readFile(join(source, 'demo-secrets.json'), 'utf8').then((text) => JSON.parse(text) as Record<string, string>, () => undefined);
  for (const passphrase of [secrets?.['ZHENGWU_KEY_PASSPHRASE'], given]) {
    const dataKey = passphrase === undefined ? undefined : await readDataKey(file, passphrase).catch(() => undefined);
    if (dataKey !== undefined) return dataKey;
  }
  throw new StartError(both(words.passphrase));
};

const refuseFiles = async (files: Pick<Files, 'list'>): Promise<void> => {
  for await (const hash of files.list()) throw new StartError(`${both(words.filesHeld)} (${hash.slice(0, 12)})`);
};

const readBackup = async (source: string, environment: NodeJS.ProcessEnv): Promise<{ manifest: Manifest; config: Config }> => {
  const given = readConfig(environment);
  refuseHeld(given);
  // A folder that is no backup says so before it asks for a passphrase.
  if (!existsSync(join(source, 'manifest.json'))) await readManifest(source);
  const config = { ...given, keyPassphrase: await dataKeyOf(source, given.keyPassphrase) };
  const known = await readManifest(source, cipherFor(config.keyPassphrase));
  await mkdir(config.dataFolder, { recursive: true });
  const { connection, stop } = await reachDatabase(databaseOptions(config));
  try {
    await refuseFiles(await openStore(config));
    // The keys first: the bodies are sealed under them.
    await copySecrets(source, config.dataFolder, known);
    const files = await openFiles(config);
    const target = { restore: async (hash: string, body: Readable) => void (await files.keep(body, { type: '', name: hash })) };
    const manifest = await restore(connection, schemasOf(siteModules()), target, source, cipherFor(config.keyPassphrase));
    return { manifest, config };
  } finally {
    await stop();
  }
};

/** `restore FOLDER`: brings a backup back into an empty data folder, or the empty database of `DATABASE_URL`. */
export const bringBack = async (folder: string, { out }: Terminal, environment: NodeJS.ProcessEnv): Promise<number> => {
  const { manifest, config } = await readBackup(resolve(folder), environment);
  out(both(words.restored, { at: manifest.at, folder: resolve(config.dataFolder), files: manifest.files.length }));
  return DONE;
};
