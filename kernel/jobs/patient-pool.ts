import { setTimeout as sleep } from 'node:timers/promises';
import type { openPool } from '@zhengwu/database';

export type Pool = ReturnType<typeof openPool>;
/** A connection taken from the pool. */
export type Client = NonNullable<Parameters<Parameters<Pool['connect']>[0]>[1]>;
type Query = (...args: unknown[]) => unknown;

/** SQLSTATE classes of a server that goes, comes or has no room: connection exception, operator intervention, insufficient resources. */
const PASSES = /^(08|57|53)/;
/** What the queue waits for and tries again upon; any other failure of its bookkeeping ends the program. */
const AGAIN = 'ETIMEDOUT';

/** The failure as the queue understands it: what the server itself said against a statement stays, what says that it is away becomes `ETIMEDOUT`. */
const passing = (error: unknown): never => {
  const { code, severity } = error as { code?: string; severity?: string };
  if (severity !== undefined && !PASSES.test(code ?? '')) throw error;
  throw Object.assign(new Error(`the database is away: ${(error as Error).message}`, { cause: error }), { code: AGAIN });
};

const known = new WeakSet<Client>();

const makePatient = (client: Client): Client => {
  if (known.has(client)) return client;
  known.add(client);
  const query = client.query.bind(client) as unknown as Query;
  client.query = ((...args: unknown[]) => {
    const answer = query(...args);
    return answer instanceof Promise ? answer.catch(passing) : answer;
  }) as unknown as Client['query'];
  return client;
};

/**
 * Lets the queue outlive its database: it marks jobs as done and failed without looking at the outcome, and tries again only upon few kinds of
 * failure, so that a connection refused at that moment would end the whole program.
 */
export const bePatient = (pool: Pool): Pool => {
  const connect = pool.connect.bind(pool) as unknown as (...callback: unknown[]) => Promise<Client>;
  pool.connect = ((...callback: unknown[]) => (callback.length > 0 ? connect(...callback) : connect().then(makePatient, passing))) as unknown as Pool['connect'];
  return pool;
};

/** Does `work` again every `ms` until it succeeds; undefined when `isOver` first. */
export const insist = async <T>(work: () => Promise<T>, isOver: () => boolean, ms: number): Promise<T | undefined> => {
  while (!isOver()) {
    try {
      return await work();
    } catch {
      await sleep(ms);
    }
  }
  return undefined;
};
