import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { Body } from '@zhengwu/imports';
import { fail } from './errors.ts';
import { bytes } from './folder.ts';

export const LARGEST_FILE = 2 * 1024 * 1024 * 1024;

export interface Spooled {
  /** sha256 of exactly the bytes that `body` gives. */
  hash: string;
  body: Body;
  close(): Promise<void>;
}

/**
 * A copy of our own that nobody rewrites between its hash and its rows. Its name is gone as soon as it is open, so that nothing
 * of it is left when the process is killed. Throws `adapter.too-large` for what goes on beyond `most` bytes.
 */
export const spool = async (folder: string, file: string, source: AsyncIterable<Uint8Array>, most = LARGEST_FILE): Promise<Spooled> => {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, randomUUID());
  const handle = await open(path, 'wx+', 0o600);
  try {
    await unlink(path);
    const hash = createHash('sha256');
    let size = 0;
    for await (const part of source) {
      if (size + part.length > most) throw fail('adapter.too-large', { file });
      hash.update(part);
      for (let at = 0; at < part.length;) at += (await handle.write(part, at, part.length - at, size + at)).bytesWritten;
      size += part.length;
    }
    const body: Body = { size, open: (start = 0, end = size) => Promise.resolve(bytes(handle, start, end)) };
    return { hash: hash.digest('hex'), body, close: () => handle.close() };
  } catch (error) {
    await handle.close();
    throw error;
  }
};
