import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createConnection, type Connection } from 'mysql2/promise';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openOutside, openServer, type Outside } from './outside.fixture.ts';

let outside: Outside;
let folder: string;
let server: ChildProcess;
let db: Connection;
let port: number;
const news = { topic: 'news', key: 'no' };
const PATH = `${process.env['PATH'] ?? ''}:/usr/sbin`;
const source = (table: string, column: string, settleSeconds = 0) => ({ kind: 'table' as const, connection: 'old', table, key: 'no', changes: { by: 'column' as const, column, settleSeconds } });
const taken = async (prefix: string): Promise<string[]> => (await outside.published('news')).filter((key) => key.startsWith(prefix)).toSorted();
const rows = async (text: string): Promise<unknown[]> => (await db.query(text))[0] as unknown[];

const freePort = (): Promise<number> => new Promise((resolve) => {
  const probe = createServer().listen(0, '127.0.0.1', () => {
    const { port: found } = probe.address() as AddressInfo;
    probe.close(() => resolve(found));
  });
});

/** A MariaDB of Debian on a folder and a port of its own. */
const startServer = async (): Promise<void> => {
  const user = process.getuid?.() === 0 ? ['--user=root'] : [];
  const system = await Promise.all(['mysql_system_tables', 'mysql_system_tables_data'].map((name) => readFile(`/usr/share/mysql/${name}.sql`, 'utf8')));
  await mkdir(join(folder, 'db'));
  const made = spawnSync('mariadbd', ['--no-defaults', '--bootstrap', ...user, `--datadir=${folder}/db`], {
    env: { ...process.env, PATH }, encoding: 'utf8', input: ['create database mysql;', 'use mysql;', `set @auth_root_socket = null, @skip_auth_anonymous = 1, @current_hostname = 'localhost';`, ...system].join('\n'),
  });
  if (made.status !== 0) throw new Error(`mariadbd --bootstrap: ${made.stderr}`);
  server = spawn('mariadbd', ['--no-defaults', ...user, `--datadir=${folder}/db`, `--port=${port}`, '--bind-address=127.0.0.1', `--socket=${folder}/s`, `--pid-file=${folder}/pid`], { env: { ...process.env, PATH }, stdio: 'ignore' });
  for (let tries = 0; ; tries += 1) {
    try {
      db = await createConnection({ host: '127.0.0.1', port, user: 'root', charset: 'utf8mb4' });
      return;
    } catch (error) {
      if (tries > 150) throw error;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
};

beforeAll(async () => {
  [folder, port] = [await mkdtemp(join(tmpdir(), 'zhengwu-mysql-')), await freePort()];
  await startServer();
  for (const text of ['create database city character set utf8mb4', `create user 'zw'@'%' identified by 'right'`, `grant all on city.* to 'zw'@'%'`, 'use city']) await db.query(text);
  outside = await openOutside();
  await outside.connect('old', { kind: 'mysql', host: '127.0.0.1', port, database: 'city', user: 'zw', ca: null }, 'right');
}, 120_000);
afterAll(async () => {
  await outside?.close();
  await db?.end();
  const ended = new Promise((resolve) => server.once('exit', resolve));
  server.kill('SIGTERM');
  await ended;
  await rm(folder, { recursive: true });
});

describe('a table of MySQL', () => {
  test('gives what is new by a column of instants, in pages, and leaves what is not settled', async () => {
    await db.query('create table shops (no varchar(20) primary key, name varchar(50), big bigint, area decimal(12,2), opened date, changed datetime(6))');
    await db.query(`set time_zone = '+08:00'`);
    for (let from = 0; from < 1100; from += 550) await db.query(`insert into shops values ${Array.from({ length: 550 }, (_, n) => `('A${from + n}', '店😀', 9007199254740993, 0.10, '2026-01-05', now(6) - interval 1 hour)`).join(',')}`);
    await db.query(`insert into shops values ('A9999', '新店', 1, 1, '2026-01-06', now(6))`);
    await outside.define({ code: 'shops', source: source('shops', 'changed', 600), sink: news });
    expect(await outside.adapters.run('shops')).toEqual({ files: 0, rows: 1100, refused: 0 });
    expect(new Set(await taken('A')).size).toBe(1100);
    expect(await outside.adapters.run('shops')).toMatchObject({ rows: 0 });
    await db.query(`update shops set changed = now(6) - interval 20 minute where no = 'A7'`);
    expect(await outside.adapters.run('shops')).toMatchObject({ rows: 1 });
    const { before } = await outside.adapters.preview({ source: source('city.shops', 'changed'), steps: [], sink: news }, { rows: 1 });
    expect(before[0]).toMatchObject({ name: '店😀', big: '9007199254740993', area: '0.10', opened: '2026-01-05' });
  }, 60_000);

  test('gives numbers beyond what a floating one tells apart once each', async () => {
    await db.query('create table numbered (no varchar(20) primary key, seq bigint unsigned)');
    await db.query(`insert into numbered values ('B1', 9007199254740992), ('B2', 9007199254740993)`);
    await outside.define({ code: 'numbered', source: source('numbered', 'seq'), sink: news });
    await outside.adapters.run('numbered');
    await db.query(`insert into numbered values ('B3', 9007199254740994)`);
    expect(await outside.adapters.run('numbered')).toMatchObject({ rows: 1 });
    expect(await taken('B')).toEqual(['B1', 'B2', 'B3']);
  });

  test('is told by no transaction, and by no key that is not one', async () => {
    await outside.define({ code: 'by-transaction', source: { ...source('shops', 'changed'), changes: { by: 'transaction' } }, sink: news });
    await expect(outside.adapters.run('by-transaction')).rejects.toMatchObject({ code: 'adapter.no-transactions' });
    await db.query('create table loose (no varchar(20), at datetime)');
    await outside.define({ code: 'loose', source: source('loose', 'at'), sink: news });
    await expect(outside.adapters.run('loose')).rejects.toMatchObject({ code: 'adapter.table-key' });
    await outside.define({ code: 'gone', source: source('gone', 'at'), sink: news });
    await expect(outside.adapters.run('gone')).rejects.toMatchObject({ code: 'adapter.table' });
  });

  test('takes rows by their key, twice as well as once, never cuts a value to fit, and takes a quote for a quote', async () => {
    await db.query('create table `to``day` (no varchar(20) primary key, name varchar(4) not null, kept int default 7)');
    const from = await openServer((_, response) => void response.end(`no,name\nT1,面馆\nT2,"';--"\nT3,太长的名称\nT1,面庄\n`));
    await outside.connect('from', { kind: 'http', address: from.address, header: 'authorization' }, 'x');
    const flow = { source: { kind: 'remote' as const, connection: 'from', path: 'a.csv', format: 'csv' as const, encoding: 'utf-8' as const }, sink: { table: 'to`day', connection: 'old', key: 'no' } };
    for (const code of ['into', 'into-again']) {
      await outside.define({ code, ...flow });
      expect(await outside.adapters.run(code)).toEqual({ files: 1, rows: 4, refused: 1 });
      expect(await rows('select * from `to``day` order by no')).toEqual([{ no: 'T1', name: '面庄', kept: 7 }, { no: 'T2', name: `';--`, kept: 7 }]);
    }
    await db.query('create table two (no varchar(20) primary key, name varchar(50) unique)');
    await outside.define({ code: 'two', ...flow, sink: { ...flow.sink, table: 'two' } });
    await expect(outside.adapters.run('two')).rejects.toMatchObject({ code: 'adapter.table-key' });
    await from.close();
  });
});

test('a wrong password is told apart', async () => {
  await outside.connect('wrong', { kind: 'mysql', host: '127.0.0.1', port, database: 'city', user: 'zw', ca: null }, 'hunter2');
  await outside.define({ code: 'wrong', source: { ...source('shops', 'changed'), connection: 'wrong' }, sink: news });
  await expect(outside.adapters.run('wrong')).rejects.toMatchObject({ code: 'adapter.unreachable', params: { reason: 'ER_ACCESS_DENIED_ERROR' } });
});
