import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { lstat, open, readdir, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { openRows, type Body } from '@zhengwu/imports';
import { fail } from './errors.ts';
import type { Flow } from './flow.ts';
import type { Passing } from './transforming.ts';

/** Files that nobody has written to for so long are whole. */
export const SETTLED_MS = 2000;
const MOST_FILES = 1000;

export interface Found {
  file: string;
  hash: string;
  rows: AsyncGenerator<Passing[]>;
  close(): Promise<void>;
}

async function* bytes(handle: FileHandle, start: number, end: number): AsyncGenerator<Uint8Array> {
  for (let at = start; at < end;) {
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(Math.min(65_536, end - at)), 0, undefined, at);
    if (bytesRead === 0) return;
    at += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}

async function* rowsOf(body: Body, { source }: Flow): AsyncGenerator<Passing[]> {
  let row = 0;
  for await (const chunk of (await openRows(body, source.format, source.encoding)).chunks) {
    yield chunk.map(({ cells, fault }): Passing => {
      row += 1;
      return cells ? { row, cells } : { row, code: fault ?? 'import.cells' };
    });
  }
}

/** Names of whole files of the flow's format, by name; throws `adapter.folder`. Links are not followed. */
export const settledFiles = async (root: string, { source: { folder, format } }: Flow, now: number): Promise<string[]> => {
  const path = join(root, folder);
  if (!/^[a-z0-9][a-z0-9-]*$/.test(folder) || !(await lstat(path).catch(() => undefined))?.isDirectory()) throw fail('adapter.folder', { folder });
  const names = (await readdir(path, { withFileTypes: true })).filter((one) => one.isFile() && one.name.toLowerCase().endsWith(`.${format}`)).map(({ name }) => name).sort();
  const whole: string[] = [];
  for (const name of names) if (whole.length < MOST_FILES && (await lstat(join(path, name))).mtimeMs <= now - SETTLED_MS) whole.push(name);
  return whole;
};

/** One file of the flow, to be closed by the caller. */
export const openFile = async (root: string, flow: Flow, file: string): Promise<Found> => {
  const handle = await open(join(root, flow.source.folder, file), constants.O_RDONLY | constants.O_NOFOLLOW);
  try {
    const { size } = await handle.stat();
    const hash = createHash('sha256');
    for await (const part of bytes(handle, 0, size)) hash.update(part);
    const body: Body = { size, open: (start = 0, end = size) => Promise.resolve(bytes(handle, start, end)) };
    return { file, hash: hash.digest('hex'), rows: rowsOf(body, flow), close: () => handle.close() };
  } catch (error) {
    await handle.close();
    throw error;
  }
};
