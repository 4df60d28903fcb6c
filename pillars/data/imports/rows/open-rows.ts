import { csvRows } from './csv.ts';
import { jsonRows } from './jsonl.ts';
import { parquetRows } from './parquet.ts';
import type { Body, Rows } from './raw-row.ts';
import { decode, type Encoding } from './text.ts';
import { xlsxRows } from './xlsx.ts';

export const FORMATS = ['csv', 'xlsx', 'jsonl', 'parquet'] as const;
export type Format = (typeof FORMATS)[number];

/** The rows of a file; throws `import.*` where it is not what it is said to be. */
export const openRows = async (body: Body, format: Format, encoding: Encoding): Promise<Rows> => {
  if (format === 'parquet') return parquetRows(body);
  if (format === 'xlsx') return xlsxRows(body);
  const text = decode(await body.open(), encoding);
  return format === 'csv' ? csvRows(text) : jsonRows(text);
};
