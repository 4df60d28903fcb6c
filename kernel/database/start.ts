import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { access, constants, mkdir, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openDatabase } from './connect.ts';
import type { Connection, Credential, Database } from './database.ts';
import { migrate } from './migrate.ts';
import { startCluster, type Cluster } from './postgres/cluster.ts';
import { isTraversable, nobody } from './postgres/nobody.ts';
import { findPostmaster, isAlive } from './postgres/postmaster.ts';
import { provision, rolePasswords, type Administrator } from './provision.ts';
import type { SchemaModule } from './schema-module.ts';
import { StartError } from './start-error.ts';
import { placeSite, type SitePlace } from './zone.ts';

export interface DatabaseOptions {
  /** Folder of the site; holds the embedded server, its passwords and the roles' passwords. */
  dataFolder: string;
  /** Name of the database and prefix of its roles; `zhengwu` unless said. */
  name?: string;
  /** An existing PostgreSQL; without it the embedded one runs. */
  url?: string;
  /** With all three given, roles and database are taken as prepared and `url` is the owner's. */
  appUrl?: string;
  relayUrl?: string;
  /** Port of the embedded server; a free one unless said. */
  port?: number;
  poolSize?: number;
  /** CA certificate of an existing server; TLS is then required and checked. */
  caFile?: string;
  /** Settings of the embedded server over ours. */
  settings?: Readonly<Record<string, string>>;
  /** A tool beside a running site: join its embedded server instead of refusing. */
  beside?: boolean;
  /** Where the site stands; unless said, as the database was told before, an extranet site at first. */
  place?: SitePlace;
  onLost?(error: unknown): void;
}

export interface RunningDatabase {
  database: Database;
  /** True when the server is our own. */
  embedded: boolean;
  stop(): Promise<void>;
}

const fromUrl = (variable: string, url: string): Administrator => {
  const parsed = URL.parse(url);
  if (!parsed || parsed.pathname.length < 2) throw new StartError(`${variable} is not an address of the form postgres://user:password@host:5432/database`);
  return {
    host: parsed.hostname.replace(/^\[|\]$/g, ''),
    port: Number(parsed.port || 5432),
    user: decodeURIComponent(parsed.username),
    password: decodeURIComponent(parsed.password),
    database: decodeURIComponent(parsed.pathname.slice(1)),
  };
};

const credentialOf = ({ user, password }: Administrator): Credential => ({ user, password });

const existing = async (options: DatabaseOptions, url: string): Promise<Connection> => {
  const ca = options.caFile === undefined ? undefined : await readFile(options.caFile, 'utf8');
  const owner = { ...fromUrl('DATABASE_URL', url), ca };
  const { host, port, database } = owner;
  if (options.appUrl !== undefined && options.relayUrl !== undefined) {
    const [app, relay] = [fromUrl('ZHENGWU_DATABASE_APP_URL', options.appUrl), fromUrl('ZHENGWU_DATABASE_RELAY_URL', options.relayUrl)];
    return { host, port, database, ca, owner: credentialOf(owner), app: credentialOf(app), relay: credentialOf(relay) };
  }
  await folderFor(options.dataFolder);
  return provision(owner, options.name ?? database, await rolePasswords(options.dataFolder), database);
};

const folderFor = async (folder: string): Promise<void> => {
  try {
    await mkdir(folder, { recursive: true });
    await access(folder, constants.W_OK);
  } catch (error) {
    throw new StartError(`the data folder ${folder} cannot be written (${(error as NodeJS.ErrnoException).code}): choose another with ZHENGWU_DATA`);
  }
};

/** Where the embedded server lives: in the data folder, or for root, whose folders its server's user may not enter, under /var/lib. */
const clusterFolder = async (dataFolder: string): Promise<string> => {
  const folder = await realpath(dataFolder);
  if (nobody() === null || (await isTraversable(folder))) return join(folder, 'postgres');
  return `/var/lib/zhengwu/${createHash('sha256').update(folder).digest('hex').slice(0, 12)}`;
};

/** The process that holds the folder, and whether somebody still minds it: an orphan is about to end. */
const holderOf = async (file: string): Promise<{ pid: number; orphan: boolean } | null> => {
  const [pid = 0, parent = 0] = (await readFile(file, 'utf8').catch(() => '')).split(' ').map(Number);
  if (pid < 2 || pid === process.pid || !isAlive(pid) || !(await isNode(pid))) return null;
  return { pid, orphan: !isAlive(parent) };
};

const isNode = async (pid: number): Promise<boolean> => (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => 'node')).includes('node');

/** One site at a time works on a data folder; the mark of a dead one is taken over, an orphan gets 20 s to end. */
const claim = async (folder: string): Promise<() => Promise<void>> => {
  const file = join(folder, 'site.pid');
  let holder = await holderOf(file);
  for (let waited = 0; holder?.orphan === true && waited < 20_000; waited += 100) {
    await sleep(100);
    holder = await holderOf(file);
  }
  if (holder) throw new StartError(`the data folder ${folder} is in use by process ${holder.pid}: stop it first or choose another with ZHENGWU_DATA`);
  await writeFile(file, `${process.pid} ${process.ppid}`).catch((error: NodeJS.ErrnoException) => {
    throw new StartError(`the data folder ${folder} cannot be written: ${error.code === 'ENOSPC' ? 'the disk is full' : error.code}`);
  });
  return () => rm(file, { force: true });
};

const embedded = async (options: DatabaseOptions): Promise<{ connection: Connection; stop(): Promise<void> }> => {
  await folderFor(options.dataFolder);
  const folder = await clusterFolder(options.dataFolder);
  const running = existsSync(join(folder, 'data')) ? await findPostmaster(join(folder, 'data')) : null;
  const joins = options.beside === true && running !== null;
  const release = joins ? async () => undefined : await claim(options.dataFolder);
  let cluster: Cluster | undefined;
  try {
    cluster = await startCluster({ folder, settings: options.settings, port: options.port, beside: joins, onLost: options.onLost });
    const { host, port, superuser } = cluster;
    const connection = await provision({ host, port, database: 'postgres', ...superuser }, options.name ?? 'zhengwu', await rolePasswords(options.dataFolder));
    const server = cluster;
    const stop = async (): Promise<void> => {
      if (!joins) await server.stop();
      await release();
    };
    return { connection, stop };
  } catch (error) {
    if (!joins) await cluster?.stop();
    await release();
    throw error;
  }
};

const plain: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing answers at that address',
  ENOTFOUND: 'the host is not known',
  ETIMEDOUT: 'the server does not answer',
  '28P01': 'the password is wrong',
  '28000': 'the server does not let this role in',
  '3D000': 'the database does not exist',
  '53300': 'the server has no connection left',
  '53100': 'the disk is full',
};

/** What went wrong with the database as one line, or the error itself when it is not of that kind. */
const inOneLine = (error: unknown, what: string): unknown => {
  const { code = '' } = error as { code?: string };
  const reason = plain[code] ?? (/^(08|53|57)/.test(code) ? (error as Error).message : undefined);
  return reason === undefined ? error : new StartError(`${what}: ${reason}`);
};

/** A database that is reached but not migrated: what a restore fills. */
export interface ReachedDatabase {
  connection: Connection;
  stop(): Promise<void>;
}

const whatOf = ({ url }: DatabaseOptions): string =>
  url === undefined ? 'the embedded PostgreSQL' : `the database of DATABASE_URL (${URL.parse(url)?.host ?? 'not an address'})`;

/** Starts or reaches the database and creates database and roles when they are missing. Everything foreseeable fails as a `StartError`. */
export const reachDatabase = async (options: DatabaseOptions): Promise<ReachedDatabase> => {
  try {
    if (options.url === undefined) return await embedded(options);
    return { connection: await existing(options, options.url), stop: () => Promise.resolve() };
  } catch (error) {
    throw inOneLine(error, whatOf(options));
  }
};

/** Reaches the database, migrates, and opens it. Everything foreseeable fails as a `StartError`. */
export const startDatabase = async (options: DatabaseOptions, modules: readonly SchemaModule[]): Promise<RunningDatabase> => {
  const { connection: ground, stop } = await reachDatabase(options);
  try {
    const connection = { ...ground, poolSize: options.poolSize };
    await migrate(connection, modules);
    if (options.place) await placeSite(connection, options.place);
    const database = await openDatabase(connection);
    const end = async (): Promise<void> => {
      await database.close();
      await stop();
    };
    return { database, embedded: options.url === undefined, stop: end };
  } catch (error) {
    await stop();
    throw inOneLine(error, whatOf(options));
  }
};
