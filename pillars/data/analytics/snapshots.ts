import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { chmod, mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Dataset, Site } from '@zhengwu/module';
import type { Engine } from './engine/engine.ts';
import * as store from './store.ts';

/** Snapshots of one data set that are kept beside the newest, so that a question under way still finds its file. */
const KEPT = 3;

export const folderOf = (site: Site): string => join(site.config.dataFolder, 'analytics');

/** The folder, with nothing in it that an earlier process left half-way. */
export const openFolder = async (site: Site): Promise<string> => {
  const folder = folderOf(site);
  await mkdir(join(folder, 'tmp'), { recursive: true, mode: 0o700 });
  for (const name of await readdir(folder)) if (name.endsWith('.part')) await rm(join(folder, name), { force: true });
  return folder;
};

const kinds = { text: 'VARCHAR', day: 'DATE', instant: 'TIMESTAMP', number: 'DOUBLE', truth: 'BOOLEAN' } as const;
const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** Reads CSV as PostgreSQL writes it: an empty cell is unknown, an empty text is quoted. */
const writing = (dataset: Dataset, file: string): string => {
  const columns = dataset.columns.map(({ name, type }) => `${literal(name)}: ${literal(kinds[type])}`).join(', ');
  return `copy (select * from read_csv('/dev/stdin', header = false, auto_detect = false, delim = ',', quote = '"', escape = '"', nullstr = '', allow_quoted_nulls = false, columns = {${columns}}))
    to ${literal(file)} (format parquet, compression zstd)`;
};

const sha256Of = async (file: string): Promise<string> => {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
};

/** Takes one data set as it stands at one moment; the file is there whole or not at all. */
export const takeSnapshot = async (site: Site, engine: Engine, dataset: Dataset): Promise<store.Snapshot> => {
  const name = `${dataset.code}.${randomUUID()}.parquet`;
  const part = join(folderOf(site), `${name}.part`);
  const file = join(folderOf(site), name);
  const takenAt = site.clock.now();
  const { database } = site;
  const { rows: [[count] = []] } = await database.copy(database.system, (tx) => engine.feed({ sql: writing(dataset, part), values: [] }, tx.copyOut(`copy (${dataset.rows}) to stdout (format csv)`)), { isolation: 'repeatable read', readOnly: true });
  await chmod(part, 0o600);
  const { size } = await stat(part);
  const sha256 = await sha256Of(part);
  await rename(part, file);
  const snapshot = { dataset: dataset.code, takenAt, rows: Number(count ?? 0), bytes: size, file: name, sha256, columns: dataset.columns.map(({ name: column }) => column) };
  const old = await database.as(database.system, async (tx) => {
    await store.insertSnapshot(tx, snapshot);
    return store.forgetSnapshots(tx, dataset.code, KEPT);
  });
  for (const gone of old) await rm(join(folderOf(site), gone), { force: true });
  return snapshot;
};
