import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { Transform, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { withClient } from '../client.ts';
import { contextOf, system } from '../connect.ts';
import type { Connection } from '../database.ts';
import { allSchemas } from '../migrate.ts';
import type { SchemaModule } from '../schema-module.ts';
import { StartError } from '../start-error.ts';
import { manifestFile, manifestText, sync, type BackupCipher, type Manifest, type Part, type TablePart } from './manifest.ts';
import { numberSchema, queueSchema, tablesOf, type Table } from './tables.ts';

/** Bodies of files by content hash, as the file store offers them. */
export interface FileSource {
  list(): AsyncIterable<string>;
  open(hash: string): Promise<{ body: Readable }>;
}

export interface BackupResult {
  folder: string;
  tables: number;
  rows: number;
  files: number;
  bytes: number;
}

/** Advisory lock held while a backup runs; whoever deletes file bodies takes it exclusively first. */
export const backupLock = `hashtext('zhengwu.backup')`;

interface Meter {
  through: Transform;
  told(): { bytes: number; sha256: string };
}

const meter = (): Meter => {
  const hash = createHash('sha256');
  let bytes = 0;
  const through = new Transform({
    transform(chunk: Buffer, _, done) {
      hash.update(chunk);
      bytes += chunk.length;
      done(null, chunk);
    },
  });
  return { through, told: () => ({ bytes, sha256: hash.digest('hex') }) };
};

/** Writes a stream to a file that survives a power cut, and tells its size and hash. */
const store = async (folder: string, path: string, source: Readable, ...through: Transform[]): Promise<Part> => {
  const stored = meter();
  await mkdir(dirname(join(folder, path)), { recursive: true, mode: 0o700 });
  await pipeline([source, ...through, stored.through, createWriteStream(join(folder, path), { mode: 0o600, flush: true })]);
  return { path, ...stored.told() };
};

/** Where a backup goes and what encrypts it. */
interface Target {
  folder: string;
  cipher: BackupCipher | undefined;
}

const sealed = ({ cipher }: Target, path: string): Transform[] => (cipher ? [cipher.seal(path)] : []);

const copyTable = async (client: pg.Client, target: Target, table: Table, owner: 'owner' | 'relay'): Promise<TablePart> => {
  if (table.hides) throw new StartError(`no policy lets the platform read all of ${table.name}, so a backup would miss rows: add one with kernel.is_system()`);
  const stream = client.query(copyTo(`copy ${table.name} (${table.columns}) to stdout`));
  const path = `tables/${table.name.replaceAll('"', '').replaceAll('/', '_')}.copy.gz`;
  const part = await store(target.folder, path, stream, createGzip({ level: 1 }), ...sealed(target, path));
  return { ...part, table: table.name, columns: table.columns, rows: stream.rowCount, owner };
};

const copyTables = async (client: pg.Client, target: Target, schemas: readonly string[], owner: 'owner' | 'relay'): Promise<TablePart[]> => {
  const parts: TablePart[] = [];
  for (const table of await tablesOf(client, schemas)) parts.push(await copyTable(client, target, table, owner));
  return parts;
};

const sequencesOf = async (client: pg.Client, schemas: readonly string[]): Promise<Manifest['sequences']> => {
  const sql = `select format('%I.%I', schemaname, sequencename) as name, last_value::float8 as value from pg_sequences where schemaname = any ($1) and last_value is not null order by 1`;
  return (await client.query<{ name: string; value: number }>(sql, [schemas])).rows;
};

const copyFiles = async (target: Target, files: FileSource): Promise<Part[]> => {
  const parts: Part[] = [];
  for await (const hash of files.list()) {
    const { body } = await files.open(hash);
    const [path, content] = [`files/${hash.slice(0, 2)}/${hash}`, meter()];
    const part = await store(target.folder, path, body, content.through, ...sealed(target, path));
    if (content.told().sha256 !== hash) throw new StartError(`the stored file ${hash} is damaged: repair the file store before backing up`);
    parts.push(part);
  }
  return parts;
};

/** What of a data folder belongs to a backup beside rows and file bodies; names that are not there are left out. */
export interface Beside {
  folder: string;
  names: readonly string[];
}

const copyBeside = async (target: string, { folder, names }: Beside): Promise<Part[]> => {
  const parts: Part[] = [];
  const copy = async (path: string): Promise<void> => {
    if ((await stat(path)).isDirectory()) for (const name of (await readdir(path)).sort()) await copy(join(path, name));
    else parts.push(await store(target, relative(folder, path), createReadStream(path)));
  };
  for (const name of names) if (existsSync(join(folder, name))) await copy(join(folder, name));
  return parts;
};

/** All rows of all tables as of one moment, then the sequences, which may only be ahead, then the files. */
const copyAll = (connection: Connection, modules: readonly SchemaModule[], target: Target, files: FileSource): Promise<Omit<Manifest, 'secrets'>> =>
  withClient(connection, connection.owner, connection.database, async (owner) => {
    await owner.query(`select pg_advisory_lock_shared(${backupLock})`);
    await owner.query(`begin isolation level repeatable read read only; select kernel.enter(${pg.escapeLiteral(contextOf(system))}::jsonb)`);
    const schemas = allSchemas(modules).map(({ name }) => name);
    const snapshot = (await owner.query<{ id: string }>('select pg_export_snapshot() as id')).rows[0]?.id ?? '';
    const queued = await withClient(connection, connection.relay, connection.database, async (relay) => {
      await relay.query(`begin isolation level repeatable read read only; set transaction snapshot ${pg.escapeLiteral(snapshot)}`);
      const tables = await copyTables(relay, target, [queueSchema], 'relay');
      return { tables, sequences: await sequencesOf(relay, [queueSchema]) };
    });
    const { rows: migrations } = await owner.query<Manifest['migrations'][number]>('select module, id, hash from kernel.migration order by applied_at, module, id');
    const tables = [...(await copyTables(owner, target, schemas, 'owner')), ...queued.tables];
    const sequences = [...(await sequencesOf(owner, [...schemas, numberSchema])), ...queued.sequences];
    return { format: 2, at: new Date().toISOString(), sealed: target.cipher?.about ?? null, migrations, tables, sequences, files: await copyFiles(target, files) };
  });

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

/**
 * Writes a consistent backup into the new folder `target`: every table in one snapshot, the files it refers to, and then the keys
 * of `beside`, which may only have become more. With a cipher rows and bodies are encrypted; keys are wrapped already.
 * The folder appears under its name only when it is whole. Work goes on meanwhile.
 */
export const backup = async (connection: Connection, modules: readonly SchemaModule[], files: FileSource, target: string, beside: Beside = { folder: '', names: [] }, cipher?: BackupCipher): Promise<BackupResult> => {
  if (existsSync(target)) throw new StartError(`${target} exists already: name a new folder for the backup`);
  const folder = join(dirname(target), `.${basename(target)}.partial`);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true, mode: 0o700 });
  try {
    const manifest: Manifest = { ...(await copyAll(connection, modules, { folder, cipher }, files)), secrets: await copyBeside(folder, beside) };
    await writeFile(join(folder, manifestFile), manifestText(manifest, cipher), { mode: 0o600, flush: true });
    await sync(folder);
    await rename(folder, target);
    await sync(dirname(target));
    const parts = [...manifest.tables, ...manifest.files];
    return { folder: target, tables: manifest.tables.length, rows: sum(manifest.tables.map(({ rows }) => rows)), files: manifest.files.length, bytes: sum(parts.map(({ bytes }) => bytes)) };
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
};
