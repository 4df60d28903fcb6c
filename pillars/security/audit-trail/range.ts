import type { Tx } from '@zhengwu/database';
import { append, emptyEdge, inclusionProof, leafHash, rootOf } from './merkle.ts';
import { canonical } from './record.ts';
import * as reading from './store-reading.ts';
import * as store from './store.ts';

export interface RangeFinding {
  code: 'altered' | 'removed' | 'root';
  at: number;
}

const PAGE = 5000;
const MOST = 100;
/** Records that one verification in the console reads at most; the whole log is verified from an export. */
export const LARGEST_RANGE = 200_000;

/** Judges the records of a range against their leaves, and all leaves against the last signed head. */
export const verifyRange = async (tx: Tx, from: number, until: number, head: { size: number; root: string }, retainedFrom: number): Promise<RangeFinding[]> => {
  const findings: RangeFinding[] = [];
  for (let at = from; at < until && findings.length < MOST; at += PAGE) {
    for (const { position, leaf, record } of await store.entriesFrom(tx, at, Math.min(until, at + PAGE))) {
      if (record === null) {
        if (position >= retainedFrom) findings.push({ code: 'removed', at: position });
      } else if (!leafHash(canonical(record)).equals(leaf)) findings.push({ code: 'altered', at: position });
    }
  }
  const edge = emptyEdge();
  await reading.eachLeaf(tx, head.size, (leaf) => append(edge, leaf));
  if (edge.size !== head.size || rootOf(edge).toString('hex') !== head.root) findings.push({ code: 'root', at: head.size });
  return findings.slice(0, MOST);
};

/** Audit path, hex, of a position in the tree of `size`. */
export const pathOf = async (tx: Tx, position: number, size: number): Promise<string[]> => {
  const leaves: Buffer[] = [];
  await reading.eachLeaf(tx, size, (leaf) => leaves.push(leaf));
  return inclusionProof(leaves, position).map((hash) => hash.toString('hex'));
};
