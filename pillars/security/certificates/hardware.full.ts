import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openHardwareKeys } from '@zhengwu/crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { beginAuthority, openIssuer } from './authority.ts';
import { issueCertificate } from './issuing.ts';
import { issueRevocationList } from './revocation-list.ts';

const MODULE = ['/usr/lib/softhsm/libsofthsm2.so', '/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so', '/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so'].find((path) => existsSync(path)) ?? 'libsofthsm2.so';
const before = process.env.SOFTHSM2_CONF;
let folder = '';
const at = (name: string): string => join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'zhengwu-hardware-'));
  await mkdir(at('tokens'));
  await writeFile(at('softhsm2.conf'), `directories.tokendir = ${at('tokens')}\nobjectstore.backend = file\n`);
  process.env.SOFTHSM2_CONF = at('softhsm2.conf');
  execFileSync('softhsm2-util', ['--init-token', '--free', '--label', 'city', '--so-pin', '87654321', '--pin', '48151623']);
  await writeFile(at('pin'), '48151623');
});
afterAll(async () => {
  if (before === undefined) delete process.env.SOFTHSM2_CONF;
  else process.env.SOFTHSM2_CONF = before;
  await rm(folder, { recursive: true });
});

test('an issuing key that never leaves its token signs certificates and lists that openssl verifies', async () => {
  const keys = await openHardwareKeys({ module: MODULE, token: 'city', pinFile: at('pin') });
  const now = new Date(Date.now() - 60_000);
  const chain = await beginAuthority({ name: '云川市人民政府', demo: true, rootFile: at('root.key'), passphrase: 'passphrase of the root', dataFolder: at('data'), keys, now });
  execFileSync('openssl', ['req', '-new', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', at('kiosk.key'), '-out', at('kiosk.csr'), '-subj', '/CN=kiosk']);
  const issuer = await openIssuer(keys, chain.issuing);
  const request = execFileSync('cat', [at('kiosk.csr')]).toString();
  const holder = { kind: 'institution', name: '云川市政务服务中心', uscc: '91350100M000100Y43' } as const;
  const issued = await issueCertificate(issuer, { holder, request, revocationList: 'http://127.0.0.1/crl', now });
  await writeFile(at('root.crt'), chain.root);
  await writeFile(at('issuing.crt'), chain.issuing);
  await writeFile(at('kiosk.crt'), issued.certificate);
  const verify = (...more: string[]): string => execFileSync('openssl', ['verify', ...more, '-CAfile', at('root.crt'), '-untrusted', at('issuing.crt'), at('kiosk.crt')], { stdio: ['ignore', 'pipe', 'ignore'] }).toString();
  expect(verify()).toContain('OK');
  await writeFile(at('ca.crl'), await issueRevocationList(issuer, [{ serial: issued.serial, at: now, reason: 'keyCompromise' }], now));
  expect(() => verify('-crl_check', '-CRLfile', at('ca.crl'))).toThrow();
});
