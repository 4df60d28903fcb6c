import { open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { makeFolder, syncFolder } from './durable.ts';
import { fail } from './errors.ts';
import { overLimit } from './receive.ts';

/** Files that arrive in parts. What has arrived stays when a part breaks off; the next part begins there (as in tus 1.0). */
export interface Uploads {
  /** Bytes that have arrived for `id`; 0 for one that has not begun. */
  offset(id: string): Promise<number>;
  /**
   * Appends a part at `offset` and resolves to the new offset, synced. Throws `file.offset` when bytes already received say otherwise,
   * `file.busy` while another part of the same upload arrives, `file.too-large` (nothing is kept) beyond `maxBytes`.
   */
  append(id: string, offset: number, source: Readable | Buffer, maxBytes: number): Promise<number>;
  /** Path of what has arrived. */
  path(id: string): string;
  remove(id: string): Promise<void>;
  /** Removes uploads that nothing was added to since `before`; resolves to how many. */
  sweep(before: Date): Promise<number>;
}

const ID = /^[A-Za-z0-9-]{8,64}$/;

/** Appends until the source ends or breaks; what arrived is synced either way. */
const appendTo = async (path: string, source: Readable | Buffer, start: number, maxBytes: number): Promise<number> => {
  const file = await open(path, 'a', 0o600);
  let size = start;
  try {
    for await (const chunk of Buffer.isBuffer(source) ? [source] : source) {
      const bytes = chunk as Buffer;
      if (size + bytes.length > maxBytes) throw overLimit(maxBytes);
      await file.writeFile(bytes);
      size += bytes.length;
    }
  } finally {
    await file.sync().finally(() => file.close());
  }
  return size;
};

export const openUploads = async (folder: string): Promise<Uploads> => {
  await makeFolder(folder);
  const busy = new Set<string>();
  const pathOf = (id: string): string => {
    if (!ID.test(id)) throw fail('file.missing');
    return join(folder, id);
  };
  const offsetOf = async (id: string): Promise<number> => {
    try {
      return (await stat(pathOf(id))).size;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 0;
      throw error;
    }
  };
  const appendAlone = async (id: string, offset: number, source: Readable | Buffer, maxBytes: number): Promise<number> => {
    const received = await offsetOf(id);
    if (received !== offset) throw fail('file.offset', { received }, { extra: { offset: received } });
    try {
      const next = await appendTo(pathOf(id), source, offset, maxBytes);
      if (offset === 0) await syncFolder(folder);
      return next;
    } catch (error) {
      if ((error as { code?: unknown }).code === 'file.too-large') await rm(pathOf(id), { force: true });
      else if (!(error instanceof Error && 'status' in error)) throw fail('file.broken-off', { received: await offsetOf(id) }, { cause: error });
      throw error;
    }
  };
  return {
    path: pathOf,
    offset: offsetOf,
    async append(id, offset, source, maxBytes) {
      if (busy.has(id)) throw fail('file.busy');
      busy.add(id);
      try {
        return await appendAlone(id, offset, source, maxBytes);
      } finally {
        busy.delete(id);
      }
    },
    remove: (id) => rm(pathOf(id), { force: true }),
    async sweep(before) {
      let removed = 0;
      for (const name of await readdir(folder)) {
        const path = join(folder, name);
        if (busy.has(name) || (await stat(path)).mtime >= before) continue;
        await rm(path, { force: true });
        removed += 1;
      }
      return removed;
    },
  };
};
