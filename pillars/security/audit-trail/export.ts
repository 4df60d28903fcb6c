import { mkdir, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Database } from '@zhengwu/database';
import { canonical } from './record.ts';
import * as store from './store.ts';

const PAGE = 5000;
export const RECORDS = 'records.jsonl';
export const HEADS = 'heads.jsonl';
export const KEYS = 'keys.pem';

/** One line of an export; a record that was removed after its time leaves null. */
const lineOf = (position: number, leaf: Buffer, record: string): string => `{"position":${position},"leaf":"${leaf.toString('hex')}","record":${record}}\n`;

const writeDurably = async (path: string, write: (put: (text: string) => Promise<unknown>) => Promise<void>): Promise<void> => {
  const handle = await open(path, 'wx', 0o600);
  try {
    await write((text) => handle.writeFile(text));
    await handle.sync();
  } finally {
    await handle.close();
  }
};

const writeAll = (database: Database, folder: string): Promise<number> =>
  database.as(database.system, async (tx) => {
    const size = (await store.lastHead(tx))?.size ?? 0;
    await writeDurably(join(folder, RECORDS), async (put) => {
      for (let at = 0; at < size; at += PAGE) {
        const rows = await store.entriesFrom(tx, at, Math.min(size, at + PAGE));
        await put(rows.map(({ leaf, record, position }) => lineOf(position, leaf, record === null ? 'null' : canonical(record))).join(''));
      }
    });
    await writeDurably(join(folder, HEADS), async (put) => void (await put((await store.headsUpTo(tx, size)).map((jws) => `${jws}\n`).join(''))));
    await writeDurably(join(folder, KEYS), async (put) => void (await put((await store.signers(tx)).join(''))));
    return size;
  }, { isolation: 'repeatable read' });

/** Writes the log up to its last signed head into the new folder `target`, which gets its name only when it is whole. Answers the size. */
export const exportLog = async (database: Database, target: string): Promise<number> => {
  const draft = join(dirname(target), `.${basename(target)}.${process.pid}`);
  await mkdir(draft, { recursive: true, mode: 0o700 });
  try {
    const size = await writeAll(database, draft);
    await rename(draft, target);
    await database.as(database.system, (tx) => store.noteExport(tx, size, target));
    return size;
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
};
