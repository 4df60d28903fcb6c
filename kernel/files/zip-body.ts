import { promisify } from 'node:util';
import { inflateRaw } from 'node:zlib';

const inflate = promisify(inflateRaw) as (body: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>;

const [END, ENTRY, LOCAL] = [0x06054b50, 0x02014b50, 0x04034b50];

export interface Entry {
  name: string;
  method: number;
  flags: number;
  packed: number;
  unpacked: number;
  at: number;
}

/** Entries of the central directory (APPNOTE 4.3.12); undefined where it is not whole. */
export const entriesOf = (body: Buffer): Entry[] | undefined => {
  const end = body.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  if (end < 0 || end + 22 > body.length || body.readUInt32LE(end) !== END) return undefined;
  const entries: Entry[] = [];
  let at = body.readUInt32LE(end + 16);
  for (let n = body.readUInt16LE(end + 10); n > 0; n--) {
    if (at + 46 > body.length || body.readUInt32LE(at) !== ENTRY) return undefined;
    const [name, extra, comment] = [28, 30, 32].map((offset) => body.readUInt16LE(at + offset)) as [number, number, number];
    entries.push({
      flags: body.readUInt16LE(at + 8), method: body.readUInt16LE(at + 10), packed: body.readUInt32LE(at + 20), unpacked: body.readUInt32LE(at + 24), at: body.readUInt32LE(at + 42),
      name: body.toString('utf8', at + 46, at + 46 + name),
    });
    at += 46 + name + extra + comment;
  }
  return entries;
};

/** The body of an entry as it lies in the file; undefined where it is not whole. */
export const packedBody = (body: Buffer, { at, packed }: Entry): Buffer | undefined => {
  if (at + 30 > body.length || body.readUInt32LE(at) !== LOCAL) return undefined;
  const start = at + 30 + body.readUInt16LE(at + 26) + body.readUInt16LE(at + 28);
  return start + packed <= body.length ? body.subarray(start, start + packed) : undefined;
};

/** What was packed, no longer than it says. Rejects when it is. */
export const unpack = async (held: Buffer, { method, unpacked }: Entry): Promise<Buffer> => (method === 0 ? held : inflate(held, { maxOutputLength: Math.max(1, unpacked) }));
