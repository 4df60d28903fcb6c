import { createHash, randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import type { Files } from '@zhengwu/files';
import { Fault } from './faults.ts';
import type { SignatureSuite } from './signing.ts';

/** The body of a message, received whole and hashed on the way: in memory where it is small, else in the file store. */
export interface Body {
  size: number;
  sha512: Buffer;
  /** Null unless somebody signs nationally. */
  sm3: Buffer | null;
  /** The bytes; null where they lie in the file store. */
  content: Buffer | null;
  /** Address in the file store; null where the bytes are here. */
  file: string | null;
}

export interface SpoolRules {
  files: Files;
  /** Bytes up to which a body stays in memory and in the log's own record. */
  inline: number;
  /** Largest body in bytes. */
  most: number;
  isNational: boolean;
}

/** The digest that a suite signs. */
export const digestBy = ({ contentHash }: SignatureSuite, body: Body | null): Buffer | null => {
  if (body === null) return null;
  const found = contentHash === 'sha512' ? body.sha512 : body.sm3;
  if (!found) throw new Error('the body was not hashed for the national suite');
  return found;
};

const hashing = (isNational: boolean) => {
  const [sha512, sm3] = [createHash('sha512'), isNational ? createHash('sm3') : null];
  let size = 0;
  return {
    take: (chunk: Buffer): number => {
      sha512.update(chunk);
      sm3?.update(chunk);
      return (size += chunk.length);
    },
    done: (): Pick<Body, 'size' | 'sha512' | 'sm3'> => ({ size, sha512: sha512.digest(), sm3: sm3?.digest() ?? null }),
  };
};

/** Receives a body to its end; null for an empty one. Throws `Client.TooLarge`; nothing is left then. */
export const spool = async (source: AsyncIterable<Buffer>, { files, inline, most, isNational }: SpoolRules): Promise<Body | null> => {
  const hash = hashing(isNational);
  const held: Buffer[] = [];
  const iterator = source[Symbol.asyncIterator]();
  const next = async (): Promise<{ chunk: Buffer; size: number } | null> => {
    const { done, value } = await iterator.next();
    if (done) return null;
    const size = hash.take(value);
    if (size > most) {
      await iterator.return?.();
      throw new Fault('Client.TooLarge', `the body is larger than ${most} bytes`, randomUUID());
    }
    return { chunk: value, size };
  };
  for (let one = await next(); one; one = await next()) {
    held.push(one.chunk);
    if (one.size <= inline) continue;
    const rest = async function* (): AsyncGenerator<Buffer> {
      yield* held;
      for (let more = await next(); more; more = await next()) yield more.chunk;
    };
    const { hash: file } = await files.keep(Readable.from(rest()), { type: 'application/octet-stream', name: 'body.bin' });
    return { ...hash.done(), content: null, file };
  }
  const content = held.length === 1 ? (held[0] as Buffer) : Buffer.concat(held);
  return content.length === 0 ? null : { ...hash.done(), content, file: null };
};

/** The bytes of a body once more, as often as they are needed. */
export const unspool = async (files: Files, body: Pick<Body, 'content' | 'file'>): Promise<Buffer | Readable> => body.content ?? (await files.open(body.file as string)).body;
