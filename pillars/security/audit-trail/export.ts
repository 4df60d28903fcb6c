import { mkdir, open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { createHash } from 'node:crypto';
import type { Database, Tx } from '@zhengwu/database';
import { append, emptyEdge, type Edge } from './merkle.ts';
import { canonical } from './record.ts';
import * as reading from './store-reading.ts';
import * as store from './store.ts';

const PAGE = 5000;
export const RECORDS = 'records.jsonl';
export const HEADS = 'heads.jsonl';
export const KEYS = 'keys.pem';
/** Time-stamps of heads (RFC 3161), each with the SHA-256 of the head that it is over. */
export const STAMPS = 'stamps.jsonl';
/** Right edge of the tree before the first record, where an export does not begin at the beginning. */
export const START = 'start.json';
const UNTIL = '.until';

export const digestOf = (jws: string): Buffer => createHash('sha256').update(jws).digest();

/** One line of an export; a record that was removed after its time leaves null. */
const lineOf = (position: number, leaf: Buffer, record: string): string => `{"position":${position},"leaf":"${leaf.toString('hex')}","record":${record}}\n`;

const writeDurably = async (path: string, text: string): Promise<void> => {
  const handle = await open(path, 'w', 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
};

/** Drops a last line that was not written whole; answers how many whole ones there are. */
const wholeLines = async (path: string): Promise<number> => {
  const handle = await open(path, 'a+', 0o600);
  try {
    const text = await handle.readFile();
    const end = text.lastIndexOf(10) + 1;
    await handle.truncate(end);
    return text.subarray(0, end).reduce((lines, byte) => lines + (byte === 10 ? 1 : 0), 0);
  } finally {
    await handle.close();
  }
};

const writeRecords = async (tx: Tx, path: string, from: number, until: number): Promise<void> => {
  const begun = await wholeLines(path);
  const handle = await open(path, 'a', 0o600);
  try {
    for (let at = from + begun; at < until; at += PAGE) {
      const rows = await store.entriesFrom(tx, at, Math.min(until, at + PAGE));
      await handle.writeFile(rows.map(({ leaf, record, position }) => lineOf(position, leaf, record === null ? 'null' : canonical(record))).join(''));
    }
    await handle.sync();
  } finally {
    await handle.close();
  }
};

const edgeAt = async (tx: Tx, size: number): Promise<Edge> => {
  const edge = emptyEdge();
  await reading.eachLeaf(tx, size, (leaf) => append(edge, leaf));
  return edge;
};

/** Writes the records of a span that ends at a signed head, with all that judging it needs. */
export const writeSpan = async (tx: Tx, folder: string, from: number, until: number): Promise<void> => {
  await writeRecords(tx, join(folder, RECORDS), from, until);
  if (from > 0) {
    const { size, hashes } = await edgeAt(tx, from);
    await writeDurably(join(folder, START), JSON.stringify({ size, edge: hashes.map((hash) => hash.toString('hex')) }));
  }
  const heads = (await store.headsBetween(tx, from, until));
  await writeDurably(join(folder, HEADS), heads.map(({ jws }) => `${jws}\n`).join(''));
  await writeDurably(join(folder, STAMPS), heads.flatMap(({ jws, token }) => (token ? [`${JSON.stringify({ head: digestOf(jws).toString('hex'), token: token.toString('base64') })}\n`] : [])).join(''));
  await writeDurably(join(folder, KEYS), (await store.signers(tx)).join(''));
};

/**
 * Writes the log up to its last signed head into the new folder `target`, which gets its name only when it is whole. Answers the size.
 * Killed on the way, the same call goes on where it stopped, up to the head at which it began.
 */
export const exportLog = async (database: Database, target: string): Promise<number> => {
  const draft = join(dirname(target), `.${basename(target)}.part`);
  await mkdir(draft, { recursive: true, mode: 0o700 });
  const begun = await readFile(join(draft, UNTIL), 'utf8').then(Number, () => undefined);
  const size = await database.as(database.system, async (tx) => {
    const until = begun ?? (await store.lastHead(tx))?.size ?? 0;
    await writeFile(join(draft, UNTIL), String(until), { mode: 0o600 });
    await writeSpan(tx, draft, 0, until);
    return until;
  }, { isolation: 'repeatable read' });
  await rm(join(draft, UNTIL));
  await rename(draft, target);
  await database.as(database.system, (tx) => store.noteExport(tx, size, target));
  return size;
};
