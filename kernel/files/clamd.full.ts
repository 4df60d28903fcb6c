import { spawn, type ChildProcess } from 'node:child_process';
import { chmod, copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createFiles, type Files } from './files.ts';
import { samples } from './files.fixture.ts';
import { openLocalStore } from './local-store.ts';
import { openClamd } from './scanner.ts';

const EICAR = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}', '$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join('');
const MARKER = ['zhengwu-scanner-', 'test-marker'].join('');

let folder: string;
let daemon: ChildProcess;
let address: string;

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });

const answers = async (path: string): Promise<boolean> => {
  for (let n = 0; n < 150; n++) {
    if (daemon.exitCode !== null) return false;
    if (await openClamd(address, 2).scan(path).then(() => true, () => false)) return true;
    await pause(200);
  }
  return false;
};

/** Debian's clamd as an ordinary process, with our own signatures only, on a free port of this machine. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'zhengwu-clamd-'));
  await mkdir(join(folder, 'signatures'));
  await copyFile(join(import.meta.dirname, 'signatures/zhengwu.ndb'), join(folder, 'signatures/zhengwu.ndb'));
  await chmod(folder, 0o755);
  const port = await freePort();
  address = `127.0.0.1:${port}`;
  await writeFile(join(folder, 'clamd.conf'), `TCPSocket ${port}\nTCPAddr 127.0.0.1\nForeground yes\nDatabaseDirectory ${join(folder, 'signatures')}\nOfficialDatabaseOnly no\nStreamMaxLength 25M\nMaxThreads 4\n`);
  daemon = spawn('/usr/sbin/clamd', ['--config-file', join(folder, 'clamd.conf')], { stdio: 'ignore' });
  await writeFile(join(folder, 'probe.txt'), 'probe');
  expect(await answers(join(folder, 'probe.txt'))).toBe(true);
}, 60_000);
afterAll(async () => {
  daemon?.kill('SIGTERM');
  await rm(folder, { recursive: true, force: true });
});

const open = async (name: string): Promise<Files> =>
  createFiles({ store: await openLocalStore(join(folder, name, 'store')), folder: join(folder, name), maxBytes: 30_000_000, scanning: { scanner: openClamd(address), quarantine: await openLocalStore(join(folder, name, 'quarantine')) } });

test('clamd finds EICAR and calls a plain file clean', async () => {
  await writeFile(join(folder, 'eicar.txt'), EICAR);
  expect(await openClamd(address).scan(join(folder, 'eicar.txt'))).toEqual({ isClean: false, signature: expect.stringMatching(/EICAR/i) });
  expect(await openClamd(address).scan(join(folder, 'probe.txt'))).toEqual({ isClean: true });
});

test('an upload that only the scanner knows is refused; a clean one is there at once', async () => {
  const files = await open('a');
  await expect(files.put(Buffer.from(`说明 ${MARKER}\n`), { declaredType: 'text/plain', name: 'a.txt' })).rejects.toMatchObject({ code: 'file.infected' });
  const { isHeld, hash } = await files.put(samples['pdf']!.content, { declaredType: 'application/pdf', name: 'a.pdf' });
  expect([isHeld, await files.has(hash)]).toEqual([false, true]);
});

test('while clamd is stopped uploads wait and are lost to nobody; when it is back they are there', async () => {
  const files = await open('b');
  daemon.kill('SIGSTOP');
  try {
    const { isHeld, hash } = await files.put(samples['pdf']!.content, { declaredType: 'application/pdf', name: 'a.pdf' });
    expect(isHeld).toBe(true);
    await expect(files.open(hash)).rejects.toMatchObject({ code: 'file.checking' });
    daemon.kill('SIGCONT');
    expect(await files.recheck()).toMatchObject({ clean: [hash], waiting: 0 });
    expect((await files.read(hash)).equals(samples['pdf']!.content)).toBe(true);
  } finally {
    daemon.kill('SIGCONT');
  }
}, 30_000);
