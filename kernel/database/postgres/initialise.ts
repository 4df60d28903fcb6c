import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chown, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { StartError } from '../start-error.ts';
import type { Binaries } from './binaries.ts';
import { lastWord } from './last-word.ts';
import { nobody } from './nobody.ts';

const run = (program: string, args: string[], account: ReturnType<typeof nobody>): Promise<void> =>
  new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: '/', stdio: ['ignore', 'ignore', 'pipe'], ...account });
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
    child.once('error', reject);
    child.once('close', (code) => (code === 0 ? resolve() : reject(new StartError(`PostgreSQL could not set up its data folder: ${lastWord(said)}`))));
  });

/** Writes a fresh data folder, moved into place only when it is whole. */
export const initialise = async (folder: string, binaries: Binaries, password: string): Promise<void> => {
  const account = nobody();
  const draft = join(folder, 'data.new');
  const secret = join(folder, 'initial-password');
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft, { mode: 0o700 });
  await writeFile(secret, password, { mode: 0o600 });
  if (account) {
    await chown(draft, account.uid, account.gid);
    await chown(secret, account.uid, account.gid);
  }
  try {
    const locale = ['-E', 'UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C', '--lc-ctype=C.UTF-8'];
    await run(binaries.initdb, ['-D', draft, '-U', 'postgres', '-A', 'scram-sha-256', `--pwfile=${secret}`, ...locale], account);
    await rename(draft, join(folder, 'data'));
  } finally {
    await rm(secret, { force: true });
    await rm(draft, { recursive: true, force: true });
  }
};

/** The superuser's password, kept in a file that only its owner reads. */
export const passwordOf = async (folder: string): Promise<string> => {
  const file = join(folder, 'password');
  if (existsSync(file)) return (await readFile(file, 'utf8')).trim();
  if (existsSync(join(folder, 'data'))) throw new StartError(`the password file ${file} is missing: put it back from your backup`);
  const password = randomBytes(24).toString('base64url');
  await writeFile(file, `${password}\n`, { mode: 0o600 });
  return password;
};
