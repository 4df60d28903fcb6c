const [END, ENTRY] = [0x06054b50, 0x02014b50];
const LONGEST_TAIL = 22 + 65_535;
const LARGEST_DIRECTORY = 4 * 1024 * 1024;

/** A part of a zip file: where its packed bytes lie. */
export interface Part {
  name: string;
  method: number;
  packed: number;
  start: number;
}

type Read = (start: number, end: number) => Promise<Buffer>;

const partsIn = async (directory: Buffer, read: Read): Promise<Map<string, Part>> => {
  const parts = new Map<string, Part>();
  for (let at = 0; at + 46 <= directory.length && directory.readUInt32LE(at) === ENTRY;) {
    const [name, extra, comment] = [28, 30, 32].map((offset) => directory.readUInt16LE(at + offset)) as [number, number, number];
    const local = directory.readUInt32LE(at + 42);
    const head = await read(local, local + 30);
    if (head.length === 30) {
      const called = directory.toString('utf8', at + 46, at + 46 + name);
      parts.set(called, { name: called, method: directory.readUInt16LE(at + 10), packed: directory.readUInt32LE(at + 20), start: local + 30 + head.readUInt16LE(26) + head.readUInt16LE(28) });
    }
    at += 46 + name + extra + comment;
    if (parts.size > 1000) break;
  }
  return parts;
};

/** The parts of a zip file by its central directory (APPNOTE 4.3.12), read in place; undefined when it is none. */
export const directoryOf = async (size: number, read: Read): Promise<Map<string, Part> | undefined> => {
  const tail = await read(Math.max(0, size - LONGEST_TAIL), size);
  for (let at = tail.length - 22; at >= 0; at -= 1) {
    if (tail.readUInt32LE(at) !== END) continue;
    const [length, start] = [tail.readUInt32LE(at + 12), tail.readUInt32LE(at + 16)];
    return length > LARGEST_DIRECTORY || start + length > size ? undefined : partsIn(await read(start, start + length), read);
  }
  return undefined;
};
