export { contextOf, openDatabase, openPool, system } from './connect.ts';
export type { Acting, Connection, Credential, Database, Result, Row, TransactionOptions, Tx } from './database.ts';
export { dumpSchema } from './dump.ts';
export { bodyHash, once, type Answer, type KeyedCommand } from './once.ts';
export { inOrder, migrate } from './migrate.ts';
export type { Migration, SchemaModule } from './schema-module.ts';
export { startDatabase, type DatabaseOptions, type RunningDatabase } from './start.ts';
export { StartError } from './start-error.ts';
export { createTestDatabase, type TestDatabase } from './testing/test-database.ts';
