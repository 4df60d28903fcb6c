import { openPool, type Connection, type SchemaModule } from '@zhengwu/database';
import { runMigrations } from 'graphile-worker';
import { quiet } from './worker-log.ts';

/** The queue's own schema, kept by graphile-worker under the relay role. */
export const queueSchema = 'graphile_worker';

/** Prepares the job queue; our own row-level security rule is for our schemas, this one belongs to the library. */
export const jobsSchema: SchemaModule = {
  name: 'jobs',
  requires: ['events'],
  prepare: async (connection: Connection) => {
    const pool = openPool(connection, connection.relay, 2);
    try {
      await runMigrations({ pgPool: pool, schema: queueSchema, logger: quiet });
    } finally {
      await pool.end();
    }
  },
};
