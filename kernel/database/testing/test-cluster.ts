import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir, open, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startCluster, type Cluster } from '../postgres/cluster.ts';
import { isAlive } from '../postgres/postmaster.ts';

/** Shared by all test runs of one user on this machine; nothing in it outlives its use, so it need not be durable. */
export const testFolder = join(tmpdir(), `zhengwu-test-${process.getuid?.() ?? 0}`);
const users = join(testFolder, 'users');
const settings = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  autovacuum: 'off',
  max_connections: '400',
  shared_buffers: '96MB',
  log_min_messages: 'fatal',
  log_min_error_statement: 'panic',
};

/** One process at a time; a lock whose holder died is taken over. */
const locked = async <T>(work: () => Promise<T>): Promise<T> => {
  const file = join(testFolder, 'lock');
  for (;;) {
    const handle = await open(file, 'wx').catch(() => null);
    if (handle) {
      await handle.writeFile(String(process.pid));
      await handle.close();
      break;
    }
    const holder = Number(await readFile(file, 'utf8').catch(() => '0'));
    const age = Date.now() - ((await stat(file).catch(() => null))?.mtimeMs ?? Date.now());
    if (age > 2000 && (holder === 0 || !isAlive(holder))) await rm(file, { force: true });
    await sleep(20);
  }
  try {
    return await work();
  } finally {
    await rm(file, { force: true });
  }
};

const liveUsers = (): number[] =>
  readdirSync(users).map(Number).filter((pid) => {
    if (isAlive(pid)) return true;
    rmSync(join(users, String(pid)), { force: true });
    return false;
  });

/** Says that this process uses the cluster until it ends; the last one to leave stops the server. */
const register = (cluster: Cluster): void => {
  const mark = join(users, String(process.pid));
  writeFileSync(mark, '');
  process.once('exit', () => {
    rmSync(mark, { force: true });
    if (liveUsers().length === 0) stopNow(cluster.pid);
  });
};

const stopNow = (pid: number): void => {
  try {
    process.kill(pid, 'SIGINT');
  } catch {
    // Stopped already by another run that left at the same moment.
  }
};

let started: Promise<Cluster> | undefined;

/** The shared server, started by whoever needs it first. */
export const testCluster = (): Promise<Cluster> =>
  (started ??= (async () => {
    await mkdir(users, { recursive: true });
    return locked(async () => {
      const cluster = await startCluster({ folder: testFolder, settings });
      register(cluster);
      return cluster;
    });
  })());
