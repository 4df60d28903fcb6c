import { randomUUID } from 'node:crypto';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { auditSchema, openAudit } from '@zhengwu/audit';
import { systemClock } from '@zhengwu/clock';
import { followSuite, gm, openKeyFile, type KeyStore } from '@zhengwu/crypto';
import { createTestDatabase, openPool, type TestDatabase } from '@zhengwu/database';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exportLog } from './export.ts';
import { PURPOSE, signHead } from './head.ts';
import { leafHash } from './merkle.ts';
import { proveRecord, verifyProof } from './proof.ts';
import { canonical, type AuditRecord } from './record.ts';
import { trailSchema } from './schema.ts';
import { LEAST_DAYS, verifyExport } from './verify.ts';
import { appendRecords } from './worker.ts';

let database: TestDatabase;
let keys: KeyStore;
let folder: string;
let file: string;
const passphrase = randomUUID();
let good: string;
let pem: string;
let early: string;
const heads = async (of: string) => (await readFile(join(of, 'heads.jsonl'), 'utf8')).trimEnd().split('\n');
const write = (from: number, count: number) => database.as(database.system, async (tx) => {
  for (let n = from; n < from + count; n++) await openAudit(database).record(tx, { event: 'case.accepted', subject: `c${n}`, detail: { amount: 12345678901234567890n.toString(), n } });
});
const fresh = () => appendRecords({ database, keys, clock: systemClock, batch: 4 });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'zhengwu-verify-'));
  database = await createTestDatabase({ modules: [auditSchema, trailSchema] });
  file = join(folder, 'keys', 'audit.json');
  keys = await openKeyFile(file, passphrase);
  await write(0, 10);
  await fresh();
  await write(10, 9);
  await fresh();
  good = join(folder, 'good');
  expect(await exportLog(database, good)).toBe(19);
  pem = await readFile(join(good, 'keys.pem'), 'utf8');
  early = (await heads(good))[1] as string;
});
afterAll(async () => {
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

interface Line { position: number; leaf: string; record: AuditRecord | null }
/** A copy of the export with its records changed by somebody who keeps leaves and positions in order where `isClever`. */
const altered = async (change: (lines: Line[]) => Line[], isClever = false): Promise<string> => {
  const copy = await mkdtemp(join(folder, 'copy-'));
  await cp(good, copy, { recursive: true });
  const lines = (await readFile(join(good, 'records.jsonl'), 'utf8')).trimEnd().split('\n').map((line) => JSON.parse(line) as Line);
  const changed = change(lines).map((line, position) => (isClever && line.record ? { position, leaf: leafHash(canonical(line.record)).toString('hex'), record: line.record } : line));
  await writeFile(join(copy, 'records.jsonl'), changed.map((line) => `${JSON.stringify(line)}\n`).join(''));
  return copy;
};
const codes = async (of: string, previous?: string) => [...new Set((await verifyExport(of, pem, previous)).findings.map(({ code }) => code))];
const forge = (lines: Line[]): Line[] => lines.map((line, at) => (at === 6 && line.record ? { ...line, record: { ...line.record, name: 'somebody else' } } : line));

describe('an export of the trail, verified with public keys alone', () => {
  test('holds as it is, with the head from before', async () => {
    expect(await verifyExport(good, pem, early)).toMatchObject({ findings: [], records: 19, retired: 0, head: { size: 19 } });
  });

  test('an altered record is named; with its leaf made to fit, the heads show where', async () => {
    const { findings } = await verifyExport(await altered(forge), pem);
    expect(findings).toEqual([{ code: 'altered', at: 6, record: expect.stringMatching(/^[0-9a-f-]{36}$/) as string }]);
    const clever = await verifyExport(await altered(forge, true), pem);
    expect(clever.findings[0]).toEqual({ code: 'root', at: 8 });
  });

  test.each([
    ['removed', (lines: Line[]) => lines.filter((_, at) => at !== 5)],
    ['removed from the end', (lines: Line[]) => lines.slice(0, -1)],
    ['inserted', (lines: Line[]) => [...lines.slice(0, 5), { ...(lines[2] as Line) }, ...lines.slice(5)]],
    ['reordered', (lines: Line[]) => [lines[1] as Line, lines[0] as Line, ...lines.slice(2)]],
    ['replaced by nothing', (lines: Line[]) => lines.map((line, at) => (at === 3 ? { ...line, record: null } : line))],
  ])('a record %s is found, plainly or with everything made to fit', async (_, change) => {
    expect(await codes(await altered(change))).not.toEqual([]);
    expect(await codes(await altered(change, true))).not.toEqual([]);
  });

  test('a head by another key, an altered one, heads in another order and none are found', async () => {
    const copy = await altered((lines) => lines);
    const list = await heads(good);
    const other = await openKeyFile(join(folder, 'keys', 'other.json'), randomUUID());
    const head = await signHead(await other.current(PURPOSE), { size: 19, root: '0'.repeat(64), at: new Date().toISOString(), retainedFrom: 0 });
    const [first, body, signature] = (list.at(-1) as string).split('.');
    const changed = Buffer.from(Buffer.from(body as string, 'base64url').toString().replace('"size":19', '"size":18')).toString('base64url');
    for (const [forged, found] of [[[...list, head], 'head-forged'], [[...list.slice(0, -1), [first, changed, signature].join('.')], 'head-forged'], [[...list].reverse(), 'head-rolled-back'], [[], 'no-head']] as const) {
      await writeFile(join(copy, 'heads.jsonl'), forged.map((line) => `${line}\n`).join(''));
      expect(await codes(copy)).toContain(found);
    }
  });

  test('a log rolled back behind a head that somebody kept, or rewritten before it, is found', async () => {
    const list = await heads(good);
    const back = await altered((lines) => lines.slice(0, 10));
    await writeFile(join(back, 'heads.jsonl'), list.filter((_, at) => at < 3).map((line) => `${line}\n`).join(''));
    expect(await codes(back)).toEqual([]);
    expect(await codes(back, list.at(-1))).toEqual(['previous-newer']);
    const elsewhere = await signHead(await keys.current(PURPOSE), { size: 4, root: '1'.repeat(64), at: new Date().toISOString(), retainedFrom: 0 });
    expect(await codes(good, elsewhere)).toEqual(['previous-differs']);
    expect(await codes(good, 'nonsense')).toEqual(['previous-forged']);
  });

  test('records count as removed after their time only where a head six months older covers them (网络安全法 §21 (3))', async () => {
    const copy = await altered((lines) => lines.map((line, at) => (at < 8 ? { ...line, record: null } : line)));
    const { head } = await verifyExport(good, pem);
    const list = await heads(good);
    const days = (n: number) => new Date(Date.now() - n * 86_400_000).toISOString();
    const eight = (JSON.parse(Buffer.from((list[1] as string).split('.')[1] as string, 'base64url').toString()) as { root: string }).root;
    const rewrite = async (age: number) => {
      const [old, now] = [await signHead(await keys.current(PURPOSE), { size: 8, root: eight, at: days(age), retainedFrom: 0 }), await signHead(await keys.current(PURPOSE), { size: 19, root: head?.root as string, at: days(0), retainedFrom: 8 })];
      await writeFile(join(copy, 'heads.jsonl'), `${old}\n${now}\n`);
      return codes(copy);
    };
    expect(await rewrite(LEAST_DAYS + 1)).toEqual([]);
    expect(await rewrite(LEAST_DAYS - 1)).toEqual(['removed-early']);
  });

  test('one record is proved by a file, and that the older log is its beginning; another record is not', async () => {
    const { record } = JSON.parse((await readFile(join(good, 'records.jsonl'), 'utf8')).split('\n')[12] as string) as Line;
    const proof = await proveRecord(good, record?.id as string, early);
    if (!proof) throw new Error('no proof');
    expect(await verifyProof(proof, pem)).toBe(true);
    expect(await verifyProof({ ...proof, record: { ...proof.record, subject: 'x' } }, pem)).toBe(false);
    expect(await verifyProof({ ...proof, previous: { head: (await heads(good))[0] as string, path: proof.previous?.path ?? [] } }, pem)).toBe(false);
    expect(await proveRecord(good, randomUUID())).toBeUndefined();
  });
});

test('heads go on under a new key and under the national suite (SM2 with SM3, GB/T 32918.2); all are judged with the public keys alone', async () => {
  await keys.rotate(PURPOSE);
  await write(19, 2);
  await fresh();
  const national = await openKeyFile(file, passphrase, gm);
  await followSuite(national, PURPOSE);
  await write(21, 2);
  await appendRecords({ database, keys: national, clock: systemClock });
  const place = join(folder, 'renewed');
  await exportLog(database, place);
  const all = await readFile(join(place, 'keys.pem'), 'utf8');
  expect((await heads(place)).map((jws) => (JSON.parse(Buffer.from(jws.split('.')[0] ?? '', 'base64url').toString()) as { alg: string }).alg).slice(-2)).toEqual(['ES256', 'SM2-SM3']);
  expect(all.match(/BEGIN PUBLIC KEY/g)).toHaveLength(3);
  expect(await verifyExport(place, all, early)).toMatchObject({ findings: [], records: 24 });
  const last = (await heads(place)).length;
  expect((await verifyExport(place, pem)).findings.slice(0, 2)).toEqual([{ code: 'head-forged', at: last - 1 }, { code: 'head-forged', at: last }]);
  const forged = (await heads(place)).map((jws, at) => (at === last - 1 ? jws.replace(/.$/, (end) => (end === 'A' ? 'Q' : 'A')) : jws));
  await writeFile(join(place, 'heads.jsonl'), forged.map((jws) => `${jws}\n`).join(''));
  expect((await verifyExport(place, all)).findings[0]).toEqual({ code: 'head-forged', at: last });
  const proof = await proveRecord(good, ((JSON.parse((await readFile(join(good, 'records.jsonl'), 'utf8')).split('\n')[3] as string) as Line).record as AuditRecord).id, early);
  expect(proof && (await verifyProof(proof, all))).toBe(true);
});

test('what somebody changes or removes straight in the database, past all rights of the site, is found', async () => {
  const pool = openPool(database.config, database.config.owner, 1);
  try {
    await pool.query('alter table audit.record no force row level security');
    await pool.query(`update audit.record set detail = jsonb_set(detail, '{n}', '99') where subject = 'c3'`);
    await pool.query(`delete from audit.record where subject = 'c7'`);
  } finally {
    await pool.end();
  }
  await fresh();
  await exportLog(database, join(folder, 'tampered'));
  const { findings } = await verifyExport(join(folder, 'tampered'), await readFile(join(folder, 'tampered', 'keys.pem'), 'utf8'), early);
  expect(findings).toEqual([expect.objectContaining({ code: 'altered', at: 3 }), { code: 'removed', at: 7 }]);
});
