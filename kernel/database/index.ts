export type { Acting, Connection, Credential, Database, Result, Row, TransactionOptions, Tx } from './database.ts';
export type { Migration, SchemaModule } from './schema-module.ts';
export { createTestDatabase, type TestDatabase } from './test-database.ts';
