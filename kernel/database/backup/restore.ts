import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline as flow, type Readable, type Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { withClient } from '../client.ts';
import type { Connection } from '../database.ts';
import { allSchemas, migrate } from '../migrate.ts';
import type { SchemaModule } from '../schema-module.ts';
import { StartError } from '../start-error.ts';
import { readManifest, type BackupCipher, type Manifest, type TablePart } from './manifest.ts';

/** Takes bodies of files back under their hash; durable when it resolves. */
export interface FileTarget {
  restore(hash: string, body: Readable): Promise<void>;
}

const refuseUsed = (connection: Connection): Promise<void> =>
  withClient(connection, connection.owner, connection.database, async (client) => {
    const { rows } = await client.query<{ used: boolean }>(`select to_regclass('kernel.migration') is not null as used`);
    if (rows[0]?.used === true) throw new StartError(`the database ${connection.database} is not empty: restore into a new one`);
  });

/** The modules with the steps that the backup had; a backup of a newer version is refused. */
const asOfBackup = (modules: readonly SchemaModule[], manifest: Manifest): SchemaModule[] => {
  const had = new Set(manifest.migrations.map(({ module, id }) => `${module} ${id}`));
  const known = new Set(allSchemas(modules).flatMap(({ name, migrations }) => (migrations ?? []).map(({ id }) => `${name} ${id}`)));
  const unknown = [...had].find((step) => !known.has(step));
  if (unknown !== undefined) throw new StartError(`the backup has migration ${unknown}, which this version does not know: restore with the newer version`);
  return modules.map((module) => ({ ...module, migrations: (module.migrations ?? []).filter(({ id }) => had.has(`${module.name} ${id}`)) }));
};

interface ForeignKey {
  table: string;
  name: string;
  definition: string;
}

const foreignKeys = `
select conrelid::regclass::text as table, quote_ident(conname) as name, pg_get_constraintdef(oid) as definition
from pg_constraint where contype = 'f' and conparentid = 0 and conrelid = any ($1::regclass[])`;

/** Opens a part of a backup on its way. */
type Opener = (path: string) => Transform[];

const loadTable = async (client: pg.Client, folder: string, opened: Opener, part: TablePart): Promise<void> => {
  const stream = client.query(copyFrom(`copy ${part.table} (${part.columns}) from stdin`));
  await pipeline([createReadStream(join(folder, part.path)), ...opened(part.path), createGunzip(), stream]);
  if (stream.rowCount !== part.rows) throw new StartError(`${part.table}: ${stream.rowCount} rows instead of ${part.rows}`);
};

/** Fills one role's tables in one transaction; keys between tables and triggers rest meanwhile, and are checked at the end. */
const load = async (client: pg.Client, folder: string, opened: Opener, parts: readonly TablePart[]): Promise<void> => {
  const names = parts.map(({ table }) => table);
  await client.query(`begin; set local search_path = ''`);
  const { rows: keys } = await client.query<ForeignKey>(foreignKeys, [names]);
  for (const { table, name } of keys) await client.query(`alter table ${table} drop constraint ${name}`);
  for (const table of names) await client.query(`alter table ${table} disable trigger user, no force row level security; truncate ${table} cascade`);
  for (const part of parts) await loadTable(client, folder, opened, part);
  for (const { table, name, definition } of keys) await client.query(`alter table ${table} add constraint ${name} ${definition}`);
  for (const table of names) await client.query(`alter table ${table} enable trigger user`);
};

const forced = `select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where format('%I.%I', n.nspname, c.relname) = any ($1) and c.relforcerowsecurity`;

const setSequences = async (client: pg.Client, sequences: Manifest['sequences']): Promise<void> => {
  for (const { name, value } of sequences) {
    if (name.startsWith('kernel_number.')) await client.query(`create sequence if not exists ${name}`);
    await client.query('select setval($1::regclass, $2)', [name, value]);
  }
};

const loadAs = async (connection: Connection, role: 'owner' | 'relay', folder: string, opened: Opener, manifest: Manifest): Promise<void> => {
  const parts = manifest.tables.filter((part) => part.owner === role && part.table !== 'kernel.migration');
  const isQueue = (name: string): boolean => name.startsWith('graphile_worker.');
  await withClient(connection, connection[role], connection.database, async (client) => {
    const { rows } = await client.query<{ name: string }>(forced, [parts.map(({ table }) => table)]);
    await load(client, folder, opened, parts);
    for (const { name } of rows) await client.query(`alter table ${name} force row level security`);
    await setSequences(client, manifest.sequences.filter(({ name }) => isQueue(name) === (role === 'relay')));
    await client.query('commit');
  });
};

/**
 * Restores a backup into an empty database: checks every part first, builds the schema as it was, loads, and brings the schema up to date.
 * When it fails the database is not usable; drop it and begin again.
 */
export const restore = async (connection: Connection, modules: readonly SchemaModule[], files: FileTarget, source: string, cipherFor?: (about: string) => BackupCipher): Promise<Manifest> => {
  const manifest = await readManifest(source, cipherFor);
  if (manifest.sealed !== null && !cipherFor) throw new StartError(`the backup ${source} is encrypted: its data key is needed`);
  const cipher = manifest.sealed === null ? undefined : cipherFor?.(manifest.sealed);
  const opened: Opener = (path) => (cipher ? [cipher.open(path)] : []);
  await refuseUsed(connection);
  await migrate(connection, asOfBackup(modules, manifest));
  for (const { path } of manifest.files) {
    // The body is refused under its hash when it does not open.
    const body = opened(path).reduce<Readable>((from, next) => flow(from, next, () => undefined), createReadStream(join(source, path)));
    await files.restore(path.split('/').at(-1) ?? '', body);
  }
  await loadAs(connection, 'relay', source, opened, manifest);
  await loadAs(connection, 'owner', source, opened, manifest);
  await migrate(connection, modules);
  return manifest;
};
