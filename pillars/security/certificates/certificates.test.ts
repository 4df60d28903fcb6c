import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createHmacSigner, openKeyFile, type KeyStore } from '@zhengwu/crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { beginAuthority, openIssuer, type Issuer, type NewAuthority } from './authority.ts';
import { issueCertificate } from './issuing.ts';
import { policyOids, pseudonymOf, type Holder } from './profiles.ts';
import { readRequest } from './request.ts';
import { international } from './suites.ts';
import { issueRevocationList } from './revocation-list.ts';

const run = promisify(execFile);
const now = new Date(Date.now() - 60_000);
let folder: string;
let keys: KeyStore;
let wish: NewAuthority;
let issuer: Issuer;
let chain: { root: string; issuing: string };
const at = (name: string): string => join(folder, name);
const openssl = async (...args: string[]): Promise<string> => {
  const { stdout, stderr } = await run('openssl', args, { cwd: folder });
  return stdout + stderr;
};
const requestOf = async (name: string, curve = 'P-256'): Promise<string> => {
  await openssl('req', '-new', '-newkey', 'ec', '-pkeyopt', `ec_paramgen_curve:${curve}`, '-nodes', '-keyout', `${name}.key`, '-out', `${name}.csr`, '-subj', '/CN=chosen by the applicant');
  return readFile(at(`${name}.csr`), 'utf8');
};
const uscc = '91350100M000100Y43';
const institution: Holder = { kind: 'institution', name: '云川市政务服务局', uscc };
const issue = async (holder: Holder, name: string) => {
  const issued = await issueCertificate(issuer, { holder, request: await requestOf(name), revocationList: 'http://127.0.0.1/ca.crl', now });
  await writeFile(at(`${name}.crt`), issued.certificate);
  return issued;
};
const verify = (name: string, ...more: string[]) => openssl('verify', '-x509_strict', '-CAfile', 'root.crt', '-untrusted', 'issuing.crt', ...more, `${name}.crt`);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ca-'));
  keys = await openKeyFile(at('data/keys'), 'passphrase of the site');
  wish = { name: '云川市', demo: true, rootFile: at('stick/root'), passphrase: 'passphrase of the root', dataFolder: at('data'), keys, now };
  chain = await beginAuthority(wish);
  issuer = await openIssuer(keys, chain.issuing);
  await writeFile(at('root.crt'), chain.root);
  await writeFile(at('issuing.crt'), chain.issuing);
});
afterAll(() => rm(folder, { recursive: true }));

describe('authority', () => {
  test('begin, root key, is encrypted outside the data folder and not in the key store of the site', async () => {
    expect((await keys.all()).map(({ purpose }) => purpose)).toEqual(['ca-issuing']);
    await expect(openKeyFile(wish.rootFile, 'another passphrase')).rejects.toThrow('wrong passphrase');
    await expect(beginAuthority({ ...wish, rootFile: at('data/root') })).rejects.toMatchObject({ code: 'certificate.root-inside' });
    expect(existsSync(at('data/root'))).toBe(false);
  });
  test('begin, twice, does not overwrite the root', async () => {
    await expect(beginAuthority(wish)).rejects.toMatchObject({ code: 'certificate.root-exists' });
  });
  test('begin, demo, says so in the name', async () => {
    expect(await openssl('x509', '-in', 'issuing.crt', '-noout', '-subject', '-nameopt', 'utf8')).toContain('DEMO');
  });
  test('open, certificate of another key, is refused', async () => {
    await expect(openIssuer(keys, chain.root)).rejects.toThrow('is not the one');
  });
});

describe('certificate', () => {
  test('issue, institution, chain verifies with openssl and names the code where it belongs (EN 319 412-1 §5.1.4)', async () => {
    await issue(institution, 'institution');
    expect(await verify('institution')).toContain('institution.crt: OK');
    const text = await openssl('x509', '-in', 'institution.crt', '-noout', '-text');
    expect(text).toContain(`NTRCN-${uscc}`);
    expect(text).toContain(policyOids.institution);
    expect(text).not.toContain('chosen by the applicant');
  });
  test('issue, person, shows a pseudonym and never the citizen number', async () => {
    const citizenNumber = '11010519491231002X';
    const pseudonym = pseudonymOf(createHmacSigner('secret of sixteen bytes', 'certificate-pseudonym'), citizenNumber);
    await issue({ kind: 'person', name: '王小明', pseudonym }, 'person');
    expect(await verify('person')).toContain('OK');
    const text = await openssl('x509', '-in', 'person.crt', '-noout', '-text');
    expect(text).toContain(pseudonym);
    expect(text).not.toContain(citizenNumber);
  });
  test('issue, serial numbers, carry 64 random bits and more and agree with openssl', async () => {
    const { serial } = await issue({ kind: 'device', name: '窗口一号', deviceId: 'W-1', institution: '云川市政务服务局', uscc }, 'device');
    expect(serial).toMatch(/^[4-7][0-9a-f]{31}$/);
    expect((await openssl('x509', '-in', 'device.crt', '-noout', '-serial')).toLowerCase()).toContain(serial);
  });
  test('issue, credit code with a wrong check character (GB 32100), is refused', async () => {
    await expect(issue({ ...institution, uscc: '91350100M000100Y44' }, 'wrong')).rejects.toMatchObject({ code: 'certificate.identifier-invalid' });
  });
});

describe('request', () => {
  test('read, altered signature, proves no possession (RFC 2986 §3)', async () => {
    const der = Buffer.from((await requestOf('altered')).replace(/-----[^-]+-----|\s/g, ''), 'base64');
    der[der.length - 1] = (der[der.length - 1] ?? 0) ^ 1;
    const altered = `-----BEGIN CERTIFICATE REQUEST-----\n${der.toString('base64')}\n-----END CERTIFICATE REQUEST-----\n`;
    await expect(readRequest(altered, international)).rejects.toMatchObject({ code: 'certificate.no-possession' });
  });
  test('read, another curve or no request, is refused', async () => {
    await expect(readRequest(await requestOf('other', 'P-384'), international)).rejects.toMatchObject({ code: 'certificate.key-refused' });
    await expect(readRequest('nonsense', international)).rejects.toMatchObject({ code: 'certificate.request-unreadable' });
  });
});

describe('revocation list', () => {
  test('issue, openssl refuses what is revoked or on hold and accepts what is not', async () => {
    const gone = await issue(institution, 'gone');
    const held = await issue(institution, 'held');
    await issue(institution, 'good');
    const list = await issueRevocationList(issuer, [{ serial: gone.serial, at: now, reason: 'keyCompromise' }, { serial: held.serial, at: now, reason: 'certificateHold' }], now);
    expect(list).toMatch(/^-----BEGIN X509 CRL-----\n/);
    await writeFile(at('ca.crl'), list);
    const text = await openssl('crl', '-in', 'ca.crl', '-noout', '-text', '-CAfile', 'issuing.crt', '-verify');
    for (const part of ['verify OK', gone.serial.toUpperCase(), 'Key Compromise', 'Certificate Hold', 'Next Update']) expect(text).toContain(part);
    const check = ['-crl_check', '-CRLfile', 'ca.crl'];
    expect(await verify('good', ...check)).toContain('OK');
    await expect(verify('gone', ...check)).rejects.toMatchObject({ stderr: expect.stringContaining('certificate revoked') });
    await expect(verify('held', ...check)).rejects.toMatchObject({ stderr: expect.stringContaining('certificate revoked') });
  });
});
