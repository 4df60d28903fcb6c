import { isZhengwuError } from '@zhengwu/errors';
import { fail } from './errors.ts';
import type { Cells } from './transforming.ts';
import { columnName, nameOf, shapeOf, unreachable, type TableClient } from './table-client.ts';
import type { TableSource } from './flow.ts';

export const PAGE = 500;

/** Where a table stands. By transaction: all of `from` up to `to` are taken after `after`; equal where a pass is over. By column: the last row's value and key. */
export type TableCursor = { from: string; to: string; after: string | null } | { value: string | null; after: string | null };

export interface TablePage {
  rows: Cells[];
  cursor: TableCursor;
  /** Nothing more lies there now. */
  isEnd: boolean;
}
interface Reading {
  client: TableClient;
  connection: string;
  source: TableSource;
  keyType: string;
  columnType: string;
}

type Found = { cells: Cells; k: string; v: string | null };

const ask = async ({ client, connection }: Reading, text: string, values: unknown[]): Promise<Found[]> => {
  try {
    const { rows } = await client.query<Cells & { '\u0001k': string; '\u0001v': string | null }>(text, values);
    return rows.map(({ '\u0001k': k, '\u0001v': v, ...cells }) => ({ cells, k, v }));
  } catch (error) {
    throw isZhengwuError(error) ? error : unreachable(connection, error);
  }
};

/** The oldest transaction that may still change something: whatever is older has been seen, or never happened. */
const horizon = async ({ client, connection }: Reading): Promise<string> => {
  try {
    return (await client.query<{ at: string }>('select pg_snapshot_xmin(pg_current_snapshot())::text as at')).rows[0]?.at ?? '0';
  } catch (error) {
    throw unreachable(connection, error);
  }
};

/** A row names its transaction by the last 32 bits; the newest number that ends so is meant, for none is newer than the snapshot. */
const WHO = `(pg_snapshot_xmax(pg_current_snapshot())::text::bigint - ((pg_snapshot_xmax(pg_current_snapshot())::text::bigint - t.xmin::text::bigint) & 4294967295))`;

const byTransaction = async (reading: Reading, last: Extract<TableCursor, { from: string }> | null): Promise<TablePage> => {
  const { source: { table, key }, keyType } = reading;
  const pass = last && last.from !== last.to ? last : { from: last?.to ?? '0', to: await horizon(reading), after: null };
  if (pass.from === pass.to) return { rows: [], cursor: pass, isEnd: true };
  const found = await ask(reading, `select t.*, t.${columnName(key)}::text as "\u0001k", null as "\u0001v" from ${nameOf(table)} t
    where ($3::text is null or t.${columnName(key)} > $3::text::${keyType}) and ${WHO} >= $1::bigint and ${WHO} < $2::bigint order by t.${columnName(key)} limit ${PAGE}`, [pass.from, pass.to, pass.after]);
  const isEnd = found.length < PAGE;
  return { rows: found.map(({ cells }) => cells), cursor: isEnd ? { from: pass.to, to: pass.to, after: null } : { ...pass, after: found.at(-1)?.k ?? null }, isEnd };
};

const byColumn = async (reading: Reading, last: Extract<TableCursor, { value: string | null }> | null): Promise<TablePage> => {
  const { source: { table, key, changes }, keyType, columnType } = reading;
  if (changes.by !== 'column') throw new Error('not a column');
  const column = `t.${columnName(changes.column)}`;
  const isInstant = /^(timestamp|date)/.test(columnType);
  const found = await ask(reading, `select t.*, t.${columnName(key)}::text as "\u0001k", ${column}::text as "\u0001v" from ${nameOf(table)} t
    where ${column} is not null and ($1::text is null or (${column}, t.${columnName(key)}) > ($1::text::${columnType}, $2::text::${keyType}))
    ${isInstant ? `and ${column} <= now() - make_interval(secs => ${changes.settleSeconds})` : ''} order by ${column}, t.${columnName(key)} limit ${PAGE}`, [last?.value ?? null, last?.after ?? null]);
  const end = found.at(-1);
  return { rows: found.map(({ cells }) => cells), cursor: end ? { value: end.v, after: end.k } : (last ?? { value: null, after: null }), isEnd: found.length < PAGE };
};

/** The rows after a cursor, in an order that does not change; each version of a row that was settled when it was asked for comes once. */
export const openTable = async (client: TableClient, connection: string, source: TableSource): Promise<(cursor: TableCursor | null) => Promise<TablePage>> => {
  const { types, isKey } = await shapeOf(client, connection, source.table);
  const keyType = types.get(source.key);
  if (keyType === undefined || !isKey(source.key)) throw fail('adapter.table-key', { table: source.table, column: source.key });
  const column = source.changes.by === 'column' ? source.changes.column : source.key;
  const columnType = types.get(column);
  if (columnType === undefined) throw fail('adapter.table-key', { table: source.table, column });
  const reading = { client, connection, source, keyType, columnType };
  return (cursor) => (source.changes.by === 'transaction'
    ? byTransaction(reading, cursor && 'from' in cursor ? cursor : null)
    : byColumn(reading, cursor && 'value' in cursor ? cursor : null));
};
