import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { auditSchema, openAudit } from '@zhengwu/audit';
import { systemClock } from '@zhengwu/clock';
import { openKeyFile } from '@zhengwu/crypto';
import { createTestDatabase, type TestDatabase } from '@zhengwu/database';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { exportLog } from './export.ts';
import { trailSchema } from './schema.ts';
import { verifyExport } from './verify.ts';
import { appendRecords } from './worker.ts';

const CONFIG = `
[tsa]
default_tsa = own
[own]
serial = ./serial
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
ess_cert_id_alg = sha256
[stamping]
extendedKeyUsage = critical,timeStamping
[root]
basicConstraints = critical,CA:true
keyUsage = critical,keyCertSign
`;
let folder: string;
let database: TestDatabase;
let exported: string;
let pem: string;
const openssl = (...args: string[]): Buffer => execFileSync('openssl', args, { cwd: folder, stdio: ['ignore', 'pipe', 'ignore'] });
const certificate = (name: string, section: string, more: string[]): void => {
  openssl('req', '-new', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', `${name}.key`, '-out', `${name}.csr`, '-subj', `/CN=${name}`);
  openssl('x509', '-req', '-in', `${name}.csr`, '-days', '30', '-extfile', 'tsa.cnf', '-extensions', section, '-out', `${name}.pem`, ...more);
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'zhengwu-stamps-'));
  await writeFile(join(folder, 'tsa.cnf'), CONFIG);
  await writeFile(join(folder, 'serial'), '01');
  certificate('root', 'root', ['-signkey', 'root.key']);
  certificate('tsa', 'stamping', ['-CA', 'root.pem', '-CAkey', 'root.key', '-CAcreateserial']);
  certificate('other', 'root', ['-signkey', 'other.key']);
  const stamp = async (digest: Buffer): Promise<Buffer> => {
    openssl('ts', '-query', '-digest', digest.toString('hex'), '-sha256', '-cert', '-no_nonce', '-out', 'q.tsq');
    openssl('ts', '-reply', '-config', 'tsa.cnf', '-queryfile', 'q.tsq', '-signer', 'tsa.pem', '-inkey', 'tsa.key', '-token_out', '-out', 'token.der');
    return readFile(join(folder, 'token.der'));
  };
  database = await createTestDatabase({ modules: [auditSchema, trailSchema] });
  const keys = await openKeyFile(join(folder, 'keys', 'audit.json'), randomUUID());
  await database.as(database.system, (tx) => openAudit(database).record(tx, { event: 'case.accepted', subject: 'c1' }));
  await appendRecords({ database, keys, clock: systemClock, stamp });
  exported = join(folder, 'export');
  await exportLog(database, exported);
  pem = await readFile(join(exported, 'keys.pem'), 'utf8');
});
afterAll(async () => {
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

const chain = (name: string) => readFile(join(folder, `${name}.pem`), 'utf8');

test('openssl accepts the stamp of the exported head, and so does the offline check (RFC 3161)', async () => {
  const head = (await readFile(join(exported, 'heads.jsonl'), 'utf8')).trim();
  const { token } = JSON.parse(await readFile(join(exported, 'stamps.jsonl'), 'utf8')) as { token: string };
  await writeFile(join(folder, 'head'), head);
  await writeFile(join(folder, 'exported.der'), Buffer.from(token, 'base64'));
  expect(() => openssl('ts', '-verify', '-data', 'head', '-in', 'exported.der', '-token_in', '-CAfile', 'root.pem', '-untrusted', 'tsa.pem')).not.toThrow();
  await writeFile(join(folder, 'head'), `${head}x`);
  expect(() => openssl('ts', '-verify', '-data', 'head', '-in', 'exported.der', '-token_in', '-CAfile', 'root.pem', '-untrusted', 'tsa.pem')).toThrow();
  expect(await verifyExport(exported, pem, undefined, await chain('root'))).toMatchObject({ findings: [], stamped: 1 });
});

test('a stamp by another authority, of another head and none at all are found', async () => {
  const codes = async (tsa: string) => (await verifyExport(exported, pem, undefined, tsa)).findings.map(({ code }) => code);
  expect(await codes(await chain('other'))).toEqual(['stamp-forged']);
  const path = join(exported, 'stamps.jsonl');
  const good = await readFile(path, 'utf8');
  const { head, token } = JSON.parse(good) as { head: string; token: string };
  const bytes = Buffer.from(token, 'base64');
  bytes[bytes.length - 4] = (bytes[bytes.length - 4] ?? 0) ^ 1;
  await writeFile(path, `${JSON.stringify({ head, token: bytes.toString('base64') })}\n`);
  expect(await codes(await chain('root'))).toEqual(['stamp-forged']);
  await writeFile(path, '');
  expect(await codes(await chain('root'))).toEqual(['stamp-missing']);
});
