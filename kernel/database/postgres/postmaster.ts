import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** A running server as its lock file tells of it. */
export interface Postmaster {
  pid: number;
  port: number;
  ready: boolean;
}

export const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return !isZombie(pid);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};

const isZombie = (pid: number): boolean => {
  try {
    return / Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/\(.*\)/s, ''));
  } catch {
    return false;
  }
};

/** The live server of this data folder, or null; another program that has got the number of a dead one is not taken for it. */
export const findPostmaster = async (folder: string): Promise<Postmaster | null> => {
  const lines = (await readFile(join(folder, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n');
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 1 || !isAlive(pid)) return null;
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => folder);
  if (!command.includes(folder)) return null;
  return { pid, port: Number(lines[3]), ready: lines[7]?.trim() === 'ready' };
};

/** Stops a server: fast shutdown, and after 30 s immediate. Resolves when the process is gone. */
export const stopPostmaster = async (pid: number): Promise<void> => {
  const signal = (name: 'SIGINT' | 'SIGQUIT'): void => {
    try {
      process.kill(pid, name);
    } catch {
      // Gone already, which is what was wanted.
    }
  };
  signal('SIGINT');
  for (let waited = 0; isAlive(pid); waited += 10) {
    if (waited === 30_000) signal('SIGQUIT');
    await sleep(10);
  }
};
