import { isZhengwuError } from '@zhengwu/errors';
import { fail } from './errors.ts';
import type { Refusal } from './flow.ts';
import { columnName, nameOf, reasonOf, shapeOf, unreachable, type TableClient } from './table-client.ts';
import type { Cells } from './transforming.ts';

export interface KeyedRow {
  row: number;
  key: string;
  cells: Cells;
}

/** Takes rows of a place (its hash) in; answers those that it refused. Throws where it cannot be reached, and then the same rows come again. */
export type Take = (rows: readonly KeyedRow[], place: string) => Promise<Refusal[]>;

/** How a kind of database writes rows by their key, and what its errors mean. */
export interface Writing {
  connection: string;
  key: string;
  /** One statement: all of them, or none. */
  write(rows: readonly KeyedRow[]): Promise<void>;
  /** The value does not go into the table: a fault of the row, at this column where it is known. */
  rowsFault(error: unknown): { column: string | undefined } | undefined;
}

/** Of rows of one key the last holds. */
const lastOf = (rows: readonly KeyedRow[]): KeyedRow[] => [...new Map(rows.map((one) => [one.key, one])).values()];

const writeEach = async ({ write, rowsFault, key }: Writing, rows: readonly KeyedRow[]): Promise<Refusal[]> => {
  const refusals: Refusal[] = [];
  for (const one of rows) {
    try {
      await write([one]);
    } catch (error) {
      const fault = rowsFault(error);
      if (!fault) throw error;
      refusals.push({ row: one.row, code: 'adapter.sink-refused', field: fault.column ?? key });
    }
  }
  return refusals;
};

/** Writes all rows at once, and one by one where the table refuses one of them. */
export const taking = (writing: Writing): Take => async (rows) => {
  if (rows.length === 0) return [];
  try {
    try {
      await writing.write(lastOf(rows));
      return [];
    } catch (error) {
      if (!writing.rowsFault(error)) throw error;
      return await writeEach(writing, rows);
    }
  } catch (error) {
    throw isZhengwuError(error) ? error : unreachable(writing.connection, error);
  }
};

/** The columns of some rows; throws `adapter.table-column` where the table lacks one. */
export const columnsOf = (rows: readonly KeyedRow[], table: string, types: ReadonlyMap<string, string>): string[] => {
  const columns = [...new Set(rows.flatMap(({ cells }) => Object.keys(cells)))];
  const unknown = columns.find((column) => !types.has(column));
  if (unknown !== undefined) throw fail('adapter.table-column', { table, column: unknown });
  return columns;
};

/** Values that the other table does not take: SQLSTATE classes 22 and 23. */
const rowsFault: Writing['rowsFault'] = (error) => {
  const { column, constraint } = error as { column?: string; constraint?: string };
  return /^2[23]/.test(reasonOf(error)) ? { column: column ?? constraint } : undefined;
};

/** Writes rows into a table by its key: what is there is replaced in the columns that come, so that rows that come twice change nothing. */
export const openTableSink = async (client: TableClient, connection: string, table: string, key: string): Promise<Take> => {
  const { types, isKey } = await shapeOf(client, connection, table);
  if (!isKey(key)) throw fail('adapter.table-key', { table, column: key });
  const write = async (rows: readonly KeyedRow[]): Promise<void> => {
    const columns = columnsOf(rows, table, types);
    const [names, sets] = [columns.map(columnName).join(', '), columns.filter((column) => column !== key).map((column) => `${columnName(column)} = excluded.${columnName(column)}`).join(', ')];
    await client.query(`insert into ${nameOf(table)} (${names}) select ${names} from jsonb_populate_recordset(null::${nameOf(table)}, $1::jsonb) on conflict (${columnName(key)}) do ${sets === '' ? 'nothing' : `update set ${sets}`}`, [JSON.stringify(rows.map(({ cells }) => cells))]);
  };
  return taking({ connection, key, write, rowsFault });
};
