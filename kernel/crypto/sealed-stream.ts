import { createSecretKey, type KeyObject } from 'node:crypto';
import { Transform } from 'node:stream';
import type { CryptoSuite } from './suite.ts';

/** Bytes of plain text in each record but the last, which has as many or fewer. */
export const RECORD = 65_536;

/** How many bytes sealing adds to each record. */
export const overheadOf = (suite: CryptoSuite): number => suite.seal(Buffer.alloc(32), Buffer.alloc(0), '').value.length;

/** A record is bound to its place: moved, left out or cut off at the end, it does not open. */
const contextOf = (context: string, index: number, isLast: boolean): string => `${context}:${index}:${isLast ? 'last' : 'more'}`;

/** Cuts what flows into pieces of `size`; the last, which may be shorter or empty, is told apart. */
const inPieces = (size: number, work: (piece: Buffer, index: number, isLast: boolean) => Buffer): Transform => {
  let held: Buffer[] = [];
  let length = 0;
  let index = 0;
  return new Transform({
    transform(chunk: Buffer, _, done) {
      held.push(chunk);
      length += chunk.length;
      try {
        // A full piece waits for more to come: only then it is not the last.
        if (length > size) {
          let all = Buffer.concat(held, length);
          while (all.length > size) {
            this.push(work(all.subarray(0, size), index++, false));
            all = all.subarray(size);
          }
          [held, length] = [[all], all.length];
        }
        done();
      } catch (error) {
        done(error as Error);
      }
    },
    flush(done) {
      try {
        this.push(work(Buffer.concat(held, length), index, true));
        done();
      } catch (error) {
        done(error as Error);
      }
    },
  });
};

const keyOf = (key: Buffer): KeyObject => createSecretKey(key);

/** Seals what flows through, record by record, bound to `context` (such as the file's name). */
export const sealing = (suite: CryptoSuite, key: Buffer, context: string): Transform => {
  const prepared = keyOf(key);
  return inPieces(RECORD, (piece, index, isLast) => suite.seal(prepared, piece, contextOf(context, index, isLast)).value);
};

/** Opens what `sealing` made. Fails when a byte was changed, a record moved or left out, or the end cut off. */
export const opening = (suite: CryptoSuite, key: Buffer, context: string): Transform => {
  const prepared = keyOf(key);
  return inPieces(RECORD + overheadOf(suite), (piece, index, isLast) =>
    suite.open(prepared, { algorithm: suite.sealAlgorithm, value: piece }, contextOf(context, index, isLast)));
};

/** Opens the record at `index` alone, for reading in the middle. */
export const openRecord = (suite: CryptoSuite, key: Buffer, context: string, index: number, isLast: boolean, record: Buffer): Buffer =>
  suite.open(keyOf(key), { algorithm: suite.sealAlgorithm, value: record }, contextOf(context, index, isLast));

/** Bytes of content in `sealed` bytes of records. */
export const openedSize = (suite: CryptoSuite, sealed: number): number => {
  const overhead = overheadOf(suite);
  return sealed - Math.max(1, Math.ceil(sealed / (RECORD + overhead))) * overhead;
};
