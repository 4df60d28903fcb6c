import type { ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Credential } from '../database.ts';
import { StartError } from '../start-error.ts';
import { findBinaries, type Binaries } from './binaries.ts';
import { initialise, passwordOf } from './initialise.ts';
import { findPostmaster, stopPostmaster } from './postmaster.ts';
import { startServer, type ServerOptions } from './server.ts';

export interface ClusterOptions extends ServerOptions {
  /** Called when the server died and could not be started again. */
  onLost?(error: unknown): void;
}

/** A running PostgreSQL server of our own on the loopback address. */
export interface Cluster {
  host: string;
  port: number;
  superuser: Credential;
  pid: number;
  stop(): Promise<void>;
}

const prepareFolder = async (folder: string): Promise<void> => {
  try {
    await mkdir(folder, { recursive: true });
    await chmod(folder, 0o711);
  } catch (error) {
    throw new StartError(`the data folder ${folder} cannot be written: ${(error as NodeJS.ErrnoException).code ?? String(error)}`);
  }
};

/** Starts our own server on `folder`, or adopts the one that a killed process left running there. Warm start: tens of milliseconds. */
export const startCluster = async (options: ClusterOptions): Promise<Cluster> => {
  const { folder } = options;
  await prepareFolder(folder);
  const binaries = await findBinaries(folder);
  const password = await passwordOf(folder);
  if (!existsSync(join(folder, 'data'))) await initialise(folder, binaries, password);
  const found = await findPostmaster(join(folder, 'data'));
  if (found && !found.ready) await stopPostmaster(found.pid);
  const cluster = { host: '127.0.0.1', port: 0, pid: 0, superuser: { user: 'postgres', password } };
  const stop = found?.ready ? adopt(cluster, found) : await keep(cluster, binaries, options);
  return Object.assign(cluster, { stop });
};

type Address = { port: number; pid: number };

const adopt = (cluster: Address, found: Address): (() => Promise<void>) => {
  cluster.port = found.port;
  cluster.pid = found.pid;
  return () => stopPostmaster(cluster.pid);
};

/** Starts the server and starts it again on the same port when it dies without being asked to. */
const keep = async (cluster: Address, binaries: Binaries, options: ClusterOptions): Promise<() => Promise<void>> => {
  let stopping = false;
  const begin = async (port?: number): Promise<void> => {
    const server = await startServer(binaries, options, port);
    cluster.port = server.port;
    cluster.pid = server.child.pid ?? 0;
    watch(server.child);
  };
  const watch = (child: ChildProcess): void => {
    child.once('exit', () => {
      if (!stopping) begin(cluster.port).catch((error: unknown) => options.onLost?.(error));
    });
  };
  await begin();
  return async () => {
    stopping = true;
    await stopPostmaster(cluster.pid);
  };
};
