import { mkdir, open, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const TURN_MS = 10_000;
const STALE_MS = 30_000;
const TRY_MS = 20;

/** Changes with each replacement of a file; empty while there is none. */
export const stampOf = async (path: string): Promise<string> => {
  const about = await stat(path, { bigint: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  return about ? `${about.ino}:${about.mtimeNs}:${about.size}` : '';
};

const take = async (lock: string): Promise<boolean> => {
  try {
    await (await open(lock, 'wx', 0o600)).close();
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    // Whoever changes a file of keys needs a moment; a lock that is older was left by one that was killed.
    const age = await stat(lock).then(({ mtimeMs }) => Date.now() - mtimeMs, () => 0);
    if (age > STALE_MS) await rm(lock, { force: true });
    return false;
  }
};

/** Does `work` while no other call, of this process or another, does any for the same file. Throws when its turn does not come within ten seconds. */
export const alone = async <T>(path: string, work: () => Promise<T>): Promise<T> => {
  const lock = `${path}.lock`;
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  for (const until = Date.now() + TURN_MS; !(await take(lock)); await pause(TRY_MS)) if (Date.now() > until) throw new Error(`the file ${path} is being changed by another process: ${lock}`);
  try {
    return await work();
  } finally {
    await rm(lock, { force: true });
  }
};
