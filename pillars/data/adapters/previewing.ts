import type { Tx } from '@zhengwu/database';
import { maskRecord, Registers } from '@zhengwu/registers';
import { fail } from './errors.ts';
import type { Draft, Preview } from './flow.ts';
import { placeOf, rowsOf, workFolder } from './opening.ts';
import { Unsettled, type FilePlace, type Lying } from './place.ts';
import { spool, type Spooled } from './spool.ts';
import { asPlatform, lookUpIn, type Ground } from './taking.ts';
import { isRefused, transform, type LookUp, type Passing } from './transforming.ts';

const MOST_ROWS = 100;
const MOST_FILES = 50;
/** Nobody looks into more of a file than this. */
const LARGEST = 64 * 1024 * 1024;
const nothing: Preview = { files: [], file: null, columns: [], before: [], after: [], refusals: [] };

/** What a join brings is shown as to somebody who works in none of the departments that it is for. */
const maskedLookUp = (ground: Ground, tx: Tx): LookUp => {
  const lookUp = lookUpIn(ground, tx);
  return async (code, keys) => {
    const register = ground.use(Registers).definition(code);
    const records = await lookUp(code, keys);
    return records.map((one) => one && register && maskRecord(register, one, { own: false, official: true, departments: [], withoutNumbers: true }) || null);
  };
};

const look = async (ground: Ground, draft: Draft, { body }: Spooled, most: number): Promise<Omit<Preview, 'files' | 'file'>> => {
  const chunks = rowsOf(body, draft);
  let rows: Passing[] = [];
  for await (const chunk of chunks) if ((rows = [...rows, ...chunk]).length >= most) break;
  rows = rows.slice(0, most);
  const passed = await asPlatform(ground, (tx) => transform(draft.steps, rows, maskedLookUp(ground, tx)));
  const before = rows.map((one) => (isRefused(one) ? {} : one.cells));
  return { columns: [...new Set(before.flatMap(Object.keys))], before, after: passed.map((one) => (isRefused(one) ? null : one.cells)), refusals: passed.filter(isRefused) };
};

const copyOf = async (ground: Ground, from: FilePlace, lying: Lying): Promise<Spooled> => {
  if (lying.size > LARGEST) throw fail('adapter.too-large', { file: lying.file });
  try {
    return await spool(workFolder(ground), from.read(lying));
  } catch (error) {
    if (error instanceof Unsettled) throw fail('adapter.no-file', { file: lying.file });
    throw error;
  }
};

/** See `Adapters.preview`. Unless a file is named it is the one that was put there last. */
export const preview = async (ground: Ground, draft: Draft, { file, rows = 20 }: { file?: string; rows?: number } = {}): Promise<Preview> => {
  const from = placeOf(ground, draft);
  const all = (await from.list()).reverse();
  const lying = file === undefined ? all[0] : all.find((one) => one.file === file);
  if (!lying && file !== undefined) throw fail('adapter.no-file', { file });
  if (!lying) return nothing;
  const copy = await copyOf(ground, from, lying);
  try {
    return { files: all.slice(0, MOST_FILES).map((one) => one.file), file: lying.file, ...(await look(ground, draft, copy, Math.min(rows, MOST_ROWS))) };
  } finally {
    await copy.close();
  }
};
