import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { projectFolder } from './packs.ts';
import { ensureBuilt, freePort } from './test/built.ts';

let folder: string;
let ports: { site: number; portal: number; cityTax: number; provinceTax: number };
let nodes: Record<string, string>;
const children: ChildProcess[] = [];
beforeAll(async () => {
  ensureBuilt();
  folder = await mkdtemp(join(tmpdir(), 'zhengwu-start-'));
  await chmod(folder, 0o755);
  ports = { site: await freePort(), portal: await freePort(), cityTax: await freePort(), provinceTax: await freePort() };
  nodes = Object.fromEntries(await Promise.all(['EXCHANGE_NODES', 'EXCHANGE_PLAIN', 'CITY_TAX_NODES', 'PROVINCE_TAX_NODES'].map(async (name) => [`ZHENGWU_PORT_${name}`, String(await freePort())])));
}, 120_000);
afterEach(async () => {
  for (const child of children.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    const gone = once(child, 'exit');
    child.kill('SIGTERM');
    await gone;
  }
}, 60_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

const start = (more: Record<string, string> = {}) => {
  const began = Date.now();
  const env = { ...process.env, NODE_ENV: '', DATABASE_URL: '', ZHENGWU_DATA: join(folder, 'data'), ZHENGWU_PORT_SITE: String(ports.site), ZHENGWU_PORT_PORTAL: String(ports.portal), ZHENGWU_PORT_CITY_TAX: String(ports.cityTax), ZHENGWU_PORT_PROVINCE_TAX: String(ports.provinceTax), ...nodes, ...more };
  const child = spawn('node', [join(projectFolder(), 'tools/start.js')], { cwd: '/', env, stdio: ['ignore', 'pipe', 'pipe'] });
  children.push(child);
  const said = { out: '', err: '' };
  child.stdout.on('data', (chunk) => (said.out += chunk));
  child.stderr.on('data', (chunk) => (said.err += chunk));
  const ended = once(child, 'close').then(([code]) => code as number | null);
  const up = async (): Promise<number> => {
    await expect.poll(() => said.out + said.err, { timeout: 180_000, interval: 50 }).toContain('Ctrl-C');
    return Date.now() - began;
  };
  return { child, said, ended, up };
};
const statusOf = (address: string): Promise<number | null> => fetch(address).then(({ status }) => status, () => null);
const postmaster = (): Promise<string> => readFile(join(folder, 'data/postgres/data/postmaster.pid'), 'utf8');

test('the first start serves the demo city and says where; Ctrl-C ends everything; the second is quick; kill -9 does not matter', async () => {
  const first = start();
  const took = [await first.up()];
  for (const text of [`http://127.0.0.1:${ports.portal}`, `http://127.0.0.1:${ports.site}/console/`, 'citizen01', 'window01', join(folder, 'data')]) expect(first.said.out).toContain(text);
  expect(await statusOf(`http://127.0.0.1:${ports.portal}/`)).toBe(200);
  expect(await statusOf(`http://127.0.0.1:${ports.site}/console/`)).toBe(200);
  for (const port of [ports.site, ports.cityTax, ports.provinceTax]) expect(await statusOf(`http://127.0.0.1:${port}/readyz`)).toBe(200);
  first.child.kill('SIGINT');
  expect(await first.ended).toBe(0);
  expect([await statusOf(`http://127.0.0.1:${ports.portal}/`), await statusOf(`http://127.0.0.1:${ports.site}/readyz`)]).toEqual([null, null]);
  await expect(postmaster()).rejects.toThrow('ENOENT');

  const second = start();
  took.push(await second.up());
  second.child.kill('SIGKILL');
  await second.ended;
  const third = start();
  took.push(await third.up());
  expect(await statusOf(`http://127.0.0.1:${ports.portal}/`)).toBe(200);
  third.child.kill('SIGINT');
  expect(await third.ended).toBe(0);
  await expect(postmaster()).rejects.toThrow('ENOENT');
  process.stdout.write(`ready after ${took.map((ms) => `${(ms / 1000).toFixed(1)} s`).join(', ')}: first, second, after kill -9\n`);
}, 400_000);

const isRoot = process.getuid?.() === 0;
const fails = async (more: Record<string, string>, line: RegExp): Promise<void> => {
  const started = start(more);
  expect(await started.ended).not.toBe(0);
  expect(started.said.err.trim()).toMatch(line);
  expect(started.said.err.trim().split('\n')).toHaveLength(1);
};

test('a port in use is one line that names it', async () => {
  const other = createServer().listen(ports.site, '127.0.0.1');
  await once(other, 'listening');
  await fails({}, new RegExp(`port ${ports.site} is in use`)).finally(() => other.close());
}, 60_000);

// Root may write everywhere but where the kernel itself refuses.
test('a data folder that cannot be written is one line', async () => {
  const shut = join(folder, 'shut');
  await mkdir(shut, { mode: 0o555 });
  await fails({ ZHENGWU_DATA: isRoot ? '/sys/zhengwu' : join(shut, 'data') }, /cannot be written/);
  expect(existsSync(join(shut, 'data'))).toBe(false);
}, 60_000);

test.each([['no address', 'mysql://u:hunter2@h/d'], ['nobody there', 'postgres://u:hunter2@127.0.0.1:1/none'], ['an unknown host', 'postgres://u:hunter2@no-such-host.invalid/none']])(
  'a wrong DATABASE_URL (%s) is one line without its password', async (_, url) => {
    await fails({ DATABASE_URL: url, ZHENGWU_DATA: join(folder, 'other') }, /^(?!.*hunter2).*DATABASE_URL/);
  }, 60_000);
