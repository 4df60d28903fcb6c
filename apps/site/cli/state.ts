import { cp, mkdir, open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Config } from '@zhengwu/config';
import type { DatabaseOptions, Manifest } from '@zhengwu/database';

/** What of a data folder belongs to a backup beside rows and file bodies: signing keys, and the demo's own secrets that open them. */
export const SECRETS = ['keys', 'demo-secrets.json'] as const;

export const databaseOptions = ({ dataFolder, database }: Config): DatabaseOptions =>
  ({ dataFolder, url: database.url, appUrl: database.appUrl, relayUrl: database.relayUrl, port: database.port || undefined, caFile: database.caFile });

const sync = async (path: string): Promise<void> => {
  const handle = await open(path, 'r');
  await handle.sync().finally(() => handle.close());
};

/** Copies the keys and secrets that a backup's manifest names, and no others; durable when it resolves. */
export const copySecrets = async (from: string, to: string, { secrets }: Pick<Manifest, 'secrets'>): Promise<void> => {
  for (const { path } of secrets) {
    await mkdir(dirname(join(to, path)), { recursive: true, mode: 0o700 });
    await cp(join(from, path), join(to, path), { preserveTimestamps: true });
    await sync(join(to, path));
    await sync(dirname(join(to, path)));
  }
};
