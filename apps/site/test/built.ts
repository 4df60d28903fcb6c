import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { demoPassword } from '@zhengwu/demo';
import { projectFolder } from '../packs.ts';
import { clientsOf, type Clients } from './clients.ts';

const SECRET = 'a-secret-of-the-tests-portal-000000';
const PASSPHRASE = 'a-passphrase-of-the-tests';

export const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
};

/** Builds the programs when a source is newer. */
export const ensureBuilt = (): void => {
  const { status } = spawnSync(process.execPath, [join(projectFolder(), 'tools/build.js'), '--if-needed'], { stdio: 'inherit' });
  if (status !== 0) throw new Error('the build failed');
};

/** A site as it is shipped, in a process of its own, on a data folder that outlives it. */
export interface BuiltSite extends Clients {
  origin: string;
  /** Starts the program; resolves when it is ready, with the milliseconds that took. */
  start(): Promise<number>;
  isReady(): Promise<boolean>;
  isRunning(): boolean;
  /** kill -9 of the site, or of its PostgreSQL. */
  kill(what: 'site' | 'postgres'): Promise<void>;
  stop(): Promise<void>;
  /** Runs a command of the built command line beside it. */
  zhengwu(...args: string[]): Promise<{ code: number | null; said: string }>;
}

export const environmentOf = (folder: string, port: number): NodeJS.ProcessEnv => ({
  ...process.env, NODE_ENV: 'production', ZHENGWU_DATA: folder, ZHENGWU_PORT_SITE: String(port), ZHENGWU_PORTAL_SECRET: SECRET, ZHENGWU_KEY_PASSPHRASE: PASSPHRASE, ZHENGWU_LOG_LEVEL: 'warn', DATABASE_URL: '',
});

const postmasterOf = async (folder: string): Promise<number> => Number((await readFile(join(folder, 'postgres/data/postmaster.pid'), 'utf8')).split('\n')[0]);

export const builtSite = (folder: string, port: number): BuiltSite => {
  const origin = `http://127.0.0.1:${port}`;
  const env = environmentOf(folder, port);
  let child: ChildProcess | undefined;
  let said = '';
  const isRunning = (): boolean => child !== undefined && child.exitCode === null && child.signalCode === null;
  const isReady = (): Promise<boolean> => fetch(`${origin}/readyz`, { signal: AbortSignal.timeout(2000) }).then(({ ok }) => ok, () => false);
  const start = async (): Promise<number> => {
    const began = Date.now();
    said = '';
    child = spawn(process.execPath, [join(projectFolder(), 'dist/site.js')], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (said = (said + chunk).slice(-4000)));
    while (!(await isReady())) {
      if (!isRunning()) throw new Error(`the site ended: ${said}`);
      await sleep(50);
    }
    return Date.now() - began;
  };
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (!child || !isRunning()) return;
    const gone = once(child, 'exit');
    child.kill(signal);
    await gone;
  };
  return {
    ...clientsOf(origin, SECRET, demoPassword), origin, start, isReady, isRunning,
    kill: async (what) => (what === 'site' ? end('SIGKILL') : void process.kill(await postmasterOf(folder), 'SIGKILL')),
    stop: () => end('SIGTERM'),
    zhengwu: async (...args) => {
      const command = spawn(process.execPath, [join(projectFolder(), 'dist/zhengwu.js'), ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
      let answer = '';
      for (const stream of [command.stdout, command.stderr]) stream.on('data', (chunk) => (answer += chunk));
      const [code] = (await once(command, 'close')) as [number | null];
      return { code, said: answer };
    },
  };
};
