import { fail } from '../errors.ts';
import { LONGEST_ROW, type RawRow, type Rows } from './raw-row.ts';

interface Cut {
  rows: string[][];
  /** Where the first row begins that is not whole yet. */
  rest: number;
}

/** End of the quoted cell whose first character after the quote is at `from`: the place of its closing quote, or -1. */
const closingQuote = (text: string, from: number): number => {
  for (let at = text.indexOf('"', from); at >= 0; at = text.indexOf('"', at + 2)) if (text[at + 1] !== '"') return at;
  return -1;
};

/** Whole rows of RFC 4180 in `text`; without `isLast` a row counts only when its line end and the character after are there. */
const cutRows = (text: string, separator: string, isLast: boolean): Cut => {
  const rows: string[][] = [];
  let [row, at, rest]: [string[], number, number] = [[], 0, 0];
  while (at < text.length) {
    let value: string;
    if (text[at] === '"') {
      const close = closingQuote(text, at + 1);
      if (close < 0 || (close + 1 >= text.length && !isLast)) return { rows, rest };
      value = text.slice(at + 1, close).replaceAll('""', '"');
      at = close + 1;
    } else {
      let end = at;
      for (let code = text.charCodeAt(end); end < text.length && code !== 10 && code !== 13 && text[end] !== separator; code = text.charCodeAt(end)) end += 1;
      value = text.slice(at, end);
      at = end;
    }
    row.push(value);
    if (text[at] === separator) {
      at += 1;
      if (at === text.length && isLast) row.push('');
      if (at < text.length || isLast) continue;
      return { rows, rest };
    }
    if (at >= text.length && !isLast) return { rows, rest };
    if (text[at] === '\r') {
      if (at + 1 >= text.length && !isLast) return { rows, rest };
      at += 1;
    }
    if (text[at] === '\n') at += 1;
    else if (at < text.length && text[at - 1] !== '\r') {
      // Letters after a closing quote belong to no cell: the row is told as one of a wrong count.
      const end = text.indexOf('\n', at);
      if (end < 0 && !isLast) return { rows, rest };
      at = end < 0 ? text.length : end + 1;
      row = [];
    }
    if (row.length !== 1 || row[0] !== '') rows.push(row);
    [row, rest] = [[], at];
  }
  if (isLast && row.length > 0) rows.push(row);
  return { rows, rest: isLast ? text.length : rest };
};

async function* chunksOf(source: AsyncIterable<string>, separator: () => string, before: (text: string) => string): AsyncGenerator<string[][]> {
  let held = '';
  let isFirst = true;
  for await (const piece of source) {
    held += piece;
    if (isFirst && held.length > 0) {
      held = before(held);
      isFirst = false;
    }
    const { rows, rest } = cutRows(held, separator(), false);
    held = held.slice(rest);
    if (held.length > LONGEST_ROW) throw fail('import.row-too-long');
    if (rows.length > 0) yield rows;
  }
  const { rows } = cutRows(held, separator(), true);
  if (rows.length > 0) yield rows;
}

const separatorOf = (line: string): string => [',', '\t', ';'].reduce((best, one) => (line.split(one).length > line.split(best).length ? one : best));

const cellsOf = (columns: readonly string[], row: readonly string[]): RawRow => {
  if (row.length !== columns.length) return { fault: 'import.cells' };
  const cells: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
  for (let at = 0; at < columns.length; at += 1) cells[columns[at] as string] = row[at];
  return { cells };
};

/** Rows of a CSV file (RFC 4180; comma, tab or semicolon), whose first row names the columns. Empty lines are no rows. */
export const csvRows = async (text: AsyncIterable<string>): Promise<Rows> => {
  let separator = ',';
  const all = chunksOf(text, () => separator, (start) => {
    const plain = start.replace(/^\uFEFF/, '');
    separator = separatorOf(plain.split(/[\r\n]/, 1)[0] ?? '');
    return plain;
  });
  const first = (await all.next()).value as string[][] | undefined;
  const columns = (first?.[0] ?? []).map((name) => name.trim());
  if (columns.length === 0 || columns.includes('') || new Set(columns).size < columns.length) throw fail('import.no-heads');
  return {
    columns,
    chunks: (async function* () {
      yield (first ?? []).slice(1).map((row) => cellsOf(columns, row));
      for await (const rows of all) yield rows.map((row) => cellsOf(columns, row));
    })(),
  };
};
