import { hash } from 'node:crypto';
import { open, type FileHandle } from 'node:fs/promises';

const DIGITS = 40;
/** More than two lines of the list: hash, colon, count. */
const WINDOW = 160;

/** The first whole line that begins at `at` or later: where it begins, where the next one does, and its hash; null past the last. */
const lineFrom = async (file: FileHandle, at: number): Promise<{ next: number; digits: string } | null> => {
  const from = Math.max(0, at - 1);
  const { buffer, bytesRead } = await file.read(Buffer.alloc(WINDOW), 0, WINDOW, from);
  const text = buffer.toString('latin1', 0, bytesRead);
  const start = at === 0 ? 0 : text.indexOf('\n') + 1;
  if ((at > 0 && start === 0) || text.length - start < DIGITS) return null;
  const end = text.indexOf('\n', start);
  return { next: from + (end < 0 ? text.length : end + 1), digits: text.slice(start, start + DIGITS).toUpperCase() };
};

const contains = async (file: FileHandle, size: number, wanted: string): Promise<boolean> => {
  for (let [low, high] = [0, size]; low < high; ) {
    const middle = low + Math.floor((high - low) / 2);
    const line = await lineFrom(file, middle);
    if (line?.digits === wanted) return true;
    if (line === null || line.digits > wanted) high = middle;
    else low = line.next;
  }
  return false;
};

/** Whether a password is known to be breached. */
export type IsBreached = (password: string) => Promise<boolean>;

/**
 * Looks passwords up in a list of breached ones (OWASP ASVS 5.0 V6.2.12): a text file of SHA-1 hashes in hex, in ascending order, one a line, each perhaps
 * followed by a colon and a count, as such lists are given out. The file is searched where it lies, whatever its size. Without a list nothing is
 * known to be breached. Throws where the file can't be read.
 */
export const openBreached = (path: string | undefined): IsBreached => async (password) => {
  if (path === undefined) return false;
  const file = await open(path, 'r');
  try {
    return await contains(file, (await file.stat()).size, hash('sha1', password, 'hex').toUpperCase());
  } finally {
    await file.close();
  }
};
