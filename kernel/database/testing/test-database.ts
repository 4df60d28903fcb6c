import { createHash } from 'node:crypto';
import type pg from 'pg';
import { withClient } from '../client.ts';
import { openDatabase } from '../connect.ts';
import type { Connection, Database } from '../database.ts';
import { allSchemas, hashOf, migrate } from '../migrate.ts';
import type { Cluster } from '../postgres/cluster.ts';
import { isAlive } from '../postgres/postmaster.ts';
import { provision, type Passwords } from '../provision.ts';
import type { SchemaModule } from '../schema-module.ts';
import { dropFilledFolders, filledFolder, filledName, type Filling } from './filled.ts';
import { testCluster } from './test-cluster.ts';

/** A database of its own for one test file. */
export interface TestDatabase extends Database {
  /** Folder of what it was filled with, to be copied; absent when it was not. */
  filled?: string;
  /** Closes the connections and drops the database; call it in `afterAll`. */
  drop(): Promise<void>;
}

const passwords: Passwords = { owner: 'owner', app: 'app', relay: 'relay' };
const roles = { owner: 'zwtest_owner', app: 'zwtest_app', relay: 'zwtest_relay' };

const connectionTo = (cluster: Cluster, database: string): Connection => ({
  host: cluster.host,
  port: cluster.port,
  database,
  owner: { user: roles.owner, password: passwords.owner },
  app: { user: roles.app, password: passwords.app },
  relay: { user: roles.relay, password: passwords.relay },
});

const administer = <T>(cluster: Cluster, work: (client: pg.Client) => Promise<T>): Promise<T> => withClient(cluster, cluster.superuser, 'postgres', work);

const templateName = (modules: readonly SchemaModule[]): string => {
  const text = allSchemas(modules).flatMap((module) => [module.name, ...(module.migrations ?? []).map((step) => step.id + hashOf(step))]);
  return `template_${createHash('sha256').update(text.join()).digest('hex').slice(0, 20)}`;
};

const exists = async (client: pg.Client, name: string): Promise<boolean> =>
  (await client.query('select from pg_database where datname = $1', [name])).rowCount === 1;

const clone = async (client: pg.Client, name: string, template: string): Promise<void> => {
  await client.query(`create database ${name} template ${template} owner ${roles.owner} strategy file_copy`);
  await client.query(`grant create on database ${name} to ${roles.relay}`);
};

/** Drops what killed runs left behind; a database carries the number of the process that made it. */
const sweep = async (client: pg.Client): Promise<void> => {
  const { rows } = await client.query<{ datname: string }>(String.raw`select datname from pg_database where datname ~ '^(test|draft|filled)_\d+_'`);
  for (const { datname } of rows) {
    if (!isAlive(Number(datname.split('_')[1]))) await client.query(`drop database if exists ${datname} with (force)`);
  }
};

/** Templates of schemas that nobody has any more: older than a day. */
const sweepTemplates = async (client: pg.Client): Promise<void> => {
  const old = `select datname from pg_database where datname like 'template\\_%'
    and (pg_stat_file('base/' || oid || '/PG_VERSION')).modification < now() - interval '1 day'`;
  for (const { datname } of (await client.query<{ datname: string }>(old)).rows) await client.query(`drop database if exists ${datname}`).catch(() => undefined);
};

const buildTemplate = async (cluster: Cluster, client: pg.Client, template: string, modules: readonly SchemaModule[]): Promise<void> => {
  const draft = `draft_${process.pid}_${Date.now()}`;
  await sweep(client);
  await sweepTemplates(client);
  const connection = await provision({ ...cluster.superuser, host: cluster.host, port: cluster.port, database: 'postgres' }, 'zwtest', passwords, draft);
  await migrate(connection, modules);
  await client.query(`alter database ${draft} rename to ${template}`);
};

/** A copy of the template with what `filling` puts into it, made by whoever needs it first. */
const buildFilled = async (cluster: Cluster, client: pg.Client, template: string, name: string, filling: Filling): Promise<void> => {
  const draft = `draft_${process.pid}_${Date.now()}`;
  await sweep(client);
  dropFilledFolders();
  await clone(client, draft, template);
  const database = await openDatabase(connectionTo(cluster, draft));
  await filling.fill(database, filledFolder(name, true)).finally(() => database.close());
  await client.query(`alter database ${draft} rename to ${name}`);
};

let made = 0;
const nextName = (): string => `test_${process.pid}_${++made}_${Date.now().toString(36)}`;

const dropDatabase = (cluster: Cluster, name: string): Promise<void> =>
  administer(cluster, async (client) => void (await client.query(`drop database if exists ${name} with (force)`)));

/** A database with roles and nothing in it, for tests of migration and restore; `options` as CREATE DATABASE takes them. */
export const emptyTestDatabase = async (options?: string): Promise<{ connection: Connection; drop(): Promise<void> }> => {
  const cluster = await testCluster();
  const name = nextName();
  const { host, port, superuser } = cluster;
  if (options !== undefined) await administer(cluster, (client) => client.query(`create database ${name} ${options}`));
  const connection = await provision({ host, port, database: 'postgres', ...superuser }, 'zwtest', passwords, name);
  return { connection, drop: () => dropDatabase(cluster, name) };
};

const locked = async (client: pg.Client, name: string, build: () => Promise<void>): Promise<void> => {
  await client.query(`select pg_advisory_lock(hashtext($1))`, [name]);
  if (!(await exists(client, name))) await build();
  await client.query(`select pg_advisory_unlock(hashtext($1))`, [name]);
};

/** Clones a migrated database for one test file: `const database = await createTestDatabase({ modules })`; with `filling`, one that holds what that makes. */
export const createTestDatabase = async ({ modules, filling }: { modules: readonly SchemaModule[]; filling?: Filling | undefined }): Promise<TestDatabase> => {
  const cluster = await testCluster();
  const name = nextName();
  const template = templateName(modules);
  const filled = filling && filledName(template, filling);
  await administer(cluster, async (client) => {
    await locked(client, template, () => buildTemplate(cluster, client, template, modules));
    if (filling && filled) await locked(client, filled, () => buildFilled(cluster, client, template, filled, filling));
    await clone(client, name, filled ?? template);
  });
  const database = await openDatabase(connectionTo(cluster, name));
  const drop = async (): Promise<void> => {
    await database.close();
    await dropDatabase(cluster, name);
  };
  return { ...database, drop, ...(filled ? { filled: filledFolder(filled) } : {}) };
};
