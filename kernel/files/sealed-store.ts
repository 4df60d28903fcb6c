import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { rm, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline as flow, Readable, Transform } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { openedSize, opening, openRecord, overheadOf, RECORD, sealing, suites, type CryptoSuite, type KeyRing } from '@zhengwu/crypto';
import type { FileStore } from './store.ts';

/** Before each sealed body: these letters, the suite, the id of the wrapping key, the body's own key wrapped. */
const MAGIC = Buffer.from('ZWF1');
const ID_BYTES = 36;
const KEY_BYTES = 32;
const MOST_KNOWN = 10_000;

interface Head {
  suite: CryptoSuite;
  /** Bytes before the first record. */
  length: number;
  wrappedBy: string;
  wrapped: Buffer;
}

const wrappedLength = (suite: CryptoSuite): number => KEY_BYTES + overheadOf(suite);
const headLength = (suite: CryptoSuite): number => MAGIC.length + 1 + ID_BYTES + wrappedLength(suite);
const longestHead = Math.max(...suites.map(headLength));

const readHead = (bytes: Buffer): Head | undefined => {
  const suite = bytes.subarray(0, MAGIC.length).equals(MAGIC) ? suites[bytes[MAGIC.length] ?? -1] : undefined;
  if (!suite || bytes.length < headLength(suite)) return undefined;
  const start = MAGIC.length + 1;
  return { suite, length: headLength(suite), wrappedBy: bytes.toString('latin1', start, start + ID_BYTES), wrapped: bytes.subarray(start + ID_BYTES, headLength(suite)) };
};

export interface SealOptions {
  ring: KeyRing;
  /** What seals new bodies. */
  suite: CryptoSuite;
  /** For bodies on their way; on the same disk as a local store. */
  folder: string;
}

export interface SealedStore extends FileStore {
  /** Wraps anew the keys of bodies that another key of the ring wrapped, and seals those that lie open. The records of sealed ones stay as they are. */
  rewrap(): Promise<{ rewrapped: number; sealed: number }>;
}

/**
 * Bodies encrypted at rest (GB/T 22239-2019 8.1.4.8): each under a key of its own, which a key of the ring wraps and which is bound to the
 * body's hash. Bodies from before that lie open are read as they are. The names stay the hashes of what is inside.
 */
export const sealStore = (store: FileStore, { ring, suite, folder }: SealOptions): SealedStore => {
  // Only heads are remembered: a body that lies open may be sealed by another process at any time.
  const heads = new Map<string, Head>();
  const readHeadOf = async (hash: string): Promise<Head | undefined> => {
    const size = await store.size(hash);
    if (size === undefined || size === 0) return undefined;
    const head = readHead(await buffer(await store.open(hash, { start: 0, end: Math.min(size, longestHead) - 1 })));
    if (heads.size >= MOST_KNOWN) heads.clear();
    if (head) heads.set(hash, head);
    return head;
  };
  const headOf = async (hash: string): Promise<Head | undefined> => heads.get(hash) ?? readHeadOf(hash);
  const keyOf = async (hash: string, known: Head): Promise<Buffer> => {
    let [head, wrapper] = [known, await ring.find(known.wrappedBy)];
    // It may have been wrapped anew since its head was read, and the old key dropped.
    if (!wrapper) {
      head = (await readHeadOf(hash)) ?? known;
      wrapper = await ring.find(head.wrappedBy);
    }
    if (!wrapper) throw new Error(`the key ${head.wrappedBy} that wraps the file ${hash} is not in the key ring: bring keys/files.ring back from a backup`);
    return head.suite.open(wrapper.key, { algorithm: head.suite.sealAlgorithm, value: head.wrapped }, hash);
  };
  const newHead = async (hash: string, key: Buffer, by: CryptoSuite): Promise<Buffer> => {
    const wrapper = await ring.current();
    return Buffer.concat([MAGIC, Buffer.of(suites.indexOf(by)), Buffer.from(wrapper.id, 'latin1'), by.seal(wrapper.key, key, hash).value]);
  };

  /** Writes head and records to a file beside `path`, synced; answers what the store must know of it. */
  const write = async (path: string, head: Buffer, source: Readable, ...through: Transform[]): Promise<{ size: number; sha256: string }> => {
    const digest = createHash('sha256').update(head);
    let size = head.length;
    const meter = new Transform({
      transform(chunk: Buffer, _, done) {
        digest.update(chunk);
        size += chunk.length;
        done(null, chunk);
      },
    });
    const target = createWriteStream(path, { flags: 'wx', mode: 0o600, flush: true });
    target.write(head);
    try {
      await pipeline([source, ...through, meter, target]);
    } catch (error) {
      await rm(path, { force: true });
      throw error;
    }
    return { size, sha256: digest.digest('hex') };
  };
  const sealInto = async (path: string, hash: string, plain: Readable): Promise<{ size: number; sha256: string }> => {
    const key = randomBytes(KEY_BYTES);
    return write(path, await newHead(hash, key, suite), plain, sealing(suite, key, hash));
  };

  const openRange = async (hash: string, head: Head, { start, end }: { start: number; end: number }): Promise<Readable> => {
    const key = await keyOf(hash, head);
    const step = RECORD + overheadOf(head.suite);
    const stored = ((await store.size(hash)) ?? 0) - head.length;
    const last = Math.max(0, Math.ceil(stored / step) - 1);
    const [from, to] = [Math.floor(start / RECORD), Math.min(last, Math.floor(end / RECORD))];
    if (from > to) return Readable.from([]);
    const source = await store.open(hash, { start: head.length + from * step, end: head.length + Math.min(stored, (to + 1) * step) - 1 });
    const records = async function* (): AsyncGenerator<Buffer> {
      let held: Buffer = Buffer.alloc(0);
      let index = from;
      const opened = (record: Buffer): Buffer => {
        const plain = openRecord(head.suite, key, hash, index, index === last, record);
        const offset = index * RECORD;
        index += 1;
        return plain.subarray(Math.max(0, start - offset), end - offset + 1);
      };
      for await (const chunk of source as AsyncIterable<Buffer>) {
        held = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
        for (; held.length >= step; held = held.subarray(step)) yield opened(held.subarray(0, step));
      }
      if (held.length > 0) yield opened(held);
    };
    return Readable.from(records());
  };

  return {
    remove: (hash) => {
      heads.delete(hash);
      return store.remove(hash);
    },
    list: () => store.list(),
    check: () => store.check(),
    async place(path, hash) {
      const sealed = `${path}.sealed`;
      await store.place(sealed, hash, await sealInto(sealed, hash, createReadStream(path)));
      await unlink(path);
    },
    async size(hash) {
      const stored = await store.size(hash);
      if (stored === undefined) return undefined;
      const head = await headOf(hash);
      return head ? openedSize(head.suite, stored - head.length) : stored;
    },
    async open(hash, range) {
      const head = await headOf(hash);
      if (!head) return store.open(hash, range);
      if (range) return openRange(hash, head, range);
      const key = await keyOf(hash, head);
      const stored = (await store.size(hash)) ?? 0;
      // What goes wrong on the way destroys the end that the reader holds.
      return flow(await store.open(hash, { start: head.length, end: stored - 1 }), opening(head.suite, key, hash), () => undefined);
    },
    async rewrap() {
      const current = await ring.current();
      const counts = { rewrapped: 0, sealed: 0 };
      for await (const hash of store.list()) {
        const head = await readHeadOf(hash);
        if (head?.wrappedBy === current.id) continue;
        const path = join(folder, `${randomUUID()}.sealed`);
        const facts = head
          ? await write(path, await newHead(hash, await keyOf(hash, head), head.suite), await store.open(hash, { start: head.length, end: ((await store.size(hash)) ?? 0) - 1 }))
          : await sealInto(path, hash, await store.open(hash));
        await store.place(path, hash, { ...facts, replace: true });
        heads.delete(hash);
        counts[head ? 'rewrapped' : 'sealed'] += 1;
      }
      return counts;
    },
  };
};
