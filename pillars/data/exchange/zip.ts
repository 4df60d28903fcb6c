import { crc32 } from 'node:zlib';

/** A file of an archive whose files are all stored as they are. */
export interface Entry {
  name: string;
  size: number;
  /** The bytes, as often as they are asked for: once for the checksum, once to be written. */
  open(): AsyncIterable<Buffer> | Promise<AsyncIterable<Buffer>>;
}

export const entryOf = (name: string, content: Buffer | string): Entry => {
  const bytes = Buffer.from(content);
  return { name, size: bytes.length, open: async function* () { yield bytes; } };
};

/** Sizes above this need ZIP64, which this does not write. */
export const MOST_BYTES = 0xffff_ffff;
const [LOCAL, CENTRAL, END] = [0x04034b50, 0x02014b50, 0x06054b50];
/** 1980-01-01, the first day that the form knows: the same files make the same archive. */
const DAY = 0x21;

interface Placed {
  entry: Entry;
  crc: number;
  at: number;
}

const record = (fields: readonly (readonly [2 | 4, number])[]): Buffer => {
  const bytes = Buffer.alloc(fields.reduce((sum, [size]) => sum + size, 0));
  let at = 0;
  for (const [size, value] of fields) at = bytes.writeUIntLE(value, at, size);
  return bytes;
};

const UTF8 = 0x0800;
const about = ({ entry: { name, size }, crc }: Placed): (readonly [2 | 4, number])[] => [[2, 20], [2, UTF8], [2, 0], [2, 0], [2, DAY], [4, crc], [4, size], [4, size], [2, Buffer.byteLength(name)], [2, 0]];

const checksum = async (entry: Entry): Promise<number> => {
  let sum = 0;
  for await (const part of await entry.open()) sum = crc32(part, sum);
  return sum;
};

/** The archive as it is written (APPNOTE 6.3), every file stored uncompressed, in this order; bodies stream. Throws RangeError where one is too large. */
export const writeZip = async function* (entries: readonly Entry[]): AsyncGenerator<Buffer> {
  if (entries.reduce((sum, { size }) => sum + size, 0) > MOST_BYTES) throw new RangeError('an archive of more than 4 GB');
  const placed: Placed[] = [];
  let at = 0;
  for (const entry of entries) {
    const one = { entry, crc: await checksum(entry), at };
    const head = Buffer.concat([record([[4, LOCAL], ...about(one)]), Buffer.from(entry.name)]);
    yield head;
    yield* await entry.open();
    placed.push(one);
    at += head.length + entry.size;
  }
  const directory = Buffer.concat(placed.map((one) => Buffer.concat([record([[4, CENTRAL], [2, 20], ...about(one), [2, 0], [2, 0], [2, 0], [4, 0], [4, one.at]]), Buffer.from(one.entry.name)])));
  yield directory;
  yield record([[4, END], [2, 0], [2, 0], [2, placed.length], [2, placed.length], [4, directory.length], [4, at], [2, 0]]);
};

/** The files of an archive that holds stored files alone, in the order in which they stand; undefined for any other, and for one whose checksums do not hold. */
export const readZip = (bytes: Buffer): Map<string, Buffer> | undefined => {
  const end = bytes.lastIndexOf(Buffer.from('504b0506', 'hex'));
  if (end < 0 || end + 22 > bytes.length) return undefined;
  const [count, start] = [bytes.readUInt16LE(end + 10), bytes.readUInt32LE(end + 16)];
  const files = new Map<string, Buffer>();
  let [at, next] = [start, 0];
  for (let index = 0; index < count; index += 1) {
    if (at + 46 > end || bytes.readUInt32LE(at) !== CENTRAL) return undefined;
    const [method, crc, packed, size, nameLength, extra, comment, local] = [bytes.readUInt16LE(at + 10), bytes.readUInt32LE(at + 16), bytes.readUInt32LE(at + 20), bytes.readUInt32LE(at + 24), bytes.readUInt16LE(at + 28), bytes.readUInt16LE(at + 30), bytes.readUInt16LE(at + 32), bytes.readUInt32LE(at + 42)];
    const name = bytes.toString('utf8', at + 46, at + 46 + nameLength);
    // Files stand one after another without a gap: nothing is hidden between them, and none is said to be elsewhere.
    if (method !== 0 || packed !== size || local !== next || extra !== 0 || comment !== 0 || local + 30 > start || bytes.readUInt32LE(local) !== LOCAL) return undefined;
    const body = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    if (bytes.readUInt16LE(local + 28) !== 0 || bytes.toString('utf8', local + 30, body) !== name || body + size > start || files.has(name)) return undefined;
    const content = bytes.subarray(body, body + size);
    if (crc32(content) !== crc) return undefined;
    files.set(name, content);
    next = body + size;
    at += 46 + nameLength;
  }
  return next === start && at === end && end + 22 === bytes.length ? files : undefined;
};
