import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmdirSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { findPostmaster } from './postgres/postmaster.ts';
import type { SchemaModule } from './schema-module.ts';
import { startDatabase } from './start.ts';

const writes: SchemaModule = {
  name: 'writes',
  migrations: [{
    id: '0001-writes',
    sql: `create table writes.line (id int primary key); alter table writes.line enable row level security; alter table writes.line force row level security;
      create policy all_ on writes.line using ((select kernel.is_system()));
      create function writes.add(actor jsonb, id_ int) returns void language plpgsql as $$ begin perform kernel.enter(actor); insert into writes.line values (id_); end $$;`,
  }],
};

/** Writes lines one after another and tells each one after its commit was acknowledged. */
const writer = (dataFolder: string, from: number): string => `
  const { startDatabase } = await import(${JSON.stringify(join(import.meta.dirname, 'start.ts'))});
  const { database } = await startDatabase({ dataFolder: ${JSON.stringify(dataFolder)} }, [${JSON.stringify(writes)}]);
  for (let id = ${from}; ; id++) {
    await database.call(database.system, 'writes.add', 'select writes.add($1::jsonb, $2)', [id]);
    process.stdout.write(id + '\\n');
  }`;

const folders: string[] = [];
const newFolder = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'zhengwu-crash-'));
  await chmod(folder, 0o755);
  folders.push(folder);
  return folder;
};
afterEach(() => Promise.all(folders.splice(0).map((folder) => rm(folder, { recursive: true, force: true }))));

const write = (dataFolder: string, from: number): { child: ChildProcess; acknowledged: () => number } => {
  const child = spawn(process.execPath, ['--input-type=module', '-e', writer(dataFolder, from)], { stdio: ['ignore', 'pipe', 'ignore'] });
  let said = '';
  child.stdout?.on('data', (chunk) => (said += chunk));
  return { child, acknowledged: () => Number(said.split('\n').filter(Boolean).at(-1) ?? from - 1) };
};

const linesIn = async (dataFolder: string): Promise<Set<number>> => {
  const running = await startDatabase({ dataFolder }, [writes]);
  const { rows } = await running.database.as(running.database.system, (tx) => tx.query<{ id: number }>('select id from writes.line'));
  await running.stop();
  return new Set(rows.map(({ id }) => id));
};

describe('nothing acknowledged is lost', () => {
  test('when the writer and its PostgreSQL are killed again and again', async () => {
    const dataFolder = await newFolder();
    let from = 1;
    for (let round = 0; round < 6; round++) {
      const { child, acknowledged } = write(dataFolder, from);
      await expect.poll(acknowledged, { timeout: 30_000, interval: 20 }).toBeGreaterThan(from + 20);
      const server = await findPostmaster(join(dataFolder, 'postgres/data'));
      if (round % 2 === 0 && server) process.kill(server.pid, 'SIGKILL');
      child.kill('SIGKILL');
      await once(child, 'close');
      const last = acknowledged();
      const kept = await linesIn(dataFolder);
      for (let id = 1; id <= last; id++) expect(kept.has(id), `line ${id} after round ${round}`).toBe(true);
      from = Math.max(...kept) + 1;
    }
  }, 180_000);
});

/** A small disk of its own; only root may mount one, and not in every container. */
const mount = (folder: string, options: string): boolean => spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder]).status === 0;
const canMount = (): boolean => {
  const folder = mkdtempSync(join(tmpdir(), 'zhengwu-mount-'));
  const mounted = mount(folder, 'size=1m');
  if (mounted) spawnSync('umount', [folder]);
  rmdirSync(folder);
  return mounted;
};

describe.skipIf(!canMount())('a full disk', () => {
  test('is one clear line at the first start, and later starts work when there is room', async () => {
    const folder = await newFolder();
    expect(mount(folder, 'size=20m,mode=755')).toBe(true);
    try {
      await expect(startDatabase({ dataFolder: join(folder, 'data') }, [])).rejects.toThrow(/^PostgreSQL could not set up its data folder: the disk is full$/);
      expect(existsSync(join(folder, 'data/postgres/data'))).toBe(false);
      spawnSync('mount', ['-o', 'remount,size=400m', folder]);
      const running = await startDatabase({ dataFolder: join(folder, 'data') }, []);
      await running.stop();
    } finally {
      spawnSync('umount', [folder]);
    }
  }, 60_000);
});
