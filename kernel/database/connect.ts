import './errors.ts';
import pg from 'pg';
import type { Acting, Connection, CopyTx, Credential, Database, Result, Row, TransactionOptions, Tx } from './database.ts';
import { StartError } from './start-error.ts';
import { reach } from './client.ts';
import { refusal } from './refusal.ts';
import { openShared } from './shared.ts';
import { types } from './types.ts';
import { copying, transaction } from './transaction.ts';

export const system: Acting = Object.freeze({ kind: 'system', scope: 'all', departments: [], subjects: [], clearance: 4 });

/** A pool of connections under one of the site's roles. */
export const openPool = (connection: Connection, role: Credential, max: number): pg.Pool => {
  const pool = new pg.Pool({
    ...reach(connection),
    database: connection.database,
    user: role.user,
    password: role.password,
    max,
    types,
    application_name: 'zhengwu',
    idleTimeoutMillis: 60_000,
    statement_timeout: 60_000,
    idle_in_transaction_session_timeout: 60_000,
    // A transaction's first statement leaves together with its beginning (transaction.ts).
    pipeline: true,
  } as pg.PoolConfig);
  // An idle connection that the server ended is replaced at the next use; without a listener it would end the process.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
};

/** Refuses a role for which row-level security would not hold. */
const checkRole = async (pool: pg.Pool, role: string): Promise<void> => {
  const { rows } = await pool.query<{ rolsuper: boolean; rolbypassrls: boolean }>('select rolsuper, rolbypassrls from pg_roles where rolname = current_user');
  if (rows[0]?.rolsuper !== false || rows[0].rolbypassrls) {
    throw new StartError(`the database role ${role} is a superuser or bypasses row-level security: use a role that is NOSUPERUSER NOBYPASSRLS`);
  }
};

/** What the database is told of the actor, as the first argument of its functions: everything but the permissions. */
export const contextOf = (actor: Acting): string => {
  const { kind, accountId, personId, name, scope, departments, subjects, onBehalfOf, clearance, assurance, requestId, address } = actor;
  // Undefined for everybody but the audit administrator, and so left out.
  const audits = actor.permissions?.['audit.read']?.scope === 'all' ? true : undefined;
  // What row-level security asks for, as kernel.enter sets it (migrations/who.ts).
  const who = `${kind}|${personId ?? ''}|${scope}|{${departments.join()}}|{${subjects.join()}}|${clearance}`;
  return JSON.stringify({ who, kind, accountId, personId, name, scope, departments, subjects, onBehalfOf, clearance, assurance, requestId, address, audits });
};

/** Connections that short reads share. */
const SHARED = 4;

const result = ({ rows, rowCount }: pg.QueryResult): Result<Row> => ({ rows: rows as Row[], rowCount: rowCount ?? 0 });

/** Opens the pools and refuses roles that would see past row-level security. */
export const openDatabase = async (config: Connection): Promise<Database> => {
  const app = openPool(config, config.app, config.poolSize ?? 10);
  const relay = openPool(config, config.relay, 10);
  const shared = openShared(config, config.app, SHARED);
  const close = async (): Promise<void> => {
    await Promise.all([app.end(), relay.end(), shared.end()]);
  };
  try {
    await checkRole(app, config.app.user);
    await checkRole(relay, config.relay.user);
  } catch (error) {
    await close();
    throw error;
  }
  return {
    system,
    config,
    as: <T>(actor: Acting, work: (tx: Tx) => Promise<T>, options?: TransactionOptions) => transaction(app, contextOf(actor), work, options),
    call: (actor, name, text, values = []) => app.query({ name, text, values: [contextOf(actor), ...values] }).then(result, refusal) as never,
    ask: (actor, name, text, values = []) => shared.query({ name, text, values: [contextOf(actor), ...values] }).then(result, refusal) as never,
    copy: <T>(actor: Acting, work: (tx: CopyTx) => Promise<T>, options?: TransactionOptions) => copying(config, config.app, contextOf(actor), work, options),
    relay: <T>(work: (tx: Tx) => Promise<T>) => transaction(relay, contextOf(system), work),
    ready: () => answers(app),
    close,
  };
};

const answers = (pool: pg.Pool): Promise<boolean> => {
  const late = new Promise<boolean>((resolve) => setTimeout(() => resolve(false), 1000).unref());
  return Promise.race([pool.query('select 1').then(() => true, () => false), late]);
};
