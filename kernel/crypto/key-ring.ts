import { randomBytes, randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { writeDurably } from './key-file.ts';
import { alone, stampOf } from './own-file.ts';
import { createSealer } from './seal.ts';

/** A key that wraps other keys. */
export interface RingKey {
  id: string;
  key: Buffer;
  /** ISO 8601. */
  madeAt: string;
}

/** Keys that wrap the keys of single files. The newest wraps; all open. Other processes' changes to its file are seen at the next use. */
export interface KeyRing {
  current(): Promise<RingKey>;
  find(id: string): Promise<RingKey | undefined>;
  all(): Promise<readonly RingKey[]>;
  /** Makes a new key, the current one from now on. */
  rotate(): Promise<RingKey>;
  /** Takes keys out of the ring; the current one stays. */
  drop(ids: readonly string[]): Promise<void>;
}

interface StoredKey {
  id: string;
  key: string;
  madeAt: string;
}

const CONTEXT = 'key-ring-1';

/** The keys in the text of a ring's file. Throws when it does not open. */
export const readRing = (text: string, dataKey: string): RingKey[] =>
  (JSON.parse(createSealer(dataKey, 'key-ring').open(text.trim(), CONTEXT)) as StoredKey[]).map((one) => ({ ...one, key: Buffer.from(one.key, 'base64url') }));

/** The ring in the file at `path`, sealed under the data key; it and its first key are made when first needed. Throws when it does not open. */
export const openKeyRing = (path: string, dataKey: string): KeyRing => {
  const sealer = createSealer(dataKey, 'key-ring');
  let keys: RingKey[] = [];
  let seen = '';
  const load = async (): Promise<RingKey[]> => {
    const now = await stampOf(path);
    if (now !== '' && now !== seen) {
      keys = readRing(await readFile(path, 'utf8'), dataKey);
      seen = now;
    }
    return keys;
  };
  const save = async (next: readonly RingKey[]): Promise<void> => {
    await writeDurably(path, `${sealer.seal(JSON.stringify(next.map((one) => ({ ...one, key: one.key.toString('base64url') }))), CONTEXT)}\n`);
    await load();
  };
  const made = (): RingKey => ({ id: randomUUID(), key: randomBytes(32), madeAt: new Date().toISOString() });
  const newest = async (): Promise<RingKey | undefined> => (await load()).at(-1);
  const add = async (): Promise<RingKey> => {
    const one = made();
    await save([...(await load()), one]);
    return one;
  };
  return {
    current: async () => (await newest()) ?? alone(path, async () => (await newest()) ?? add()),
    find: async (id) => (await load()).find((one) => one.id === id),
    all: load,
    rotate: () => alone(path, add),
    drop: (ids) => alone(path, async () => {
      const all = await load();
      const left = all.filter((one, index) => index === all.length - 1 || !ids.includes(one.id));
      if (left.length < all.length) await save(left);
    }),
  };
};
