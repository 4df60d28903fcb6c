#!/usr/bin/env node
// npx zhengwu …: the command line of a site, built when its sources are newer.
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { realpathSync } from 'node:fs';

const root = join(dirname(realpathSync(fileURLToPath(import.meta.url))), '../../..');
const load = (file) => import(pathToFileURL(join(root, 'tools', file)).href);
const { ensureInstalled, environment, run } = await load('project.js');
const { ensureBuilt } = await load('build.js');
const { dataFolder, demoSecrets } = await load('secrets.js');

ensureInstalled();
await ensureBuilt();
const env = environment({ ZHENGWU_DATA: dataFolder(), ...demoSecrets() });
process.exit(await run(['--enable-source-maps', join(root, 'dist/zhengwu.js'), ...process.argv.slice(2)], { cwd: process.cwd(), env }));
