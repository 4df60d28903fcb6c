import type { Tx } from '@zhengwu/database';
import { keyed, openSink, type OpenSink } from './delivering.ts';
import { fail } from './errors.ts';
import type { Flow, Outcome } from './flow.ts';
import { asPlatform, lookUpIn, type Ground } from './ground.ts';
import * as store from './store.ts';
import { transform, type Passing } from './transforming.ts';

/** One turn of a flow, as it goes on. */
export interface Turn {
  flow: Flow;
  sink: OpenSink;
  outcome: Outcome;
  signal: AbortSignal | undefined;
  heard: (outcome: Outcome) => Promise<void>;
}

/** Rows that are still to do, held in the transaction; a runner that comes second finds none. */
const toDo = async (tx: Tx, { flow }: Turn, place: store.Place, chunk: readonly Passing[]): Promise<Passing[]> => {
  const { position, isPaused } = await store.hold(tx, place);
  if (isPaused) throw fail('adapter.paused', { flow: flow.code });
  return chunk.filter(({ row }) => row > position);
};

type Done = { rows: number; refused: number };
const NONE: Done = { rows: 0, refused: 0 };
/** `cursor` is where a source without files stands after the chunk. */
type Chunk = { rows: readonly Passing[]; cursor?: unknown };

const takeInside = (ground: Ground, turn: Turn, sink: Extract<OpenSink, { isOutside: false }>, place: store.Place, chunk: Chunk): Promise<Done> => asPlatform(ground, async (tx) => {
  const rows = await toDo(tx, turn, place, chunk.rows);
  const last = rows.at(-1);
  if (last) {
    const { rows: whole, refusals } = keyed(turn.flow.sink, await transform(turn.flow.steps, rows, lookUpIn(ground, tx)));
    refusals.push(...(await sink.take(tx, whole)));
    await store.advance(tx, place, last.row, refusals, chunk.cursor);
    return { rows: rows.length, refused: refusals.length };
  }
  if (chunk.rows.length === 0) await store.move(tx, place, chunk.cursor);
  return NONE;
});

/** No transaction is open while the other system is called; it may be told twice what was not yet marked as done. */
const takeOutside = async (ground: Ground, turn: Turn, sink: Extract<OpenSink, { isOutside: true }>, place: store.Place, chunk: Chunk): Promise<Done> => {
  const { rows, whole, refusals } = await asPlatform(ground, async (tx) => {
    const found = await toDo(tx, turn, place, chunk.rows);
    const { rows: ready, refusals: refused } = keyed(turn.flow.sink, await transform(turn.flow.steps, found, lookUpIn(ground, tx)));
    return { rows: found, whole: ready, refusals: refused };
  });
  refusals.push(...(await sink.take(whole, place.hash)));
  return asPlatform(ground, async (tx) => {
    const { position } = await store.hold(tx, place);
    const [first, last] = [rows[0], rows.at(-1)];
    if (first && last && position < first.row) {
      await store.advance(tx, place, last.row, refusals, chunk.cursor);
      return { rows: rows.length, refused: refusals.length };
    }
    if (chunk.rows.length === 0) await store.move(tx, place, chunk.cursor);
    return NONE;
  });
};

/** Deals with some rows and marks them as done. Throws `adapter.paused` when somebody holds the flow back. */
export const takeChunk = async (ground: Ground, turn: Turn, place: store.Place, chunk: Chunk): Promise<void> => {
  const { sink, outcome } = turn;
  const { rows, refused } = sink.isOutside ? await takeOutside(ground, turn, sink, place, chunk) : await takeInside(ground, turn, sink, place, chunk);
  outcome.rows += rows;
  outcome.refused += refused;
  if (rows > 0) await turn.heard(outcome);
};

/** Opens what a turn needs, lends it to `work`, and closes it in every case. */
export const inTurn = async (ground: Ground, flow: Flow, { signal, heard }: Pick<Turn, 'signal' | 'heard'>, work: (turn: Turn) => Promise<void>): Promise<Outcome> => {
  const turn: Turn = { flow, sink: await openSink(ground, flow), outcome: { files: 0, rows: 0, refused: 0 }, signal, heard };
  try {
    await work(turn);
    return turn.outcome;
  } finally {
    await turn.sink.close();
  }
};
