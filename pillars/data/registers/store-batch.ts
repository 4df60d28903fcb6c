import type { Tx } from '@zhengwu/database';

/** Rows of one register that are written together for one cause; a key stands in a batch at most once. */
export interface Batch {
  register: string;
  cause: string;
  rows: readonly BatchRow[];
  /** A record that this cause has written before is not changed by it again; such keys are answered in `repeated`. */
  once?: boolean;
}

export interface BatchRow {
  key: string;
  /** Given fields replace, the rest stays as it was. */
  data: Record<string, unknown>;
  /** Day from which it holds, in Asia/Shanghai. */
  validFrom: string;
  subject?: string;
}

export interface BatchResult {
  added: number;
  changed: number;
  unchanged: number;
  repeated: string[];
}

/** Writes checked rows, each as `Registers.write` would, in one round trip; rows that change nothing write nothing. Asks for the platform's context. */
export const writeBatch = async (tx: Tx, { register, cause, rows, once = false }: Batch): Promise<BatchResult> => {
  const found = await tx.named<BatchResult>('registers.writeBatch', 'select added, changed, unchanged, repeated from registers.write_batch($1, $2, $3::jsonb, $4)', [register, cause, JSON.stringify(rows), once]);
  return found.rows[0] as BatchResult;
};

/** Versions that one cause has written, taken back: from now on they are not known. Records that another cause has changed since stay. Asks for the platform's context. */
export const withdrawBatch = async (tx: Tx, { register, cause, keys }: { register: string; cause: string; keys: readonly string[] }): Promise<string[]> => {
  const { rows } = await tx.query<{ key: string; day: string }>(
    `update registers.record r set known_to = greatest(date_trunc('milliseconds', clock_timestamp()), r.known_from + interval '1 millisecond')
     where r.register = $1 and r.key = any ($2) and r.known_to is null and r.cause = registers.cause_of($3)
       and not exists (select from registers.record o where o.register = r.register and o.key = r.key and o.known_to is null and o.cause <> r.cause)
     returning r.key, r.valid_from as day`, [register, keys, cause]);
  if (rows.length > 0) await tx.query('select registers.tell($1::jsonb)', [JSON.stringify(rows.map(({ key, day }) => ({ register, key, validFrom: day, cause })))]);
  return rows.map(({ key }) => key);
};

/** Records that hold on a day, by their keys, at most `most`, as far as a clearance goes. Asks for the platform's context. */
export const recordsOn = async (tx: Tx, register: string, day: string, clearance: number, most: number): Promise<Record<string, unknown>[]> =>
  (await tx.query<{ data: Record<string, unknown> }>(`select data from registers.record where register = $1 and known_to is null and valid_from <= $2 and (valid_to is null or valid_to > $2)
    and secrecy <= $3 order by key limit $4`, [register, day, clearance, most])).rows.map(({ data }) => data);

/** Records that hold on a day after a key, in the order of their keys; everything of each. Asks for the platform's context. */
export const recordsAfter = async (tx: Tx, register: string, day: string, after: string, limit: number): Promise<{ key: string; data: Record<string, unknown> }[]> =>
  (await tx.named<{ key: string; data: Record<string, unknown> }>('registers.recordsAfter', `select key, data from registers.record where register = $1 and key > $3 and known_to is null and valid_from <= $2 and (valid_to is null or valid_to > $2)
    order by key limit $4`, [register, day, after, limit])).rows;
