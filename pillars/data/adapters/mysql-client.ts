import { createConnection, type Connection, type RowDataPacket } from 'mysql2/promise';
import { isZhengwuError } from '@zhengwu/errors';
import { isOwnHost, type Opened } from './connections.ts';
import { fail } from './errors.ts';
import { unreachable } from './table-client.ts';
import type { Cells } from './transforming.ts';

const IN_TIME_MS = 10_000;
const QUERY_MS = 60_000;
/** What does not fit is an error, never cut to fit; a backslash escapes, as the library takes for granted. */
const STRICT = 'STRICT_ALL_TABLES,NO_ZERO_DATE,NO_ZERO_IN_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION';

/** A connection of its own to MySQL or MariaDB: numbers that JavaScript would round come as text, days and instants as the server writes them, in the time of Asia/Shanghai. */
export interface MysqlClient {
  query(text: string, values: readonly unknown[]): Promise<Cells[]>;
  close(): Promise<void>;
}

const begin = async (connection: Connection, isReading: boolean): Promise<void> => {
  await connection.query(`set time_zone = '+08:00', sql_mode = '${STRICT}'`);
  if (isReading) await connection.query('set session transaction read only');
};

const cellOf = (value: unknown): unknown => (Buffer.isBuffer(value) ? value.toString('hex') : value);

/** A source is opened to be read only. Throws `adapter.unreachable`. */
export const openMysql = async ({ code, reach: { host, port, database, user, ca }, secret }: Opened<'mysql'>, isReading: boolean): Promise<MysqlClient> => {
  let connection: Connection | undefined;
  try {
    connection = await createConnection({
      host, port, database, user, password: secret, connectTimeout: IN_TIME_MS, charset: 'utf8mb4', dateStrings: true, supportBigNumbers: true, bigNumberStrings: true, disableEval: true,
      ...(isOwnHost(host) ? {} : { ssl: { ...(ca === null ? {} : { ca }), rejectUnauthorized: true, verifyIdentity: true } }),
    });
    connection.on('error', () => undefined);
    await begin(connection, isReading);
    const opened = connection;
    return {
      query: async (text, values) => {
        const [rows] = await opened.query<RowDataPacket[]>({ sql: text, values: values as unknown[], timeout: QUERY_MS });
        return Array.isArray(rows) ? rows.map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, cellOf(value)]))) : [];
      },
      close: () => opened.end().catch(() => opened.destroy()),
    };
  } catch (error) {
    connection?.destroy();
    throw isZhengwuError(error) ? error : unreachable(code, error);
  }
};

export const quoted = (name: string): string => `\`${name.replaceAll('`', '``')}\``;
export const tableName = (table: string): string => table.split('.').map(quoted).join('.');

export interface MysqlShape {
  /** Type of each column, as the server writes it. */
  types: ReadonlyMap<string, string>;
  /** Columns that alone tell rows apart; each is unique and never null. */
  keys: readonly string[];
  /** Unique indexes of the table, whatever they are made of. */
  unique: number;
}

/** Throws `adapter.table` where there is none that may be read. */
export const mysqlShape = async (client: MysqlClient, connection: string, table: string): Promise<MysqlShape> => {
  const [name = '', schema = null] = table.split('.').reverse();
  const where = 'table_schema = coalesce(?, database()) and table_name = ?';
  try {
    const columns = (await client.query(`select column_name as name, column_type as type from information_schema.columns where ${where} order by ordinal_position`, [schema, name])) as { name: string; type: string }[];
    if (columns.length === 0) throw fail('adapter.table', { connection, table });
    const unique = (await client.query(`select min(column_name) as name, max(nullable) as nullable, count(*) as columns from information_schema.statistics where ${where} and non_unique = 0 group by index_name`, [schema, name])) as { name: string; nullable: string; columns: string | number }[];
    return { types: new Map(columns.map((one) => [one.name, one.type])), keys: unique.filter((one) => Number(one.columns) === 1 && one.nullable !== 'YES').map((one) => one.name), unique: unique.length };
  } catch (error) {
    throw isZhengwuError(error) ? error : unreachable(connection, error);
  }
};
