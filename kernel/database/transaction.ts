import type { Kysely } from 'kysely';
import pg from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { withClient } from './client.ts';
import type { Connection, CopyTx, Credential, Result, Row, TransactionOptions, Tx } from './database.ts';
import { gather } from './gather.ts';
import { kyselyOn } from './kysely.ts';
import { refusal } from './refusal.ts';

const result = <R>({ rows, rowCount }: pg.QueryResult): Result<R> => ({ rows: rows as R[], rowCount: rowCount ?? 0 });

const txOn = (client: pg.ClientBase): Tx => {
  let builder: Kysely<unknown> | undefined;
  return {
    query: async <R = Row>(text: string, values?: readonly unknown[]) => result<R>(await client.query({ text, values: values as unknown[] }).catch(refusal)),
    named: async <R = Row>(name: string, text: string, values?: readonly unknown[]) =>
      result<R>(await client.query({ name, text, values: values as unknown[] }).catch(refusal)),
    kysely: <Schema>() => (builder ??= kyselyOn(client)) as Kysely<Schema>,
  };
};

const opening = (context: string, options: TransactionOptions = {}): string =>
  `begin isolation level ${options.isolation ?? 'read committed'}${options.readOnly ? ' read only' : ''}; select kernel.enter(${pg.escapeLiteral(context)}::jsonb)`;

/** One transaction: begin, context and the work's first statement in one round trip, commit. Resolves only when it is committed. */
export const transaction = async <T>(pool: pg.Pool, context: string, work: (tx: Tx) => Promise<T>, options?: TransactionOptions): Promise<T> => {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    gather(client);
    const opened = client.query(opening(context, options));
    // Where the opening fails, what follows it fails too; the first is the reason.
    const [begun, done] = await Promise.allSettled([opened, work(txOn(client))]);
    if (begun.status === 'rejected') throw begun.reason;
    if (done.status === 'rejected') throw done.reason;
    const ended = await client.query('commit').catch(refusal);
    // PostgreSQL answers COMMIT of a failed transaction with ROLLBACK and no error.
    if (ended.command !== 'COMMIT') throw new Error('the transaction was rolled back: an error inside it was swallowed');
    return done.value;
  } catch (error) {
    await client.query('rollback').catch((failure: Error) => (broken = failure));
    throw error;
  } finally {
    client.release(broken);
  }
};

/** The same on a connection of its own, which does not gather statements and so can stream; `work` begins when the context is set. */
export const copying = <T>(connection: Connection, role: Credential, context: string, work: (tx: CopyTx) => Promise<T>, options?: TransactionOptions): Promise<T> =>
  withClient(connection, role, connection.database, async (client) => {
    await client.query(opening(context, options));
    const done = await work({ ...txOn(client), copyOut: (text) => client.query(copyTo(text)), copyIn: (text) => client.query(copyFrom(text)) });
    const ended = await client.query('commit').catch(refusal);
    if (ended.command !== 'COMMIT') throw new Error('the transaction was rolled back: an error inside it was swallowed');
    return done;
  });
