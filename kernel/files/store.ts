import type { Readable } from 'node:stream';

/** What is placed: its size in bytes and sha256 (hex) as it is stored; `replace` puts it in the place of one that is there. */
export interface Placed {
  size: number;
  sha256: string;
  replace?: boolean;
}

/** Where file bodies live, by the sha256 (hex) of their content. */
export interface FileStore {
  /** Takes the complete, synced file at `path` (removing it); when it resolves, the body survives a crash. */
  place(path: string, hash: string, stored: Placed): Promise<void>;
  /** Size of a body in bytes; undefined when it is not there. */
  size(hash: string): Promise<number | undefined>;
  /** The body, or its bytes `start` to `end` inclusive. Rejects when it is not there. */
  open(hash: string, range?: { start: number; end: number }): Promise<Readable>;
  remove(hash: string): Promise<void>;
  /** All hashes held, in no order. */
  list(): AsyncIterable<string>;
  /** Rejects when the store can't be written. */
  check(): Promise<void>;
}

const HASH = /^[0-9a-f]{64}$/;
export const isHash = (text: string): boolean => HASH.test(text);
