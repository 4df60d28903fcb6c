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

/** Values that the other table does not take (SQLSTATE classes 22, 23): a fault of the row. */
const isRowsFault = (error: unknown): boolean => /^2[23]/.test(reasonOf(error));

/** Of rows of one key the last holds. */
const lastOf = (rows: readonly KeyedRow[]): KeyedRow[] => [...new Map(rows.map((one) => [one.key, one])).values()];

/** Writes rows into a table by its key: what is there is replaced in the columns that come, so that rows that come twice change nothing. */
export const openTableSink = async (client: TableClient, connection: string, table: string, key: string): Promise<Take> => {
  const { types, isKey } = await shapeOf(client, connection, table);
  if (!isKey(key)) throw fail('adapter.table-key', { table, column: key });
  const write = async (rows: readonly KeyedRow[]): Promise<void> => {
    const columns = [...new Set(rows.flatMap(({ cells }) => Object.keys(cells)))];
    const unknown = columns.find((column) => !types.has(column));
    if (unknown !== undefined) throw fail('adapter.table-column', { table, column: unknown });
    const [names, sets] = [columns.map(columnName).join(', '), columns.filter((column) => column !== key).map((column) => `${columnName(column)} = excluded.${columnName(column)}`).join(', ')];
    await client.query(`insert into ${nameOf(table)} (${names}) select ${names} from jsonb_populate_recordset(null::${nameOf(table)}, $1::jsonb) on conflict (${columnName(key)}) do ${sets === '' ? 'nothing' : `update set ${sets}`}`, [JSON.stringify(rows.map(({ cells }) => cells))]);
  };
  const writeEach = async (rows: readonly KeyedRow[]): Promise<Refusal[]> => {
    const refusals: Refusal[] = [];
    for (const one of rows) {
      try {
        await write([one]);
      } catch (error) {
        if (!isRowsFault(error)) throw error;
        refusals.push({ row: one.row, code: 'adapter.sink-refused', field: (error as { column?: string; constraint?: string }).column ?? (error as { constraint?: string }).constraint ?? key });
      }
    }
    return refusals;
  };
  return async (rows) => {
    if (rows.length === 0) return [];
    try {
      await write(lastOf(rows));
      return [];
    } catch (error) {
      if (isRowsFault(error)) return writeEach(rows);
      throw reasonOf(error).startsWith('adapter.') ? error : unreachable(connection, error);
    }
  };
};
