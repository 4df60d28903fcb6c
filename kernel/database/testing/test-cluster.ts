import { closeSync, existsSync, mkdirSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { open, readFile, rm, stat } from 'node:fs/promises';
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
    if (age > 5000 && (holder === 0 || !isAlive(holder))) await rm(file, { force: true });
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

const pause = (milliseconds: number): void => void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);

/** Stops the server and waits for its end, as far as a process that is ending itself can. */
const stopServer = (): void => {
  const file = join(testFolder, 'data', 'postmaster.pid');
  const pid = existsSync(file) ? Number(readFileSync(file, 'utf8').split('\n')[0]) : 0;
  if (pid < 2 || !isAlive(pid)) return;
  process.kill(pid, 'SIGINT');
  for (let waited = 0; waited < 3000 && isAlive(pid); waited += 10) pause(10);
};

/** Leaves the cluster; the last one to leave stops the server, unless somebody is just arriving. */
const leave = (): void => {
  rmSync(join(users, String(process.pid)), { force: true });
  const lock = join(testFolder, 'lock');
  try {
    closeSync(openSync(lock, 'wx'));
  } catch {
    return;
  }
  if (liveUsers().length === 0) stopServer();
  rmSync(lock, { force: true });
};

/** Says that this process uses the cluster until it ends or calls what it gets. */
export const useTestCluster = (): (() => void) => {
  mkdirSync(users, { recursive: true });
  writeFileSync(join(users, String(process.pid)), '');
  process.once('exit', leave);
  return () => {
    process.off('exit', leave);
    leave();
  };
};

let started: Promise<Cluster> | undefined;

/** The shared server, started by whoever needs it first. */
export const testCluster = (): Promise<Cluster> =>
  (started ??= (async () => {
    useTestCluster();
    return locked(() => startCluster({ folder: testFolder, settings, beside: true }));
  })());
