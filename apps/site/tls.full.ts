import { execFile, execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Authority, certificatesModule, policyOids, subjectOf } from '@zhengwu/certificates';
import type { Actor } from '@zhengwu/contracts';
import { Devices, devicesModule, withDevices } from '@zhengwu/devices';
import { directoryModule } from '@zhengwu/directory';
import { createHttp, standIn, type Authenticator, type HttpServer } from '@zhengwu/http';
import { createTestSite, type TestSite } from '@zhengwu/module';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTls, type TlsListener } from './tls.ts';

const run = promisify(execFile);
const uscc = '91350100M000100Y43';
let folder = '';
let site: TestSite;
let http: HttpServer;
let tls: TlsListener;
let plain = '';
let secure = '';
const at = (name: string): string => join(folder, name);

const admin = (id: string): Actor => ({ ...standIn({ id, ip: '127.0.0.1' }), kind: 'official', accountId: '0192f0c0-0000-7000-8000-000000000001', personId: '0192f0c0-0000-7000-8000-000000000001', name: '系统管理员', permissions: { 'device.manage': { scope: 'all', departments: [] } } });
const people: Authenticator = { authenticate: ({ headers, id }) => (headers['x-test-admin'] === 'yes' ? admin(id) : undefined), isPortal: () => false, verifyCsrf: () => true };

interface Told {
  status: number;
  head: string;
  body: string;
  code: string | undefined;
}
/** What curl was told: status, headers, body, problem code. Fails as curl does when the server is not the one in root.crt. */
const curl = async (...args: string[]): Promise<Told> => {
  const { stdout } = await run('curl', ['-sS', '-i', '--cacert', at('root.crt'), '--max-time', '20', ...args], { cwd: folder, maxBuffer: 1e6 });
  const [head = '', ...rest] = stdout.replace(/^HTTP\/1.1 100[^]*?\r\n\r\n/, '').split('\r\n\r\n');
  const body = rest.join('\r\n\r\n');
  const code = head.includes('problem+json') ? (JSON.parse(body) as { code: string }).code : undefined;
  return { status: Number(head.split(' ')[1]), head, body, code };
};
const as = (name: string, ...args: string[]): Promise<Told> => curl('--cert', at(`${name}.crt`), '--key', at(`${name}.key`), ...args);
const json = (body: object): string[] => ['-H', 'content-type: application/json', '-d', JSON.stringify(body)];
const manage = async <T>(path: string, body: object): Promise<T> => JSON.parse((await curl('-H', 'x-test-admin: yes', ...json(body), `${plain}${path}`)).body) as T;

const makeRequest = (name: string, subject: string): void => {
  execFileSync('openssl', ['req', '-new', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', at(`${name}.key`), '-out', at(`${name}.der`), '-outform', 'DER', '-subj', subject], { stdio: 'ignore' });
  execFileSync('openssl', ['base64', '-in', at(`${name}.der`), '-out', at(`${name}.b64`)]);
};
/** The certificate in an EST answer, by openssl, kept as `<name>.crt`; its subject and issuer. */
const keep = async (name: string, { body }: Told): Promise<string> => {
  await writeFile(at('answer.b64'), body);
  execFileSync('openssl', ['base64', '-d', '-in', at('answer.b64'), '-out', at('answer.p7')]);
  execFileSync('openssl', ['pkcs7', '-inform', 'DER', '-in', at('answer.p7'), '-print_certs', '-out', at(`${name}.crt`)]);
  return execFileSync('openssl', ['x509', '-in', at(`${name}.crt`), '-noout', '-subject', '-nameopt', 'utf8,sep_comma_plus']).toString();
};
const register = async (id: string, ranges = ['127.0.0.0/8']): Promise<string> =>
  (await manage<{ secret: string }>('/api/devices', { id, kind: 'kiosk', name: `政务大厅${id}`, department: 1, institution: '云川市政务服务局', uscc, place: '政务大厅一楼', ranges })).secret;
const PKCS10 = ['-H', 'content-type: application/pkcs10', '-H', 'content-transfer-encoding: base64'];
const enrolBy = (id: string, secret: string, request: string): Promise<Told> => curl('-u', `${id}:${secret}`, ...PKCS10, '--data-binary', `@${at(`${request}.b64`)}`, `${secure}/.well-known/est/simpleenroll`);
const enrol = async (id: string, ranges?: string[]): Promise<void> => {
  const secret = await register(id, ranges);
  makeRequest(id, `/CN=${id}`);
  await keep(id, await enrolBy(id, secret, id));
};
const serialOf = async (name: string): Promise<string> => execFileSync('openssl', ['x509', '-in', at(`${name}.crt`), '-noout', '-serial']).toString().trim().replace('serial=', '').toLowerCase();
const hello = (name: string): Promise<Told> => as(name, ...json({ health: 'ok' }), `${secure}/api/device/hello`);
const refusals = async (id: string): Promise<string[]> =>
  site.database.as(site.database.system, async (tx) => (await tx.query<{ reason: string }>(`select detail->>'reason' as reason from audit.record where event = 'device.refused' and subject = $1 order by at`, [id])).rows.map(({ reason }) => reason));

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'zhengwu-tls-'));
  site = await createTestSite({ modules: [directoryModule, certificatesModule, devicesModule] });
  const { log } = site.site;
  http = createHttp({ log, origin: 'http://127.0.0.1', policies: site.policy, authenticator: withDevices(people) });
  site.routes(http);
  await site.start();
  plain = `http://127.0.0.1:${(await http.listen({ host: '127.0.0.1', port: 0 })).port}`;
  tls = await openTls({ http, authority: site.site.use(Authority), devices: site.site.use(Devices), log, hosts: ['localhost', '127.0.0.1'], requestSeconds: 30, connectionsPerAddress: 200 });
  secure = `https://127.0.0.1:${(await tls.listen({ host: '127.0.0.1', port: 0 })).port}`;
  const [, root = ''] = (await site.site.use(Authority).chain()).match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----\n?/g) ?? [];
  await writeFile(at('root.crt'), root);
}, 60_000);
afterAll(async () => {
  await tls.close(1);
  await http.close(1);
  await site.drop();
  await rm(folder, { recursive: true });
});

describe('the listener', () => {
  test('shows a certificate of the site’s authority, speaks TLS 1.2 and 1.3 and nothing older', async () => {
    expect((await curl(`${secure}/healthz`)).status).toBe(200);
    expect((await curl('--tls-max', '1.2', `${secure}/healthz`)).status).toBe(200);
    await expect(curl('--tls-max', '1.1', '--ciphers', 'DEFAULT@SECLEVEL=0', `${secure}/healthz`)).rejects.toThrow();
    await expect(run('curl', ['-sS', `${secure}/healthz`])).rejects.toThrow(/certificate/);
  });
  test('hangs up on an address that holds too many connections, before any handshake', async () => {
    const few = await openTls({ http, authority: site.site.use(Authority), devices: site.site.use(Devices), log: site.site.log, hosts: ['localhost'], requestSeconds: 30, connectionsPerAddress: 2, isExempt: () => false });
    const { port } = await few.listen({ host: '127.0.0.1', port: 0 });
    const opened = (): Promise<Socket> => new Promise((resolve) => {
      const socket = connect(port, '127.0.0.1', () => resolve(socket));
      socket.on('error', () => undefined);
    });
    const held = [await opened(), await opened()];
    const third = await opened();
    await new Promise((resolve) => third.once('close', resolve));
    expect(held.map(({ destroyed }) => destroyed)).toEqual([false, false]);
    for (const one of held) one.destroy();
    await few.close(1);
  });
  test('lets nobody act as a device without a certificate, by whatever header', async () => {
    const headers = ['x-client-cert: kiosk-1', 'x-ssl-client-verify: SUCCESS', 'x-forwarded-client-cert: Subject="CN=kiosk-1"', 'forwarded: for=127.0.0.1;proto=https'].flatMap((one) => ['-H', one]);
    expect((await curl(...headers, ...json({ health: 'ok' }), `${secure}/api/device/hello`)).status).toBe(403);
    expect((await curl(...headers, ...json({ health: 'ok' }), `${plain}/api/device/hello`)).status).toBe(403);
  });
  test('refuses a certificate that another authority signed under the same names', async () => {
    await enrol('kiosk-forged');
    execFileSync('openssl', [
      'req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', at('forged.key'), '-out', at('forged.crt'), '-days', '2', '-set_serial', `0x${await serialOf('kiosk-forged')}`,
      '-subj', `/O=x/organizationIdentifier=NTRCN-${uscc}/CN=kiosk-forged/serialNumber=kiosk-forged`, '-addext', `certificatePolicies=${policyOids.device}`, '-addext', 'extendedKeyUsage=clientAuth',
    ], { stdio: 'ignore' });
    expect(subjectOf(new X509Certificate(await readFile(at('forged.crt'))).raw)).toMatchObject({ kind: 'device', subject: 'kiosk-forged' });
    expect((await hello('kiosk-forged')).status).toBe(200);
    expect(await hello('forged')).toMatchObject({ status: 403, code: 'tls.certificate-refused' });
    expect(await as('forged', `${secure}/healthz`)).toMatchObject({ status: 403, code: 'tls.certificate-refused' });
  });
});

describe('EST (RFC 7030)', () => {
  test('cacerts answers a certs-only PKCS#7 that openssl reads and that leads to the root (§4.1.3), over TLS alone (§3.3)', async () => {
    const told = await curl(`${secure}/.well-known/est/cacerts`);
    expect(told.head).toMatch(/content-type: application\/pkcs7-mime/i);
    expect(told.head).toMatch(/content-transfer-encoding: base64/i);
    await keep('chain', told);
    expect((await readFile(at('chain.crt'), 'utf8')).match(/BEGIN CERTIFICATE/g)).toHaveLength(2);
    expect(execFileSync('openssl', ['verify', '-CAfile', at('root.crt'), at('chain.crt')]).toString()).toContain('OK');
    expect(await curl(`${plain}/.well-known/est/cacerts`)).toMatchObject({ status: 403, code: 'est.tls-only' });
  });

  test('simpleenroll issues for a registered device by its secret, once, with the names of the register (§4.2.1)', async () => {
    const secret = await register('kiosk-1');
    makeRequest('kiosk-1', '/CN=kiosk-1');
    const told = await enrolBy('kiosk-1', secret, 'kiosk-1');
    expect([told.status, /content-type: application\/pkcs7-mime; smime-type=certs-only/i.test(told.head)]).toEqual([200, true]);
    const subject = await keep('kiosk-1', told);
    for (const part of ['CN=政务大厅kiosk-1', 'serialNumber=kiosk-1', 'O=云川市政务服务局']) expect(subject).toContain(part);
    await keep('chain', await curl(`${secure}/.well-known/est/cacerts`));
    expect(execFileSync('openssl', ['verify', '-purpose', 'sslclient', '-CAfile', at('root.crt'), '-untrusted', at('chain.crt'), at('kiosk-1.crt')]).toString()).toContain('OK');
    const again = await enrolBy('kiosk-1', secret, 'kiosk-1');
    expect([again.status, again.code, /www-authenticate: Basic/i.test(again.head)]).toEqual([401, 'est.refused', true]);
  });

  test('five wrong secrets make the right one void; an unknown device, no secret and no request are refused', async () => {
    const secret = await register('kiosk-locked');
    makeRequest('kiosk-locked', '/CN=kiosk-locked');
    for (let n = 0; n < 5; n += 1) expect((await enrolBy('kiosk-locked', 'wrong', 'kiosk-locked')).code).toBe('est.refused');
    expect((await enrolBy('kiosk-locked', secret, 'kiosk-locked')).code).toBe('est.refused');
    expect((await enrolBy('kiosk-none', secret, 'kiosk-locked')).code).toBe('est.refused');
    expect((await curl(...PKCS10, '--data-binary', `@${at('kiosk-locked.b64')}`, `${secure}/.well-known/est/simpleenroll`)).code).toBe('est.refused');
    const { secret: next } = await manage<{ secret: string }>('/api/devices/kiosk-locked/enrolment', {});
    await writeFile(at('junk.b64'), '!!!');
    expect((await enrolBy('kiosk-locked', next, 'junk')).code).toBe('est.request-unreadable');
    expect((await enrolBy('kiosk-locked', next, 'kiosk-locked')).status).toBe(200);
  });

  test('a request in the name of another device, and a secret used at another place, are refused and the secret stays good', async () => {
    const secret = await register('kiosk-2');
    for (const subject of ['/CN=kiosk-1', '/CN=kiosk-2/serialNumber=kiosk-1']) {
      makeRequest('other', subject);
      expect(await enrolBy('kiosk-2', secret, 'other')).toMatchObject({ status: 403, code: 'est.other-name' });
    }
    makeRequest('kiosk-2', '/CN=kiosk-2');
    await manage('/api/devices/kiosk-2/place', { place: '另一处', ranges: ['10.9.0.0/16'] });
    expect(await enrolBy('kiosk-2', secret, 'kiosk-2')).toMatchObject({ status: 403, code: 'device.refused-elsewhere' });
    await manage('/api/devices/kiosk-2/place', { place: '政务大厅一楼', ranges: ['127.0.0.1/32'] });
    expect((await enrolBy('kiosk-2', secret, 'kiosk-2')).status).toBe(200);
  });

  test('simplereenroll issues the next certificate by the one in use; the older ends when the newer is first used (§4.2.2)', async () => {
    await enrol('kiosk-3');
    makeRequest('next', '/CN=kiosk-3');
    const again = (): Promise<Told> => as('kiosk-3', ...PKCS10, '--data-binary', `@${at('next.b64')}`, `${secure}/.well-known/est/simplereenroll`);
    expect((await curl(...PKCS10, '--data-binary', `@${at('next.b64')}`, `${secure}/.well-known/est/simplereenroll`)).status).toBe(403);
    const told = await again();
    expect(told.status).toBe(200);
    await keep('next', told);
    expect((await hello('kiosk-3')).status).toBe(200);
    expect((await hello('next')).status).toBe(200);
    expect((await hello('kiosk-3')).status).toBe(403);
    makeRequest('other', '/CN=kiosk-1');
    expect(await as('next', ...PKCS10, '--data-binary', `@${at('other.b64')}`, `${secure}/.well-known/est/simplereenroll`)).toMatchObject({ status: 403, code: 'est.other-name' });
  });
});

describe('a device', () => {
  test('reports how it is, and the register shows it', async () => {
    await enrol('kiosk-4');
    expect(JSON.parse((await hello('kiosk-4')).body)).toMatchObject({ id: 'kiosk-4', renew: false, helloSeconds: 60 });
    expect(JSON.parse((await as('kiosk-4', `${secure}/api/device/self`)).body)).toMatchObject({ id: 'kiosk-4', place: '政务大厅一楼', state: 'active', serial: await serialOf('kiosk-4') });
    const { items } = JSON.parse((await curl('-H', 'x-test-admin: yes', `${plain}/api/devices?limit=100`)).body) as { items: { id: string; lastSeen: string | null; lastAddress: string | null; health: string | null }[] };
    expect(items.find(({ id }) => id === 'kiosk-4')).toMatchObject({ health: 'ok', lastAddress: '127.0.0.1', lastSeen: expect.any(String) });
  });

  test('is refused elsewhere, blocked, or revoked, whatever it asks for, also on a connection that is open; each is recorded once', async () => {
    await enrol('kiosk-5');
    const guide = (): Promise<Told> => as('kiosk-5', `${secure}/healthz`);
    expect((await guide()).status).toBe(200);
    await manage('/api/devices/kiosk-5/place', { place: '东区大厅', ranges: ['10.9.0.0/16', '2001:db8::/32'] });
    expect(await guide()).toMatchObject({ status: 403, code: 'device.refused-elsewhere' });
    expect((await guide()).body).toContain('东区大厅');
    await manage('/api/devices/kiosk-5/place', { place: '政务大厅一楼', ranges: ['127.0.0.0/8'] });
    await manage('/api/devices/kiosk-5/block', { reason: '外壳被打开' });
    expect(await hello('kiosk-5')).toMatchObject({ status: 403, code: 'device.refused-blocked' });
    expect(await refusals('kiosk-5')).toEqual(['elsewhere', 'blocked']);
    await manage('/api/devices/kiosk-5/release', { reason: '已检修' });
    expect((await hello('kiosk-5')).status).toBe(200);
    const { database } = site;
    // Two requests on one connection; between them the certificate is revoked.
    const serial = await serialOf('kiosk-5');
    const open = run('curl', ['-sS', '--cacert', at('root.crt'), '--cert', at('kiosk-5.crt'), '--key', at('kiosk-5.key'), '--rate', '20/m', '-w', '%{http_code}/%{num_connects} ', '-o', at('x'), '-o', at('y'), `${secure}/healthz`, `${secure}/healthz`], { cwd: folder });
    await new Promise((resolve) => setTimeout(resolve, 1000));
    await database.as(database.system, (tx) => site.site.use(Authority).revoke(tx, { kind: 'system' }, serial, 'keyCompromise'));
    expect((await open).stdout).toBe('200/1 403/0 ');
    expect(await hello('kiosk-5')).toMatchObject({ status: 403, code: 'tls.certificate-refused' });
  });

  test('has its own operations and no others, and an address that it claims does not count', async () => {
    await enrol('kiosk-6');
    expect((await as('kiosk-6', `${secure}/api/devices`)).status).toBe(403);
    expect((await as('kiosk-6', ...json({ reason: 'x' }), `${secure}/api/devices/kiosk-1/block`)).status).toBe(403);
    await manage('/api/devices/kiosk-6/place', { place: '东区大厅', ranges: ['10.9.0.0/16'] });
    expect(await as('kiosk-6', '-H', 'x-forwarded-for: 10.9.0.1', '-H', 'x-zhengwu-address: 10.9.0.1', ...json({ health: 'ok' }), `${secure}/api/device/hello`)).toMatchObject({ status: 403, code: 'device.refused-elsewhere' });
  });
});
