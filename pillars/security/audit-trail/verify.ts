import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { HEADS, RECORDS, START, STAMPS } from './export.ts';
import { keysIn, readHead, type TreeHead } from './head.ts';
import { append, emptyEdge, leafHash, rootOf, type Edge } from './merkle.ts';
import { canonical, type AuditRecord } from './record.ts';
import { checkStamps } from './stamps.ts';

/** Days for which no record may be gone: six months (网络安全法 §21 (3), GB/T 22239-2019 8.1.4.3), at their longest. */
export const LEAST_DAYS = 184;

export type FindingCode =
  | 'no-head' | 'head-forged' | 'head-rolled-back' | 'line-broken' | 'order' | 'altered' | 'removed' | 'removed-early' | 'root' | 'count'
  | 'previous-forged' | 'previous-newer' | 'previous-differs' | 'start-forged' | 'stamp-forged' | 'stamp-missing';
export interface Finding {
  code: FindingCode;
  /** Position in the log, or number of the line, that it is about. */
  at: number;
  /** Id of the record, where one is known. */
  record?: string;
}
export interface Verdict {
  findings: Finding[];
  records: number;
  /** Records that were removed after their time; their leaves prove the rest. */
  retired: number;
  head: TreeHead | undefined;
  /** Heads whose time-stamp holds; absent where no authority's chain was given. */
  stamped?: number;
}

type Keys = ReturnType<typeof keysIn>;
const MOST = 100;

const linesOf = (text: string): string[] => text.split('\n').filter((line) => line !== '');

const readHeads = async (folder: string, keys: Keys, findings: Finding[]): Promise<TreeHead[]> => {
  const heads: TreeHead[] = [];
  for (const [index, jws] of linesOf(await readFile(join(folder, HEADS), 'utf8')).entries()) {
    const head = readHead(jws, keys);
    if (!head) findings.push({ code: 'head-forged', at: index + 1 });
    else {
      const last = heads.at(-1);
      if (last && (head.size < last.size || Date.parse(head.at) < Date.parse(last.at) || head.retainedFrom < last.retainedFrom)) findings.push({ code: 'head-rolled-back', at: index + 1 });
      heads.push(head);
    }
  }
  if (heads.length === 0) findings.push({ code: 'no-head', at: 0 });
  return heads;
};

/** Records may be gone only below a size that was signed six months before the head that says so. */
const checkRetired = (heads: readonly TreeHead[], findings: Finding[]): void => {
  for (const { retainedFrom, at } of heads) {
    const latest = Date.parse(at) - LEAST_DAYS * 86_400_000;
    if (retainedFrom > 0 && !heads.some((old) => old.size >= retainedFrom && Date.parse(old.at) <= latest)) findings.push({ code: 'removed-early', at: retainedFrom });
  }
};

interface Line {
  position: number;
  leaf: string;
  record: AuditRecord | null;
}

const parse = (text: string): Line | undefined => {
  try {
    const line = JSON.parse(text) as Line;
    return typeof line.position === 'number' && /^[0-9a-f]{64}$/.test(line.leaf) && typeof line.record === 'object' ? line : undefined;
  } catch {
    return undefined;
  }
};

/** What is wrong with one line by itself; the leaf that it claims goes into the tree either way. */
const judge = ({ position, leaf, record }: Line, expected: number, retainedFrom: number): Finding | undefined => {
  if (position !== expected) return { code: 'order', at: expected, ...(record ? { record: record.id } : {}) };
  if (record === null) return position < retainedFrom ? undefined : { code: 'removed', at: position };
  return leafHash(canonical(record)).toString('hex') === leaf ? undefined : { code: 'altered', at: position, record: record.id };
};

interface Awaited {
  root: string;
  code: 'root' | 'previous-differs';
}

const compareRoots = (edge: Edge, awaited: readonly Awaited[], findings: Finding[]): void => {
  if (awaited.length === 0) return;
  const root = rootOf(edge).toString('hex');
  for (const { root: expected, code } of awaited) if (root !== expected) findings.push({ code, at: edge.size });
};

/** Where the export begins: at nothing, or at the edge of a tree that a signed head of the export must know. */
const readStart = async (folder: string, heads: readonly TreeHead[], findings: Finding[]): Promise<Edge> => {
  const text = await readFile(join(folder, START), 'utf8').catch(() => undefined);
  if (text === undefined) return emptyEdge();
  try {
    const { size, edge } = JSON.parse(text) as { size: number; edge: string[] };
    const start = { size, hashes: edge.map((hash) => Buffer.from(hash, 'hex')) };
    if (heads.some((head) => head.size === size && head.root === rootOf(start).toString('hex'))) return start;
  } catch { /* not a start */ }
  findings.push({ code: 'start-forged', at: 0 });
  return emptyEdge();
};

const walk = async (folder: string, edge: Edge, retainedFrom: number, awaited: ReadonlyMap<number, Awaited[]>, findings: Finding[]): Promise<{ edge: Edge; retired: number }> => {
  let retired = 0;
  for await (const text of createInterface({ input: createReadStream(join(folder, RECORDS)), crlfDelay: Infinity })) {
    const line = parse(text);
    if (!line) findings.push({ code: 'line-broken', at: edge.size + 1 });
    const finding = line && judge(line, edge.size, retainedFrom);
    if (finding) findings.push(finding);
    if (line?.record === null) retired += 1;
    append(edge, Buffer.from(line?.leaf ?? '', 'hex'));
    compareRoots(edge, awaited.get(edge.size) ?? [], findings);
    if (findings.length >= MOST) break;
  }
  return { edge, retired };
};

const readPrevious = async (text: string, keys: Keys, last: TreeHead | undefined, findings: Finding[]): Promise<TreeHead | undefined> => {
  const head = readHead(linesOf(text).at(-1)?.trim() ?? '', keys);
  if (!head) findings.push({ code: 'previous-forged', at: 0 });
  else if (head.size > (last?.size ?? 0)) findings.push({ code: 'previous-newer', at: head.size });
  return head;
};

/**
 * Judges an export with public keys alone: each record against its leaf, all leaves against every signed head, the heads against each
 * other and against `previous`, the text of a head kept from before. No finding: nothing was altered, removed, inserted or reordered
 * since it was logged. With `tsa`, the chain of the time-stamp authority as PEM, the heads' time-stamps are judged too. Stops at a hundred findings.
 */
export const verifyExport = async (folder: string, pem: string, previous?: string, tsa?: string): Promise<Verdict> => {
  const keys = keysIn(pem);
  const findings: Finding[] = [];
  const heads = await readHeads(folder, keys, findings);
  checkRetired(heads, findings);
  const head = heads.at(-1);
  const awaited = new Map<number, Awaited[]>();
  const expect = (one: TreeHead, code: Awaited['code']): void => void awaited.set(one.size, [...(awaited.get(one.size) ?? []), { root: one.root, code }]);
  for (const one of heads) expect(one, 'root');
  const before = previous === undefined ? undefined : await readPrevious(previous, keys, head, findings);
  if (before) expect(before, 'previous-differs');
  const start = await readStart(folder, heads, findings);
  const stamped = tsa === undefined ? undefined : await checkStamps(await readFile(join(folder, HEADS), 'utf8'), await readFile(join(folder, STAMPS), 'utf8').catch(() => ''), tsa);
  findings.push(...(stamped?.findings ?? []));
  const { edge, retired } = await walk(folder, start, head?.retainedFrom ?? 0, awaited, findings);
  if (head && edge.size !== head.size && findings.length < MOST) findings.push({ code: 'count', at: edge.size });
  return { findings, records: edge.size, retired, head, ...(stamped ? { stamped: stamped.count } : {}) };
};
