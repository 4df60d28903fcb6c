import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { FastifyInstance } from 'fastify';
import { readConfig } from '@zhengwu/config';
import { createLog } from '@zhengwu/log';
import { followFiles, readTls } from '@zhengwu/tls';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startPortal } from '../start.ts';

const run = promisify(execFile);
let folder: string;
const at = (name: string): string => join(folder, name);
const certificate = (name: string) => run('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2', '-subj', `/CN=${name}`, '-addext', 'subjectAltName=IP:127.0.0.1', '-keyout', at(`${name}.key`), '-out', at(`${name}.pem`)]);
const filesOf = (name: string) => ({ certFile: at(`${name}.pem`), keyFile: at(`${name}.key`) });
const log = createLog({ level: 'silent' });

const listen = async (name: string) => {
  const server = createServer(await readTls(filesOf(name)), (_request, response) => response.end('{}')).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, port: (server.address() as AddressInfo).port };
};
const portals: FastifyInstance[] = [];
const portalBefore = async (site: number, ca: string): Promise<string> => {
  const app = await startPortal(readConfig({
    ZHENGWU_LOG_LEVEL: 'silent', ZHENGWU_PORTAL_SECRET: 'a-secret-for-tests-0123456789abcdef', ZHENGWU_PORT_PORTAL: '0', ZHENGWU_TLS_CERT_FILE: at('portal.pem'), ZHENGWU_TLS_KEY_FILE: at('portal.key'),
    ZHENGWU_SITE_URL: `https://127.0.0.1:${site}`, ZHENGWU_SITE_CA_FILE: at(ca),
  }));
  portals.push(app);
  return `https://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
};
const curl = (...args: string[]): Promise<string> => run('curl', ['-sS', '--max-time', '5', ...args]).then(({ stdout }) => stdout, (error: { stderr: string }) => `refused: ${error.stderr}`);

let site: Awaited<ReturnType<typeof listen>>;
let portal: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'zhengwu-own-tls-'));
  await Promise.all(['portal', 'site', 'other'].map(certificate));
  site = await listen('site');
  portal = await portalBefore(site.port, 'site.pem');
});
afterAll(async () => {
  await Promise.all(portals.map((app) => app.close()));
  site.server.close();
  await rm(folder, { recursive: true, force: true });
});

// OWASP ASVS 5.0 V12.1.1, V12.1.2, V12.2.1; GB/T 22239-2019 8.1.2.2.
describe('a listener of our own', () => {
  test('speaks TLS 1.2 and 1.3 and nothing older, as curl finds, and says so for the future', async () => {
    const trusted = ['--cacert', at('portal.pem'), '-D', '-', '-o', join(folder, 'body')];
    for (const version of ['1.2', '1.3']) expect(await curl(...trusted, `--tlsv${version}`, '--tls-max', version, `${portal}/healthz`)).toMatch(/^HTTP\/1\.1 200/);
    expect(await curl(...trusted, '--tlsv1.0', '--tls-max', '1.1', '--ciphers', 'DEFAULT@SECLEVEL=0', `${portal}/healthz`)).toMatch(/^refused/);
    expect(await curl(...trusted, `${portal}/robots.txt`)).toMatch(/strict-transport-security: max-age=\d{8}/i);
    expect(await curl('--cacert', at('other.pem'), `${portal}/healthz`)).toMatch(/^refused/);
    expect(await curl(`${portal.replace('https', 'http')}/healthz`)).toMatch(/^refused/);
  });

  test('takes suites with ephemeral keys and authenticated encryption alone, as openssl finds', async () => {
    const shake = (cipher: string): Promise<boolean> => {
      const tried = run('openssl', ['s_client', '-connect', portal.slice('https://'.length), '-tls1_2', '-cipher', cipher], { timeout: 5000 });
      tried.child.stdin?.end();
      return tried.then(() => true, () => false);
    };
    const taken = await Promise.all(['ECDHE-ECDSA-AES256-GCM-SHA384', 'ECDHE-ECDSA-CHACHA20-POLY1305', 'ECDHE-ECDSA-AES256-SHA384:@SECLEVEL=0', 'ECDHE-ECDSA-AES128-SHA:@SECLEVEL=0', 'DHE-RSA-AES256-GCM-SHA384:@SECLEVEL=0'].map(shake));
    expect(taken).toEqual([true, true, false, false, false]);
  });

  test('uses renewed files without a restart; files that do not fit leave the ones before in use', async () => {
    for (const kind of ['pem', 'key']) await copyFile(at(`other.${kind}`), at(`renewed.${kind}`));
    const { server, port } = await listen('renewed');
    await followFiles(server, filesOf('renewed'), log, 50);
    const isTrusted = async (ca: string): Promise<boolean> => !(await curl('--cacert', at(ca), `https://127.0.0.1:${port}/`)).startsWith('refused');
    expect([await isTrusted('other.pem'), await isTrusted('site.pem')]).toEqual([true, false]);
    await writeFile(at('renewed.pem'), 'half a certif');
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(await isTrusted('other.pem')).toBe(true);
    for (const kind of ['key', 'pem']) await writeFile(at(`renewed.${kind}`), await readFile(at(`site.${kind}`)));
    await expect.poll(() => isTrusted('site.pem'), { timeout: 5000 }).toBe(true);
    server.close();
  });
});

// OWASP ASVS 5.0 V12.3.3, V12.3.4: inner calls are encrypted, to certificates of an authority that was named.
test('the portal reaches the site over TLS by the authority it was told to trust, and no other', async () => {
  const ready = (origin: string) => curl('--cacert', at('portal.pem'), '-o', join(folder, 'ready'), '-w', '%{http_code}', `${origin}/readyz`);
  expect(await ready(portal)).toBe('200');
  expect(await ready(await portalBefore(site.port, 'other.pem'))).toBe('503');
});
