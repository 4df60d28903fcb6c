import { createHash } from 'node:crypto';
import { dayOf } from '@zhengwu/clock';
import type { Tx } from '@zhengwu/database';
import { isZhengwuError } from '@zhengwu/errors';
import type { Site } from '@zhengwu/module';
import { Registers } from '@zhengwu/registers';
import { sinkRows } from './delivering.ts';
import { fail } from './errors.ts';
import type { Flow, Outcome } from './flow.ts';
import { placeOf, rowsOf, workFolder } from './opening.ts';
import { Unsettled, type FilePlace, type Lying } from './place.ts';
import { spool, type Spooled } from './spool.ts';
import * as store from './store.ts';
import { transform, type LookUp, type Passing } from './transforming.ts';

/** Files of one turn; the rest come with the next. */
const MOST_FILES = 1000;
const LARGEST_FILE = 2 * 1024 * 1024 * 1024;

export type Ground = Pick<Site, 'config' | 'database' | 'clock' | 'use'>;
interface Turn {
  flow: Flow;
  outcome: Outcome;
  signal: AbortSignal | undefined;
  heard: (outcome: Outcome) => Promise<void>;
}

export const asPlatform = <T>({ database }: Pick<Site, 'database'>, work: (tx: Tx) => Promise<T>): Promise<T> => database.as(database.system, work);
export const lookUpIn = ({ use, clock }: Ground, tx: Tx): LookUp => (register, keys) => use(Registers).readAll(tx, keys.map((key) => ({ register, key })), dayOf(clock.now()));

/** Deals with the rows that are still to do; a runner that comes second finds nothing left. */
const takeChunk = (ground: Ground, flow: Flow, place: store.Place, chunk: readonly Passing[]): Promise<{ rows: number; refused: number }> =>
  asPlatform(ground, async (tx) => {
    const { position, isPaused } = await store.hold(tx, place);
    if (isPaused) throw fail('adapter.paused', { flow: flow.code });
    const rows = chunk.filter(({ row }) => row > position);
    const last = rows.at(-1);
    if (!last) return { rows: 0, refused: 0 };
    const refusals = await sinkRows(ground, tx, flow, await transform(flow.steps, rows, lookUpIn(ground, tx)));
    await store.advance(tx, place, last.row, refusals);
    return { rows: rows.length, refused: refusals.length };
  });

const takeRows = async (ground: Ground, { flow, outcome, signal, heard }: Turn, place: store.Place, { body }: Spooled): Promise<void> => {
  for await (const chunk of rowsOf(body, flow)) {
    signal?.throwIfAborted();
    const { rows, refused } = await takeChunk(ground, flow, place, chunk);
    outcome.rows += rows;
    outcome.refused += refused;
    await heard(outcome);
  }
};

/** A file that cannot be read as a whole is set aside with the reason, and does not stop the next ones. */
const setAside = (ground: Ground, place: store.Place, mark: string, error: unknown): Promise<void> => {
  if (!isZhengwuError(error) || !error.code.startsWith('import.')) throw error;
  return asPlatform(ground, (tx) => store.finish(tx, place, mark, { code: error.code, params: { ...error.params } }));
};

const takeCopy = async (ground: Ground, turn: Turn, { file, mark }: Lying, copy: Spooled): Promise<void> => {
  const place = { flow: turn.flow.code, file, hash: copy.hash };
  const { isFinished } = await asPlatform(ground, (tx) => store.hold(tx, place));
  try {
    if (!isFinished) await takeRows(ground, turn, place, copy);
    await asPlatform(ground, (tx) => store.finish(tx, place, mark));
  } catch (error) {
    await setAside(ground, place, mark, error);
  }
  if (!isFinished) turn.outcome.files += 1;
};

const takeFile = async (ground: Ground, turn: Turn, from: FilePlace, lying: Lying): Promise<void> => {
  const { file, mark, size } = lying;
  if (size > LARGEST_FILE) {
    const hash = createHash('sha256').update(mark).digest('hex');
    return asPlatform(ground, (tx) => store.finish(tx, { flow: turn.flow.code, file, hash }, mark, { code: 'adapter.too-large', params: { file } }));
  }
  let copy: Spooled;
  try {
    copy = await spool(workFolder(ground), from.read(lying));
  } catch (error) {
    if (error instanceof Unsettled) return;
    throw error;
  }
  try {
    await takeCopy(ground, turn, lying, copy);
  } finally {
    await copy.close();
  }
};

/** Files that are still to do, by name; what is done is known by its mark and not read again. */
export const filesToDo = async (ground: Ground, flow: Flow, from: FilePlace): Promise<Lying[]> => {
  const all = await from.list();
  return all.length === 0 ? [] : asPlatform(ground, (tx) => store.undone(tx, flow.code, all));
};

/** See `Adapters.run`. */
export const run = async (ground: Ground, code: string, signal?: AbortSignal, heard: Turn['heard'] = () => Promise.resolve()): Promise<Outcome> => {
  const flow = await asPlatform(ground, (tx) => store.getFlow(tx, code));
  if (!flow) throw fail('adapter.unknown', { flow: code });
  const turn: Turn = { flow, outcome: { files: 0, rows: 0, refused: 0 }, signal, heard };
  const from = placeOf(ground, flow);
  for (const lying of (await filesToDo(ground, flow, from)).slice(0, MOST_FILES)) {
    signal?.throwIfAborted();
    await takeFile(ground, turn, from, lying);
  }
  return turn.outcome;
};
