import { fail } from '../errors.ts';
import { LONGEST_ROW, type RawRow, type Rows } from './raw-row.ts';

const rowOf = (line: string): RawRow => {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { cells: value as Record<string, unknown> } : { fault: 'import.not-json' };
  } catch {
    return { fault: 'import.not-json' };
  }
};

async function* linesOf(text: AsyncIterable<string>): AsyncGenerator<RawRow[]> {
  let held = '';
  for await (const piece of text) {
    const lines = (held + piece).split('\n');
    held = lines.pop() ?? '';
    if (held.length > LONGEST_ROW) throw fail('import.row-too-long');
    const rows = lines.filter((line) => line.trim() !== '').map(rowOf);
    if (rows.length > 0) yield rows;
  }
  if (held.trim() !== '') yield [rowOf(held)];
}

/** Rows of JSON Lines: an object a line. The columns are those of the first rows. */
export const jsonRows = async (text: AsyncIterable<string>): Promise<Rows> => {
  const all = linesOf(text);
  const first = ((await all.next()).value as RawRow[] | undefined) ?? [];
  const columns = [...new Set(first.slice(0, 100).flatMap(({ cells }) => Object.keys(cells ?? {})))];
  if (columns.length === 0) throw fail('import.no-heads');
  return { columns, chunks: (async function* () {
    yield first;
    yield* all;
  })() };
};
