import type { Readable, Writable } from 'node:stream';
import type { Actor } from '@zhengwu/contracts';
import type { Kysely } from 'kysely';

/** Rows of one statement. bigint columns arrive as number when safe, numeric as string, date as 'YYYY-MM-DD', timestamptz as Date. */
export interface Result<Row> {
  rows: Row[];
  rowCount: number;
}

export type Row = Record<string, unknown>;

/** One transaction on one connection with the actor's context set. Use it only inside the callback that received it. */
export interface Tx {
  query<R = Row>(text: string, values?: readonly unknown[]): Promise<Result<R>>;
  /** Like `query`, prepared once per connection under `name`; one name always means one text. */
  named<R = Row>(name: string, text: string, values?: readonly unknown[]): Promise<Result<R>>;
  /** Typed query builder on this transaction's connection. */
  kysely<Schema>(): Kysely<Schema>;
}

/** A transaction on a connection of its own, through which rows stream. */
export interface CopyTx extends Tx {
  /** Rows as they leave by `copy (…) to stdout`; read them to their end before the next statement. */
  copyOut(text: string): Readable;
  /** Takes rows in by `copy … from stdin`; they are there when it has finished. A table with row-level security takes none: copy into a temporary one. */
  copyIn(text: string): Writable;
}

/** What the database needs to know of who acts; every `Actor` is one. */
export interface Acting extends Pick<Actor, 'kind' | 'scope' | 'clearance'>, Partial<Pick<Actor, Told>> {
  departments: readonly number[];
  subjects: readonly string[];
}

type Told = 'accountId' | 'personId' | 'name' | 'onBehalfOf' | 'assurance' | 'requestId' | 'address' | 'permissions';

export interface Database {
  /** The platform itself: sees every row. For jobs, start-up and set-up only, never on behalf of a person. */
  readonly system: Acting;
  readonly config: Connection;
  /** Runs `work` in one transaction as `actor`; commits when it resolves, rolls back when it throws. */
  as<T>(actor: Acting, work: (tx: Tx) => Promise<T>, options?: TransactionOptions): Promise<T>;
  /**
   * One prepared round trip without BEGIN: `text` calls one SQL function whose first argument is the actor,
   * `select * from cases.submit($1::jsonb, $2, $3)`; `values` are $2 and on. The function runs `kernel.enter($1)` first.
   */
  call<R = Row>(actor: Acting, name: string, text: string, values?: readonly unknown[]): Promise<Result<R>>;
  /**
   * Like `call`, for short statements that only read: they share connections with other requests' reads and leave without waiting
   * for each other's answers, so that many cost little more than one.
   */
  ask<R = Row>(actor: Acting, name: string, text: string, values?: readonly unknown[]): Promise<Result<R>>;
  /** Like `as`, on a connection of its own without a limit of time: for bulk that streams by COPY. */
  copy<T>(actor: Acting, work: (tx: CopyTx) => Promise<T>, options?: TransactionOptions): Promise<T>;
  /** Transaction under the relay role as system; for the outbox and jobs. */
  relay<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** True when a connection answers within a second. */
  ready(): Promise<boolean>;
  close(): Promise<void>;
}

export interface TransactionOptions {
  isolation?: 'read committed' | 'repeatable read' | 'serializable';
  readOnly?: boolean;
}

export interface Credential {
  user: string;
  password: string;
}

/** Where a site's database is and its three roles. */
export interface Connection {
  host: string;
  port: number;
  database: string;
  owner: Credential;
  app: Credential;
  relay: Credential;
  /** CA certificate of the server; with it TLS is required and checked. Loopback needs none. */
  ca?: string;
  /** Connections kept for requests; 10 unless said. */
  poolSize?: number;
}
