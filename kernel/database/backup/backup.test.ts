import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withClient } from '../client.ts';
import type { Connection } from '../database.ts';
import type { SchemaModule } from '../schema-module.ts';
import { createTestDatabase, emptyTestDatabase, type TestDatabase } from '../testing/test-database.ts';
import { backup } from './backup.ts';
import { readManifest, type BackupCipher } from './manifest.ts';
import { restore } from './restore.ts';

const shop: SchemaModule = {
  name: 'shop',
  migrations: [{
    id: '0001-shop',
    sql: `
      create table shop.parent (id bigint generated always as identity primary key, name text not null, length int generated always as (length(name)) stored);
      create table shop.child (id int primary key, parent bigint not null references shop.parent, next int references shop.child, note jsonb, at timestamptz not null default now());
      insert into shop.parent (name) values ('made by the migration');
      do $$ declare t text; begin foreach t in array array['shop.parent', 'shop.child'] loop
        execute format('alter table %s enable row level security; alter table %s force row level security; create policy all_ on %s using ((select kernel.is_system()))', t, t, t);
      end loop; end $$;`,
  }],
};
const later: SchemaModule = { ...shop, migrations: [...(shop.migrations ?? []), { id: '0002-later', sql: 'alter table shop.parent add colour text' }] };

const body = Buffer.from('电子证照'.repeat(1000));
const hash = createHash('sha256').update(body).digest('hex');
const files = { list: () => Readable.from([hash]) as AsyncIterable<string>, open: () => Promise.resolve({ body: Readable.from([body]) }) };
const cipher: BackupCipher = {
  about: 'turned round', mac: (text) => createHash('sha256').update(`a secret ${text}`).digest('hex'),
  seal: (path) => turned(path), open: (path) => turned(path),
};
const taken = new Map<string, Buffer>();
const target = { restore: async (name: string, stream: Readable) => void taken.set(name, await buffer(stream)) };

/** Each byte turned by a number from the path: enough to see whether a part was encrypted, and under its own path. */
const turned = (path: string): Transform => new Transform({ transform: (chunk: Buffer, _, done) => done(null, chunk.map((byte) => byte ^ (path.length + 1))) });

let folder: string;
let database: TestDatabase;
const extra: { drop(): Promise<void> }[] = [];
const emptyDatabase = async (): Promise<Connection> => {
  const made = await emptyTestDatabase();
  extra.push(made);
  return made.connection;
};
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'zhengwu-backup-'));
  database = await createTestDatabase({ modules: [shop] });
  await database.as(database.system, (tx) => tx.query(`
    insert into shop.parent (name) select '行 ' || n || e'\\t\\n\\\\' from generate_series(1, 500) n;
    insert into shop.child (id, parent, next, note) select n, n, nullif(n % 500 + 1, n), '{"a": "\\u4e2d\\n"}' from generate_series(1, 500) n;
    select kernel.next_number('case:2026') from generate_series(1, 7)`));
});
afterAll(async () => {
  await database.drop();
  for (const made of extra) await made.drop();
  await rm(folder, { recursive: true });
});

const content = (connection: Connection) =>
  withClient(connection, connection.owner, connection.database, async (client) => {
    await client.query(`begin; select kernel.enter('{"kind": "system"}')`);
    const one = async (sql: string) => (await client.query<{ v: unknown }>(`select ${sql} as v`)).rows[0]?.v;
    return {
      parents: await one(`(select jsonb_agg(to_jsonb(p) - 'colour' order by id) from shop.parent p)`),
      children: await one('(select jsonb_agg(c order by id) from shop.child c)'),
      number: await one(`kernel.next_number('case:2026')`),
      forced: await one(`(select bool_and(relforcerowsecurity) from pg_class where relnamespace = 'shop'::regnamespace and relkind = 'r')`),
      keys: await one(`(select count(*) from pg_constraint where contype = 'f' and connamespace = 'shop'::regnamespace)`),
    };
  });

describe('backup and restore', () => {
  test('bring back every row, number, file and constraint, also into a newer version', async () => {
    const made = await backup(database.config, [shop], files, join(folder, 'whole'));
    expect(made).toMatchObject({ files: 1 });
    expect(made.rows).toBeGreaterThan(1000);
    const connection = await emptyDatabase();
    await restore(connection, [later], target, join(folder, 'whole'));
    expect(await content(connection)).toEqual(await content(database.config));
    expect(taken.get(hash)?.equals(body)).toBe(true);
    const colour = withClient(connection, connection.owner, connection.database, (client) => client.query('select colour from shop.parent'));
    await expect(colour).resolves.toBeDefined();
  });

  test('hold one moment: what is committed while it runs is not half in it', async () => {
    let stop = false;
    const write = async () => {
      for (let n = 10_000; !stop; n++) {
        await database.as(database.system, async (tx) => {
          const { rows } = await tx.query<{ id: number }>(`insert into shop.parent (name) values ('busy') returning id`);
          await tx.query('insert into shop.child (id, parent) values ($1, $2)', [n, rows[0]?.id]);
        });
      }
    };
    const writing = write();
    await backup(database.config, [shop], files, join(folder, 'busy'));
    stop = true;
    await writing;
    const connection = await emptyDatabase();
    await restore(connection, [shop], target, join(folder, 'busy'));
    const { parents, children } = (await content(connection)) as { parents: { name: string }[]; children: { id: number }[] };
    expect(parents.filter(({ name }) => name === 'busy')).toHaveLength(children.filter(({ id }) => id >= 10_000).length);
  });

  test('refuse a partial, shortened or altered backup and a database in use, before anything is written', async () => {
    const source = join(folder, 'damaged');
    await backup(database.config, [shop], files, source);
    const connection = await emptyDatabase();
    await expect(restore(database.config, [shop], target, source)).rejects.toThrow('not empty');
    const table = join(source, 'tables', (await readdir(join(source, 'tables'))).find((name) => name.startsWith('shop.child')) ?? '');
    const whole = await readFile(table);
    await truncate(table, whole.length - 1);
    await expect(restore(connection, [shop], target, source)).rejects.toThrow('is altered');
    await rm(table);
    await expect(restore(connection, [shop], target, source)).rejects.toThrow('is missing');
    await writeFile(table, whole);
    await rm(join(source, 'manifest.json'));
    await expect(restore(connection, [shop], target, source)).rejects.toThrow('not a complete backup');
  });

  test('hold the keys under their hashes: an altered key is refused before anything is written', async () => {
    const data = join(folder, 'data');
    await mkdir(join(data, 'keys'), { recursive: true });
    await writeFile(join(data, 'keys', 'licences.json'), 'sealed keys');
    const source = join(folder, 'with-keys');
    await backup(database.config, [shop], files, source, { folder: data, names: ['keys', 'demo-secrets.json'] });
    expect((await readManifest(source)).secrets).toEqual([{ path: 'keys/licences.json', bytes: 11, sha256: createHash('sha256').update('sealed keys').digest('hex') }]);
    await writeFile(join(source, 'keys', 'licences.json'), 'other  keys');
    const connection = await emptyDatabase();
    taken.clear();
    await expect(restore(connection, [shop], target, source)).rejects.toThrow('keys/licences.json is altered');
    const used = await withClient(connection, connection.owner, connection.database, (client) => client.query<{ used: boolean }>(`select to_regnamespace('shop') is not null as used`));
    expect([used.rows[0]?.used, taken.size]).toEqual([false, 0]);
  });

  test('encrypt every row and body, and prove the manifest: under another secret, or with a part renamed, nothing is restored (GB/T 22239-2019 8.1.4.9)', async () => {
    const source = join(folder, 'sealed');
    await backup(database.config, [shop], files, source, undefined, cipher);
    const table = join(source, 'tables', (await readdir(join(source, 'tables'))).find((name) => name.startsWith('shop.child')) ?? '');
    expect((await readFile(table)).subarray(0, 2).toString('hex')).not.toBe('1f8b');
    await expect(restore(await emptyDatabase(), [shop], target, source)).rejects.toThrow('is encrypted');
    await expect(restore(await emptyDatabase(), [shop], target, source, () => ({ ...cipher, mac: () => 'another' }))).rejects.toThrow('another data key');
    const connection = await emptyDatabase();
    taken.clear();
    await restore(connection, [shop], target, source, () => cipher);
    expect((await content(connection)).children).toEqual((await content(database.config)).children);
    expect(taken.get(hash)?.equals(body)).toBe(true);
  });

  test('leave nothing behind when a file is damaged, and never write over a backup', async () => {
    const broken = { ...files, open: () => Promise.resolve({ body: Readable.from([Buffer.from('other')]) }) };
    await expect(backup(database.config, [shop], broken, join(folder, 'broken'))).rejects.toThrow('is damaged');
    expect(existsSync(join(folder, 'broken'))).toBe(false);
    expect((await readdir(folder)).filter((name) => name.includes('partial'))).toEqual([]);
    await expect(backup(database.config, [shop], files, join(folder, 'whole'))).rejects.toThrow('exists already');
  });

  test('refuse a table that the platform cannot read whole, and a backup from a newer version', async () => {
    const secret: SchemaModule = { name: 'secret', migrations: [{ id: '0001', sql: `create table secret.t (id int); alter table secret.t enable row level security; alter table secret.t force row level security; create policy p on secret.t using (id > 3)` }] };
    const other = await createTestDatabase({ modules: [secret] });
    await expect(backup(other.config, [secret], files, join(folder, 'secret'))).rejects.toThrow('would miss rows');
    await other.drop();
    const connection = await emptyDatabase();
    await expect(restore(connection, [], target, join(folder, 'whole'))).rejects.toThrow('restore with the newer version');
  });
});
