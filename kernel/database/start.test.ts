import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawn } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withClient } from './client.ts';
import { openDatabase } from './connect.ts';
import type { Cluster } from './postgres/cluster.ts';
import { findPostmaster } from './postgres/postmaster.ts';
import { startDatabase, type DatabaseOptions } from './start.ts';
import { StartError } from './start-error.ts';
import { testCluster } from './testing/test-cluster.ts';

const settings = { fsync: 'off', shared_buffers: '16MB' };
const folders: string[] = [];
const newFolder = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'zhengwu-start-'));
  await chmod(folder, 0o755);
  folders.push(folder);
  return folder;
};
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))));

const start = (options: Partial<DatabaseOptions> & { dataFolder: string }) => startDatabase({ settings, ...options }, []);

describe('embedded server', () => {
  test('keeps what was written over a stop and the killing of its server; secrets are for the owner’s eyes', async () => {
    const dataFolder = await newFolder();
    const first = await start({ dataFolder });
    await first.database.as(first.database.system, (tx) => tx.query(`insert into kernel.calendar_year (year, source) values (2026, 'test')`));
    for (const file of ['roles.json', 'postgres/password']) expect((await stat(join(dataFolder, file))).mode & 0o077).toBe(0);
    await first.stop();
    expect(await findPostmaster(join(dataFolder, 'postgres', 'data'))).toBeNull();

    const second = await start({ dataFolder });
    const server = await findPostmaster(join(dataFolder, 'postgres', 'data'));
    process.kill(server?.pid ?? 0, 'SIGKILL');
    const years = () => second.database.as(second.database.system, async (tx) => (await tx.query('select year from kernel.calendar_year')).rows);
    await expect.poll(() => years().catch(() => null), { timeout: 20_000, interval: 100 }).toEqual([{ year: 2026 }]);
    await second.stop();
  });

  test('adopts the server that a killed process left behind, and stops it; a tool beside a site leaves it running', async () => {
    const dataFolder = await newFolder();
    const program = `
      const { startDatabase } = await import(${JSON.stringify(join(import.meta.dirname, 'start.ts'))});
      await startDatabase({ dataFolder: ${JSON.stringify(dataFolder)}, settings: ${JSON.stringify(settings)} }, []);
      console.log('up');`;
    const killed = spawn(process.execPath, ['--input-type=module', '-e', program], { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(killed.stdout, 'data');
    killed.kill('SIGKILL');
    await once(killed, 'exit');
    const before = await findPostmaster(join(dataFolder, 'postgres', 'data'));
    const site = await start({ dataFolder });
    expect((await findPostmaster(join(dataFolder, 'postgres', 'data')))?.pid).toBe(before?.pid);
    const tool = await start({ dataFolder, beside: true });
    await tool.stop();
    expect(await site.database.ready()).toBe(true);
    await site.stop();
    expect(await findPostmaster(join(dataFolder, 'postgres', 'data'))).toBeNull();
  });

  test('a folder in use, a folder that cannot be made: one line, nothing started', async () => {
    const dataFolder = await newFolder();
    const other = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60000)'], { stdio: 'ignore' });
    await writeFile(join(dataFolder, 'site.pid'), `${other.pid} ${process.pid}`);
    await expect(start({ dataFolder })).rejects.toThrow(`in use by process ${other.pid}`);
    other.kill();
    await writeFile(join(dataFolder, 'file'), '');
    const refused = await start({ dataFolder: join(dataFolder, 'file', 'below') }).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(StartError);
    expect((refused as Error).message).toMatch(/cannot be written \(ENOTDIR\)/);
    expect(existsSync(join(dataFolder, 'postgres'))).toBe(false);
  });

  test('a lost password file is named, not papered over', async () => {
    const dataFolder = await newFolder();
    await (await start({ dataFolder })).stop();
    await rm(join(dataFolder, 'postgres', 'password'));
    await expect(start({ dataFolder })).rejects.toThrow('put it back');
  });
});

describe('DATABASE_URL', () => {
  let cluster: Cluster;
  const made: string[] = [];
  const administer = (sql: string): Promise<unknown> => withClient(cluster, cluster.superuser, 'postgres', (client) => client.query(sql));
  const urlFor = (user: string, password: string, database: string): string => `postgres://${user}:${password}@127.0.0.1:${cluster.port}/${database}`;
  const nameOf = (kind: string): string => {
    const name = `zw_${kind}_${process.pid}`;
    made.push(name);
    return name;
  };
  beforeAll(async () => {
    cluster = await testCluster();
  });
  afterAll(async () => {
    for (const name of made) {
      await administer(`drop database if exists ${name} with (force)`);
      for (const role of ['owner', 'app', 'relay']) await administer(`drop role if exists ${name}_${role}`);
      await administer(`drop role if exists ${name}`);
    }
  });

  test('a role that may create roles and databases is enough; the app role comes out powerless', async () => {
    const name = nameOf('creator');
    await administer(`create role ${name} login createdb createrole password 'x'`);
    const running = await start({ dataFolder: await newFolder(), url: urlFor(name, 'x', name), name }).catch(async () => {
      await administer(`create database ${name} owner ${name}`);
      return start({ dataFolder: await newFolder(), url: urlFor(name, 'x', name), name });
    });
    const { rows } = await running.database.as(running.database.system, (tx) =>
      tx.query('select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb from pg_roles where rolname = current_user'));
    expect(rows).toEqual([{ rolsuper: false, rolbypassrls: false, rolcreaterole: false, rolcreatedb: false }]);
    await running.stop();
    expect(await readFile(join(folders.at(-1) ?? '', 'roles.json'), 'utf8')).toContain('owner');
  });

  test('a role that may not: one line says what is required', async () => {
    const name = nameOf('poor');
    await administer(`create role ${name} login password 'x'`);
    await expect(start({ dataFolder: await newFolder(), url: urlFor(name, 'x', 'postgres'), name })).rejects.toThrow(/DATABASE_URL must name a role with CREATEROLE and CREATEDB/);
  });

  test.each([
    ['a wrong password', () => urlFor('postgres', 'wrong', 'postgres'), /127\.0\.0\.1:\d+\): the password is wrong/],
    ['nobody listening', () => 'postgres://a:b@127.0.0.1:1/c', /nothing answers/],
    ['no database named', () => 'postgres://a:b@127.0.0.1', /not an address of the form/],
  ])('%s is one line without the password', async (_, url, line) => {
    const refused = (await start({ dataFolder: await newFolder(), url: url() }).catch((error: unknown) => error)) as Error;
    expect(refused).toBeInstanceOf(StartError);
    expect(refused.message).toMatch(line);
    expect(refused.message).not.toContain('wrong@');
  });

  test('a superuser as app role is refused', async () => {
    const { host, port, superuser } = cluster;
    const config = { host, port, database: 'postgres', owner: superuser, app: superuser, relay: superuser };
    await expect(openDatabase(config)).rejects.toThrow('bypasses row-level security');
  });
});
