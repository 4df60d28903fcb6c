import { parquetMetadataAsync, parquetReadObjects, parquetSchema, type AsyncBuffer } from 'hyparquet';
import { fail } from '../errors.ts';
import { readWhole, type Body, type Rows } from './raw-row.ts';

const LARGEST_GROUP = 256 * 1024 * 1024;

const unreadable = (): never => {
  throw fail('import.not-readable', { format: 'Parquet' });
};

/** A day or an instant as text; numbers that only JavaScript tells apart as numbers. */
const plain = (value: unknown): unknown => {
  if (value instanceof Date) return value.toISOString().endsWith('T00:00:00.000Z') ? value.toISOString().slice(0, 10) : value.toISOString();
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : value.toString();
  return value;
};

/** Rows of an Apache Parquet file, one row group in memory at a time, none larger than 256 MiB unpacked; plain or packed by Snappy. */
export const parquetRows = async ({ size, open }: Body): Promise<Rows> => {
  const file: AsyncBuffer = {
    byteLength: size,
    slice: async (start, end) => {
      const part = await readWhole(await open(start < 0 ? size + start : start, end));
      return part.buffer.slice(part.byteOffset, part.byteOffset + part.byteLength) as ArrayBuffer;
    },
  };
  const metadata = await parquetMetadataAsync(file).catch(unreadable);
  if (metadata.row_groups.some((group) => Number(group.total_byte_size) > LARGEST_GROUP)) throw fail('import.too-large-inside');
  return {
    columns: parquetSchema(metadata).children.map(({ element }) => element.name),
    chunks: (async function* () {
      let start = 0;
      for (const group of metadata.row_groups) {
        const end = start + Number(group.num_rows);
        const rows = await parquetReadObjects({ file, metadata, rowStart: start, rowEnd: end }).catch(unreadable);
        yield rows.map((cells) => ({ cells: Object.fromEntries(Object.entries(cells).map(([name, value]) => [name, plain(value)])) }));
        start = end;
      }
    })(),
  };
};
