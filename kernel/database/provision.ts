import { randomBytes } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { withClient } from './client.ts';
import type { Connection, Credential } from './database.ts';
import { StartError } from './start-error.ts';

/** An account that may create roles and databases. */
export interface Administrator extends Credential {
  host: string;
  port: number;
  /** Database to connect to first. */
  database: string;
  /** CA certificate; with it TLS is required. */
  ca?: string;
}

export type Passwords = Record<'owner' | 'app' | 'relay', string>;

const fresh = (): string => randomBytes(24).toString('base64url');

/** The roles' passwords, made once and kept in a 0600 file in `folder`. */
export const rolePasswords = async (folder: string): Promise<Passwords> => {
  const file = join(folder, 'roles.json');
  const kept = await readFile(file, 'utf8').catch(() => null);
  if (kept !== null) return JSON.parse(kept) as Passwords;
  const made: Passwords = { owner: fresh(), app: fresh(), relay: fresh() };
  await writeFile(`${file}.new`, `${JSON.stringify(made)}\n`, { mode: 0o600 });
  await rename(`${file}.new`, file);
  return made;
};

const demand = 'DATABASE_URL must name a role with CREATEROLE and CREATEDB, or else be the owner of a prepared database, with ZHENGWU_DATABASE_APP_URL and ZHENGWU_DATABASE_RELAY_URL set to two prepared roles';

const ensureRole = async (client: pg.Client, { user, password }: Credential): Promise<void> => {
  const { rowCount } = await client.query('select from pg_roles where rolname = $1', [user]);
  const verb = rowCount === 0 ? 'create' : 'alter';
  await client.query(`${verb} role ${pg.escapeIdentifier(user)} login password ${pg.escapeLiteral(password)}`);
};

const ensureDatabase = async (client: pg.Client, connection: Connection): Promise<void> => {
  const [name, owner, app, relay] = [connection.database, connection.owner.user, connection.app.user, connection.relay.user].map(pg.escapeIdentifier);
  const { rows } = await client.query<{ rolsuper: boolean }>('select rolsuper from pg_roles where rolname = current_user');
  if (rows[0]?.rolsuper === false) await client.query(`grant ${owner}, ${relay} to current_user`);
  await client.query(`grant ${relay} to ${owner}`);
  const { rowCount } = await client.query('select from pg_database where datname = $1', [connection.database]);
  if (rowCount === 0) await client.query(`create database ${name} owner ${owner}`);
  await client.query(`grant connect, create, temporary on database ${name} to ${owner}; grant connect on database ${name} to ${app}; grant connect, create on database ${name} to ${relay}`);
};

const refuse = (error: unknown): never => {
  const { code, message } = error as { code?: string; message: string };
  if (code === '42501') throw new StartError(`${demand} (${message})`);
  throw error;
};

/** Creates the site's database `name` and its three roles where they are missing, and answers how to connect. */
export const provision = async (administrator: Administrator, name: string, passwords: Passwords, database = name): Promise<Connection> => {
  const { host, port, ca } = administrator;
  const role = (kind: keyof Passwords): Credential => ({ user: `${name}_${kind}`, password: passwords[kind] });
  const connection: Connection = { host, port, ca, database, owner: role('owner'), app: role('app'), relay: role('relay') };
  await withClient(administrator, administrator, administrator.database, async (client) => {
    await client.query(`select pg_advisory_lock(hashtext('zhengwu.provision'))`);
    for (const credential of [connection.owner, connection.app, connection.relay]) await ensureRole(client, credential).catch(refuse);
    await ensureDatabase(client, connection).catch(refuse);
  });
  return connection;
};
