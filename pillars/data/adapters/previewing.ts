import type { Tx } from '@zhengwu/database';
import { maskRecord, Registers } from '@zhengwu/registers';
import { fail } from './errors.ts';
import type { Draft, FileSource, Preview, TableSource } from './flow.ts';
import { asPlatform, lookUpIn, type Ground } from './ground.ts';
import { placeOf, rowsOf, workFolder } from './opening.ts';
import { Unsettled, type FilePlace, type Lying } from './place.ts';
import { spool, type Spooled } from './spool.ts';
import { withTable } from './taking-table.ts';
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

type Seen = Omit<Preview, 'files' | 'file'>;

const changed = async (ground: Ground, { steps }: Draft, rows: readonly Passing[]): Promise<Seen> => {
  const passed = await asPlatform(ground, (tx) => transform(steps, rows, maskedLookUp(ground, tx)));
  const before = rows.map((one) => (isRefused(one) ? {} : one.cells));
  return { columns: [...new Set(before.flatMap(Object.keys))], before, after: passed.map((one) => (isRefused(one) ? null : one.cells)), refusals: passed.filter(isRefused) };
};

const firstRows = async ({ body }: Spooled, source: FileSource, most: number): Promise<Passing[]> => {
  const rows: Passing[] = [];
  for await (const chunk of rowsOf(body, source)) {
    rows.push(...chunk);
    if (rows.length >= most) break;
  }
  return rows.slice(0, most);
};

const copyOf = async (ground: Ground, from: FilePlace, lying: Lying): Promise<Spooled> => {
  if (lying.size > LARGEST) throw fail('adapter.too-large', { file: lying.file });
  try {
    return await spool(workFolder(ground), lying.file, from.read(lying), LARGEST);
  } catch (error) {
    if (error instanceof Unsettled) throw fail('adapter.no-file', { file: lying.file });
    throw error;
  }
};

/** Unless a file is named it is the last by name. */
const previewFile = async (ground: Ground, draft: Draft, source: FileSource, file: string | undefined, most: number): Promise<Preview> => {
  const from = await placeOf(ground, source);
  try {
    const all = (await from.list()).reverse();
    const lying = file === undefined ? all[0] : all.find((one) => one.file === file);
    if (!lying && file !== undefined) throw fail('adapter.no-file', { file });
    if (!lying) return nothing;
    const copy = await copyOf(ground, from, lying);
    try {
      return { files: all.slice(0, MOST_FILES).map((one) => one.file), file: lying.file, ...(await changed(ground, draft, await firstRows(copy, source, most))) };
    } finally {
      await copy.close();
    }
  } finally {
    from.close?.();
  }
};

const previewTable = (ground: Ground, draft: Draft, source: TableSource, most: number): Promise<Preview> => withTable(ground, source, async (next) => {
  const { rows } = await next(null);
  return { files: [source.table], file: source.table, ...(await changed(ground, draft, rows.slice(0, most).map((cells, at) => ({ row: at + 1, cells })))) };
});

/** See `Adapters.preview`. Messages of a topic are nobody's to look at before they are granted. */
export const preview = async (ground: Ground, draft: Draft, { file, rows = 20 }: { file?: string; rows?: number } = {}): Promise<Preview> => {
  const { source } = draft;
  const most = Math.min(rows, MOST_ROWS);
  if (source.kind === 'topic') return nothing;
  return source.kind === 'table' ? previewTable(ground, draft, source, most) : previewFile(ground, draft, source, file, most);
};
