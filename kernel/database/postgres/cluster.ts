import { existsSync } from 'node:fs';
import { chmod, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Credential } from '../database.ts';
import { StartError } from '../start-error.ts';
import { findBinaries, type Binaries } from './binaries.ts';
import { initialise, passwordOf } from './initialise.ts';
import { findPostmaster, isAlive, stopPostmaster } from './postmaster.ts';
import { startServer, type ServerOptions } from './server.ts';

export interface ClusterOptions extends ServerOptions {
  /** Port to listen on; a free one unless said. */
  port?: number;
  /** A tool beside the owner of the server: it does not keep it running. */
  beside?: boolean;
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
  const stop = await keep(cluster, binaries, options, found?.ready ? found : null);
  return Object.assign(cluster, { stop });
};

type Address = { port: number; pid: number };

/** Keeps a server running: started again on the same port when it ends without being asked to. */
const keep = async (cluster: Address, binaries: Binaries, options: ClusterOptions, found: Address | null): Promise<() => Promise<void>> => {
  let stopping = false;
  let adopted: NodeJS.Timeout | undefined;
  const begin = async (port?: number): Promise<void> => {
    const { child, port: taken } = await startServer(binaries, options, port);
    Object.assign(cluster, { port: taken, pid: child.pid });
    child.once('exit', again);
  };
  const resume = async (): Promise<void> => {
    const { port } = cluster;
    await begin(port);
    if (cluster.port !== port) throw new StartError(`PostgreSQL had to move from port ${port} to ${cluster.port}: start the site again`);
  };
  const again = (): void => {
    clearInterval(adopted);
    if (!stopping) resume().catch((error: unknown) => options.onLost?.(error));
  };
  if (found) {
    Object.assign(cluster, { port: found.port, pid: found.pid });
    if (options.beside !== true) adopted = setInterval(() => isAlive(found.pid) || again(), 500).unref();
  } else await begin(options.port);
  return async () => {
    stopping = true;
    clearInterval(adopted);
    await stopPostmaster(cluster.pid);
  };
};
