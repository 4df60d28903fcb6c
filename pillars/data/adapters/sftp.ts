import { PacketReader, PacketWriter } from './sftp-packets.ts';

/** Packets of SFTP version 3 (draft-ietf-secsh-filexfer-02), as much as reading and dropping files takes. */
export const SFTP = { init: 1, version: 2, open: 3, close: 4, read: 5, write: 6, fstat: 8, opendir: 11, readdir: 12, remove: 13, rename: 18, status: 101, handle: 102, data: 103, name: 104, attrs: 105 } as const;
export const STATUS = { ok: 0, eof: 1, absent: 2, denied: 3 } as const;
const VERSION = 3;
const READ_ONLY = 1;
/** Write, create, truncate. */
const ANEW = 2 | 8 | 16;
/** Servers answer 32 KiB at the least; so many reads are on their way at once. */
const PIECE = 32_768;
const AT_ONCE = 16;
/** Longest packet that is taken from the other side. */
const LONGEST = 1_048_576;

export interface Attributes {
  size: number;
  /** Seconds of the other side's clock. */
  modified: number;
  isFile: boolean;
}
export interface Entry extends Attributes {
  name: string;
}

/** The other side answered a request with a status; its words are not kept. */
export class SftpStatus extends Error {
  readonly status: number;
  readonly code: string;
  constructor(status: number) {
    super(`SFTP status ${status}`);
    this.status = status;
    this.code = `SFTP ${status}`;
  }
}

/** A stream of bytes both ways. */
export interface Wire {
  send(bytes: Buffer): Promise<void>;
  onData(take: (bytes: Buffer) => void): void;
  onEnd(end: () => void): void;
}

interface Answer {
  type: number;
  reader: PacketReader;
}

const answerOf = ({ type, reader }: Answer, wanted: number): PacketReader => {
  if (type === wanted) return reader;
  throw new SftpStatus(type === SFTP.status ? reader.uint32() : -1);
};

const isEnd = (error: unknown): boolean => error instanceof SftpStatus && error.status === STATUS.eof;
const FILE_KIND = [0o170000, 0o100000] as const;

const attributesOf = (reader: PacketReader): Attributes => {
  const flags = reader.uint32();
  const size = flags & 1 ? reader.uint64() : 0;
  if (flags & 2) reader.skip(8);
  const mode = flags & 4 ? reader.uint32() : 0;
  if (flags & 8) reader.skip(4);
  const modified = flags & 8 ? reader.uint32() : 0;
  if (flags & 0x80000000) for (let left = 2 * reader.uint32(); left > 0; left -= 1) reader.text();
  return { size, modified, isFile: (mode & FILE_KIND[0]) === FILE_KIND[1] };
};

export interface Sftp {
  list(folder: string): Promise<Entry[]>;
  /** The first `size` bytes, and at last what the file is after they were read. */
  read(path: string, size: number): AsyncGenerator<Buffer, Attributes>;
  /** A file of these bytes; one that is there is written anew. */
  write(path: string, body: Buffer): Promise<void>;
  /** What has the new name already gives way. */
  rename(from: string, to: string): Promise<void>;
}

/** Cuts packets out of what arrives; whoever waits for one is told when the other side ends. */
const openPackets = (wire: Wire) => {
  const waiting = new Map<number, { take: (answer: Answer) => void; end: (error: Error) => void }>();
  let held: Buffer = Buffer.alloc(0);
  let ended: Error | null = null;
  const end = (error: Error): void => {
    ended ??= error;
    for (const { end: tell } of waiting.values()) tell(error);
    waiting.clear();
  };
  const take = (packet: Buffer): void => {
    const reader = new PacketReader(packet);
    const type = reader.byte();
    const id = type === SFTP.version ? -1 : reader.uint32();
    waiting.get(id)?.take({ type, reader });
    waiting.delete(id);
  };
  wire.onEnd(() => end(new SftpStatus(-1)));
  wire.onData((bytes) => {
    held = Buffer.concat([held, bytes]);
    try {
      while (held.length >= 4) {
        const length = held.readUInt32BE(0);
        if (length > LONGEST) throw new SftpStatus(-1);
        if (held.length < 4 + length) return;
        take(held.subarray(4, 4 + length));
        held = held.subarray(4 + length);
      }
    } catch (error) {
      end(error as Error);
    }
  });
  return {
    ask: (id: number, packet: Buffer): Promise<Answer> => new Promise((resolve, reject) => {
      if (ended) return reject(ended);
      waiting.set(id, { take: resolve, end: reject });
      wire.send(packet).catch(reject);
    }),
  };
};

/** Speaks SFTP over a stream. Throws `SftpStatus`. */
export const openSftp = async (wire: Wire): Promise<Sftp> => {
  const { ask } = openPackets(wire);
  let last = 0;
  const request = (type: number, fill: (writer: PacketWriter) => PacketWriter): Promise<Answer> => {
    last = (last + 1) >>> 0;
    return ask(last, fill(new PacketWriter(type).uint32(last)).packet());
  };
  answerOf(await ask(-1, new PacketWriter(SFTP.init).uint32(VERSION).packet()), SFTP.version);
  const open = async (type: number, path: string, flags = READ_ONLY): Promise<Buffer> => answerOf(await request(type, (writer) => (type === SFTP.opendir ? writer.text(path) : writer.text(path).uint32(flags).uint32(0))), SFTP.handle).bytes();
  const done = async (answer: Promise<Answer>): Promise<void> => {
    const status = answerOf(await answer, SFTP.status).uint32();
    if (status !== STATUS.ok) throw new SftpStatus(status);
  };
  const close = async (handle: Buffer): Promise<void> => void (await request(SFTP.close, (writer) => writer.bytes(handle)).catch(() => undefined));
  const piece = async (handle: Buffer, at: number, length: number): Promise<Buffer> => answerOf(await request(SFTP.read, (writer) => writer.bytes(handle).uint64(at).uint32(length)), SFTP.data).bytes();
  /** A server may answer less than was asked for: the rest is asked for again. */
  const whole = async (handle: Buffer, at: number, length: number): Promise<Buffer> => {
    const parts: Buffer[] = [];
    for (let had = 0; had < length;) {
      const part = await piece(handle, at + had, length - had);
      if (part.length === 0) throw new SftpStatus(STATUS.eof);
      parts.push(part);
      had += part.length;
    }
    return Buffer.concat(parts);
  };
  return {
    list: async (folder) => {
      const [handle, found]: [Buffer, Entry[]] = [await open(SFTP.opendir, folder), []];
      try {
        for (;;) {
          const reader = answerOf(await request(SFTP.readdir, (writer) => writer.bytes(handle)), SFTP.name);
          for (let left = reader.uint32(); left > 0; left -= 1) {
            const name = reader.text();
            reader.text();
            found.push({ name, ...attributesOf(reader) });
          }
        }
      } catch (error) {
        if (!isEnd(error)) throw error;
        return found;
      } finally {
        await close(handle);
      }
    },
    write: async (path, body) => {
      const handle = await open(SFTP.open, path, ANEW);
      try {
        for (let at = 0; at < body.length; at += PIECE) await done(request(SFTP.write, (writer) => writer.bytes(handle).uint64(at).bytes(body.subarray(at, at + PIECE))));
      } catch (error) {
        await close(handle);
        throw error;
      }
      // A server may tell of what it could not keep only here.
      await done(request(SFTP.close, (writer) => writer.bytes(handle)));
    },
    rename: async (from, to) => {
      const move = (): Promise<void> => done(request(SFTP.rename, (writer) => writer.text(from).text(to)));
      try {
        await move();
      } catch {
        await done(request(SFTP.remove, (writer) => writer.text(to)));
        await move();
      }
    },
    async *read(path, size) {
      const handle = await open(SFTP.open, path);
      const coming: Promise<Buffer>[] = [];
      try {
        for (let asked = 0, given = 0; given < size;) {
          for (; asked < size && coming.length < AT_ONCE; asked += PIECE) {
            const one = whole(handle, asked, Math.min(PIECE, size - asked));
            one.catch(() => undefined);
            coming.push(one);
          }
          const part = await (coming.shift() as Promise<Buffer>);
          given += part.length;
          yield part;
        }
        return attributesOf(answerOf(await request(SFTP.fstat, (writer) => writer.bytes(handle)), SFTP.attrs));
      } finally {
        await close(handle);
      }
    },
  };
};
