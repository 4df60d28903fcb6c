import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { openAudit, auditSchema, type Audit } from '@zhengwu/audit';
import { systemClock } from '@zhengwu/clock';
import { openKeyFile, type KeyStore } from '@zhengwu/crypto';
import { createTestDatabase, type TestDatabase } from '@zhengwu/database';
import { afterAll, beforeEach, afterEach, expect, test } from 'vitest';
import { keysIn, readHead } from './head.ts';
import { append, emptyEdge, rootOf } from './merkle.ts';
import { trailSchema } from './schema.ts';
import { appendRecords, type Appending } from './worker.ts';

let database: TestDatabase;
let audit: Audit;
let appending: Appending;
const stores: KeyStore[] = [];
beforeEach(async () => {
  database = await createTestDatabase({ modules: [auditSchema, trailSchema] });
  audit = openAudit(database);
  const keys = stores[0] ?? (await openKeyFile(join(tmpdir(), `zhengwu-trail-${randomUUID()}`, 'audit.json'), randomUUID()));
  stores[0] = keys;
  appending = { database, keys, clock: systemClock, batch: 7 };
});
afterEach(() => database.drop());
afterAll(() => stores.splice(0));

const write = (count: number, prefix = 'c') =>
  database.as(database.system, async (tx) => {
    for (let n = 0; n < count; n++) await audit.record(tx, { event: 'case.accepted', subject: `${prefix}${n}` });
  });
const query = async <R>(text: string, values: unknown[] = []) => (await database.as(database.system, (tx) => tx.query<R & Record<string, unknown>>(text, values))).rows;

/** The log is whole: every record once, positions without a gap, the last signed head over all of it. */
const expectWhole = async (count: number): Promise<void> => {
  const entries = await query<{ position: number; leaf: Buffer }>('select e.position, e.leaf from trail.entry e join audit.record r on r.id = e.record order by position');
  expect(entries.map(({ position }) => position)).toEqual(Array.from({ length: count }, (_, at) => at));
  const edge = emptyEdge();
  for (const { leaf } of entries) append(edge, leaf);
  const [{ jws } = { jws: '' }] = await query<{ jws: string }>('select jws from trail.head order by size desc limit 1');
  const pem = (await query<{ pem: string }>('select pem from trail.signer')).map((row) => row.pem).join('');
  expect(readHead(jws, keysIn(pem))).toMatchObject({ size: count, root: rootOf(edge).toString('hex'), retainedFrom: 0 });
};

test('records are appended in batches under signed heads, each once', async () => {
  await write(20);
  expect(await appendRecords(appending)).toBe(20);
  expect(await appendRecords(appending)).toBe(0);
  await write(3, 'd');
  expect(await appendRecords(appending)).toBe(3);
  expect(await appendRecords(appending, '-infinity')).toBe(0);
  await expectWhole(23);
});

test('a record that commits late with an earlier time is not lost', async () => {
  await write(5);
  let commit = (): void => undefined;
  const late = database.as(database.system, async (tx) => {
    await tx.query(`insert into audit.record (kind, event, subject, at) values ('system', 'case.late', 'late', now() - interval '10 minutes')`);
    await new Promise<void>((resolve) => (commit = resolve));
  });
  await expect.poll(() => query(`select 1 from pg_stat_activity where datname = current_database() and state = 'idle in transaction' and query like '%case.late%'`)).toHaveLength(1);
  for (let turn = 0; turn < 3; turn++) {
    await write(1, `t${turn}-`);
    await appendRecords(appending);
  }
  commit();
  await late;
  expect(await appendRecords(appending)).toBe(1);
  await expectWhole(9);
  // Once nothing old runs any more, the worker no longer looks at what it has.
  await expect.poll(async () => {
    await appendRecords(appending);
    return (await query<{ risen: boolean }>(`select floor > now() - interval '5 minutes' as risen from trail.log`))[0]?.risen;
  }, { timeout: 10_000 }).toBe(true);
});

test('a key that is renewed in the middle of a batch signs no head of it: each head is by the key that was noted beside it', async () => {
  await write(5);
  const keys = stores[0] as KeyStore;
  let asked = 0;
  const current = (purpose: string) => (++asked === 2 ? keys.rotate(purpose) : keys.current(purpose));
  expect(await appendRecords({ ...appending, keys: { ...keys, current } })).toBe(5);
  await expectWhole(5);
});

test('two workers at once, while others write, append each record once', async () => {
  const writers = Promise.all([write(15, 'a'), write(15, 'b'), write(15, 'e')]);
  await Promise.all([appendRecords(appending), appendRecords(appending), appendRecords(appending)]);
  await writers;
  await Promise.all([appendRecords(appending), appendRecords(appending)]);
  await expectWhole(45);
});

test('a worker whose connection is killed in the middle of a batch leaves nothing of it; the next one goes on', async () => {
  await write(20);
  let calls = 0;
  const kill = `select count(pg_terminate_backend(pid)) from pg_stat_activity where datname = current_database() and state = 'idle in transaction' and pid <> pg_backend_pid()`;
  // A head is stamped when its batch's entries are written: the second batch.
  const stamp = async () => {
    if (++calls === 2) await query(kill);
    return null;
  };
  await expect(appendRecords({ ...appending, stamp })).rejects.toThrow();
  expect(await query('select count(*)::int as entries from trail.entry')).toEqual([{ entries: 7 }]);
  expect(await appendRecords(appending)).toBe(13);
  await expectWhole(20);
});

test('the roles of the site can neither change nor remove what is logged', async () => {
  await write(1);
  await appendRecords(appending);
  for (const change of ['update trail.entry set position = 9', 'delete from trail.entry', 'update trail.head set size = 0', 'delete from trail.head', 'delete from trail.log', 'delete from trail.export']) {
    await expect(query(change)).rejects.toMatchObject({ code: '42501' });
  }
});
