import type { Tx } from '@zhengwu/database';
import { isZhengwuError } from '@zhengwu/errors';
import type { Site } from '@zhengwu/module';
import { Registers } from '@zhengwu/registers';
import { Topics } from '@zhengwu/topics';
import { fail } from './errors.ts';
import type { Adapters, Flow, Outcome, Preview, Refusal, Sink } from './flow.ts';
import { openFile, settledFiles, type Found } from './folder.ts';
import * as store from './store.ts';
import { isRefused, transform, type Cells, type LookUp, type Passing } from './transforming.ts';

const MOST_SHOWN = 100;
const SHANGHAI_MS = 8 * 3_600_000;

type Ground = Pick<Site, 'database' | 'clock' | 'use'> & { root: string };

const today = ({ clock }: Ground): string => new Date(clock.now().getTime() + SHANGHAI_MS).toISOString().slice(0, 10);
const lookUpIn = (ground: Ground, tx: Tx): LookUp => (register, keys) => ground.use(Registers).readAll(tx, keys.map((key) => ({ register, key })), today(ground));
const keyOf = (sink: Sink, cells: Cells): string => { const key = cells[sink.key]; return typeof key === 'string' || typeof key === 'number' ? String(key).trim() : ''; };

const deliver = ({ use }: Ground, tx: Tx, { code, sink }: Flow, cells: Cells): Promise<void> => {
  const key = keyOf(sink, cells);
  if (key === '') throw fail('adapter.no-key');
  return 'topic' in sink
    ? use(Topics).publish(tx, { topic: sink.topic, key, payload: cells })
    : use(Registers).write(tx, { register: sink.register, key, data: cells, validFrom: sink.validFrom, cause: `adapter:${code}` });
};

/** Hands the rows to the sink; answers which were refused. What is no refusal of a row ends the run. */
const sinkRows = async (ground: Ground, tx: Tx, flow: Flow, rows: readonly Passing[]): Promise<Refusal[]> => {
  const refusals: Refusal[] = [];
  for (const one of rows) {
    if (isRefused(one)) refusals.push(one);
    else {
      const error = await store.attempt(tx, async () => deliver(ground, tx, flow, one.cells));
      if (error === undefined) continue;
      if (!isZhengwuError(error)) throw error;
      refusals.push({ row: one.row, code: error.code });
    }
  }
  return refusals;
};

/** Deals with the rows that are still to do; a runner that comes second finds nothing left. */
const takeChunk = (ground: Ground, flow: Flow, place: store.Place, chunk: readonly Passing[]): Promise<{ rows: number; refused: number }> =>
  ground.database.as(ground.database.system, async (tx) => {
    const { position } = await store.hold(tx, place);
    const rows = chunk.filter(({ row }) => row > position);
    const last = rows.at(-1);
    if (!last) return { rows: 0, refused: 0 };
    const refusals = await sinkRows(ground, tx, flow, await transform(flow.steps, rows, lookUpIn(ground, tx)));
    await store.advance(tx, place, last.row, refusals);
    return { rows: rows.length, refused: refusals.length };
  });

const takeFile = async (ground: Ground, flow: Flow, found: Found, outcome: Outcome, signal?: AbortSignal): Promise<void> => {
  const { database } = ground;
  const place = { flow: flow.code, file: found.file, hash: found.hash };
  if ((await database.as(database.system, (tx) => store.hold(tx, place))).isFinished) return;
  for await (const chunk of found.rows) {
    signal?.throwIfAborted();
    const { rows, refused } = await takeChunk(ground, flow, place, chunk);
    outcome.rows += rows;
    outcome.refused += refused;
  }
  await database.as(database.system, (tx) => store.finish(tx, place));
  outcome.files += 1;
};

const run = async (ground: Ground, code: string, signal?: AbortSignal): Promise<Outcome> => {
  const { database, clock, root } = ground;
  const flow = await database.as(database.system, (tx) => store.getFlow(tx, code));
  if (!flow) throw fail('adapter.unknown', { flow: code });
  const outcome: Outcome = { files: 0, rows: 0, refused: 0 };
  for (const file of await settledFiles(root, flow, clock.now().getTime())) {
    const found = await openFile(root, flow, file);
    try {
      await takeFile(ground, flow, found, outcome, signal);
    } finally {
      await found.close();
    }
  }
  return outcome;
};

const preview = async (ground: Ground, flow: Flow, most: number): Promise<Preview> => {
  const [file] = await settledFiles(ground.root, flow, ground.clock.now().getTime());
  if (!file) return { before: [], after: [], refusals: [] };
  const found = await openFile(ground.root, flow, file);
  try {
    const rows = ((await found.rows.next()).value as Passing[] | undefined ?? []).slice(0, Math.min(most, MOST_SHOWN));
    const passed = await ground.database.as(ground.database.system, (tx) => transform(flow.steps, rows, lookUpIn(ground, tx)));
    return { before: rows.map((one) => (isRefused(one) ? {} : one.cells)), after: passed.map((one) => (isRefused(one) ? null : one.cells)), refusals: passed.filter(isRefused) };
  } finally {
    await found.close();
  }
};

const define = async ({ use }: Ground, tx: Tx, flow: Flow): Promise<void> => {
  const { sink } = flow;
  const isThere = 'topic' in sink ? await store.hasTopic(tx, sink.topic) : use(Registers).definition(sink.register) !== undefined;
  if (!isThere) throw fail('adapter.sink', { sink: 'topic' in sink ? sink.topic : sink.register });
  if (!/^[a-z0-9][a-z0-9-]*$/.test(flow.source.folder)) throw fail('adapter.folder', { folder: flow.source.folder });
  await store.putFlow(tx, flow);
};

/** Flows whose source folders lie in `root`. */
export const openAdapters = (ground: Ground): Adapters => ({
  define: (tx, flow) => define(ground, tx, flow),
  preview: (flow, rows = 20) => preview(ground, flow, rows),
  run: (code, signal) => run(ground, code, signal),
});
