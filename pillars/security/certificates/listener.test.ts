import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openKeyFile } from '@zhengwu/crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { beginAuthority, openIssuer, type Issuer } from './authority.ts';
import { issueCertificate } from './issuing.ts';
import { issueListenerCertificate } from './listener.ts';
import type { Holder } from './profiles.ts';
import { subjectOf } from './subject.ts';

const now = new Date();
const uscc = '91350100M000100Y43';
let folder = '';
let issuer: Issuer;
let root = '';
const at = (name: string): string => join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'zhengwu-listener-'));
  const keys = await openKeyFile(at('data/keys'), 'passphrase of the site');
  const chain = await beginAuthority({ name: '云川市人民政府', demo: true, rootFile: at('root.key'), passphrase: 'passphrase of the root', dataFolder: at('data'), keys, now: new Date(now.getTime() - 7_200_000) });
  root = chain.root;
  issuer = await openIssuer(keys, chain.issuing);
});
afterAll(() => rm(folder, { recursive: true }));

test('a listener’s certificate serves its names and addresses and none besides, to openssl too (RFC 9525 §6)', async () => {
  const made = await issueListenerCertificate(issuer, ['site.example', '127.0.0.1'], now);
  await writeFile(at('root.crt'), root);
  await writeFile(at('server.crt'), made.certificate);
  const verify = (...more: string[]): string => execFileSync('openssl', ['verify', '-purpose', 'sslserver', '-CAfile', at('root.crt'), '-untrusted', at('server.crt'), ...more, at('server.crt')], { stdio: ['ignore', 'pipe', 'ignore'] }).toString();
  expect(verify('-verify_hostname', 'site.example')).toContain('OK');
  expect(verify('-verify_ip', '127.0.0.1')).toContain('OK');
  expect(() => verify('-verify_hostname', 'other.example')).toThrow();
  expect(() => execFileSync('openssl', ['verify', '-purpose', 'sslclient', '-CAfile', at('root.crt'), '-untrusted', at('server.crt'), at('server.crt')], { stdio: 'ignore' })).toThrow();
  expect(subjectOf(new X509Certificate(made.certificate).raw)).toBeUndefined();
});

test('what a profile wrote into a certificate is read back, and nothing of what the request chose', async () => {
  execFileSync('openssl', ['req', '-new', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', at('a.key'), '-out', at('a.csr'), '-subj', '/CN=chosen/serialNumber=W-2'], { stdio: 'ignore' });
  const request = await readFile(at('a.csr'), 'utf8');
  const holders: [Holder, object][] = [
    [{ kind: 'person', name: '张伟', pseudonym: 'ab12' }, { kind: 'person', subject: 'ab12', name: '张伟', uscc: null }],
    [{ kind: 'institution', name: '云川市政务服务局', uscc }, { kind: 'institution', subject: uscc, name: '云川市政务服务局', uscc }],
    [{ kind: 'device', name: '窗口一号', deviceId: 'W-1', institution: '云川市政务服务局', uscc }, { kind: 'device', subject: 'W-1', name: '窗口一号', uscc }],
  ];
  for (const [holder, wanted] of holders) {
    const { certificate } = await issueCertificate(issuer, { holder, request, revocationList: 'http://127.0.0.1/crl', now });
    expect(subjectOf(new X509Certificate(certificate).raw)).toMatchObject(wanted);
  }
  expect(subjectOf(new X509Certificate(root).raw)).toBeUndefined();
});
