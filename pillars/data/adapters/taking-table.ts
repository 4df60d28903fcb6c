import { createHash } from 'node:crypto';
import { Connections, isOf, type Opened } from './connections.ts';
import type { TableSource } from './flow.ts';
import { asPlatform, type Ground } from './ground.ts';
import { openMysql } from './mysql-client.ts';
import { openMysqlTable } from './mysql-table.ts';
import * as store from './store.ts';
import { openClient } from './table-client.ts';
import { openTable, type TableCursor, type TablePage } from './table-source.ts';
import { takeChunk, type Turn } from './taking.ts';

/** Another table, another key or another way of telling changes begins anew. */
const placeOf = (flow: string, source: TableSource): store.Place => ({ flow, file: source.table, hash: createHash('sha256').update(JSON.stringify(source)).digest('hex') });

type Next = (cursor: TableCursor | null) => Promise<TablePage>;

const open = async (ground: Ground, source: TableSource): Promise<{ next: Next; close(): Promise<void> }> => {
  const to = await asPlatform(ground, (tx) => ground.use(Connections).find(tx, source.connection, 'postgres', 'mysql'));
  const client = isOf(to, 'postgres') ? await openClient(to, true) : await openMysql(to as Opened<'mysql'>, true);
  const close = async (): Promise<void> => ('close' in client ? client.close() : client.end().catch(() => undefined));
  try {
    return { next: await ('close' in client ? openMysqlTable(client, to.code, source) : openTable(client, to.code, source)), close };
  } catch (error) {
    await close();
    throw error;
  }
};

/** Lends a page by page reading of the table. */
export const withTable = async <T>(ground: Ground, source: TableSource, work: (next: Next) => Promise<T>): Promise<T> => {
  const { next, close } = await open(ground, source);
  try {
    return await work(next);
  } finally {
    await close();
  }
};

/** Takes what has changed in a table, a page at a time, each with the place where the next one begins. */
export const takeTable = (ground: Ground, turn: Turn, source: TableSource): Promise<void> => withTable(ground, source, async (next) => {
  const place = placeOf(turn.flow.code, source);
  for (;;) {
    turn.signal?.throwIfAborted();
    const { position, cursor } = await asPlatform(ground, (tx) => store.hold(tx, place));
    const page = await next(cursor as TableCursor | null);
    await takeChunk(ground, turn, place, { rows: page.rows.map((cells, at) => ({ row: position + at + 1, cells })), cursor: page.cursor });
    if (page.isEnd) return;
  }
});
