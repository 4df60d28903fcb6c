import type pg from 'pg';
import { Topics } from '@zhengwu/topics';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openOutside, type Outside } from './outside.fixture.ts';

let outside: Outside;
let db: pg.Client;
const byTransaction = (table: string) => ({ kind: 'table' as const, connection: 'old', table: `outside.${table}`, key: 'no', changes: { by: 'transaction' as const } });
const news = { topic: 'news', key: 'no' };
const rows = async (text: string): Promise<unknown[]> => (await db.query(text)).rows as unknown[];
const taken = async (prefix: string): Promise<string[]> => (await outside.published('news')).filter((key) => key.startsWith(prefix));
/** Turns until the server lets so many be seen: other transactions of the same server may hold its horizon back. */
const takenAfter = async (flow: string, prefix: string, count: number): Promise<string[]> => {
  await expect.poll(async () => {
    await outside.adapters.run(flow);
    return (await taken(prefix)).length;
  }, { timeout: 20_000 }).toBeGreaterThanOrEqual(count);
  return taken(prefix);
};

beforeAll(async () => {
  outside = await openOutside();
  db = await outside.client();
  await outside.postgres('old');
});
afterAll(() => outside.close());

describe('a table by its transactions', () => {
  test('gives each version of each row once, in pages, and needs no column of its own', async () => {
    await db.query(`create table outside.shops (no text primary key, name text, seats int, area numeric(12,2), opened date); insert into outside.shops select 'A' || lpad(n::text, 4, '0'), '店' || n, n, n / 4.0, '2026-01-05' from generate_series(1, 1100) n`);
    await outside.define({ code: 'shops', source: byTransaction('shops'), sink: news });
    expect(new Set(await takenAfter('shops', 'A', 1100)).size).toBe(1100);
    expect(await outside.adapters.run('shops')).toEqual({ files: 0, rows: 0, refused: 0 });
    await db.query(`update outside.shops set seats = 0 where no in ('A0003', 'A0700'); insert into outside.shops values ('A9999', '新店', 1, 1, '2026-02-01')`);
    expect((await takenAfter('shops', 'A', 1103)).slice(1100).toSorted()).toEqual(['A0003', 'A0700', 'A9999']);
  }, 60_000);

  test('misses nothing of a transaction that began earlier and ends later', async () => {
    await db.query('create table outside.late (no text primary key)');
    await outside.define({ code: 'late', source: byTransaction('late'), sink: news });
    const slow = await outside.client();
    await slow.query(`begin; insert into outside.late values ('L1')`);
    await db.query(`insert into outside.late values ('L2')`);
    await outside.adapters.run('late');
    await slow.query(`insert into outside.late values ('L3'); commit`);
    expect((await takenAfter('late', 'L', 3)).toSorted()).toEqual(['L1', 'L2', 'L3']);
    await outside.adapters.run('late');
    expect(await taken('L')).toHaveLength(3);
  }, 60_000);

  test('goes on where a turn was killed, each row once', async () => {
    await db.query(`create table outside.killed (no text primary key); insert into outside.killed select 'K' || lpad(n::text, 4, '0') from generate_series(1, 1200) n`);
    await outside.define({ code: 'killed', source: byTransaction('killed'), sink: news });
    await expect.poll(async () => {
      await outside.adapters.run('killed', undefined, () => Promise.reject(new Error('killed'))).catch(() => undefined);
      return (await taken('K')).length;
    }, { timeout: 20_000 }).toBe(500);
    expect(new Set(await takenAfter('killed', 'K', 1200)).size).toBe(1200);
    expect(await taken('K')).toHaveLength(1200);
  }, 60_000);
});

test('a table by a column gives what is new there, leaves what is not settled, and takes instants as they are meant', async () => {
  await db.query(`create table outside.changed (no text primary key, at timestamptz); insert into outside.changed values ('C1', now() - interval '1 hour'), ('C2', now() - interval '1 hour'), ('C3', now())`);
  await outside.define({ code: 'changed', source: { kind: 'table', connection: 'old', table: 'outside.changed', key: 'no', changes: { by: 'column', column: 'at', settleSeconds: 600 } }, sink: news });
  await outside.adapters.run('changed');
  expect((await taken('C')).toSorted()).toEqual(['C1', 'C2']);
  await db.query(`update outside.changed set at = now() - interval '30 minutes' where no = 'C1'`);
  await outside.adapters.run('changed');
  expect((await taken('C')).slice(2)).toEqual(['C1']);
});

test('a key by which rows cannot be told apart, and a table that is not there, are refused with what to do', async () => {
  await db.query('create table outside.loose (no text)');
  await outside.define({ code: 'loose', source: byTransaction('loose'), sink: news });
  await expect(outside.adapters.run('loose')).rejects.toMatchObject({ code: 'adapter.table-key' });
  await outside.define({ code: 'gone', source: byTransaction('"gone; drop'.replace(/["\s;]/g, '')), sink: news });
  await expect(outside.adapters.run('gone')).rejects.toMatchObject({ code: 'adapter.table' });
});

test('a source is opened to be read only, and what is shown of it is changed by the steps', async () => {
  const { before, after } = await outside.adapters.preview({ source: byTransaction('shops'), steps: [{ do: 'mask', field: 'name', first: 0, last: 1 }], sink: news }, { rows: 2 });
  expect(before[0]).toEqual({ no: 'A0001', name: '店1', seats: 1, area: '0.25', opened: '2026-01-05' });
  expect(after[0]).toMatchObject({ name: '*1' });
});

describe('into a table', () => {
  const target = (table: string) => ({ table: `outside.${table}`, connection: 'old', key: 'no' });

  test('rows replace what is there by their key, twice as well as once; what the table refuses is told by row', async () => {
    await db.query(`create table outside.copy (no text primary key, name text check (name <> ''), seats int, mark text default 'own'); insert into outside.copy values ('A0001', 'x', 9, 'kept')`);
    await db.query(`update outside.shops set name = '' where no = 'A0002'; delete from outside.shops where no > 'A0010'`);
    const pick = { do: 'pick' as const, fields: { no: 'no', name: 'name', seats: 'seats' } };
    await outside.define({ code: 'copy', source: byTransaction('shops'), sink: target('copy'), steps: [pick] });
    await expect.poll(async () => (await outside.adapters.run('copy'), await rows('select no from outside.copy')).length, { timeout: 20_000 }).toBe(9);
    expect(await rows(`select * from outside.copy where no in ('A0001', 'A0002', 'A0003') order by no`)).toEqual([{ no: 'A0001', name: '店1', seats: 1, mark: 'kept' }, { no: 'A0003', name: '店3', seats: 0, mark: 'own' }]);
    expect((await outside.platform((tx) => tx.query(`select code from adapters.refusal where flow = 'copy'`))).rows).toEqual([{ code: 'adapter.sink-refused' }]);
    await outside.define({ code: 'copy-again', source: byTransaction('shops'), sink: target('copy'), steps: [pick] });
    await expect.poll(async () => (await outside.adapters.run('copy-again')).rows, { timeout: 20_000 }).toBe(10);
    expect(await rows('select no from outside.copy')).toHaveLength(9);
  }, 60_000);

  test('go the messages of a topic that was granted, in order, and of one that was not none', async () => {
    const topics = outside.site.site.use(Topics);
    const source = { kind: 'topic' as const, topic: 'news', from: 'now' as const };
    await db.query('create table outside.followed (no text primary key, name text)');
    await expect(outside.define({ code: 'followed', source, sink: target('followed') })).rejects.toMatchObject({ code: 'topic.not-granted' });
    await outside.platform((tx) => topics.grant(tx, { topic: 'news', follower: 'adapter:followed', personal: false, basis: '共享目录', until: null }));
    await expect(outside.define({ code: 'followed', source, sink: news })).rejects.toMatchObject({ code: 'adapter.no-way' });
    await outside.define({ code: 'followed', source, sink: target('followed'), steps: [{ do: 'pick', fields: { no: 'no', name: 'name' } }] });
    await outside.site.start();
    for (const name of ['一', '二', '三']) await outside.platform((tx) => topics.publish(tx, { topic: 'news', key: 'F1', payload: { no: 'F1', name } }));
    await outside.platform((tx) => topics.publish(tx, { topic: 'news', key: 'F2', payload: { no: 'F2', name: '乙' } }));
    await expect.poll(() => rows(`select no, name from outside.followed where no like 'F%' order by no`), { timeout: 30_000 }).toEqual([{ no: 'F1', name: '三' }, { no: 'F2', name: '乙' }]);
    await expect(outside.define({ code: 'followed', source: { ...source, topic: 'people' }, sink: target('followed') })).rejects.toMatchObject({ code: 'adapter.keeps-topic' });
  }, 60_000);
});

test('a wrong secret is told without the secret, and nothing is read', async () => {
  const { rows: [reach] } = await outside.platform((tx) => tx.query<{ reach: never }>(`select reach from adapters.connection where code = 'old'`));
  await outside.connect('wrong', reach?.reach as never, 'hunter2');
  await outside.define({ code: 'wrong', source: { ...byTransaction('shops'), connection: 'wrong' }, sink: news });
  await expect(outside.adapters.run('wrong')).rejects.toMatchObject({ code: 'adapter.unreachable', params: { reason: '28P01' } });
  const { rows: kept } = await outside.platform((tx) => tx.query<{ secret: string }>('select secret from adapters.connection'));
  expect(JSON.stringify(kept)).not.toMatch(/hunter2|owner/);
});
