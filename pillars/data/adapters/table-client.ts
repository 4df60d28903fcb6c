import pg from 'pg';
import type { Opened } from './connections.ts';
import { isOwnHost } from './connections.ts';
import { fail } from './errors.ts';

const { builtins } = pg.types;
/** Read as JavaScript knows them without loss; every other type as the server writes it. */
const OWN_VALUES = new Set<number>([builtins.BOOL, builtins.INT2, builtins.INT4, builtins.FLOAT4, builtins.FLOAT8, builtins.JSON, builtins.JSONB]);
const types = { getTypeParser: ((oid: number) => (OWN_VALUES.has(oid) ? pg.types.getTypeParser(oid) : (text: string) => text)) as pg.CustomTypesConfig['getTypeParser'] };

export type TableClient = pg.Client;

/** What the other side said, by code alone: its words may hold values. */
export const reasonOf = (error: unknown): string => (error as { code?: string }).code ?? (error as Error).name;
export const unreachable = (connection: string, error: unknown) => fail('adapter.unreachable', { connection, reason: reasonOf(error) });

/** A connection of its own, in the other server's time zone of Shanghai, so that instants read as they are meant; a source is opened to be read only. */
export const openClient = async ({ code, reach: { host, port, database, user, ca }, secret }: Opened<'postgres'>, isReading: boolean): Promise<TableClient> => {
  const client = new pg.Client({
    host, port, database, user, password: secret, application_name: 'zhengwu-adapters', connectionTimeoutMillis: 10_000, statement_timeout: 60_000, query_timeout: 70_000, types,
    ssl: isOwnHost(host) ? false : { ...(ca === null ? {} : { ca }), rejectUnauthorized: true },
    options: `-c timezone=Asia/Shanghai -c datestyle=ISO,YMD${isReading ? ' -c default_transaction_read_only=on' : ''}`,
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return client;
  } catch (error) {
    await client.end().catch(() => undefined);
    throw unreachable(code, error);
  }
};

export const nameOf = (table: string): string => table.split('.').map((part) => pg.escapeIdentifier(part)).join('.');
export const columnName = (column: string): string => pg.escapeIdentifier(column);

export interface TableShape {
  /** Type of each column, as SQL writes it. */
  types: ReadonlyMap<string, string>;
  /** Whether rows can be told apart by the column alone. */
  isKey(column: string): boolean;
}

/** Throws `adapter.table` where there is none that may be read. */
export const shapeOf = async (client: TableClient, connection: string, table: string): Promise<TableShape> => {
  const query = async <T extends pg.QueryResultRow>(text: string): Promise<T[]> => {
    try {
      return (await client.query<T>(text, [nameOf(table)])).rows;
    } catch (error) {
      if (['42P01', '42501', '3F000'].includes(reasonOf(error))) throw fail('adapter.table', { connection, table });
      throw unreachable(connection, error);
    }
  };
  const columns = await query<{ name: string; type: string }>('select attname as name, format_type(atttypid, atttypmod) as type from pg_attribute where attrelid = $1::regclass and attnum > 0 and not attisdropped order by attnum');
  const keys = await query<{ name: string }>('select a.attname as name from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0] where i.indrelid = $1::regclass and i.indisunique and i.indnkeyatts = 1 and i.indpred is null and i.indexprs is null and a.attnotnull');
  return { types: new Map(columns.map(({ name, type }) => [name, type])), isKey: (column) => keys.some(({ name }) => name === column) };
};
