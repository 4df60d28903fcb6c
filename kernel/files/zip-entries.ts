import type { FileHandle } from 'node:fs/promises';

const [END, ENTRY] = [0x06054b50, 0x02014b50];
const [END_SIZE, ENTRY_SIZE, LONGEST_COMMENT] = [22, 46, 65_535];
const MOST_ENTRIES = 10_000;
const LARGEST_DIRECTORY = 4 * 1024 * 1024;
const LARGEST_UNPACKED = 512 * 1024 * 1024;

const readAt = async (file: FileHandle, position: number, length: number): Promise<Buffer> => {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position);
  return buffer.subarray(0, bytesRead);
};

const findEnd = (tail: Buffer): number => {
  for (let i = tail.length - END_SIZE; i >= 0; i--) if (tail.readUInt32LE(i) === END) return i;
  return -1;
};

const namesIn = (directory: Buffer, count: number): string[] | undefined => {
  const names: string[] = [];
  let [at, unpacked] = [0, 0];
  for (let i = 0; i < count; i++) {
    if (at + ENTRY_SIZE > directory.length || directory.readUInt32LE(at) !== ENTRY) return undefined;
    unpacked += directory.readUInt32LE(at + 24);
    const lengths = [28, 30, 32].map((o) => directory.readUInt16LE(at + o)) as [number, number, number];
    names.push(directory.toString('utf8', at + ENTRY_SIZE, at + ENTRY_SIZE + lengths[0]));
    at += ENTRY_SIZE + lengths[0] + lengths[1] + lengths[2];
  }
  return unpacked <= LARGEST_UNPACKED ? names : undefined;
};

/** Names in the central directory of a zip file (APPNOTE 4.3.12); undefined when it is not a whole zip, or one that unpacks beyond reason. */
export const zipEntries = async (file: FileHandle, size: number): Promise<string[] | undefined> => {
  const tailStart = Math.max(0, size - END_SIZE - LONGEST_COMMENT);
  const tail = await readAt(file, tailStart, size - tailStart);
  const end = findEnd(tail);
  if (end < 0) return undefined;
  const count = tail.readUInt16LE(end + 10);
  const [length, start] = [tail.readUInt32LE(end + 12), tail.readUInt32LE(end + 16)];
  if (count > MOST_ENTRIES || length > LARGEST_DIRECTORY || start + length > size) return undefined;
  return namesIn(await readAt(file, start, length), count);
};
