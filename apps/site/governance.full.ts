import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as api from '@zhengwu/contracts';
import { demoPassword } from '@zhengwu/demo';
import { projectFolder } from './packs.ts';
import { ensureBuilt, freePort } from './test/built.ts';
import { clientsOf, type Person } from './test/clients.ts';

let folder: string;
let started: ChildProcess;
let security: Person;
let env: NodeJS.ProcessEnv;
beforeAll(async () => {
  ensureBuilt();
  folder = await mkdtemp(join(tmpdir(), 'zhengwu-governance-'));
  await chmod(folder, 0o755);
  const [site, portal] = [await freePort(), await freePort()];
  env = { ...process.env, ZHENGWU_CENTRES: 'off', NODE_ENV: '', DATABASE_URL: '', ZHENGWU_DATA: join(folder, 'data'), ZHENGWU_PORT_SITE: String(site), ZHENGWU_PORT_PORTAL: String(portal) };
  started = spawn('node', [join(projectFolder(), 'tools/start.js')], { cwd: '/', env, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [started.stdout, started.stderr]) stream?.on('data', (chunk) => (said += chunk));
  for (let tries = 0; !said.includes('Ctrl-C'); tries++) {
    if (tries > 1800 || started.exitCode !== null) throw new Error(said);
    await sleep(100);
  }
  security = await clientsOf(`http://127.0.0.1:${site}`, 'not-asked-of-officials', demoPassword).official('security');
}, 300_000);
afterAll(async () => {
  const gone = once(started, 'exit');
  started.kill('SIGINT');
  await gone;
  await rm(folder, { recursive: true, force: true });
}, 60_000);

const zhengwu = async (...args: string[]): Promise<{ code: number | null; said: string }> => {
  const command = spawn(process.execPath, [join(projectFolder(), 'dist/zhengwu.js'), ...args], { env: { ...env, ...(JSON.parse(await readFile(join(folder, 'data/demo-secrets.json'), 'utf8')) as Record<string, string>) }, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [command.stdout, command.stderr]) stream.on('data', (chunk) => (said += chunk));
  const [code] = (await once(command, 'close')) as [number | null];
  return { code, said };
};

test.each(['database', 'portal'])('a drill stops the %s of the running demo; the time to recover is measured against the target and kept as proof', async (part) => {
  const { items } = await security.call(api.listEntries, { query: { register: 'drill' } });
  const views = await Promise.all(items.map(({ id }) => security.call(api.readEntry, { params: { id } })));
  const drill = views.find(({ fields }) => fields['part'] === part)!;
  expect(await security.call(api.runDrill, { params: { id: drill.id }, body: { confirm: drill.number } })).toEqual({ started: true });
  const read = () => security.call(api.readEntry, { params: { id: drill.id } }).catch(() => drill);
  await expect.poll(async () => (await read()).proofs.length, { timeout: 90_000, interval: 500 }).toBe(1);
  const after = await read();
  process.stdout.write(`${part}: ${JSON.stringify(after.proofs[0]?.detail)}\n`);
  expect(after.proofs[0]).toMatchObject({ kind: 'drill', outcome: 'passed', detail: { part, target: 30, wasDown: true } });
  expect(after).toMatchObject({ state: 'passed', history: [expect.objectContaining({ act: 'measured', by: 'Zhengwu' }), expect.anything()] });
  expect((after.proofs[0]?.detail as { seconds: number } | undefined)?.seconds).toBeLessThan(30);
}, 120_000);

test('a backup is proved by restoring it; a damaged one leaves a failed proof', async () => {
  const place = join(folder, 'backup');
  expect(await zhengwu('backup', place)).toMatchObject({ code: 0 });
  const proved = await zhengwu('security', 'prove-backup', place);
  expect(proved).toMatchObject({ code: 0, said: expect.stringMatching(/restored: the backup of .* \d+ rows of \d+ tables .* proof set down at 1 entries/) });
  process.stdout.write(proved.said);
  const [entry] = (await security.call(api.listEntries, { query: { register: 'backup' } })).items;
  const view = await security.call(api.readEntry, { params: { id: entry!.id } });
  expect(view.proofs).toMatchObject([{ kind: 'restore', outcome: 'passed' }]);
  expect(await security.call(api.actOnEntry, { params: { id: entry!.id }, body: { version: view.version, act: 'prove' } })).toMatchObject({ state: 'proved' });

  const { manifest } = JSON.parse(await readFile(join(place, 'manifest.json'), 'utf8')) as { manifest: { tables: { path: string; rows: number }[] } };
  await writeFile(join(place, manifest.tables.find(({ rows }) => rows > 0)!.path), 'damaged');
  expect(await zhengwu('security', 'prove-backup', place)).toMatchObject({ code: 1, said: expect.stringContaining('a failed proof set down') });
  expect((await security.call(api.readEntry, { params: { id: entry!.id } })).proofs.map(({ outcome }) => outcome)).toEqual(['failed', 'passed']);
}, 240_000);

test('the state of security and the bill of materials are told on the command line', async () => {
  const { code, said } = await zhengwu('security', 'report', '--json');
  expect(code).toBe(0);
  const state = JSON.parse(said) as api.SecurityState;
  expect(state.domains).toHaveLength(10);
  expect(state.drills.length).toBeGreaterThan(0);
  expect(state.checks.find((one) => one.code === 'restore-proved')).toMatchObject({ holds: true });
  expect(await zhengwu('security', 'report')).toMatchObject({ code: 0, said: expect.stringContaining('State of security:') });
  const bom = await zhengwu('security', 'sbom');
  expect(bom.code).toBe(0);
  expect(JSON.parse(bom.said)).toMatchObject({ bomFormat: 'CycloneDX', specVersion: '1.6' });
  expect((await zhengwu('security', 'nonsense')).code).toBe(2);
}, 60_000);
