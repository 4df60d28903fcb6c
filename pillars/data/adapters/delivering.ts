import type { Tx } from '@zhengwu/database';
import { isZhengwuError } from '@zhengwu/errors';
import { Registers } from '@zhengwu/registers';
import { Topics } from '@zhengwu/topics';
import { Connections } from './connections.ts';
import { fail } from './errors.ts';
import type { Flow, Refusal, Sink } from './flow.ts';
import { asPlatform, type Ground } from './ground.ts';
import { openPost } from './over-http.ts';
import * as store from './store.ts';
import { openClient } from './table-client.ts';
import { openTableSink, type KeyedRow, type Take } from './table-sink.ts';
import { isRefused, type Cells, type Passing } from './transforming.ts';

/** Where rows of a turn go. Inside, effects commit with the position; outside, rows that come twice have one effect by their key. */
export type OpenSink = { close(): Promise<void> } & ({ isOutside: false; take(tx: Tx, rows: readonly KeyedRow[]): Promise<Refusal[]> } | { isOutside: true; take: Take });
type InsideSink = Extract<Sink, { register: string } | { topic: string }>;

const keyOf = ({ key }: Sink, cells: Cells): string => {
  const value = cells[key];
  return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
};

/** Rows with their keys; those without are refused. */
export const keyed = (sink: Sink, passed: readonly Passing[]): { rows: KeyedRow[]; refusals: Refusal[] } => {
  const [rows, refusals]: [KeyedRow[], Refusal[]] = [[], []];
  for (const one of passed) {
    if (isRefused(one)) refusals.push(one);
    else {
      const key = keyOf(sink, one.cells);
      if (key === '') refusals.push({ row: one.row, code: 'adapter.no-key', field: sink.key });
      else rows.push({ ...one, key });
    }
  }
  return { rows, refusals };
};

const deliver = ({ use }: Ground, tx: Tx, code: string, sink: InsideSink, { key, cells }: KeyedRow): Promise<void> =>
  ('topic' in sink
    ? use(Topics).publish(tx, { topic: sink.topic, key, payload: cells })
    : use(Registers).write(tx, { register: sink.register, key, data: cells, validFrom: sink.validFrom, cause: `adapter:${code}` }));

/** What is no refusal of a row ends the turn. */
const takeInside = async (ground: Ground, tx: Tx, code: string, sink: InsideSink, rows: readonly KeyedRow[]): Promise<Refusal[]> => {
  const refusals: Refusal[] = [];
  for (const one of rows) {
    const error = await store.attempt(tx, async () => deliver(ground, tx, code, sink, one));
    if (error === undefined) continue;
    if (!isZhengwuError(error)) throw error;
    refusals.push({ row: one.row, code: error.code });
  }
  return refusals;
};

const nothing = (): Promise<void> => Promise.resolve();

/** To be closed by the caller. */
export const openSink = async (ground: Ground, { code, sink }: Pick<Flow, 'code' | 'sink'>): Promise<OpenSink> => {
  const connections = ground.use(Connections);
  if ('table' in sink) {
    const client = await openClient(await asPlatform(ground, (tx) => connections.find(tx, sink.connection, 'postgres')), false);
    const close = () => client.end().catch(() => undefined);
    try {
      return { isOutside: true, take: await openTableSink(client, sink.connection, sink.table, sink.key), close };
    } catch (error) {
      await close();
      throw error;
    }
  }
  if ('post' in sink) return { isOutside: true, take: openPost(await asPlatform(ground, (tx) => connections.find(tx, sink.connection, 'http')), sink.post, code), close: nothing };
  if (!('topic' in sink) && !('register' in sink)) throw fail('adapter.sink', { sink: '' });
  return { isOutside: false, take: (tx, rows) => takeInside(ground, tx, code, sink, rows), close: nothing };
};
