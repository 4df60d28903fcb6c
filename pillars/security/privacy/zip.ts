import { crc32 } from 'node:zlib';

export interface ZipEntry {
  name: string;
  content: Buffer;
}

const UTF8 = 0x0800;
/** 1980-01-01, the first day that the format knows; the content says when it was made. */
const FIRST_DAY = 0x0021;

const header = (signature: number, lead: readonly number[], { name, content }: ZipEntry, tail: readonly [number, 2 | 4][]): Buffer => {
  const bytes = Buffer.alloc(4 + lead.length * 2 + 22 + tail.reduce((sum, [, size]) => sum + size, 0));
  let at = bytes.writeUInt32LE(signature, 0);
  for (const one of lead) at = bytes.writeUInt16LE(one, at);
  for (const one of [UTF8, 0, 0, FIRST_DAY]) at = bytes.writeUInt16LE(one, at);
  for (const one of [crc32(content), content.length, content.length]) at = bytes.writeUInt32LE(one, at);
  at = bytes.writeUInt16LE(Buffer.byteLength(name), at);
  for (const [value, size] of tail) at = size === 2 ? bytes.writeUInt16LE(value, at) : bytes.writeUInt32LE(value, at);
  return bytes.subarray(0, at);
};

/** A ZIP file of stored, uncompressed entries with UTF-8 names (APPNOTE 6.3.3 §4.3). */
export const zipOf = (entries: readonly ZipEntry[]): Buffer => {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const name = Buffer.from(entry.name);
    const local = Buffer.concat([header(0x04034b50, [20], entry, [[0, 2]]), name, entry.content]);
    directory.push(header(0x02014b50, [20, 20], entry, [[0, 2], [0, 2], [0, 2], [0, 2], [0, 4], [offset, 4]]), name);
    parts.push(local);
    offset += local.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, central, end]);
};
