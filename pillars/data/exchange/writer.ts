import type { Database } from '@zhengwu/database';
import { insertCalls, insertRecords, insertSigners, type CallRow, type RecordRow, type SignerRow } from './store-log.ts';

/** Writes to the log, many messages in one commit. */
export interface LogWriter {
  /** Resolves when the message is committed: true when it is new, false when the log has it already. */
  record(row: RecordRow, signer: SignerRow): Promise<boolean>;
  /** Resolves when what became of a message is committed. */
  call(row: CallRow): Promise<void>;
  /** Resolves when all that was given is committed. */
  idle(): Promise<void>;
}

interface Waiting {
  row: RecordRow | null;
  signer: SignerRow | null;
  call: CallRow | null;
  resolve(isNew: boolean): void;
  reject(error: unknown): void;
}

const MOST = 500;
/** Bodies in memory at once, in bytes, in one statement. */
const MOST_BYTES = 16_000_000;

/** How many of those waiting go into one commit. */
const take = (waiting: Waiting[]): Waiting[] => {
  let bytes = 0;
  const count = waiting.findIndex(({ row }, at) => at >= MOST || ((bytes += row?.body?.length ?? 0) > MOST_BYTES && at > 0));
  return waiting.splice(0, count < 0 ? waiting.length : count);
};

const write = (database: Database, batch: readonly Waiting[], known: Set<string>): Promise<Set<string>> =>
  database.as(database.system, async (tx) => {
    const signers = [...new Map(batch.flatMap(({ signer }) => (signer && !known.has(signer.fingerprint) ? [[signer.fingerprint, signer] as const] : []))).values()];
    if (signers.length > 0) await insertSigners(tx, signers);
    const rows = batch.flatMap(({ row }) => (row ? [row] : []));
    const entered = rows.length > 0 ? await insertRecords(tx, rows) : new Set<string>();
    const calls = batch.flatMap(({ call }) => (call ? [call] : []));
    if (calls.length > 0) await insertCalls(tx, calls);
    return entered;
  });

/** While one commit is under way the next messages gather for the one after it: alone a message waits for nobody, many share a commit. */
export const openWriter = (database: Database): LogWriter => {
  const waiting: Waiting[] = [];
  const known = new Set<string>();
  let running: Promise<void> | undefined;
  const flush = async (): Promise<void> => {
    while (waiting.length > 0) {
      const batch = take(waiting);
      try {
        const entered = await write(database, batch, known);
        for (const { row, signer, resolve } of batch) {
          if (signer) known.add(signer.fingerprint);
          resolve(row === null || entered.has(row.id));
        }
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    running = undefined;
  };
  const add = (one: Pick<Waiting, 'row' | 'signer' | 'call'>): Promise<boolean> => new Promise((resolve, reject) => {
    waiting.push({ ...one, resolve, reject });
    running ??= Promise.resolve().then(flush);
  });
  return {
    record: (row, signer) => add({ row, signer, call: null }),
    call: async (call) => void (await add({ row: null, signer: null, call })),
    idle: async () => {
      while (running) await running;
    },
  };
};
