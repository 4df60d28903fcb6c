import { fileWriter, parquetWriteRows } from 'hyparquet-writer';
import { textOf, type Column, type Row } from './column.ts';

const ROW_GROUP = 50_000;
const TYPES = { text: 'STRING', number: 'DOUBLE', truth: 'BOOLEAN' } as const;

const valueOf = (kind: Column['kind'], value: unknown): unknown => (value === null || value === undefined ? null : kind === 'text' ? textOf(value) : value);

const flat = async function* (columns: readonly Column[], pages: AsyncIterable<readonly Row[]>): AsyncGenerator<Record<string, unknown>> {
  for await (const page of pages) for (const row of page) yield Object.fromEntries(columns.map(({ key, kind }) => [key, valueOf(kind, row[key])]));
};

/** Writes rows as Parquet, a group of rows in memory at a time; columns are never missing where no row has them. */
export const writeParquet = async (path: string, columns: readonly Column[], pages: AsyncIterable<readonly Row[]>): Promise<void> => {
  await parquetWriteRows({ writer: fileWriter(path), rows: flat(columns, pages), columns: columns.map(({ key, kind }) => ({ name: key, type: TYPES[kind], nullable: true })), rowGroupSize: ROW_GROUP });
};
