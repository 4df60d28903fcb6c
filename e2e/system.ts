import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';

export interface Addresses {
  portal: string;
  site: string;
}
declare module 'vitest' {
  interface ProvidedContext {
    addresses: Addresses;
  }
}

const root = join(import.meta.dirname, '..');

/** A port of this machine that nothing listens on. */
export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });

/** Resolves when the start says that it is done; throws with what it said when it ends before. */
const untilServing = (child: ChildProcess): Promise<void> =>
  new Promise((resolve, reject) => {
    let said = '';
    const hear = (chunk: Buffer): void => {
      said += chunk.toString();
      if (said.includes('Ctrl-C')) resolve();
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    child.once('exit', (code) => reject(new Error(`npm start ended with ${String(code)}: ${said}`)));
  });

const end = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await ended;
};

/** A whole Yunchuan of its own, started as a newcomer starts it: building what is stale, on free ports, in a folder that goes away. */
export const startCity = async (settings: NodeJS.ProcessEnv = {}): Promise<{ addresses: Addresses; folder: string; stop(): Promise<void> }> => {
  const [portal, site, folder] = [await freePort(), await freePort(), await mkdtemp(join(tmpdir(), 'zhengwu-e2e-'))];
  const { DATABASE_URL: _given, ...environment } = process.env;
  const child = spawn(process.execPath, [join(root, 'tools/start.js')], {
    env: { ...environment, ZHENGWU_CENTRES: 'off', ...settings, NODE_ENV: 'production', ZHENGWU_DATA: folder, ZHENGWU_PORT_PORTAL: String(portal), ZHENGWU_PORT_SITE: String(site) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const stop = async (): Promise<void> => {
    await end(child);
    if (process.env['ZHENGWU_E2E_LOG']) process.stderr.write(await readFile(join(folder, 'site.log'), 'utf8'));
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await untilServing(child);
  } catch (error) {
    await stop();
    throw error;
  }
  return { addresses: { portal: `http://127.0.0.1:${portal}`, site: `http://127.0.0.1:${site}` }, folder, stop };
};

/** One city for all browser tests. `ZHENGWU_E2E=portal,site` uses one that runs already. */
export default async (project: TestProject): Promise<(() => Promise<void>) | void> => {
  const [portal, site] = (process.env['ZHENGWU_E2E'] ?? '').split(',');
  if (portal && site) return project.provide('addresses', { portal, site });
  const city = await startCity();
  project.provide('addresses', city.addresses);
  return city.stop;
};
