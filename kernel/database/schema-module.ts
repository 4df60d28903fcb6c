import type { Connection } from './database.ts';

/**
 * One forward step of a module's schema. Applied once, then frozen: a changed text is refused.
 * In `sql`, `$owner`, `$app` and `$relay` stand for the site's roles.
 */
export interface Migration {
  /** `0001-what-it-does`; steps run in the order of the list. */
  id: string;
  sql: string;
}

/** The part of a module that the database knows: one PostgreSQL schema of the module's name. */
export interface SchemaModule {
  name: string;
  requires?: readonly string[];
  migrations?: readonly Migration[];
  /**
   * Tables without row-level security (`schema.table`). The app and relay roles must hold no privilege on them;
   * only SECURITY DEFINER functions reach them (search indexes, bookkeeping).
   */
  internal?: readonly string[];
  /** Runs after the migrations, for schemas that a library keeps (the job queue). */
  prepare?(connection: Connection): Promise<void>;
}
