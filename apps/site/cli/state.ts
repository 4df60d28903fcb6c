import { cp, open, readdir } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '@zhengwu/config';
import type { DatabaseOptions } from '@zhengwu/database';

/** What of a data folder belongs to a backup beside rows and file bodies: signing keys, and the demo's own secrets that open them. */
const SECRETS = ['keys', 'demo-secrets.json'] as const;

export const databaseOptions = ({ dataFolder, database }: Config): DatabaseOptions =>
  ({ dataFolder, url: database.url, appUrl: database.appUrl, relayUrl: database.relayUrl, port: database.port || undefined, caFile: database.caFile });

const syncAll = async (path: string): Promise<void> => {
  const handle = await open(path, 'r');
  const found = await handle.stat();
  await handle.sync().finally(() => handle.close());
  if (found.isDirectory()) for (const name of await readdir(path)) await syncAll(join(path, name));
};

/** Copies keys and secrets from one folder to another, durable when it resolves; what is there already is written over. */
export const copySecrets = async (from: string, to: string): Promise<void> => {
  for (const name of SECRETS) {
    if (!existsSync(join(from, name))) continue;
    await cp(join(from, name), join(to, name), { recursive: true, preserveTimestamps: true });
    await syncAll(join(to, name));
  }
};
