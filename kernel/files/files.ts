import { randomUUID } from 'node:crypto';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { isZhengwuError } from '@zhengwu/errors';
import { secrecyOf } from './classified.ts';
import { applyContentRules } from './content-rules.ts';
import { makeFolder } from './durable.ts';
import { fail } from './errors.ts';
import { safeFileName } from './file-name.ts';
import { FILE_TYPES, fileTypeOf, type FileType } from './file-types.ts';
import { inspectFile } from './inspect.ts';
import { openQuarantine, type FileNews, type Recheck } from './quarantine.ts';
import { hashFile, overLimit, receiveInto, type Received } from './receive.ts';
import type { Scanner } from './scanner.ts';
import { isHash, type FileStore } from './store.ts';
import { openUploads, type Uploads } from './uploads.ts';

/** What the sender says of a file. */
export interface Receive {
  /** Media type as sent; an unknown one is judged by the name. */
  declaredType: string;
  name: string;
  /** Largest size in bytes; the site's limit unless given. */
  maxBytes?: number;
  /** Person for whom it is sent; whoever hears of a document that must not be here learns who brought it. */
  sender?: string | null;
  /** Media types taken here; all known ones unless given. */
  accept?: readonly string[];
}

export interface StoredFile {
  /** sha256 in lower-case hex: the address of the body. */
  hash: string;
  /** Bytes. */
  size: number;
  /** Media type that the content was checked against. */
  type: string;
  /** Name made safe to show and save. */
  name: string;
  /** It waits for the scanner: kept, but out of everybody's reach until it is found clean. */
  isHeld: boolean;
}

export interface Files {
  /** Stores a checked body. When it resolves the body survives a crash; when it throws (`file.*`), nothing is left. */
  put(source: Readable | Buffer, about: Receive): Promise<StoredFile>;
  /** Stores bytes that we made ourselves (a licence, a receipt), unchecked. */
  keep(content: Readable | Buffer, about: { type: string; name: string }): Promise<StoredFile>;
  /** The body with its size. Throws `file.missing`, or `file.checking` while it waits for the scanner. */
  open(hash: string, range?: { start: number; end: number }): Promise<{ body: Readable; size: number }>;
  /** The whole body; for small files only. Throws `file.missing`. */
  read(hash: string): Promise<Buffer>;
  has(hash: string): Promise<boolean>;
  remove(hash: string): Promise<void>;
  /** All hashes held, for backup and collection. */
  list(): AsyncIterable<string>;
  /** Files that arrive in parts. */
  readonly uploads: Uploads;
  /** Checks and stores what has arrived in parts, whole. On failure the parts are removed. */
  complete(uploadId: string, about: Receive): Promise<StoredFile>;
  /** Rejects when nothing can be stored; for readiness. */
  check(): Promise<void>;
  /** Of these hashes, those that wait for the scanner. */
  held(hashes: readonly string[]): Promise<Set<string>>;
  /** Looks again at what waits for the scanner. */
  recheck(signal?: AbortSignal): Promise<Recheck>;
  /** Who is told when a file is found infected or has to wait. */
  onNews(listener: (news: FileNews) => void): void;
}

export interface FilesOptions {
  store: FileStore;
  /** Local folder for bodies on their way in; on the same disk as a local store. */
  folder: string;
  /** Largest file in bytes where a caller says nothing. */
  maxBytes: number;
  /** Looks at what people hand in, beside the content rules; what it can't tell of at once waits in `quarantine`. */
  scanning?: { scanner: Scanner; quarantine: FileStore; inlineSeconds?: number };
}

type Sent = Pick<Receive, 'name' | 'sender'>;

/** Seconds that a sender waits for the scanner where nobody says. */
const INLINE_SECONDS = 3;

const allowedType = ({ declaredType, name, accept }: Receive): FileType => {
  const type = fileTypeOf(declaredType, name);
  if (type && (accept === undefined || accept.includes(type.type))) return type;
  const taken = FILE_TYPES.filter((t) => accept === undefined || accept.includes(t.type));
  throw fail('file.type-not-allowed', { accepted: taken.map((t) => t.extensions[0]?.toUpperCase()).join(', ') });
};

/** Opens the files of a site; bodies left half-way by a crash are removed. */
export const createFiles = async ({ store, folder, maxBytes, scanning }: FilesOptions): Promise<Files> => {
  const incoming = join(folder, 'incoming');
  await makeFolder(incoming);
  for (const left of await readdir(incoming)) await rm(join(incoming, left), { force: true });
  const uploads = await openUploads(join(folder, 'parts'));

  const listeners: ((news: FileNews) => void)[] = [];
  const tell = (news: FileNews): void => listeners.forEach((listener) => listener(news));
  const quarantine = scanning && openQuarantine({ scanner: scanning.scanner, bodies: scanning.quarantine, inlineSeconds: scanning.inlineSeconds ?? INLINE_SECONDS, store, folder: incoming, tell });

  /** Whether the body has to wait. Own files need no look. */
  const look = async (path: string, { hash, size }: Received, type: FileType | undefined, about: Sent): Promise<boolean> => {
    if (!type) return false;
    await inspectFile(path, size, type);
    await applyContentRules(path, size, type).catch((error: unknown) => {
      if (isZhengwuError(error) && error.code === 'file.infected') tell({ kind: 'infected', hash, signature: String(error.params['signature']), wasHeld: false });
      throw error;
    });
    const level = await secrecyOf(path, size, type, about.name);
    if (level !== undefined) {
      tell({ kind: 'classified', hash, level, sender: about.sender ?? null });
      throw fail('file.classified', { level });
    }
    return quarantine === undefined ? false : quarantine.look(path, hash);
  };
  const settle = async (path: string, received: Received, type: FileType | undefined, about: Sent): Promise<boolean> => {
    try {
      const isHeld = await look(path, received, type, about);
      await (isHeld && quarantine ? quarantine.bodies : store).place(path, received.hash, { size: received.size, sha256: received.hash });
      return isHeld;
    } catch (error) {
      await rm(path, { force: true });
      throw error;
    }
  };
  const take = async (source: Readable | Buffer, limit: number, type: FileType | undefined, about: Sent): Promise<Received & { isHeld: boolean }> => {
    const path = join(incoming, randomUUID());
    const received = await receiveInto(path, source, limit);
    return { ...received, isHeld: await settle(path, received, type, about) };
  };
  const openBody = async (hash: string, range?: { start: number; end: number }): Promise<{ body: Readable; size: number }> => {
    const size = isHash(hash) ? await store.size(hash) : undefined;
    if (size === undefined) throw fail(isHash(hash) && (await quarantine?.bodies.size(hash)) !== undefined ? 'file.checking' : 'file.missing');
    return { body: await store.open(hash, range), size };
  };
  return {
    uploads,
    open: openBody,
    async put(source, about) {
      const type = allowedType(about);
      const received = await take(source, about.maxBytes ?? maxBytes, type, about);
      return { ...received, type: type.type, name: safeFileName(about.name) };
    },
    keep: async (content, { type, name }) => ({ ...(await take(content, Number.MAX_SAFE_INTEGER, undefined, { name })), type, name: safeFileName(name) }),
    async complete(uploadId, about) {
      const path = uploads.path(uploadId);
      const type = allowedType(about);
      if ((await uploads.offset(uploadId)) === 0) throw fail('file.empty');
      const received = await hashFile(path);
      const limit = about.maxBytes ?? maxBytes;
      if (received.size > limit) {
        await uploads.remove(uploadId);
        throw overLimit(limit);
      }
      const isHeld = await settle(path, received, type, about);
      return { ...received, isHeld, type: type.type, name: safeFileName(about.name) };
    },
    async read(hash) {
      const parts: Buffer[] = [];
      for await (const chunk of (await openBody(hash)).body) parts.push(chunk as Buffer);
      return Buffer.concat(parts);
    },
    has: async (hash) => isHash(hash) && (await store.size(hash)) !== undefined,
    remove: (hash) => store.remove(hash),
    list: () => store.list(),
    check: () => store.check(),
    held: async (hashes) => {
      const found = new Set<string>();
      if (quarantine) for (const hash of hashes) if (isHash(hash) && (await quarantine.bodies.size(hash)) !== undefined && (await store.size(hash)) === undefined) found.add(hash);
      return found;
    },
    recheck: async (signal) => quarantine?.recheck(signal) ?? { clean: [], refused: [], waiting: 0, isAway: false },
    onNews: (listener) => void listeners.push(listener),
  };
};
