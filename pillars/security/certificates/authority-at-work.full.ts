import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { readConfig } from '@zhengwu/config';
import { directoryModule } from '@zhengwu/directory';
import { createHttp, type HttpServer } from '@zhengwu/http';
import { createTestSite, type TestSite } from '@zhengwu/module';
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { certificatesModule } from './module.ts';
import { makeKeyPair, packPkcs12 } from './pkcs12.ts';
import { Authority, TimeStamps } from './offers.ts';
import type { Holder } from './profiles.ts';

const run = promisify(execFile);
let folder: string;
let made: TestSite;
let http: HttpServer;
let origin: string;
const at = (name: string): string => join(folder, name);
const openssl = async (...args: string[]): Promise<string> => {
  const { stdout, stderr } = await run('openssl', args, { cwd: folder });
  return stdout + stderr;
};
const fetched = async (path: string): Promise<Response> => {
  const response = await fetch(`${origin}${path}`);
  expect(response.status).toBe(200);
  return response;
};
const institution: Holder = { kind: 'institution', name: '云川市政务服务局', uscc: '91350100M000100Y43' };
const issued: Record<string, string> = {};
const issue = async (name: string): Promise<string> => {
  await openssl('req', '-new', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', `${name}.key`, '-out', `${name}.csr`, '-subj', '/CN=x');
  const request = await readFile(at(`${name}.csr`), 'utf8');
  const { database } = made;
  const { serial, certificate } = await database.as(database.system, (tx) => made.site.use(Authority).issueFor(tx, { kind: 'system', name: 'test' }, { holder: institution, request }));
  await writeFile(at(`${name}.crt`), certificate);
  issued[name] = serial;
  return serial;
};
const change = (sql: string, serial: string): Promise<unknown> => made.database.as(made.database.system, (tx) => tx.query(sql, [serial]));
const status = (...more: string[]): Promise<string> => openssl('ocsp', '-issuer', 'issuing.crt', '-CAfile', 'root.crt', '-url', `${origin}/pki/ocsp`, ...more);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'authority-'));
  const config = readConfig({ ZHENGWU_DATA: at('data'), ZHENGWU_KEY_PASSPHRASE: 'a-passphrase-of-the-tests', ZHENGWU_ORIGIN_PKI: 'http://pki.yunchuan.example' });
  made = await createTestSite({ modules: [directoryModule, certificatesModule], config });
  http = createHttp({
    log: made.site.log, origin: config.origins.site, policies: made.policy, authenticator: { authenticate: () => undefined, isPortal: () => false, verifyCsrf: () => false },
  });
  made.routes(http);
  const { port } = await http.listen({ host: '127.0.0.1', port: 0 });
  origin = `http://127.0.0.1:${port}`;
  const chain = await (await fetched('/pki/chain.pem')).text();
  const [issuing = '', root = ''] = chain.match(/-----BEGIN[^-]+-----[^-]+-----END[^-]+-----\n/g) ?? [];
  await writeFile(at('issuing.crt'), issuing);
  await writeFile(at('root.crt'), root);
  await writeFile(at('chain.pem'), chain);
  for (const name of ['good', 'gone', 'held']) await issue(name);
  const { database, site } = made;
  await database.as(database.system, (tx) => site.use(Authority).revoke(tx, { kind: 'system', name: 'test' }, issued['gone'] as string, 'keyCompromise'));
  await change(`update certificates.certificate set state = 'held', reason = 'certificateHold', revoked_at = now() where serial = $1`, issued['held'] as string);
});
afterAll(async () => {
  await http.close(1);
  await made.drop();
  await rm(folder, { recursive: true });
});

test('a revocation is on the published list within seconds, by the job', async () => {
  const { database, site } = made;
  const serial = await issue('late');
  await made.start();
  await database.as(database.system, (tx) => site.use(Authority).revoke(tx, { kind: 'system', name: 'test' }, serial, 'superseded'));
  const listed = async () => {
    await writeFile(at('now.crl'), Buffer.from(await (await fetched('/pki/issuing.crl')).arrayBuffer()));
    return openssl('crl', '-inform', 'DER', '-in', 'now.crl', '-noout', '-text');
  };
  await expect.poll(listed, { timeout: 10_000, interval: 500 }).toContain(serial.toUpperCase());
});

describe('what openssl says', () => {
  test('certificate, names the configured addresses (RFC 5280 §4.2.1.13, §4.2.2.1)', async () => {
    const text = await openssl('x509', '-in', 'good.crt', '-noout', '-text');
    for (const part of ['URI:http://pki.yunchuan.example/pki/issuing.crl', 'OCSP - URI:http://pki.yunchuan.example/pki/ocsp', 'CA Issuers - URI:http://pki.yunchuan.example/pki/issuing.crt']) expect(text).toContain(part);
  });

  test('revocation list, verifies and refuses what is revoked or on hold', async () => {
    const response = await fetched('/pki/issuing.crl');
    expect(response.headers.get('content-type')).toBe('application/pkix-crl');
    expect(response.headers.get('cache-control')).toContain('max-age');
    await writeFile(at('ca.crl'), Buffer.from(await response.arrayBuffer()));
    const text = await openssl('crl', '-inform', 'DER', '-in', 'ca.crl', '-noout', '-text', '-CAfile', 'issuing.crt', '-verify');
    for (const part of ['verify OK', 'Key Compromise', 'Certificate Hold', 'X509v3 CRL Number']) expect(text).toContain(part);
    await openssl('crl', '-inform', 'DER', '-in', 'ca.crl', '-out', 'ca.pem');
    const verify = (name: string) => openssl('verify', '-x509_strict', '-CAfile', 'root.crt', '-untrusted', 'issuing.crt', '-crl_check', '-CRLfile', 'ca.pem', `${name}.crt`);
    expect(await verify('good')).toContain('OK');
    await expect(verify('gone')).rejects.toMatchObject({ stderr: expect.stringContaining('certificate revoked') });
    await expect(verify('held')).rejects.toMatchObject({ stderr: expect.stringContaining('certificate revoked') });
  });

  test('OCSP by POST, good, revoked and unknown, with the nonce echoed (RFC 6960)', async () => {
    const good = await status('-cert', 'good.crt', '-text');
    expect(good).toMatch(/Response verify OK/);
    expect(good).toMatch(/good\.crt: good/);
    expect(good).toContain('OCSP Nonce');
    expect(good).not.toMatch(/WARNING: no nonce|\.\d+ GMT/);
    expect(await status('-cert', 'gone.crt')).toMatch(/gone\.crt: revoked[^]*Reason: keyCompromise/);
    expect(await status('-sha256', '-cert', 'held.crt')).toMatch(/held\.crt: revoked[^]*Reason: certificateHold/);
    expect(await status('-serial', '0x4000000000000001')).toMatch(/: unknown/);
  });

  test('OCSP by GET, without nonce, may be cached', async () => {
    await openssl('ocsp', '-issuer', 'issuing.crt', '-cert', 'good.crt', '-no_nonce', '-reqout', 'question.der');
    const response = await fetched(`/pki/ocsp/${encodeURIComponent((await readFile(at('question.der'))).toString('base64'))}`);
    expect(response.headers.get('cache-control')).toMatch(/public, max-age=\d+/);
    await writeFile(at('answer.der'), Buffer.from(await response.arrayBuffer()));
    expect(await openssl('ocsp', '-issuer', 'issuing.crt', '-cert', 'good.crt', '-CAfile', 'root.crt', '-respin', 'answer.der')).toMatch(/good\.crt: good[^]*Response verify OK/);
  });

  test('time-stamp, query, reply and verification (RFC 3161)', async () => {
    await writeFile(at('document.txt'), '云川市人民政府令');
    await openssl('ts', '-query', '-data', 'document.txt', '-sha256', '-cert', '-out', 'stamp.tsq');
    const response = await fetch(`${origin}/pki/tsa`, { method: 'POST', headers: { 'content-type': 'application/timestamp-query' }, body: await readFile(at('stamp.tsq')) });
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/timestamp-reply']);
    await writeFile(at('stamp.tsr'), Buffer.from(await response.arrayBuffer()));
    expect(await openssl('ts', '-verify', '-queryfile', 'stamp.tsq', '-in', 'stamp.tsr', '-CAfile', 'root.crt', '-untrusted', 'issuing.crt')).toContain('Verification: OK');
    await writeFile(at('other.txt'), 'another text');
    await expect(openssl('ts', '-verify', '-data', 'other.txt', '-in', 'stamp.tsr', '-CAfile', 'root.crt', '-untrusted', 'issuing.crt')).rejects.toThrow();
    const text = await openssl('ts', '-reply', '-in', 'stamp.tsr', '-text');
    for (const part of ['Status: Granted', 'Accuracy: 0x01 seconds', 'Nonce: 0x']) expect(text).toContain(part);
  });

  test('time-stamp, SHA-1 is refused with badAlg', async () => {
    await openssl('ts', '-query', '-data', 'root.crt', '-sha1', '-out', 'sha1.tsq');
    const response = await fetch(`${origin}/pki/tsa`, { method: 'POST', body: await readFile(at('sha1.tsq')) });
    await writeFile(at('sha1.tsr'), Buffer.from(await response.arrayBuffer()));
    expect(await openssl('ts', '-reply', '-in', 'sha1.tsr', '-text')).toMatch(/Status: Rejected[^]*unrecognized or unsupported algorithm/i);
  });

  test('time-stamp, the token of `stamp` alone verifies for its digest', async () => {
    const digest = createHash('sha256').update('head of the trail').digest();
    await writeFile(at('token.der'), await made.site.use(TimeStamps).stamp(digest));
    const verify = (hex: string) => openssl('ts', '-verify', '-digest', hex, '-sha256', '-in', 'token.der', '-token_in', '-CAfile', 'root.crt', '-untrusted', 'issuing.crt');
    expect(await verify(digest.toString('hex'))).toContain('Verification: OK');
    await expect(verify('00'.repeat(32))).rejects.toThrow();
  });

  test('PKCS#12, opens with its password alone and holds the key of its certificate (RFC 7292)', async () => {
    const { privateKey, request } = await makeKeyPair();
    const { database } = made;
    const { certificate } = await database.as(database.system, (tx) => made.site.use(Authority).issueFor(tx, { kind: 'system', name: 'test' }, { holder: institution, request }));
    await writeFile(at('handed.p12'), await packPkcs12(privateKey, [certificate, await readFile(at('chain.pem'), 'utf8').then((chain) => chain.slice(0, chain.indexOf('-----END') + 26))], 'a password of twelve'));
    await openssl('pkcs12', '-in', 'handed.p12', '-passin', 'pass:a password of twelve', '-nodes', '-out', 'handed.pem');
    const [fromKey, fromCertificate] = await Promise.all([openssl('pkey', '-in', 'handed.pem', '-pubout'), openssl('x509', '-in', 'handed.pem', '-noout', '-pubkey')]);
    expect(fromKey).toBe(fromCertificate);
    await expect(openssl('pkcs12', '-in', 'handed.p12', '-passin', 'pass:another password', '-nodes')).rejects.toThrow(/invalid password/);
    expect(await openssl('pkcs12', '-in', 'handed.p12', '-passin', 'pass:a password of twelve', '-info', '-noout')).toMatch(/PBES2, PBKDF2, AES-256-CBC, Iteration 200000, PRF hmacWithSHA256/);
  });
});
