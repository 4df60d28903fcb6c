import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dumpSchema } from './dump.ts';
import { inOrder, migrate } from './migrate.ts';
import type { SchemaModule } from './schema-module.ts';
import { createTestDatabase, emptyTestDatabase, type TestDatabase } from './testing/test-database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase({ modules: [] });
});
afterAll(() => database.drop());

const safe = (table: string): string => `create table ${table} (id int primary key); alter table ${table} enable row level security; alter table ${table} force row level security;
  create policy all_ on ${table} using ((select kernel.is_system()));`;
const module = (name: string, ...sql: string[]): SchemaModule => ({ name, requires: [], migrations: sql.map((text, n) => ({ id: `000${n + 1}-step`, sql: text })) });

describe('migrate', () => {
  test('applies what is new once, in order', async () => {
    const first = safe('ledger.entry');
    expect(await migrate(database.config, [module('ledger', first)])).toBe(1);
    expect(await migrate(database.config, [module('ledger', first)])).toBe(0);
    expect(await migrate(database.config, [module('ledger', first, 'alter table ledger.entry add note text')])).toBe(1);
  });

  test('two processes at once apply a step once', async () => {
    const twice = [module('parallel', safe('parallel.entry'))];
    const steps = await Promise.all([migrate(database.config, twice), migrate(database.config, twice)]);
    expect(steps.sort()).toEqual([0, 1]);
  });

  test('refuses a step that was changed, or that it does not know, after it was applied', async () => {
    await migrate(database.config, [module('frozen', safe('frozen.a'))]);
    await expect(migrate(database.config, [module('frozen', `${safe('frozen.a')} -- later`)])).rejects.toThrow('frozen 0001-step was changed');
    await expect(migrate(database.config, [module('frozen')])).rejects.toThrow('does not know');
  });

  test('a failing step leaves nothing and is named', async () => {
    await expect(migrate(database.config, [module('broken', `create table broken.a (id int); select 1/0`)])).rejects.toThrow('broken 0001-step failed: division by zero');
    const { rows } = await database.as(database.system, (tx) => tx.query(`select from pg_class where relname = 'a' and relnamespace = to_regnamespace('broken')`));
    expect(rows).toEqual([]);
  });

  test.each([
    ['has no row-level security', 'create table open1.t (id int)', 'open1'],
    ['is enabled but not forced', 'create table open2.t (id int); alter table open2.t enable row level security; create policy p on open2.t using (true)', 'open2'],
    ['has no policy', 'create table open3.t (id int); alter table open3.t enable row level security; alter table open3.t force row level security', 'open3'],
    ['is a materialized view', 'create materialized view open4.t as select 1 as id', 'open4'],
  ])('refuses to go on when a table %s', async (_, sql, name) => {
    await expect(migrate(database.config, [module(name, sql)])).rejects.toThrow(`${name}.t`);
  });

  test('refuses to go on when a function lends the owner’s rights without a fixed search_path', async () => {
    const lend = (setting: string): string => `create function loose.f() returns int language sql security definer ${setting} as 'select 1'`;
    await expect(migrate(database.config, [module('loose', lend(''))])).rejects.toThrow('loose.f() is SECURITY DEFINER without');
  });

  test('a table may go without when it is declared internal and out of reach', async () => {
    const internal = { ...module('hidden', 'create table hidden.t (id int)'), internal: ['hidden.t'] };
    await expect(migrate(database.config, [internal])).rejects.toThrow('has a privilege');
    const revoked = { ...module('hidden', 'create table hidden.t (id int)', 'revoke all on hidden.t from $app, $relay'), internal: ['hidden.t'] };
    expect(await migrate(database.config, [revoked])).toBe(1);
    await expect(database.as(database.system, (tx) => tx.query('select from hidden.t'))).rejects.toMatchObject({ code: '42501' });
  });
});

test('a database in another encoding is refused, since it would lose Chinese', async () => {
  const { connection, drop } = await emptyTestDatabase(`encoding 'LATIN1' locale 'C' template template0`);
  await expect(migrate(connection, [])).rejects.toThrow('encoded in LATIN1');
  await drop();
});

test('modules come after what they require; a circle is named', () => {
  expect(inOrder([{ name: 'c', requires: ['b'] }, { name: 'b', requires: ['a'] }, { name: 'a' }]).map(({ name }) => name)).toEqual(['a', 'b', 'c']);
  expect(() => inOrder([{ name: 'a', requires: ['b'] }, { name: 'b', requires: ['a'] }])).toThrow('a → b → a');
});

test('the dump shows tables, columns, policies, functions and privileges, the same in every database', async () => {
  const text = await dumpSchema(database.config, []);
  for (const line of [
    'table kernel.idempotency row-level security',
    '  answer jsonb',
    'kernel.idempotency idempotency_pkey: PRIMARY KEY (actor, operation, key)',
    'CREATE INDEX idempotency_at ON kernel.idempotency USING btree (at)',
    'kernel.calendar_day keepers for all',
    'kernel.next_number(series text) returns bigint volatile security definer md5 ',
    'app on kernel.calendar_day: delete, insert, select, update',
  ]) expect(text).toContain(line);
  const other = await createTestDatabase({ modules: [] });
  expect(await dumpSchema(other.config, [])).toBe(text);
  await other.drop();
});
