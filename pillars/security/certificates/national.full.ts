import 'reflect-metadata';
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Pkcs10CertificateRequest } from '@peculiar/x509';
import { readConfig } from '@zhengwu/config';
import { directoryModule } from '@zhengwu/directory';
import { createHttp, type HttpServer } from '@zhengwu/http';
import { createTestSite, type TestSite } from '@zhengwu/module';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newRequest, official } from './authority.fixture.ts';
import { certificatesModule } from './module.ts';
import { Authority, TimeStamps } from './offers.ts';
import { makeKeyPair, packPkcs12 } from './pkcs12.ts';
import { publishInTurn } from './publishing.ts';
import type { Holder } from './profiles.ts';
import { national } from './suites.ts';

const run = promisify(execFile);
/** GM/T 0009 §10: the user id where the parties agreed on none. */
const ID = ['-vfyopt', 'distid:1234567812345678'];
let folder: string;
let made: TestSite;
let http: HttpServer;
let origin: string;
const at = (name: string): string => join(folder, name);
const openssl = async (...args: string[]): Promise<string> => {
  const { stdout, stderr } = await run('openssl', args, { cwd: folder });
  return stdout + stderr;
};
const fetched = async (path: string): Promise<Buffer> => {
  const response = await fetch(`${origin}${path}`);
  expect(response.status).toBe(200);
  return Buffer.from(await response.arrayBuffer());
};
const institution: Holder = { kind: 'institution', name: '云川市政务服务局', uscc: '91350100M000100Y43' };
const issue = async (name: string, request: string): Promise<string> => {
  const { database, site } = made;
  const { serial, certificate } = await database.as(database.system, (tx) => site.use(Authority).issueFor(tx, { kind: 'system', name: 'test' }, { holder: institution, request }));
  await writeFile(at(`${name}.crt`), certificate);
  return serial;
};
const requestOf = async (name: string): Promise<string> => {
  await openssl('ecparam', '-name', 'SM2', '-genkey', '-noout', '-out', `${name}.key`);
  await openssl('req', '-new', '-key', `${name}.key`, '-sm3', '-sigopt', 'distid:1234567812345678', '-out', `${name}.csr`, '-subj', '/CN=x');
  return readFile(at(`${name}.csr`), 'utf8');
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'national-'));
  const config = readConfig({ ZHENGWU_DATA: at('data'), ZHENGWU_KEY_PASSPHRASE: 'a-passphrase-of-the-tests', ZHENGWU_ORIGIN_PKI: 'http://pki.yunchuan.example', ZHENGWU_CRYPTO_SUITE: 'gm' });
  made = await createTestSite({ modules: [directoryModule, certificatesModule], config });
  http = createHttp({
    log: made.site.log, origin: config.origins.site, policies: made.policy, authenticator: { authenticate: ({ headers }) => (headers['x-test'] ? official(1) : undefined), isPortal: () => false, verifyCsrf: () => false },
  });
  made.routes(http);
  origin = `http://127.0.0.1:${(await http.listen({ host: '127.0.0.1', port: 0 })).port}`;
  const [issuing = '', root = ''] = (await fetched('/pki/chain.pem')).toString().match(/-----BEGIN[^-]+-----[^-]+-----END[^-]+-----\n/g) ?? [];
  await writeFile(at('issuing.crt'), issuing);
  await writeFile(at('root.crt'), root);
});
afterAll(async () => {
  await http.close(1);
  await made.drop();
  await rm(folder, { recursive: true });
});

interface Line {
  offset: string;
  depth: number;
  what: string;
}
const linesOf = async (file: string): Promise<Line[]> =>
  [...(await openssl('asn1parse', '-inform', 'DER', '-in', file)).matchAll(/^ *(\d+):d= *(\d+).*?(?:prim|cons): ([A-Za-z]+(?: \[ \d \]| STRING)?)/gm)].map(([, offset = '', depth = '', what = '']) => ({ offset, depth: Number(depth), what: what.trim() }));
const cut = (file: string, offset: string, to: string): Promise<string> => openssl('asn1parse', '-inform', 'DER', '-in', file, '-strparse', offset, '-noout', '-out', to);
/** What openssl says of a signature, after it refused it over other bytes and under another user id. openssl 3.0 gives no user id to what it verifies of lists, answers and stamps (it hashes an empty one): so it is asked for the same signature over the same bytes by `dgst`, which takes one. */
const verifies = async (key: string, signed: string, signature: string): Promise<string> => {
  await writeFile(at(`${key}.pub`), await openssl('x509', '-in', `${key}.crt`, '-noout', '-pubkey'));
  const judge = (file: string, id = '1234567812345678'): Promise<string> =>
    openssl('dgst', '-sm3', '-verify', `${key}.pub`, '-sigopt', `distid:${id}`, '-signature', signature, file).catch((error: { stdout: string }) => error.stdout);
  const altered = await readFile(at(signed));
  altered[altered.length - 1] = (altered.at(-1) ?? 0) ^ 1;
  await writeFile(at('altered.der'), altered);
  expect([await judge('altered.der'), await judge(signed, 'another')]).toEqual(['Verification failure\n', 'Verification failure\n']);
  return judge(signed);
};
/** SEQUENCE { what is signed, algorithm, BIT STRING … } */
const signedParts = async (file: string): Promise<void> => {
  const lines = (await linesOf(file)).filter(({ depth }) => depth === 1);
  await cut(file, lines[0]?.offset ?? '', 'signed.der');
  await cut(file, lines.find(({ what }) => what === 'BIT STRING')?.offset ?? '', 'signature.der');
};

test('the chain and a certificate are SM2 with SM3 (GM/T 0015), and openssl verifies each under its issuer', async () => {
  await issue('holder', await requestOf('holder'));
  for (const name of ['root', 'issuing', 'holder']) {
    const text = await openssl('x509', '-in', `${name}.crt`, '-noout', '-text');
    expect(text).toContain('Signature Algorithm: SM2-with-SM3');
    expect(text).toContain('ASN1 OID: SM2');
  }
  // The id goes to the certificate that is asked for, not to the others of its chain: each is verified under its own issuer.
  expect(await openssl('verify', ...ID, '-CAfile', 'root.crt', 'issuing.crt')).toBe('issuing.crt: OK\n');
  expect(await openssl('verify', ...ID, '-partial_chain', '-trusted', 'issuing.crt', 'holder.crt')).toBe('holder.crt: OK\n');
  await expect(openssl('verify', '-vfyopt', 'distid:another', '-partial_chain', '-trusted', 'issuing.crt', 'holder.crt')).rejects.toMatchObject({ stderr: expect.stringContaining('signature failure') });
});

test('the revocation list names what is revoked, under a signature of SM2', async () => {
  const { database, site } = made;
  const serial = await issue('gone', await newRequest('CN=x', national));
  await database.as(database.system, (tx) => site.use(Authority).revoke(tx, { kind: 'system', name: 'test' }, serial, 'keyCompromise'));
  await publishInTurn(site, { changed: true });
  await writeFile(at('list.der'), await fetched('/pki/issuing.crl'));
  const text = await openssl('crl', '-inform', 'DER', '-in', 'list.der', '-noout', '-text');
  for (const part of ['Signature Algorithm: SM2-with-SM3', serial.toUpperCase(), 'Key Compromise']) expect(text).toContain(part);
  await signedParts('list.der');
  expect(await verifies('issuing', 'signed.der', 'signature.der')).toBe('Verified OK\n');
});

test('an OCSP answer tells good from revoked, signed on SM2 by a responder of the authority; questions may hash by SM3', async () => {
  for (const [name, state] of [['holder', 'good'], ['gone', 'revoked']] as const) {
    await openssl('ocsp', '-issuer', 'issuing.crt', '-sm3', '-cert', `${name}.crt`, '-no_nonce', '-reqout', 'question.der');
    const response = await fetch(`${origin}/pki/ocsp`, { method: 'POST', headers: { 'content-type': 'application/ocsp-request' }, body: await readFile(at('question.der')) });
    await writeFile(at('answer.der'), Buffer.from(await response.arrayBuffer()));
    const text = await openssl('ocsp', '-respin', 'answer.der', '-resp_text', '-noverify');
    for (const part of ['Signature Algorithm: SM2-with-SM3', `Cert Status: ${state}`, 'OCSP Signing']) expect(text).toContain(part);
    await writeFile(at('responder.crt'), /-----BEGIN CERTIFICATE[^]+?END CERTIFICATE-----\n/.exec(text)?.[0] ?? '');
    expect(await openssl('verify', ...ID, '-partial_chain', '-trusted', 'issuing.crt', 'responder.crt')).toBe('responder.crt: OK\n');
    const inside = (await linesOf('answer.der')).find(({ what }) => what === 'OCTET STRING');
    await cut('answer.der', inside?.offset ?? '', 'basic.der');
    await signedParts('basic.der');
    expect(await verifies('responder', 'signed.der', 'signature.der')).toBe('Verified OK\n');
  }
});

test('a time-stamp over a digest by SM3 is signed on SM2, and its attributes hold that digest (RFC 3161, GM/T 0033)', async () => {
  await writeFile(at('paper.txt'), '一份文件');
  await openssl('ts', '-query', '-data', 'paper.txt', '-sm3', '-cert', '-out', 'question.tsq');
  const response = await fetch(`${origin}/pki/tsa`, { method: 'POST', headers: { 'content-type': 'application/timestamp-query' }, body: await readFile(at('question.tsq')) });
  await writeFile(at('answer.tsr'), Buffer.from(await response.arrayBuffer()));
  const text = await openssl('ts', '-reply', '-in', 'answer.tsr', '-text');
  for (const part of ['Status: Granted', 'Hash Algorithm: sm3']) expect(text).toContain(part);
  await openssl('ts', '-reply', '-in', 'answer.tsr', '-token_out', '-out', 'token.der');
  await openssl('pkcs7', '-inform', 'DER', '-in', 'token.der', '-print_certs', '-out', 'along.pem');
  const along = (await readFile(at('along.pem'), 'utf8')).match(/-----BEGIN[^-]+-----[^-]+-----END[^-]+-----\n/g) ?? [];
  await writeFile(at('stamper.crt'), along[0] ?? '');
  expect(await openssl('verify', ...ID, '-partial_chain', '-purpose', 'timestampsign', '-trusted', 'issuing.crt', 'stamper.crt')).toBe('stamper.crt: OK\n');
  const lines = await linesOf('token.der');
  const attributes = lines.findLast(({ what }) => what === 'cont [ 0 ]')?.offset ?? '';
  await cut('token.der', attributes, 'attributes.der');
  const [set, content] = [await readFile(at('attributes.der')), await run('openssl', ['cms', '-verify', '-noverify', '-nosigs', '-inform', 'DER', '-in', 'token.der'], { cwd: folder, encoding: 'buffer' })];
  // RFC 5652 §5.4: signed as the SET that the implicit tag stands for.
  set[0] = 0x31;
  await writeFile(at('signed.der'), set);
  await cut('token.der', lines.findLast(({ what }) => what === 'OCTET STRING')?.offset ?? '', 'signature.der');
  expect(await verifies('stamper', 'signed.der', 'signature.der')).toBe('Verified OK\n');
  expect(set.includes(createHash('sm3').update(content.stdout).digest())).toBe(true);
});

test('a key pair that is handed out opens with its password alone and fits its certificate (RFC 7292)', async () => {
  const { privateKey, request } = await makeKeyPair(national);
  await issue('handed', request);
  await writeFile(at('handed.p12'), await packPkcs12(privateKey, [await readFile(at('handed.crt'), 'utf8')], 'a password of twelve'));
  const key = await openssl('pkcs12', '-in', 'handed.p12', '-passin', 'pass:a password of twelve', '-nodes', '-nocerts');
  await writeFile(at('handed.key'), key.slice(key.indexOf('-----BEGIN')));
  expect(await openssl('pkey', '-in', 'handed.key', '-pubout')).toBe(await openssl('x509', '-in', 'handed.crt', '-noout', '-pubkey'));
  await expect(openssl('pkcs12', '-in', 'handed.p12', '-passin', 'pass:another', '-noout')).rejects.toThrow();
});

test('a request on SM2 proves possession: signed under another user id, or by another key, it is refused', async () => {
  await openssl('ecparam', '-name', 'SM2', '-genkey', '-noout', '-out', 'strange.key');
  await openssl('req', '-new', '-key', 'strange.key', '-sm3', '-sigopt', 'distid:another', '-out', 'strange.csr', '-subj', '/CN=x');
  await expect(issue('strange', await readFile(at('strange.csr'), 'utf8'))).rejects.toMatchObject({ code: 'certificate.no-possession' });
  const [one, two] = [new Pkcs10CertificateRequest(await newRequest('CN=x', national)), new Pkcs10CertificateRequest(await newRequest('CN=x', national))];
  const der = Buffer.from(one.rawData);
  const key = Buffer.from(one.publicKey.rawData).subarray(-64);
  Buffer.from(two.publicKey.rawData).copy(der, der.indexOf(key), two.publicKey.rawData.byteLength - 64);
  const stolen = `-----BEGIN CERTIFICATE REQUEST-----\n${der.toString('base64')}\n-----END CERTIFICATE REQUEST-----\n`;
  await expect(issue('stolen', stolen)).rejects.toMatchObject({ code: 'certificate.no-possession' });
});

test('what this authority never issued is unknown to its answers; a digest by MD5 gets no stamp', async () => {
  await openssl('ocsp', '-issuer', 'issuing.crt', '-sm3', '-serial', '0x1234567812345678', '-no_nonce', '-reqout', 'question.der');
  const response = await fetch(`${origin}/pki/ocsp`, { method: 'POST', headers: { 'content-type': 'application/ocsp-request' }, body: await readFile(at('question.der')) });
  await writeFile(at('answer.der'), Buffer.from(await response.arrayBuffer()));
  expect(await openssl('ocsp', '-respin', 'answer.der', '-resp_text', '-noverify')).toContain('Cert Status: unknown');
  await writeFile(at('paper.txt'), '一份文件');
  await openssl('ts', '-query', '-data', 'paper.txt', '-md5', '-cert', '-out', 'weak.tsq');
  const refused = await fetch(`${origin}/pki/tsa`, { method: 'POST', headers: { 'content-type': 'application/timestamp-query' }, body: await readFile(at('weak.tsq')) });
  await writeFile(at('weak.tsr'), Buffer.from(await refused.arrayBuffer()));
  expect(await openssl('ts', '-reply', '-in', 'weak.tsr', '-text')).toContain('unrecognized or unsupported algorithm identifier');
});

test('officials are told the suite, and the fingerprint of the root as openssl computes it', async () => {
  const told: unknown = await (await fetch(`${origin}/api/certificates/authority`, { headers: { 'x-test': 'yes' } })).json();
  const print = (await openssl('x509', '-in', 'root.crt', '-noout', '-fingerprint', '-sha256')).replace(/^.*=|[:\n]/g, '').toLowerCase();
  expect(told).toMatchObject({ suite: 'gm', root: print });
});

test('a request on P-256 is refused with the reason, and so is a listener for TLS, which no common program would verify', async () => {
  await expect(issue('other', await newRequest())).rejects.toMatchObject({ code: 'certificate.key-refused', params: { key: 'SM2' } });
  await expect(made.site.use(Authority).forListener(['localhost'])).rejects.toMatchObject({ code: 'certificate.no-tls' });
});

test('stamps for the trail are signed by SM2 with SM3 (OID 1.2.156.10197.1.501)', async () => {
  const token = await made.site.use(TimeStamps).stamp(createHash('sha256').update('head').digest());
  expect(token.includes(Buffer.from('06082a811ccf55018375', 'hex'))).toBe(true);
});
