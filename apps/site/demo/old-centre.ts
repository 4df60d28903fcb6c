import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { OldCentre } from '@zhengwu/demo';

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** Lays the database of an old centre where a site looks for those handed over; one that lies there stays as it is. */
export const layOldCentre = async (folder: string, { code, name, tables }: OldCentre): Promise<void> => {
  const place = join(folder, 'old-centres');
  const file = join(place, `${code}.sqlite`);
  if (existsSync(file)) return;
  await mkdir(place, { recursive: true });
  const draft = `${file}.part`;
  await rm(draft, { force: true });
  const database = new DatabaseSync(draft);
  database.exec('begin; create table centre (zh text, en text);');
  database.prepare('insert into centre values (?, ?)').run(name.zh, name.en);
  for (const { name: table, columns, rows } of tables) {
    database.exec(`create table ${quoted(table)} (${columns.map((column) => `${quoted(column)} text`).join(', ')})`);
    const insert = database.prepare(`insert into ${quoted(table)} values (${columns.map(() => '?').join(', ')})`);
    for (const row of rows) insert.run(...row);
  }
  database.exec('commit');
  database.close();
  await rename(draft, file);
};
