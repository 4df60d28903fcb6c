import { randomUUID } from 'node:crypto';
import { mkdir, open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { Sink } from './flow.ts';
import type { Take } from './table-sink.ts';
import type { Cells } from './transforming.ts';

/** Puts a whole file of that name into its place; one that is there is replaced. */
export type Put = (name: string, body: Buffer) => Promise<void>;
type Format = Extract<Sink, { drop: string }>['format'];

const cellText = (value: unknown): string => (value === null || value === undefined ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value as string | number | boolean));
const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** RFC 4180 with heads; columns in the order in which they first come. */
export const csvOf = (rows: readonly Cells[]): string => {
  const columns = [...new Set(rows.flatMap((cells) => Object.keys(cells)))];
  return [columns, ...rows.map((cells) => columns.map((column) => cellText(cells[column])))].map((line) => `${line.map(quoted).join(',')}\r\n`).join('');
};
export const jsonLinesOf = (rows: readonly Cells[]): string => rows.map((cells) => `${JSON.stringify(cells)}\n`).join('');

const WIDE = 12;

/** Rows as files whose names go up with them; rows that come twice make the same file again. */
export const openDrop = (put: Put, flow: string, format: Format): Take => async (rows, place) => {
  const [first] = rows;
  if (!first) return [];
  const cells = rows.map((one) => one.cells);
  await put(`${flow}-${place.slice(0, 8)}-${String(first.row).padStart(WIDE, '0')}.${format}`, Buffer.from(format === 'csv' ? csvOf(cells) : jsonLinesOf(cells)));
  return [];
};

/** A folder of this machine: a file is seen whole or not at all, and stays when the power fails. */
export const folderPut = (folder: string): Put => async (name, body) => {
  await mkdir(folder, { recursive: true, mode: 0o750 });
  const part = join(folder, `.${randomUUID()}.part`);
  const file = await open(part, 'wx', 0o640);
  try {
    await file.writeFile(body);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(part, join(folder, name));
  const entry = await open(folder, 'r');
  await entry.sync();
  await entry.close();
};
