import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { labelLevel } from '@zhengwu/contracts';
import type { Database } from '@zhengwu/database';
import type { Register } from '@zhengwu/pack';
import { recordsAfter } from '@zhengwu/registers';
import { fail } from './errors.ts';
import type { Format } from './rows/open-rows.ts';
import { columnsOf, type Column, type Row } from './writing/column.ts';
import { writeParquet } from './writing/parquet.ts';
import { append, csvHead, csvLine, jsonLine } from './writing/text.ts';
import { writeXlsx } from './writing/xlsx.ts';

const PAGE = 10_000;

export interface Extract {
  register: Register;
  /** The day on which the records hold. */
  day: string;
  format: Format;
  path: string;
  /** Told after each page how many rows are written. */
  progress?(rows: number): void;
}

interface Page {
  rows: Row[];
  last: string;
}

/** Records as they hold on a day, in the order of their keys, a page at a time, each in a transaction of its own. */
const pagesOf = async function* (database: Database, { register, day }: Extract, after: string): AsyncGenerator<Page> {
  for (let key = after; ;) {
    const found = await database.as(database.system, (tx) => recordsAfter(tx, register.code, day, key, PAGE), { readOnly: true });
    const last = found.at(-1)?.key;
    if (last === undefined) return;
    yield { rows: found.map(({ data }) => data), last };
    key = last;
  }
};

/** Where a text that was broken off goes on: after which key, at which byte, with how many rows before. */
interface Mark {
  of: string;
  key: string;
  bytes: number;
  rows: number;
}

const markOf = ({ register, day, format }: Extract): string => `${register.code} ${day} ${format}`;
const readMark = async (path: string, of: string): Promise<Mark> => {
  const text = await readFile(path, 'utf8').catch(() => null);
  const mark = text === null ? null : (JSON.parse(text) as Mark);
  return mark?.of === of ? mark : { of, key: '', bytes: 0, rows: 0 };
};

/** A text grows page by page; after each its mark says where to go on, so that what is broken off loses a page at most. */
const writeText = async (database: Database, one: Extract, columns: readonly Column[], part: string): Promise<number> => {
  const of = markOf(one);
  const place = `${part}.mark`;
  let mark = await readMark(place, of);
  const file = await open(part, mark.bytes === 0 ? 'w' : 'r+');
  try {
    await file.truncate(mark.bytes);
  } finally {
    await file.close();
  }
  const growing = await open(part, 'a');
  try {
    if (mark.bytes === 0 && one.format === 'csv') await append(growing, csvHead(columns));
    const line = one.format === 'csv' ? csvLine : jsonLine;
    for await (const { rows, last } of pagesOf(database, one, mark.key)) {
      await append(growing, rows.map((row) => line(columns, row)).join(''));
      mark = { of, key: last, bytes: (await growing.stat()).size, rows: mark.rows + rows.length };
      await writeFile(place, JSON.stringify(mark));
      one.progress?.(mark.rows);
    }
  } finally {
    await growing.close();
  }
  await rm(place, { force: true });
  return mark.rows;
};

const writePacked = async (database: Database, one: Extract, columns: readonly Column[], part: string): Promise<number> => {
  let count = 0;
  const pages = async function* (): AsyncGenerator<Row[]> {
    for await (const { rows } of pagesOf(database, one, '')) {
      yield rows;
      count += rows.length;
      one.progress?.(count);
    }
  };
  await (one.format === 'parquet' ? writeParquet : writeXlsx)(part, columns, pages());
  return count;
};

const hashOf = async (path: string): Promise<string> => {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
};

/**
 * Writes a register as it holds on a day to a file, every field in full: for whoever runs the site, who must say why. CSV and JSON Lines that are
 * broken off go on where they were; the file has its name when it is whole. Throws `import.register` for a register whose label is above internal.
 */
export const extractRegister = async (database: Database, one: Extract): Promise<{ rows: number; sha256: string }> => {
  if (labelLevel(one.register.label ?? 'internal') > labelLevel('internal')) throw fail('import.register', { register: one.register.code });
  const part = `${one.path}.part`;
  const columns = columnsOf(one.register);
  const rows = await (one.format === 'csv' || one.format === 'jsonl' ? writeText : writePacked)(database, one, columns, part);
  const sha256 = await hashOf(part);
  await rename(part, one.path);
  return { rows, sha256 };
};
