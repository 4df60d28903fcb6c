import { readFileSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { StartError } from '../start-error.ts';

export interface Account {
  uid: number;
  gid: number;
}

/** The account PostgreSQL runs under when we are root, which it refuses; null when we are an ordinary user. */
export const nobody = (): Account | null => {
  if (process.getuid?.() !== 0) return null;
  const line = readFileSync('/etc/passwd', 'utf8').split('\n').find((entry) => entry.startsWith('nobody:'));
  const [, , uid, gid] = line?.split(':') ?? [];
  if (uid === undefined || gid === undefined) throw new StartError('PostgreSQL refuses to run as root and there is no user nobody: start as an ordinary user');
  return { uid: Number(uid), gid: Number(gid) };
};

/** True when any user may pass through every folder on the way. */
export const isTraversable = async (folder: string): Promise<boolean> => {
  for (let at = folder; ; at = dirname(at)) {
    if (((await stat(at)).mode & 0o001) === 0) return false;
    if (at === dirname(at)) return true;
  }
};
