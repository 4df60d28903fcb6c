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

/** Records that hold on a day, by their keys, at most `most`, as far as a clearance goes. Asks for the platform's context. */
export const recordsOn = async (tx: Tx, register: string, day: string, clearance: number, most: number): Promise<Record<string, unknown>[]> =>
  (await tx.query<{ data: Record<string, unknown> }>(`select data from registers.record where register = $1 and known_to is null and valid_from <= $2 and (valid_to is null or valid_to > $2)
    and secrecy <= $3 order by key limit $4`, [register, day, clearance, most])).rows.map(({ data }) => data);
