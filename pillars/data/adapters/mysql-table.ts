import { isZhengwuError } from '@zhengwu/errors';
import { fail } from './errors.ts';
import type { TableSource } from './flow.ts';
import { mysqlShape, quoted, tableName, type MysqlClient } from './mysql-client.ts';
import { unreachable } from './table-client.ts';
import { columnsOf, taking, type KeyedRow, type Take, type Writing } from './table-sink.ts';
import { PAGE, type TableCursor, type TablePage } from './table-source.ts';

const [KEY, VALUE] = ['zhengwu:key', 'zhengwu:value'];

/** A text as a value of the column's type: numbers are not compared as floating ones, and texts by the column's own order. */
const castOf = (type: string): string => {
  if (/^(tiny|small|medium|big)?int/.test(type)) return type.includes('unsigned') ? 'cast(? as unsigned)' : 'cast(? as signed)';
  if (/^(decimal|numeric)/.test(type)) return 'cast(? as decimal(65,30))';
  if (/^(datetime|timestamp)/.test(type)) return 'cast(? as datetime(6))';
  return type === 'date' ? 'cast(? as date)' : '?';
};

/** The rows after a cursor by a column that goes up with every change; MySQL does not say by which transaction a row was written. */
export const openMysqlTable = async (client: MysqlClient, connection: string, { table, key, changes }: TableSource): Promise<(cursor: TableCursor | null) => Promise<TablePage>> => {
  const { types, keys } = await mysqlShape(client, connection, table);
  if (changes.by !== 'column') throw fail('adapter.no-transactions', { connection });
  const [keyType, type] = [types.get(key), types.get(changes.column)];
  if (keyType === undefined || !keys.includes(key)) throw fail('adapter.table-key', { table, column: key });
  if (type === undefined) throw fail('adapter.table-key', { table, column: changes.column });
  const [k, v] = [`t.${quoted(key)}`, `t.${quoted(changes.column)}`];
  const settled = /^(datetime|timestamp|date)/.test(type) ? `and ${v} <= now(6) - interval ${changes.settleSeconds} second` : '';
  const after = `and (${v} > ${castOf(type)} or (${v} = ${castOf(type)} and ${k} > ${castOf(keyType)}))`;
  return async (cursor) => {
    const last = cursor && 'value' in cursor && cursor.value !== null ? cursor : null;
    try {
      const found = await client.query(`select t.*, cast(${k} as char) as ${quoted(KEY)}, cast(${v} as char) as ${quoted(VALUE)} from ${tableName(table)} t where ${v} is not null ${last ? after : ''} ${settled} order by ${v}, ${k} limit ${PAGE}`, last ? [last.value, last.value, last.after] : []);
      const end = found.at(-1);
      const rows = found.map((row) => Object.fromEntries(Object.entries(row).filter(([name]) => name !== KEY && name !== VALUE)));
      return { rows, cursor: end ? { value: String(end[VALUE]), after: String(end[KEY]) } : (last ?? { value: null, after: null }), isEnd: found.length < PAGE };
    } catch (error) {
      throw isZhengwuError(error) ? error : unreachable(connection, error);
    }
  };
};

/** Data truncated, incorrect value, check violated: beside SQLSTATE classes 22 and 23. */
const ROWS_FAULTS = new Set([1265, 1366, 3819]);
const rowsFault: Writing['rowsFault'] = (error) => {
  const { sqlState, errno } = error as { sqlState?: string; errno?: number };
  return /^2[23]/.test(sqlState ?? '') || ROWS_FAULTS.has(errno ?? 0) ? { column: undefined } : undefined;
};

const valueOf = (value: unknown): unknown => (value === undefined ? null : typeof value === 'object' && value !== null ? JSON.stringify(value) : value);

/** As into PostgreSQL. The key is the only unique index: another one would have a row replaced that is not meant. */
export const openMysqlSink = async (client: MysqlClient, connection: string, table: string, key: string): Promise<Take> => {
  const { types, keys, unique } = await mysqlShape(client, connection, table);
  if (!keys.includes(key) || unique !== 1) throw fail('adapter.table-key', { table, column: key });
  const write = async (rows: readonly KeyedRow[]): Promise<void> => {
    const columns = columnsOf(rows, table, types);
    const names = columns.map(quoted);
    const sets = names.map((name) => `${name} = values(${name})`).join(', ');
    const places = `(${columns.map(() => '?').join(', ')})`;
    await client.query(`insert into ${tableName(table)} (${names.join(', ')}) values ${rows.map(() => places).join(', ')} on duplicate key update ${sets}`, rows.flatMap(({ cells }) => columns.map((column) => valueOf(cells[column]))));
  };
  return taking({ connection, key, write, rowsFault });
};
