import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Acting, CopyTx } from './database.ts';
import type { SchemaModule } from './schema-module.ts';
import { createTestDatabase, type TestDatabase } from './testing/test-database.ts';

const notes: SchemaModule = {
  name: 'notes',
  migrations: [{
    id: '0001-notes',
    sql: `
      create table notes.note (id bigint generated always as identity primary key, department int not null, at date not null default '2026-11-22', body text not null);
      alter table notes.note enable row level security;
      alter table notes.note force row level security;
      create policy readers on notes.note using ((select kernel.reaches_all()) or department = any ((select kernel.reach())::int[]));
      create function notes.add(actor jsonb, department_ int, body_ text) returns bigint language plpgsql as $$
      declare id_ bigint;
      begin
        perform kernel.enter(actor);
        if body_ = '' then perform kernel.fail('idempotency.unfinished', '{}'); end if;
        insert into notes.note (department, body) values (department_, body_) returning id into id_;
        return id_;
      end $$;`,
  }],
};

const official = (...departments: number[]): Acting => ({ kind: 'official', scope: 'departments', departments, subjects: [], clearance: 1 });
const visitor: Acting = { kind: 'public', scope: 'own', departments: [], subjects: [], clearance: 0 };

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase({ modules: [notes] });
});
afterAll(() => database.drop());

const add = (actor: Acting, department: number, body: string) =>
  database.call<{ add: number }>(actor, 'notes.add', 'select notes.add($1::jsonb, $2, $3)', [department, body]);

describe('transaction', () => {
  test('rows stream in and out by COPY, under the actor’s context, and belong to the transaction', async () => {
    const lines = (tx: CopyTx): Promise<string> => text(tx.copyOut('copy (select body from notes.note where department = 21 order by id) to stdout'));
    const fill = (end: () => void) => database.copy(official(21), async (tx) => {
      await tx.query('create temporary table incoming (department int, body text) on commit drop');
      await pipeline(Readable.from(['21\tone\n21\ttwo\n']), tx.copyIn('copy incoming from stdin'));
      await tx.query('insert into notes.note (department, body) select department, body from incoming');
      expect(await lines(tx)).toBe('one\ntwo\n');
      end();
    });
    await expect(fill(() => { throw new Error('changed my mind'); })).rejects.toThrow('changed my mind');
    expect(await database.copy(official(21), lines)).toBe('');
    await fill(() => undefined);
    expect(await database.copy(official(21), lines)).toBe('one\ntwo\n');
    expect(await database.copy(official(22), lines)).toBe('');
    // PostgreSQL takes no COPY into a table with row-level security: rows come by way of a temporary one.
    await expect(database.copy(official(21), (tx) => pipeline(Readable.from(['21\ty\n']), tx.copyIn('copy notes.note (department, body) from stdin')))).rejects.toThrow('row-level security');
  });

  test('call writes in one statement and answers bigint as number', async () => {
    const { rows } = await add(official(7), 7, 'first');
    expect(rows[0]?.add).toBeTypeOf('number');
  });

  test('rows follow the departments of the actor; without context there are none', async () => {
    await add(database.system, 8, 'other');
    const read = (actor: Acting) => database.as(actor, async (tx) => (await tx.query<{ department: number }>('select department from notes.note')).rows.map((row) => row.department));
    expect(new Set(await read(official(7)))).toEqual(new Set([7]));
    expect(new Set(await read(official(7, 8)))).toEqual(new Set([7, 8]));
    expect(await read({ ...official(), scope: 'all' })).toHaveLength((await read(database.system)).length);
    for (const nobody of [visitor, { ...visitor, scope: 'all', departments: [7] }, { ...official(7), scope: 'own' }] as Acting[]) expect(await read(nobody)).toEqual([]);
  });

  test('the context ends with the transaction', async () => {
    await add(database.system, 9, 'x');
    const kind = await database.as(visitor, async (tx) => (await tx.query<{ kind: string }>('select kernel.kind() as kind')).rows[0]?.kind);
    expect(kind).toBe('public');
  });

  test('writing into a department out of reach is refused', async () => {
    await expect(add(official(7), 8, 'no')).rejects.toMatchObject({ code: '42501' });
  });

  test('a refusal raised in SQL becomes the declared error', async () => {
    await expect(add(official(7), 7, '')).rejects.toMatchObject({ code: 'idempotency.unfinished', status: 409 });
  });

  test('a thrown error rolls back; a swallowed one is not taken for a commit', async () => {
    const count = () => database.as(database.system, async (tx) => (await tx.query<{ n: number }>('select count(*) as n from notes.note')).rows[0]?.n);
    const before = await count();
    const insert = `insert into notes.note (department, body) values (1, 'lost')`;
    await expect(database.as(database.system, async (tx) => { await tx.query(insert); throw new Error('stop'); })).rejects.toThrow('stop');
    await expect(database.as(database.system, async (tx) => { await tx.query(insert); await tx.query('select 1/0').catch(() => undefined); })).rejects.toThrow('rolled back');
    expect(await count()).toBe(before);
  });

  test('kysely runs on the same transaction; dates are text', async () => {
    interface Schema { 'notes.note': { department: number; at: string; body: string } }
    const rows = await database.as(official(5), async (tx) => {
      await tx.kysely<Schema>().insertInto('notes.note').values({ department: 5, at: '2026-12-01', body: 'k' }).execute();
      return tx.kysely<Schema>().selectFrom('notes.note').select(['at', 'body']).execute();
    });
    expect(rows).toEqual([{ at: '2026-12-01', body: 'k' }]);
  });
});
