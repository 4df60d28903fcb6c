import { Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler, type CompiledQuery, type DatabaseConnection, type Driver } from 'kysely';
import type pg from 'pg';
import { refusal } from './refusal.ts';

const connectionOn = (client: pg.ClientBase): DatabaseConnection => ({
  executeQuery: async <R>({ sql, parameters }: CompiledQuery) => {
    const { rows, rowCount } = await client.query({ text: sql, values: [...parameters] }).catch(refusal);
    return { rows: rows as R[], numAffectedRows: BigInt(rowCount ?? 0) };
  },
  streamQuery: () => {
    throw new Error('streaming inside a transaction is not offered: page through the rows');
  },
});

const nested = (): never => {
  throw new Error('this is a transaction already');
};

/** Kysely on one connection whose transaction somebody else opened. */
export const kyselyOn = (client: pg.ClientBase): Kysely<unknown> => {
  const connection = connectionOn(client);
  const nothing = (): Promise<void> => Promise.resolve();
  const driver: Driver = {
    init: nothing,
    acquireConnection: () => Promise.resolve(connection),
    releaseConnection: nothing,
    destroy: nothing,
    beginTransaction: nested,
    commitTransaction: nested,
    rollbackTransaction: nested,
  };
  return new Kysely<unknown>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => driver,
      createIntrospector: (db) => new PostgresIntrospector(db),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
  });
};
