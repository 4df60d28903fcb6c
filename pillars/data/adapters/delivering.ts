import { join } from 'node:path';
import type { Tx } from '@zhengwu/database';
import { Topics } from '@zhengwu/topics';
import { bucketPut } from './bucket.ts';
import { Connections, isOf, type Opened } from './connections.ts';
import { folderPut, openDrop, type Put } from './drop.ts';
import { fill } from './filling.ts';
import type { Flow, Refusal, Sink } from './flow.ts';
import { asPlatform, type Ground } from './ground.ts';
import { openMysql } from './mysql-client.ts';
import { openMysqlSink } from './mysql-table.ts';
import { openPost } from './over-http.ts';
import { sftpPut } from './over-sftp.ts';
import { openClient } from './table-client.ts';
import { openTableSink, type KeyedRow, type Take } from './table-sink.ts';
import { isRefused, type Cells, type Passing } from './transforming.ts';

/** Where rows of a turn go. Inside, effects commit with the position; outside, rows that come twice have one effect by their key. */
export type OpenSink = { close(): Promise<void> } & ({ isOutside: false; take(tx: Tx, rows: readonly KeyedRow[]): Promise<Refusal[]> } | { isOutside: true; take: Take });

const keyOf = ({ key }: Sink, cells: Cells): string => {
  const value = cells[key];
  return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
};

/** As registers and topics keep keys. */
const LONGEST_KEY = 200;

/** Rows with their keys; those without are refused. */
export const keyed = (sink: Sink, passed: readonly Passing[]): { rows: KeyedRow[]; refusals: Refusal[] } => {
  const [rows, refusals]: [KeyedRow[], Refusal[]] = [[], []];
  for (const one of passed) {
    if (isRefused(one)) refusals.push(one);
    else {
      const key = keyOf(sink, one.cells);
      if (key === '' || key.length > LONGEST_KEY) refusals.push({ row: one.row, code: key === '' ? 'adapter.no-key' : 'adapter.long-key', field: sink.key });
      else rows.push({ ...one, key });
    }
  }
  return { rows, refusals };
};

const publishAll = async ({ use }: Ground, tx: Tx, topic: string, rows: readonly KeyedRow[]): Promise<Refusal[]> => {
  for (const { key, cells } of rows) await use(Topics).publish(tx, { topic, key, payload: cells });
  return [];
};

const nothing = (): Promise<void> => Promise.resolve();
type Drop = Extract<Sink, { drop: string }>;

const openFiles = async (ground: Ground, code: string, { drop, connection, format }: Drop): Promise<OpenSink> => {
  const outside = (put: Put, close = nothing): OpenSink => ({ isOutside: true, take: openDrop(put, code, format), close });
  if (connection === null) return outside(folderPut(join(ground.config.dataFolder, 'drops', drop)));
  const to = await asPlatform(ground, (tx) => ground.use(Connections).find(tx, connection, 's3', 'sftp'));
  const { put, close } = isOf(to, 's3') ? bucketPut(to, drop) : await sftpPut(to as Opened<'sftp'>, drop);
  return outside(put, () => Promise.resolve(close()));
};

const openTables = async (ground: Ground, { connection, table, key }: Extract<Sink, { table: string }>): Promise<OpenSink> => {
  const to = await asPlatform(ground, (tx) => ground.use(Connections).find(tx, connection, 'postgres', 'mysql'));
  const client = isOf(to, 'postgres') ? await openClient(to, false) : await openMysql(to as Opened<'mysql'>, false);
  const close = async (): Promise<void> => ('close' in client ? client.close() : client.end().catch(() => undefined));
  try {
    return { isOutside: true, take: await ('close' in client ? openMysqlSink(client, connection, table, key) : openTableSink(client, connection, table, key)), close };
  } catch (error) {
    await close();
    throw error;
  }
};

/** To be closed by the caller. */
export const openSink = async (ground: Ground, { code, sink }: Pick<Flow, 'code' | 'sink'>): Promise<OpenSink> => {
  const connections = ground.use(Connections);
  if ('table' in sink) return openTables(ground, sink);
  if ('drop' in sink) return openFiles(ground, code, sink);
  if ('post' in sink) return { isOutside: true, take: openPost(await asPlatform(ground, (tx) => connections.find(tx, sink.connection, 'http')), sink.post, code), close: nothing };
  return { isOutside: false, close: nothing, take: (tx, rows) => ('topic' in sink ? publishAll(ground, tx, sink.topic, rows) : fill(ground, tx, sink, `adapter:${code}`, rows)) };
};
