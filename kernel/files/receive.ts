import { createHash } from 'node:crypto';
import { open, rm } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { isZhengwuError } from '@zhengwu/errors';
import { formatSize } from '@zhengwu/i18n';
import { fail } from './errors.ts';

/** The error of a file over `limit` bytes. */
export const overLimit = (limit: number): Error => fail('file.too-large', { limit: formatSize(limit, 'en') }, { extra: { limit } });

/** Errors of a connection that ended before its body did. */
const isBrokenOff = (error: unknown): boolean => /^(?:ECONNRESET|ERR_STREAM_PREMATURE_CLOSE|ABORT_ERR|UND_ERR_SOCKET|EPIPE)$/.test(String((error as NodeJS.ErrnoException).code));

export interface Received {
  hash: string;
  size: number;
}

const writeAll = async (path: string, source: Readable | Buffer, maxBytes: number): Promise<Received> => {
  const file = await open(path, 'wx', 0o600);
  const hash = createHash('sha256');
  let size = 0;
  try {
    for await (const chunk of Buffer.isBuffer(source) ? [source] : source) {
      const bytes = chunk as Buffer;
      size += bytes.length;
      if (size > maxBytes) throw overLimit(maxBytes);
      hash.update(bytes);
      await file.writeFile(bytes);
    }
    if (size === 0) throw fail('file.empty');
    await file.sync();
  } catch (error) {
    throw isBrokenOff(error) && !isZhengwuError(error) ? fail('file.broken-off', { received: size }, { cause: error }) : error;
  } finally {
    await file.close();
  }
  return { hash: hash.digest('hex'), size };
};

/** Writes a stream to a new file at `path`, synced; leaves nothing there when it fails. */
export const receiveInto = async (path: string, source: Readable | Buffer, maxBytes: number): Promise<Received> => {
  try {
    return await writeAll(path, source, maxBytes);
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  }
};

/** sha256 and size of a file on disk. */
export const hashFile = async (path: string): Promise<Received> => {
  const file = await open(path, 'r');
  const hash = createHash('sha256');
  let size = 0;
  for await (const chunk of file.createReadStream()) {
    hash.update(chunk as Buffer);
    size += (chunk as Buffer).length;
  }
  return { hash: hash.digest('hex'), size };
};
