// What every command here needs, for whatever Node starts it (20 or newer), before anything is installed.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Ends the process with one line that says what to do. */
export const giveUp = (line) => {
  process.stderr.write(`${line}\n`);
  process.exit(1);
};

const read = (file) => JSON.parse(readFileSync(join(root, file), 'utf8'));

/** True when what is installed is what package-lock.json says; packages for other platforms may be absent. */
export const isInstalled = () => {
  if (!existsSync(join(root, 'node_modules/.package-lock.json'))) return false;
  const wanted = read('package-lock.json').packages;
  const found = read('node_modules/.package-lock.json').packages;
  const same = (path) => found[path]?.version === wanted[path].version && found[path]?.integrity === wanted[path].integrity;
  return Object.entries(wanted).every(([path, { link, optional, version }]) =>
    path === '' || !path.startsWith('node_modules/') || (link ? existsSync(join(root, path)) : same(path) || (optional && !found[path]) || version === undefined));
};

/** Installs the locked packages when they are not there. */
export const ensureInstalled = () => {
  if (isInstalled()) return;
  process.stdout.write('Installing packages (npm ci) …\n');
  const npm = process.env.npm_execpath;
  const [command, args] = npm?.endsWith('.js') ? [process.execPath, [npm, 'ci', '--include=dev', '--loglevel=error']] : ['npm', ['ci', '--include=dev', '--loglevel=error']];
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
  if (error || status !== 0) giveUp(`npm ci failed${error ? ` (${error.message})` : ''}: check the network and the registry, then start again`);
};

/** The Node that everything runs on: the installed 24, or this one when it is new enough. */
export const nodeBinary = () => {
  const own = join(root, 'node_modules/.bin/node');
  if (existsSync(own)) return own;
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath;
  return giveUp(`there is no Node 24 package for ${process.platform}-${process.arch}: install Node 24 and start again`);
};

/** Environment in which `node` and the packages' programs are ours. */
export const environment = (more = {}) => ({ ...process.env, PATH: `${join(root, 'node_modules/.bin')}:${process.env.PATH ?? ''}`, ...more });

/** Runs a program on our Node with the terminal attached; resolves with its exit code, a signal counting as failure. */
export const run = (args, more = {}) =>
  new Promise((resolve) => {
    const child = spawn(nodeBinary(), args, { cwd: root, stdio: 'inherit', env: environment(), ...more });
    for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
    child.once('error', (error) => giveUp(`${nodeBinary()} cannot run: ${error.message}`));
    child.once('exit', (code) => resolve(code ?? 1));
  });

const skipped = new Set(['node_modules', 'dist', 'data', '.git', 'docs']);

/** Time of the youngest file below, tests aside. */
export const newest = (path) => {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found) return 0;
  if (!found.isDirectory()) return /\.(test|full|e2e)\.tsx?$|\.md$/.test(path) ? 0 : found.mtimeMs;
  return Math.max(0, ...readdirSync(path).filter((name) => !skipped.has(name)).map((name) => newest(join(path, name))));
};
