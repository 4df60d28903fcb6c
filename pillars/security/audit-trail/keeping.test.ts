import { randomUUID } from 'node:crypto';
import { appendFile, cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { auditSchema, openAudit } from '@zhengwu/audit';
import { systemClock } from '@zhengwu/clock';
import { openKeyFile, type KeyStore } from '@zhengwu/crypto';
import { createTestDatabase, type TestDatabase } from '@zhengwu/database';
import { afterAll, beforeAll, expect, test } from 'vitest';
import './errors.ts';
import { exportLog } from './export.ts';
import { copyOut, retire } from './keeping.ts';
import { trailSchema } from './schema.ts';
import * as store from './store.ts';
import { verifyExport } from './verify.ts';
import { appendRecords } from './worker.ts';

let database: TestDatabase;
let keys: KeyStore;
let folder: string;
let place: string;
let pem: string;
const system = <T>(work: Parameters<TestDatabase['as']>[1]) => database.as(database.system, work) as Promise<T>;
const write = async (count: number) => {
  await system(async (tx) => {
    for (let n = 0; n < count; n++) await openAudit(database).record(tx, { event: 'case.accepted', subject: `c${n}` });
  });
  await appendRecords({ database, keys, clock: systemClock, batch: 5 });
};
const codes = async (of: string) => [...new Set((await verifyExport(of, pem)).findings.map(({ code }) => code))];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'zhengwu-keeping-'));
  place = join(folder, 'second');
  database = await createTestDatabase({ modules: [auditSchema, trailSchema] });
  keys = await openKeyFile(join(folder, 'keys', 'audit.json'), randomUUID());
  await write(10);
  pem = (await keys.current('audit')).publicKey.export({ type: 'spki', format: 'pem' }) as string;
});
afterAll(async () => {
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

test('bundles hold what is new, each verified alone; what was written to one half is written again', async () => {
  await mkdir(join(place, '.bundle-000001.part'), { recursive: true });
  await writeFile(join(place, '.bundle-000001.part', 'records.jsonl'), 'half a li');
  expect(await copyOut(database, place)).toBe(1);
  expect(await copyOut(database, place)).toBe(0);
  await write(7);
  expect(await copyOut(database, place)).toBe(1);
  expect((await readdir(place)).sort()).toEqual(['bundle-000001', 'bundle-000002']);
  expect(await codes(join(place, 'bundle-000001'))).toEqual([]);
  const second = join(place, 'bundle-000002');
  expect(await codes(second)).toEqual([]);
  const copy = join(folder, 'altered');
  await cp(second, copy, { recursive: true });
  await writeFile(join(copy, 'records.jsonl'), (await readFile(join(second, 'records.jsonl'), 'utf8')).replace('case.accepted', 'case.rejected'));
  expect(await codes(copy)).toContain('altered');
  await writeFile(join(copy, 'start.json'), '{"size":3,"edge":[]}');
  expect(await codes(copy)).toContain('start-forged');
});

test('a bundle that was named but not noted, when the site was killed, is taken over', async () => {
  await write(4);
  const before = await system<{ number: number; until: number }>((tx) => store.bundledUntil(tx));
  const size = await system<number | null>((tx) => store.headWithin(tx, before.until, 1_000_000));
  expect(await copyOut(database, place)).toBe(1);
  expect(await system((tx) => store.bundledUntil(tx))).toEqual({ number: before.number + 1, until: size });
});

test('a place that cannot be written to is told of, and nothing counts as copied', async () => {
  await write(3);
  const before = await system((tx) => store.bundledUntil(tx));
  await expect(copyOut(database, join(folder, 'keys', 'audit.json', 'below-a-file'))).rejects.toThrow();
  expect(await system((tx) => store.bundledUntil(tx))).toEqual(before);
  await copyOut(database, place);
});

test('an export killed on the way goes on where it stopped', async () => {
  const whole = join(folder, 'whole');
  const size = await exportLog(database, whole);
  const draft = join(folder, '.again.part');
  await mkdir(draft);
  await writeFile(join(draft, '.until'), String(size));
  const lines = (await readFile(join(whole, 'records.jsonl'), 'utf8')).split('\n');
  await writeFile(join(draft, 'records.jsonl'), `${lines.slice(0, 6).join('\n')}\n`);
  await appendFile(join(draft, 'records.jsonl'), '{"position":6,"le');
  expect(await exportLog(database, join(folder, 'again'))).toBe(size);
  expect(await readFile(join(folder, 'again', 'records.jsonl'), 'utf8')).toBe(await readFile(join(whole, 'records.jsonl'), 'utf8'));
  expect(await codes(join(folder, 'again'))).toEqual([]);
});

test('records younger than six months stay whatever is asked (网络安全法 §21 (3))', async () => {
  expect(await retire({ database, keys, clock: systemClock, months: 1 })).toBe(0);
  await expect(system((tx) => store.removeBodies(tx, 10))).rejects.toMatchObject({ code: 'trail.keeps' });
  await expect(system((tx) => tx.query('delete from audit.record'))).rejects.toMatchObject({ code: '42501' });
});

test('what is old and verified in the second place goes; its leaves prove the rest, and a head says so', async () => {
  const old = new Date(Date.now() - 200 * 86_400_000);
  const fresh = await createTestDatabase({ modules: [auditSchema, trailSchema] });
  try {
    await fresh.as(fresh.system, async (tx) => {
      for (let n = 0; n < 6; n++) await tx.query(`insert into audit.record (kind, event, subject, at) values ('system', 'case.old', 'old', now() - interval '201 days')`);
    });
    await appendRecords({ database: fresh, keys, clock: { now: () => old } });
    const aged = join(folder, 'aged');
    expect(await retire({ database: fresh, keys, clock: systemClock, months: 6 })).toBe(0);
    expect(await copyOut(fresh, aged)).toBe(1);
    expect(await retire({ database: fresh, keys, clock: systemClock, months: 36 })).toBe(0);
    expect(await retire({ database: fresh, keys, clock: systemClock, months: 6 })).toBe(6);
    expect(await retire({ database: fresh, keys, clock: systemClock, months: 6 })).toBe(0);
    await exportLog(fresh, join(folder, 'after'));
    expect(await verifyExport(join(folder, 'after'), pem)).toMatchObject({ findings: [], retired: 6, head: { size: 6, retainedFrom: 6 } });
  } finally {
    await fresh.drop();
  }
});
