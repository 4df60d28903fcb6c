import type { Database, Tx } from '@zhengwu/database';
import type { SealedColumn } from '@zhengwu/module';

/** One sealed value with what it is bound to. */
export interface SealedValue {
  key: string;
  sealed: string;
  context: string;
}

/** A value that is to take another's place, if that one still stands there. */
export interface Replacement {
  key: string;
  old: string;
  fresh: string;
}

export const readAfter = (tx: Tx, { table, column, key: [key, type], context }: SealedColumn, after: string | null, most: number): Promise<SealedValue[]> =>
  tx.query<SealedValue & Record<string, unknown>>(
    `select ${key}::text as key, ${column} as sealed, ${context} as context from ${table} where ${column} is not null${after === null ? '' : ` and ${key} > $2::${type}`} order by ${key} limit $1`,
    after === null ? [most] : [most, after],
  ).then(({ rows }) => rows);

/** Puts the new values where the old ones still stand; what was changed meanwhile stays as it is. Answers how many. */
export const replace = async (tx: Tx, { table, column, key: [key, type] }: SealedColumn, values: readonly Replacement[]): Promise<number> =>
  (await tx.query(
    `update ${table} t set ${column} = v.fresh from unnest($1::text[], $2::text[], $3::text[]) v(key, old, fresh) where t.${key} = v.key::${type} and t.${column} = v.old`,
    [values.map(({ key: one }) => one), values.map(({ old }) => old), values.map(({ fresh }) => fresh)],
  )).rowCount;

/** The values of a column in portions, each read in a transaction of its own so that the site goes on meanwhile. */
export async function* portions(database: Database, column: SealedColumn, most: number): AsyncGenerator<SealedValue[]> {
  for (let after: string | null = null; ;) {
    const from: string | null = after;
    const values: SealedValue[] = await database.as(database.system, (tx) => readAfter(tx, column, from, most), { readOnly: true });
    if (values.length > 0) yield values;
    if (values.length < most) return;
    after = values.at(-1)?.key ?? null;
  }
}
