import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { startDatabase, type Connection } from '@zhengwu/database';

/** The project's folder. */
export const project = join(import.meta.dirname, '..');

export const SECRET = 'the-secret-of-the-benchmarks-portal-0000';

export const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
};

/** A site as it is shipped, in a process of its own, on a database of its own with fsync. */
export interface Ground {
  port: number;
  folder: string;
  /** Straight into the database as the owner of its tables. */
  owner: pg.Pool;
  connection: Connection;
  /** The site's resident set in MB. */
  memory(): Promise<number>;
  stop(): Promise<void>;
}

export const answers = async (address: string, seconds: number): Promise<void> => {
  for (const until = Date.now() + seconds * 1000; ; await sleep(20)) {
    const response = await fetch(address).catch(() => null);
    if (response?.ok) return;
    if (Date.now() > until) throw new Error(`${address} does not answer`);
  }
};

const untilReady = (child: ChildProcess, port: number): Promise<unknown> =>
  Promise.race([answers(`http://127.0.0.1:${port}/readyz`, 120), once(child, 'exit').then(() => Promise.reject(new Error('the site ended before it was ready')))]);

export const endOf = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  await once(child, 'exit');
};

export const memoryOf = async (pid: number): Promise<number> => {
  const { readFile } = await import('node:fs/promises');
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
};

export const urlOf = ({ host, port, database }: Connection, { user, password }: { user: string; password: string }): string =>
  `postgres://${encodeURIComponent(user)}:${encodeURIComponent(password)}@${host}:${port}/${database}`;

/** A program of `dist` in a process of its own. */
export const runProgram = (program: string, environment: Record<string, string>, options: readonly string[] = []): ChildProcess =>
  fork(join(project, process.env['ZHENGWU_BENCH_PROGRAMS'] ?? 'dist', program), [], {
    execArgv: [...options], stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: { PATH: process.env['PATH'] ?? '', ZHENGWU_LOG_LEVEL: 'warn', ...environment },
  });

/** Starts database and site; the demo city's people and records are there, and the benchmark's pack. */
export const openGround = async (environment: Record<string, string> = {}, settings: Record<string, string> = {}): Promise<Ground> => {
  const folder = await mkdtemp(join(tmpdir(), 'zhengwu-bench-'));
  await chmod(folder, 0o755);
  const running = await startDatabase({ dataFolder: join(folder, 'database'), settings }, []);
  const { config: connection } = running.database;
  const port = await freePort();
  const options = (process.env['ZHENGWU_BENCH_NODE'] ?? '').split(' ').filter(Boolean);
  const site = () => runProgram('site.js', {
    ZHENGWU_DATA: join(folder, 'data'), ZHENGWU_PORT_SITE: String(port), ZHENGWU_PORTAL_SECRET: SECRET, ZHENGWU_KEY_PASSPHRASE: SECRET,
    DATABASE_URL: urlOf(connection, connection.owner), ZHENGWU_DATABASE_APP_URL: urlOf(connection, connection.app), ZHENGWU_DATABASE_RELAY_URL: urlOf(connection, connection.relay),
    ...environment,
  }, options);
  const { host, port: databasePort, database, owner } = connection;
  const pool = new pg.Pool({ host, port: databasePort, database, ...owner, max: 16, options: '-c zhengwu.who=system||all|{}|{}|4' });
  pool.on('error', () => undefined);
  let child = site();
  const stop = async (): Promise<void> => {
    process.off('SIGINT', interrupted).off('SIGTERM', interrupted);
    await endOf(child);
    await pool.end();
    await running.stop();
    await rm(folder, { recursive: true, force: true });
  };
  const interrupted = (): void => void stop().finally(() => process.exit(130));
  process.once('SIGINT', interrupted).once('SIGTERM', interrupted);
  try {
    await untilReady(child, port);
    // What is measured is a site that runs, not one that has just loaded a city.
    await endOf(child);
    child = site();
    await untilReady(child, port);
  } catch (error) {
    await stop();
    throw error;
  }
  return { port, folder, owner: pool, connection, memory: () => memoryOf(child.pid as number), stop };
};
