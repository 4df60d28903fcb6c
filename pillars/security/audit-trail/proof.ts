import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { HEADS, RECORDS } from './export.ts';
import { keysIn, readHead, type TreeHead } from './head.ts';
import { consistencyProof, inclusionProof, leafHash, verifyConsistency, verifyInclusion } from './merkle.ts';
import { canonical, type AuditRecord } from './record.ts';

/** Proof that one record is in the log under a signed head and, where an older head is given, that the older log is its beginning. */
export interface RecordProof {
  record: AuditRecord;
  position: number;
  /** Hex hashes from the leaf up (RFC 9162 §2.1.3). */
  path: string[];
  head: string;
  previous?: { head: string; path: string[] };
}

const hex = (hashes: readonly Buffer[]): string[] => hashes.map((hash) => hash.toString('hex'));
const bytes = (hashes: readonly string[]): Buffer[] => hashes.map((hash) => Buffer.from(hash, 'hex'));
const lastLine = (text: string): string => text.trimEnd().split('\n').at(-1) ?? '';
const sizeIn = (jws: string): number => (JSON.parse(Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString()) as TreeHead).size;

/** The proof of the record `id` from an export; undefined where the export does not hold it. `previous` is the text of an older head. */
export const proveRecord = async (folder: string, id: string, previous?: string): Promise<RecordProof | undefined> => {
  const head = lastLine(await readFile(join(folder, HEADS), 'utf8'));
  const leaves: Buffer[] = [];
  let found: { record: AuditRecord; position: number } | undefined;
  for await (const text of createInterface({ input: createReadStream(join(folder, RECORDS)), crlfDelay: Infinity })) {
    const { leaf, record, position } = JSON.parse(text) as { leaf: string; record: AuditRecord | null; position: number };
    leaves.push(Buffer.from(leaf, 'hex'));
    if (record?.id === id) found = { record, position };
  }
  if (!found) return undefined;
  const older = previous === undefined ? undefined : lastLine(previous);
  return {
    ...found, path: hex(inclusionProof(leaves, found.position)), head,
    ...(older === undefined ? {} : { previous: { head: older, path: hex(consistencyProof(leaves, sizeIn(older))) } }),
  };
};

/** Whether a proof holds under these public keys. */
export const verifyProof = async ({ record, position, path, head: jws, previous }: RecordProof, pem: string): Promise<boolean> => {
  const keys = keysIn(pem);
  const head = readHead(jws, keys);
  if (!head || !verifyInclusion(leafHash(canonical(record)), position, head.size, bytes(path), Buffer.from(head.root, 'hex'))) return false;
  if (!previous) return true;
  const older = readHead(previous.head, keys);
  return older !== undefined && verifyConsistency(older.size, Buffer.from(older.root, 'hex'), head.size, Buffer.from(head.root, 'hex'), bytes(previous.path));
};
