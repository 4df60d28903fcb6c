import { createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';
import { intl } from './intl.ts';
import { suiteOf, type CryptoSuite } from './suite.ts';
import { suites } from './suites.ts';

export interface Sealer {
  /** Encrypts and authenticates `text`, bound to `context` (such as the row it belongs to). */
  seal(text: string, context: string): string;
  /** What was sealed, by whichever suite; throws when it was altered, sealed under another key or bound to another context. */
  open(sealed: string, context: string): string;
}

/** A key that seals columns, by its id. */
interface ColumnKey {
  id: string;
  key: Buffer;
}

/** The keys that seal columns, as those who seal and open at once need them: the newest seals, all open. */
export interface ColumnKeys {
  /** The key that seals now; undefined before the first was made, when the data key itself seals. */
  current(): ColumnKey | undefined;
  find(id: string): ColumnKey | undefined;
}

/** `algorithm:value` under the secret itself, `algorithm:key:value` under one of the keys for columns. */
const FORM = /^([A-Za-z0-9-]{2,32}):(?:([0-9a-f-]{36}):)?([A-Za-z0-9_-]*)$/;

/** The id of the key for columns that sealed a value; null where the secret itself did. */
export const sealedBy = (sealed: string): string | null => FORM.exec(sealed)?.[2] ?? null;

/**
 * Seals small secrets that must be read again (one-time-password seeds, provider keys) with a key of its own per `purpose`, by `suite`.
 * With `columns` the newest of those keys seals, and can so be renewed; without, or before the first was made, the secret does. A sealed
 * value names its algorithm and its key, so what another sealed before still opens.
 */
export const createSealer = (secret: string | Buffer, purpose: string, suite: CryptoSuite = intl, columns?: ColumnKeys): Sealer => {
  // A key object is prepared once; bytes would be at every use, for four times the time.
  const derived = (from: string | Buffer): KeyObject => createSecretKey(Buffer.from(hkdfSync('sha256', from, 'zhengwu-seal', purpose, 32)));
  const own = derived(secret);
  const prepared = new Map<string, KeyObject>();
  const keyOf = ({ id, key }: ColumnKey): KeyObject => {
    const known = prepared.get(id) ?? derived(key);
    prepared.set(id, known);
    return known;
  };
  return {
    seal(text, context) {
      const current = columns?.current();
      const { algorithm, value } = suite.seal(current ? keyOf(current) : own, Buffer.from(text), context);
      return [algorithm, ...(current ? [current.id] : []), value.toString('base64url')].join(':');
    },
    open(sealed, context) {
      const [, algorithm = '', id, value = ''] = FORM.exec(sealed) ?? [];
      const maker = suiteOf(algorithm, suites);
      if (!maker) throw new Error('a sealed value has an unknown form');
      const by = id === undefined ? undefined : columns?.find(id);
      if (id !== undefined && !by) throw new Error(`a value is sealed with the key ${id}, which is not in keys/columns.ring`);
      return maker.open(by ? keyOf(by) : own, { algorithm, value: Buffer.from(value, 'base64url') }, context).toString();
    },
  };
};
