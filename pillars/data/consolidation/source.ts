import { existsSync } from 'node:fs';
import { chmod, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fail } from './errors.ts';

export type OldCell = string | number | null;
export type OldRecord = Record<string, OldCell>;

export interface OldColumn {
  name: string;
  type: string;
  filled: number;
  distinct: number;
}
export interface OldInventory {
  name: { zh: string; en: string };
  tables: { name: string; rows: number; columns: OldColumn[] }[];
}

/** An old centre's database, handed over as a file and opened to be read only. */
export interface OldDatabase {
  inventory(): OldInventory;
  /** Rows of a table from a row number on (1 is the first), in a stable order. */
  rows(table: string, from: number, most: number): { row: number; cells: OldRecord }[];
  close(): void;
}

const FOLDER = 'old-centres';
const CODE = /^[a-z0-9-]{1,64}$/;
const fileOf = (folder: string, code: string): string => join(folder, FOLDER, `${code}.sqlite`);
const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
const textOf = (value: unknown): OldCell => (typeof value === 'number' || typeof value === 'string' || value === null ? value : String(value));

const nameOf = (database: DatabaseSync, code: string): OldInventory['name'] => {
  const [row] = database.prepare(`select name from sqlite_master where type = 'table' and name = 'centre'`).all().length > 0 ? database.prepare('select zh, en from centre limit 1').all() : [];
  return { zh: String(row?.['zh'] ?? code), en: String(row?.['en'] ?? code) };
};

const tablesOf = (database: DatabaseSync): string[] =>
  database.prepare(`select name from sqlite_master where type = 'table' and name not like 'sqlite_%' and name <> 'centre' order by name`).all().map((row) => String(row['name']));

const columnsOf = (database: DatabaseSync, table: string): OldColumn[] =>
  database.prepare('select name, type from pragma_table_info(?)').all(table).map((column) => {
    const name = String(column['name']);
    const [counted] = database.prepare(`select count(${quoted(name)}) as filled, count(distinct ${quoted(name)}) as different from ${quoted(table)}`).all();
    return { name, type: String(column['type']), filled: Number(counted?.['filled'] ?? 0), distinct: Number(counted?.['different'] ?? 0) };
  });

/** Opens the file of an old centre; throws `consolidation.not-found` or `consolidation.unreadable`. */
export const openOld = (folder: string, code: string): OldDatabase => {
  if (!CODE.test(code) || !existsSync(fileOf(folder, code))) throw fail('consolidation.not-found', { code });
  let database: DatabaseSync;
  try {
    database = new DatabaseSync(fileOf(folder, code), { readOnly: true });
    tablesOf(database);
  } catch {
    throw fail('consolidation.unreadable', { code });
  }
  return {
    inventory: () => ({
      name: nameOf(database, code),
      tables: tablesOf(database).map((name) => ({ name, rows: Number(database.prepare(`select count(*) as n from ${quoted(name)}`).all()[0]?.['n'] ?? 0), columns: columnsOf(database, name) })),
    }),
    rows: (table, from, most) => database.prepare(`select row_number() over (order by rowid) as _row, * from ${quoted(table)} order by rowid limit ? offset ?`).all(most, from - 1)
      .map(({ _row: row, ...cells }) => ({ row: Number(row), cells: Object.fromEntries(Object.entries(cells).map(([name, value]) => [name, textOf(value)])) })),
    close: () => database.close(),
  };
};

/** Codes of the centres whose files were handed over. */
export const handedOver = async (folder: string): Promise<{ code: string; bytes: number }[]> => {
  const place = join(folder, FOLDER);
  const files = existsSync(place) ? (await readdir(place)).filter((name) => name.endsWith('.sqlite') && CODE.test(name.slice(0, -7))) : [];
  return Promise.all(files.toSorted().map(async (name) => ({ code: name.slice(0, -7), bytes: (await stat(join(place, name))).size })));
};

/** After the switch-over nobody writes to the old file any more. */
export const closeOld = (folder: string, code: string): Promise<void> => chmod(fileOf(folder, code), 0o444);
