import { createHash } from 'node:crypto';
import pg from 'pg';
import { withClient } from './client.ts';
import type { Connection } from './database.ts';
import { kernelSchema } from './kernel-schema.ts';
import type { Migration, SchemaModule } from './schema-module.ts';
import { StartError } from './start-error.ts';
import { checkProtection } from './protection.ts';

const ledger = `
create schema if not exists kernel;
create table if not exists kernel.migration (
  module text not null,
  id text not null,
  hash text not null,
  applied_at timestamptz not null default now(),
  primary key (module, id)
)`;

export const hashOf = (migration: Migration): string => createHash('sha256').update(migration.sql).digest('hex');

/** Modules so that each comes after those it requires; modules that are not in the list are taken as present. */
export const inOrder = <M extends { name: string; requires?: readonly string[] }>(modules: readonly M[]): M[] => {
  const byName = new Map(modules.map((module) => [module.name, module]));
  const done = new Map<string, 'visiting' | 'done'>();
  const ordered: M[] = [];
  const visit = (module: M, path: string[]): void => {
    const state = done.get(module.name);
    if (state === 'visiting') throw new Error(`modules require each other in a circle: ${[...path, module.name].join(' → ')}`);
    if (state === 'done') return;
    done.set(module.name, 'visiting');
    for (const name of module.requires ?? []) {
      const required = byName.get(name);
      if (required) visit(required, [...path, module.name]);
    }
    done.set(module.name, 'done');
    ordered.push(module);
  };
  for (const module of modules) visit(module, []);
  return ordered;
};

/** Every schema of a site, the kernel's first. */
export const allSchemas = (modules: readonly SchemaModule[]): SchemaModule[] => [kernelSchema, ...inOrder(modules.filter((module) => module.name !== 'kernel'))];

const forSite = (sql: string, connection: Connection): string =>
  sql.replace(/\$(owner|app|relay)\b(?!\$)/g, (_, role: 'owner' | 'app' | 'relay') => pg.escapeIdentifier(connection[role].user));

const prepareSchema = (schema: string, connection: Connection): string => {
  const name = pg.escapeIdentifier(schema);
  const users = [connection.app, connection.relay].map((role) => pg.escapeIdentifier(role.user)).join(', ');
  return `create schema if not exists ${name};
    grant usage on schema ${name} to ${users};
    alter default privileges in schema ${name} grant select, insert, update, delete on tables to ${users};
    alter default privileges in schema ${name} grant usage, select on sequences to ${users};`;
};

/** Compares what is applied with what the program holds: a changed or unknown step means another program's database. */
const checkApplied = (module: SchemaModule, applied: ReadonlyMap<string, string>): void => {
  const known = new Map((module.migrations ?? []).map((migration) => [migration.id, hashOf(migration)]));
  for (const [id, hash] of applied) {
    if (!known.has(id)) throw new StartError(`the database has migration ${module.name} ${id}, which this version does not know: start the newer version`);
    if (known.get(id) !== hash) throw new StartError(`migration ${module.name} ${id} was changed after it was applied: put its text back and add a new migration`);
  }
};

const apply = async (client: pg.Client, connection: Connection, module: SchemaModule, migration: Migration): Promise<void> => {
  await client.query('begin');
  try {
    await client.query(forSite(migration.sql, connection));
    await client.query('insert into kernel.migration (module, id, hash) values ($1, $2, $3)', [module.name, migration.id, hashOf(migration)]);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw new Error(`migration ${module.name} ${migration.id} failed: ${(error as Error).message}`, { cause: error });
  }
};

const migrateModule = async (client: pg.Client, connection: Connection, module: SchemaModule): Promise<number> => {
  const { rows } = await client.query<{ id: string; hash: string }>('select id, hash from kernel.migration where module = $1', [module.name]);
  const applied = new Map(rows.map((row) => [row.id, row.hash]));
  checkApplied(module, applied);
  const due = (module.migrations ?? []).filter((migration) => !applied.has(migration.id));
  if (due.length > 0 && applied.size === 0) await client.query(prepareSchema(module.name, connection));
  for (const migration of due) await apply(client, connection, module, migration);
  await module.prepare?.(connection);
  return due.length;
};

/** PostgreSQL 16 is the oldest we test role membership and security options on; other encodings than UTF8 lose Chinese. */
const checkServer = async (client: pg.Client): Promise<void> => {
  const { rows } = await client.query<{ version: number; encoding: string }>(`select current_setting('server_version_num')::int as version, current_setting('server_encoding') as encoding`);
  const { version = 0, encoding = '' } = rows[0] ?? {};
  if (version < 160_000) throw new StartError(`the database server is PostgreSQL ${Math.floor(version / 10_000)}: version 16 or newer is required`);
  if (encoding !== 'UTF8') throw new StartError(`the database is encoded in ${encoding}: create it with ENCODING 'UTF8'`);
};

/**
 * Brings every module's schema up to date, one process of the site at a time, and then refuses to go on unless every table
 * has row-level security enabled and forced with a policy. Answers how many steps were applied.
 */
export const migrate = (connection: Connection, modules: readonly SchemaModule[]): Promise<number> =>
  withClient(connection, connection.owner, connection.database, async (client) => {
    await checkServer(client);
    await client.query(`select pg_advisory_lock(hashtext('zhengwu.migrate'))`);
    await client.query(ledger);
    const schemas = allSchemas(modules);
    let steps = 0;
    for (const module of schemas) steps += await migrateModule(client, connection, module);
    await checkProtection(client, connection, schemas);
    return steps;
  });
