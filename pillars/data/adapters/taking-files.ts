import { createHash } from 'node:crypto';
import { isZhengwuError } from '@zhengwu/errors';
import type { FileSource } from './flow.ts';
import { asPlatform, type Ground } from './ground.ts';
import { placeOf, rowsOf, workFolder } from './opening.ts';
import { Unsettled, type FilePlace, type Lying } from './place.ts';
import { LARGEST_FILE, spool, type Spooled } from './spool.ts';
import * as store from './store.ts';
import { takeChunk, type Turn } from './taking.ts';

/** Files of one turn; the rest come with the next. */
const MOST_FILES = 1000;

const takeRows = async (ground: Ground, turn: Turn, source: FileSource, place: store.Place, { body }: Spooled): Promise<void> => {
  for await (const rows of rowsOf(body, source)) {
    turn.signal?.throwIfAborted();
    await takeChunk(ground, turn, place, { rows });
  }
};

/** A file that cannot be read as a whole is set aside with the reason, and does not stop the next ones. */
const setAside = (ground: Ground, place: store.Place, mark: string, error: unknown): Promise<void> => {
  if (!isZhengwuError(error) || !error.code.startsWith('import.')) throw error;
  return asPlatform(ground, (tx) => store.finish(tx, place, mark, { code: error.code, params: { ...error.params } }));
};

const takeCopy = async (ground: Ground, turn: Turn, source: FileSource, { file, mark }: Lying, copy: Spooled): Promise<void> => {
  const place = { flow: turn.flow.code, file, hash: copy.hash };
  const { isFinished } = await asPlatform(ground, (tx) => store.hold(tx, place));
  try {
    if (!isFinished) await takeRows(ground, turn, source, place, copy);
    await asPlatform(ground, (tx) => store.finish(tx, place, mark));
  } catch (error) {
    await setAside(ground, place, mark, error);
  }
  if (!isFinished) turn.outcome.files += 1;
};

const takeFile = async (ground: Ground, turn: Turn, source: FileSource, from: FilePlace, lying: Lying): Promise<void> => {
  const { file, mark, size } = lying;
  if (size > LARGEST_FILE) {
    const hash = createHash('sha256').update(mark).digest('hex');
    return asPlatform(ground, (tx) => store.finish(tx, { flow: turn.flow.code, file, hash }, mark, { code: 'adapter.too-large', params: { file } }));
  }
  let copy: Spooled;
  try {
    copy = await spool(workFolder(ground), file, from.read(lying));
  } catch (error) {
    if (error instanceof Unsettled) return;
    throw error;
  }
  try {
    await takeCopy(ground, turn, source, lying, copy);
  } finally {
    await copy.close();
  }
};

/** Takes files that are still to do, by name; what is done is known by its mark and not read again. */
export const takeFiles = async (ground: Ground, turn: Turn, source: FileSource): Promise<void> => {
  const from = await placeOf(ground, source);
  try {
    const all = await from.list();
    const left = all.length === 0 ? [] : await asPlatform(ground, (tx) => store.undone(tx, turn.flow.code, all));
    for (const lying of left.slice(0, MOST_FILES)) {
      turn.signal?.throwIfAborted();
      await takeFile(ground, turn, source, from, lying);
    }
  } finally {
    from.close?.();
  }
};
