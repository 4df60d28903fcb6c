import { spawnSync } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { rounded, type Figure } from '../figure.ts';
import { answers, endOf, freePort, memoryOf, project, runProgram, SECRET } from '../ground.ts';

const sizeOf = (folder: string): number => Number(spawnSync('du', ['-sm', join(project, folder)], { encoding: 'utf8' }).stdout.split('\t')[0] || 0);

interface Started {
  seconds: number;
  memory: number;
}

/** Starts the site with its own database on `folder` until it answers, lets it settle, and stops it. */
const startOnce = async (folder: string, settle: number): Promise<Started> => {
  const port = await freePort();
  const begun = performance.now();
  const child = runProgram('site.js', { ZHENGWU_DATA: folder, ZHENGWU_PORT_SITE: String(port), ZHENGWU_PORTAL_SECRET: SECRET, ZHENGWU_KEY_PASSPHRASE: SECRET });
  try {
    await answers(`http://127.0.0.1:${port}/readyz`, 120);
    const seconds = (performance.now() - begun) / 1000;
    await sleep(settle);
    return { seconds, memory: await memoryOf(child.pid as number) };
  } finally {
    await endOf(child);
  }
};

/** Start-up times with and without data, memory at rest, and what an installation takes on the disk. */
export async function run(): Promise<Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'zhengwu-bench-'));
  await chmod(folder, 0o755);
  try {
    const first = await startOnce(folder, 0);
    const second = await startOnce(folder, 3000);
    return [
      { name: 'site: first start, with database and demo city', unit: 's', ours: rounded(first.seconds, 1) },
      { name: 'site: second start', unit: 's', ours: rounded(second.seconds, 1), target: 5, better: 'less' },
      { name: 'site: memory after the second start', unit: 'MB resident', ours: rounded(second.memory, 0), target: 300, better: 'less' },
      { name: 'installed packages', unit: 'MB', ours: sizeOf('node_modules') },
      { name: 'built programs and console', unit: 'MB', ours: sizeOf('dist') },
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
