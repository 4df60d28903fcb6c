import type { Database } from './database.ts';
import type { SchemaModule } from './schema-module.ts';

/** A database of its own for one test file. */
export interface TestDatabase extends Database {
  /** Closes the connections and drops the database; call it in `afterAll`. */
  drop(): Promise<void>;
}

/** Clones a migrated database for one test file: `const database = await createTestDatabase({ modules })`. */
export const createTestDatabase = (_options: { modules: readonly SchemaModule[] }): Promise<TestDatabase> =>
  Promise.reject(new Error('not yet'));
