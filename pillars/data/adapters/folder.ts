import { constants, type BigIntStats } from 'node:fs';
import { lstat, open, readdir, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { fail } from './errors.ts';
import type { FolderSource } from './flow.ts';
import { Unsettled, type FilePlace, type Lying } from './place.ts';

/** Files that nobody has written to for so long are whole. */
export const SETTLED_MS = 2000;
const PIECE = 65_536;

/** Nobody can set the time of the last change of an entry: a rewrite within one tick of the clock shows there, or in the node. */
const markOf = ({ size, mtimeNs, ctimeNs, ino }: BigIntStats): string => [size, mtimeNs, ctimeNs, ino].join(' ');

/** Bytes `start` to `end` of an open file, piece by piece. */
export async function* bytes(handle: FileHandle, start: number, end: number): AsyncGenerator<Uint8Array> {
  for (let at = start; at < end;) {
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(Math.min(PIECE, end - at)), 0, undefined, at);
    if (bytesRead === 0) return;
    at += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}

async function* content(path: string, { mark, size }: Lying): AsyncGenerator<Uint8Array> {
  const handle = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW).catch(() => { throw new Unsettled(); });
  try {
    yield* bytes(handle, 0, size);
    if (markOf(await handle.stat({ bigint: true })) !== mark) throw new Unsettled();
  } finally {
    await handle.close();
  }
}

/** A folder below `root`; links are not followed, neither as folder nor as file. */
export const folderPlace = (root: string, { folder, format }: FolderSource, now: () => number): FilePlace => {
  const path = join(root, folder);
  return {
    list: async () => {
      if (!/^[a-z0-9][a-z0-9-]*$/.test(folder) || !(await lstat(path).catch(() => undefined))?.isDirectory()) throw fail('adapter.folder', { folder });
      const names = (await readdir(path, { withFileTypes: true })).filter((one) => one.isFile() && one.name.toLowerCase().endsWith(`.${format}`)).map(({ name }) => name).sort();
      const lying: Lying[] = [];
      for (const file of names) {
        const found = await lstat(join(path, file), { bigint: true }).catch(() => undefined);
        if (found?.isFile() && Number(found.mtimeMs) <= now() - SETTLED_MS) lying.push({ file, mark: markOf(found), size: Number(found.size) });
      }
      return lying;
    },
    read: (one) => content(join(path, one.file), one),
  };
};
