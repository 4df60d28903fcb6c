import { createReadStream } from 'node:fs';
import { access, constants, open, readdir, rename, rm, stat, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { makeFolder, syncFolder } from './durable.ts';
import { isHash, type FileStore } from './store.ts';

/** Bodies in a folder, two levels deep by hash; read-only files, each durable before `place` resolves. */
export const openLocalStore = async (folder: string): Promise<FileStore> => {
  await makeFolder(folder);
  const pathOf = (hash: string): string => {
    if (!isHash(hash)) throw new RangeError('not a file hash');
    return join(folder, hash.slice(0, 2), hash.slice(2, 4), hash);
  };
  const sizeOf = async (hash: string): Promise<number | undefined> => {
    try {
      return (await stat(pathOf(hash))).size;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
  };
  return {
    async place(path, hash, { size, replace }) {
      const target = pathOf(hash);
      await makeFolder(dirname(target));
      if (!replace && (await sizeOf(hash)) === size) await unlink(path);
      else await rename(path, target);
      await syncFolder(dirname(target));
    },
    size: sizeOf,
    async open(hash, range) {
      const file = await open(pathOf(hash), 'r');
      return createReadStream('', { fd: file, ...range });
    },
    remove: (hash) => rm(pathOf(hash), { force: true }),
    async *list() {
      for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) if (entry.isFile() && isHash(entry.name)) yield entry.name;
    },
    check: () => access(folder, constants.W_OK),
  };
};
