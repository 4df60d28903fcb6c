import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Authority } from '@zhengwu/certificates';
import { gm, intl } from '@zhengwu/crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openContainer } from './downloading.ts';
import { ask, CENTRE, openFederation, openSystem, TAX, type System, type TestFederation } from './nodes.fixture.ts';
import { putService } from './store.ts';
import { verifyContainer } from './verifying.ts';
import { readZip } from './zip.ts';

const id16 = '1234567812345678';

/** What docs/data/exchange.md tells an outsider to do, in a shell, with nothing but openssl. */
const WAY = `set -e
openssl dgst -sha256 -binary <(printf '\\0'; cat META-INF/proof/signature.der) > node
for f in META-INF/proof/path/*; do
  case $f in
    *.left) (printf '\\1'; cat $f node) ;;
    *.right) (printf '\\1'; cat node $f) ;;
    *) continue ;;
  esac | openssl dgst -sha256 -binary > next
  mv next node
done
cmp node META-INF/proof/root.bin`;

describe.each([['international', intl], ['national 国密', gm]] as const)('an outsider with openssl alone: %s', (_name, suite) => {
  let federation: TestFederation;
  let system: System;
  let folder: string;
  let container: Buffer;
  const isNational = suite === gm;
  const openssl = (...args: string[]): string => execFileSync('openssl', args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  const bash = (script: string): string => execFileSync('bash', ['-c', isNational ? script.replaceAll('-sha256', '-sm3') : script], { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

  beforeAll(async () => {
    federation = await openFederation(suite);
    folder = await mkdtemp(join(tmpdir(), 'zhengwu-container-'));
    execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', join(federation.folder, 'tls.key'), '-out', join(federation.folder, 'tls.pem'), '-days', '2', '-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1'], { stdio: 'ignore' });
    const gateway = { ZHENGWU_EXCHANGE_TLS_CERT_FILE: join(federation.folder, 'tls.pem'), ZHENGWU_EXCHANGE_TLS_KEY_FILE: join(federation.folder, 'tls.key'), ZHENGWU_CRYPTO_SUITE: 'gm' };
    // A national node and an international one exchange with each other.
    const [centre, tax] = [await federation.open('DEMO/GOV/YC-ZW/main', CENTRE, isNational ? gateway : {}), await federation.open('DEMO/GOV/YC-SW/main', TAX)];
    await federation.join([centre, tax]);
    await Promise.all([centre.start(), tax.start()]);
    system = await openSystem((asked, _request, response) => void response.end(`got ${asked.body.length}`));
    await tax.made.database.as(tax.made.database.system, (tx) => putService(tx, { subsystem: TAX, code: 'svc', name: 'svc', kind: 'REST', address: system.address, openapi: null, timeout_seconds: 5, ca: null, is_on: true }));
    await tax.exchange.allow({ kind: 'subsystem', subject: CENTRE, provider: TAX, service: 'svc', method: '*', path: '**', until: null }, 'test', 'test');
    const port = centre.exchange.ports().plain as number;
    const got = await Promise.all(Array.from({ length: 6 }, (_, at) => ask(port, `/r1/${TAX}/svc/${at}`, { method: 'POST', body: `body ${at}` })));
    expect(got.map(({ status }) => status)).toEqual(got.map(() => 200));
    const node = await centre.running.node();
    await node.stamping.stamp();
    const { rows: [row] } = await centre.made.database.as(centre.made.database.system, (tx) => tx.query<{ id: string }>("select id from exchange.record where request = $1 and kind = 'request'", [got[3]?.headers['x-road-request-id']]));
    const parts: Buffer[] = [];
    for await (const part of (await openContainer(node, row?.id ?? '')).body) parts.push(part as Buffer);
    container = Buffer.concat(parts);
    const chain = await centre.made.site.use(Authority).chain();
    await writeFile(join(folder, 'trusted.pem'), chain.slice(chain.lastIndexOf('-----BEGIN')));
    await writeFile(join(folder, 'issuing.pem'), chain.slice(0, chain.lastIndexOf('-----BEGIN')));
    await writeFile(join(folder, 'message.asice'), container);
    execFileSync('python3', ['-m', 'zipfile', '-e', 'message.asice', '.'], { cwd: folder });
    for (const [name, content] of readZip(container) ?? []) {
      await mkdir(dirname(join(folder, name)), { recursive: true });
      await writeFile(join(folder, name), content);
    }
  });
  afterAll(async () => {
    await system.close();
    await federation.close();
    await rm(folder, { recursive: true, force: true });
  });

  test('our own offline check holds', async () => {
    expect((await verifyContainer(container)).kind).toBe('request');
  });
  test('openssl dgst: the digests in the signed manifest are those of the files', () => {
    for (const file of ['message.txt', 'body.bin']) {
      const digest = bash(`openssl dgst ${isNational ? '-sm3' : '-sha512'} -binary ${file} | openssl base64 -A`);
      expect(bash('cat META-INF/ASiCManifest001.xml'), file).toContain(`<ds:DigestValue>${digest}</ds:DigestValue>`);
    }
  });
  test('openssl dgst -verify: the signature is over attributes that hold the digest of the manifest', () => {
    openssl('x509', '-in', 'META-INF/proof/signer.pem', '-noout', '-pubkey', '-out', 'signer.pub');
    const national = isNational ? ['-sigopt', `distid:${id16}`] : [];
    const verify = (file: string): string => openssl('dgst', isNational ? '-sm3' : '-sha256', '-verify', 'signer.pub', ...national, '-signature', 'META-INF/proof/signature.der', file);
    expect(verify('META-INF/proof/signed.der')).toContain('Verified OK');
    expect(() => verify('META-INF/proof/signer.pem')).toThrow();
    const digest = bash('openssl dgst -sha256 -r META-INF/ASiCManifest001.xml').slice(0, 64);
    expect(openssl('asn1parse', '-inform', 'DER', '-in', 'META-INF/proof/signed.der')).toContain(digest.toUpperCase());
  });
  test('openssl verify: the certificate leads to the root that the reader trusts', () => {
    const national = isNational ? ['-vfyopt', `distid:${id16}`, '-partial_chain', '-trusted', 'issuing.pem'] : ['-CAfile', 'trusted.pem', '-untrusted', 'META-INF/proof/chain.pem'];
    expect(openssl('verify', ...national, 'META-INF/proof/signer.pem')).toContain('OK');
  });
  test('the way from the signature leads to the batch', () => {
    expect(() => bash(WAY)).not.toThrow();
    expect(bash('openssl dgst -sha256 -binary stamp/batch.txt > /dev/null; cat stamp/batch.txt')).toContain(`root:${bash("od -An -v -tx1 META-INF/proof/root.bin | tr -d ' \\n'")}`);
  });
  // openssl 3.0 knows neither time-stamps nor CMS on SM2; `exchange verify` judges both there.
  if (isNational) return;
  test('openssl ts -verify: the time-stamp is over the manifest of the batch', () => {
    const verify = (file: string): string => openssl('ts', '-verify', '-data', file, '-in', 'META-INF/timestamp002.tst', '-token_in', '-CAfile', 'trusted.pem', '-untrusted', 'META-INF/proof/stamp-chain.pem');
    expect(verify('META-INF/ASiCManifest002.xml')).toContain('Verification: OK');
    expect(() => verify('META-INF/ASiCManifest001.xml')).toThrow();
    expect(bash('cat META-INF/ASiCManifest002.xml')).toContain(bash('openssl dgst -sha256 -binary stamp/batch.txt | openssl base64 -A'));
  });
  test('openssl cms -verify: the signature is CAdES over the manifest', () => {
    expect(() => openssl('cms', '-verify', '-binary', '-inform', 'DER', '-in', 'META-INF/signature001.p7s', '-content', 'META-INF/ASiCManifest001.xml', '-CAfile', 'trusted.pem', '-purpose', 'any', '-out', '/dev/null')).not.toThrow();
  });
});
