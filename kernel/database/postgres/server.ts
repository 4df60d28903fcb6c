import { spawn, type ChildProcess } from 'node:child_process';
import { open, readFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { StartError } from '../start-error.ts';
import type { Binaries } from './binaries.ts';
import { lastWord } from './last-word.ts';
import { nobody } from './nobody.ts';
import { findPostmaster } from './postmaster.ts';

export interface ServerOptions {
  /** Holds the data, the password (0600) and the log; made when missing. Root: every folder above must be traversable. */
  folder: string;
  /** PostgreSQL settings over ours. */
  settings?: Readonly<Record<string, string>>;
}

const durable: Readonly<Record<string, string>> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  fsync: 'on',
  synchronous_commit: 'on',
  shared_buffers: '128MB',
  effective_cache_size: '512MB',
  work_mem: '8MB',
  maintenance_work_mem: '64MB',
  max_connections: '100',
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_wal_size: '1GB',
  random_page_cost: '1.1',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  cluster_name: 'zhengwu',
};

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });

interface Launched {
  child: ChildProcess;
  /** Where this start's lines begin in the log. */
  logFrom: number;
}

const launch = async (binaries: Binaries, options: ServerOptions, port: number): Promise<Launched> => {
  const log = await open(join(options.folder, 'postgres.log'), 'a', 0o600);
  const { size } = await log.stat();
  const settings = { ...durable, ...options.settings, port: String(port) };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const child = spawn(binaries.postgres, ['-D', join(options.folder, 'data'), ...flags], {
    cwd: '/', detached: true, stdio: ['ignore', log.fd, log.fd], ...nobody(),
  });
  child.on('error', () => undefined);
  child.unref();
  await log.close();
  return { child, logFrom: size };
};

/** Waits until the server answers; a failed start tells the last word of its log. */
const untilReady = async ({ child, logFrom }: Launched, folder: string): Promise<'ready' | string> => {
  for (let waited = 0; waited < 60_000; waited += 10) {
    const found = await findPostmaster(join(folder, 'data'));
    if (found?.ready && found.pid === child.pid) return 'ready';
    if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) {
      const log = await readFile(join(folder, 'postgres.log')).catch(() => Buffer.alloc(0));
      return lastWord(log.subarray(logFrom).toString(), child.pid);
    }
    await sleep(10);
  }
  return 'it did not become ready within a minute';
};

const taken = /Address already in use|could not create any TCP/i;
const transient = /lock file|shared memory block/i;

/**
 * Starts the server, for 5 s while a killed one still holds its lock, on another port only when the wanted one is taken:
 * whoever restarts it has connections to the old one.
 */
export const startServer = async (binaries: Binaries, options: ServerOptions, wanted?: number): Promise<{ child: ChildProcess; port: number }> => {
  let said = '';
  for (let attempt = 0; attempt < 20; attempt++) {
    const port = wanted && !taken.test(said) ? wanted : await freePort();
    const launched = await launch(binaries, options, port);
    said = await untilReady(launched, options.folder);
    if (said === 'ready') return { child: launched.child, port };
    if (!transient.test(said) && !taken.test(said)) break;
    await sleep(250);
  }
  throw new StartError(`PostgreSQL did not start: ${said} (log: ${join(options.folder, 'postgres.log')})`);
};
