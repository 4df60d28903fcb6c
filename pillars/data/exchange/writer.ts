import type { Database } from '@zhengwu/database';
import { writeLog, type CallRow, type RecordRow, type SignerRow } from './store-log.ts';

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

const write = (database: Database, batch: readonly Waiting[], known: ReadonlySet<string>): Promise<Set<string>> => {
  const signers = new Map(batch.flatMap(({ signer }) => (signer && !known.has(signer.fingerprint) ? [[signer.fingerprint, signer] as const] : [])));
  return writeLog(database, [...signers.values()], batch.flatMap(({ row }) => (row ? [row] : [])), batch.flatMap(({ call }) => (call ? [call] : [])));
};

/** What became of a message waits so long for a message that goes in anyway. */
const CALLS_MS = 100;

/** While one commit is under way the next messages gather for the one after it: alone a message waits for nobody, many share a commit. */
export const openWriter = (database: Database): LogWriter => {
  const waiting: Waiting[] = [];
  const known = new Set<string>();
  let running: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;
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
  /** Begins in the next turn: what ends at once must not be held to be running. */
  const begin = (): void => {
    clearTimeout(timer);
    timer = undefined;
    running ??= Promise.resolve().then(flush);
  };
  const add = (one: Pick<Waiting, 'row' | 'signer' | 'call'>): Promise<boolean> => new Promise((resolve, reject) => {
    waiting.push({ ...one, resolve, reject });
    if (one.row) begin();
    else timer ??= setTimeout(begin, CALLS_MS);
  });
  return {
    record: (row, signer) => add({ row, signer, call: null }),
    call: async (call) => void (await add({ row: null, signer: null, call })),
    idle: async () => {
      begin();
      while (running) await running;
    },
  };
};
