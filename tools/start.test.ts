import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, afterAll, expect, test } from 'vitest';

const repository = join(import.meta.dirname, '..');
let project: string;
let ports: { site: number; portal: number };
const children: ChildProcess[] = [];

/** A program that serves, tells one line, and dies when asked to; with DATABASE it holds a real embedded server. */
const program = (name: string): string => `
  import { createServer } from 'node:http';
  let stop = async () => {};
  if (process.env.FAIL_${name} ) { process.stderr.write(process.env.FAIL_${name} + '\\n'); process.exit(1); }
  if ('${name}' === 'SITE' && process.env.DATABASE) {
    const { startDatabase } = await import(${JSON.stringify(join(repository, 'kernel/database/start.ts'))});
    const running = await startDatabase({ dataFolder: process.env.ZHENGWU_DATA, settings: { fsync: 'off', shared_buffers: '16MB' } }, []);
    stop = () => running.stop();
  }
  createServer((request, reply) => { if (request.url === '/die') process.exit(3); if (request.url === '/where') return reply.end([process.env.ZHENGWU_DATA, process.env.ZHENGWU_OWN_PACKS, process.env.ZHENGWU_PORTAL_SECRET].join(' ')); reply.end(String(process.pid)); })
    .listen(Number(process.env.ZHENGWU_PORT_${name}), '127.0.0.1', () => process.send({ lines: ['${name} account: demo'] }));
  process.once('SIGTERM', async () => { await stop(); process.exit(0); });`;

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
};

beforeAll(async () => {
  project = await mkdtemp(join(tmpdir(), 'zhengwu-tools-'));
  await chmod(project, 0o755);
  await cp(join(repository, 'tools'), join(project, 'tools'), { recursive: true });
  await mkdir(join(project, 'node_modules/.bin'), { recursive: true });
  for (const folder of ['dist', 'packs/tax', 'packs/enterprise']) await mkdir(join(project, folder), { recursive: true });
  for (const file of ['package-lock.json', 'node_modules/.package-lock.json']) await writeFile(join(project, file), '{"packages":{}}');
  await writeFile(join(project, 'package.json'), '{"type":"module"}');
  await symlink(process.execPath, join(project, 'node_modules/.bin/node'));
  await writeFile(join(project, 'dist/site.js'), program('SITE'));
  await writeFile(join(project, 'dist/portal.js'), program('PORTAL'));
  // Stands for the command that makes the federation: what it writes, and with which arguments.
  await writeFile(join(project, 'dist/zhengwu.js'), `import { writeFileSync } from 'node:fs';
    const args = process.argv.slice(2); const out = args[2] === 'key' ? args[3] + '.pem' : args[args.indexOf('--out') + 1];
    writeFileSync(out, args.join(' '));`);
  await writeFile(join(project, 'dist/.built'), '');
  ports = { site: await freePort(), portal: await freePort() };
});
afterEach(async () => {
  for (const child of children.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    child.kill('SIGTERM');
    await once(child, 'exit');
  }
});
afterAll(() => rm(project, { recursive: true, force: true }));

const start = (more: Record<string, string> = {}) => {
  const env = { ...process.env, ZHENGWU_CENTRES: 'off', ZHENGWU_PORT_SITE: String(ports.site), ZHENGWU_PORT_PORTAL: String(ports.portal), ...more };
  const child = spawn('node', [join(project, 'tools/start.js')], { cwd: '/', env, stdio: ['ignore', 'pipe', 'pipe'] });
  children.push(child);
  const said = { out: '', err: '' };
  child.stdout.on('data', (chunk) => (said.out += chunk));
  child.stderr.on('data', (chunk) => (said.err += chunk));
  return { child, said, ended: once(child, 'close').then(([code]) => code as number | null) };
};
const isUp = ({ said }: { said: { out: string } }) => expect.poll(() => said.out, { timeout: 20_000 }).toContain('Ctrl-C');
const answer = (port: number, path = '/') => fetch(`http://127.0.0.1:${port}${path}`).then((reply) => reply.text(), () => null);

test('prints both addresses, what the programs say and the data folder; Ctrl-C ends all and leaves with 0', async () => {
  const started = start();
  await isUp(started);
  for (const text of [`:${ports.portal}`, `:${ports.site}/console/`, 'SITE account: demo', join(project, 'data')]) expect(started.said.out).toContain(text);
  started.child.kill('SIGINT');
  expect(await started.ended).toBe(0);
  expect(await answer(ports.site)).toBeNull();
  expect(await answer(ports.portal)).toBeNull();
  expect(started.said.err).toBe('');
});

test('the tax centres of city and province come up too: each with data, packs and secrets of its own', async () => {
  const tax = [await freePort(), await freePort()];
  const nodes = Object.fromEntries(await Promise.all(['EXCHANGE_NODES', 'EXCHANGE_PLAIN', 'CITY_TAX_NODES', 'PROVINCE_TAX_NODES'].map(async (name) => [`ZHENGWU_PORT_${name}`, String(await freePort())])));
  const started = start({ ZHENGWU_CENTRES: 'on', ZHENGWU_PORT_CITY_TAX: String(tax[0]), ZHENGWU_PORT_PROVINCE_TAX: String(tax[1]), ...nodes });
  await isUp(started);
  for (const port of tax) expect(started.said.out).toContain(`:${port}/console/`);
  const places = await Promise.all([ports.site, ...tax].map(async (port) => (await answer(port, '/where'))?.split(' ') ?? []));
  expect(places.map(([folder, packs]) => [folder, packs])).toEqual([
    [join(project, 'data'), 'enterprise'], [join(project, 'data/centres/city-tax'), 'tax'], [join(project, 'data/centres/province-tax'), 'tax'],
  ]);
  expect(await readFile(join(project, 'data/federation/membership.jws'), 'utf8')).toMatch(new RegExp(`^exchange membership make --instance DEMO .*127.0.0.1:${ports.site} .*:${tax[0]} .*:${tax[1]}$`));
  expect(new Set(places.map(([, , secret]) => secret)).size).toBe(3);
  started.child.kill('SIGINT');
  expect(await started.ended).toBe(0);
  expect(await Promise.all(tax.map((port) => answer(port)))).toEqual([null, null]);
});

test('after kill -9 of the supervisor its programs and PostgreSQL end or are adopted, and start works again', async () => {
  const first = start({ DATABASE: '1' });
  await isUp(first);
  first.child.kill('SIGKILL');
  await first.ended;
  const second = start({ DATABASE: '1' });
  await isUp(second);
  second.child.kill('SIGINT');
  expect(await second.ended).toBe(0);
  await expect(readFile(join(project, 'data/postgres/data/postmaster.pid'))).rejects.toThrow('ENOENT');
});

test('a crashed program is started again', async () => {
  const started = start();
  await isUp(started);
  const before = await answer(ports.portal);
  await answer(ports.portal, '/die');
  await expect.poll(() => answer(ports.portal), { timeout: 10_000 }).toMatch(/^\d+$/);
  expect(await answer(ports.portal)).not.toBe(before);
});

test.each([
  ['what the site could not do', { FAIL_SITE: 'the database cannot be reached' }, 'the database cannot be reached'],
  ['a wrong port', { ZHENGWU_PORT_SITE: 'eighty' }, 'ZHENGWU_PORT_SITE is not a port'],
  ['a data folder in the way of a file', { ZHENGWU_DATA: join(import.meta.dirname, 'start.test.ts') }, 'cannot be written'],
])('%s is one clear line and an exit code', async (_, env, line) => {
  const started = start(env);
  expect(await started.ended).toBe(1);
  expect(started.said.err.trim().split('\n')).toHaveLength(1);
  expect(started.said.err).toContain(line);
  expect(await answer(ports.site)).toBeNull();
});

test('a port in use is named, with the variable that changes it', async () => {
  const other = createServer().listen(ports.portal, '127.0.0.1');
  await once(other, 'listening');
  const started = start();
  expect(await started.ended).toBe(1);
  expect(started.said.err).toMatch(new RegExp(`^port ${ports.portal} is in use.*ZHENGWU_PORT_PORTAL`));
  other.close();
});
