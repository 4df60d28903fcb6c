import { createHash } from 'node:crypto';

const sha256 = (...parts: readonly Buffer[]): Buffer => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};
const LEAF = Buffer.from([0]);
const NODE = Buffer.from([1]);

/** Hash of one entry (RFC 6962 §2.1). */
export const leafHash = (content: Buffer | string): Buffer => sha256(LEAF, Buffer.from(content));
export const nodeHash = (left: Buffer, right: Buffer): Buffer => sha256(NODE, left, right);

/** The right edge of a tree: one hash for each complete subtree, largest first. Enough to append and to know the root. */
export interface Edge {
  size: number;
  hashes: Buffer[];
}

export const emptyEdge = (): Edge => ({ size: 0, hashes: [] });

/** Appends a leaf hash in place. */
export const append = (edge: Edge, leaf: Buffer): void => {
  let hash = leaf;
  for (let rest = edge.size; rest % 2 === 1; rest = Math.floor(rest / 2)) hash = nodeHash(edge.hashes.pop() as Buffer, hash);
  edge.hashes.push(hash);
  edge.size += 1;
};

/** Root of the tree; of an empty one the hash of nothing (RFC 6962 §2.1). */
export const rootOf = ({ hashes }: Edge): Buffer =>
  hashes.length === 0 ? sha256() : hashes.reduceRight((right, left) => nodeHash(left, right));

const treeRoot = (leaves: readonly Buffer[], from: number, to: number): Buffer => {
  const edge = emptyEdge();
  for (let at = from; at < to; at++) append(edge, leaves[at] as Buffer);
  return rootOf(edge);
};

/** Largest power of two below `count`. */
const split = (count: number): number => {
  let half = 1;
  while (half * 2 < count) half *= 2;
  return half;
};

/** Audit path of the leaf at `index` (RFC 9162 §2.1.3.1), from the leaf up. */
export const inclusionProof = (leaves: readonly Buffer[], index: number): Buffer[] => {
  const path = (from: number, to: number): Buffer[] => {
    if (to - from === 1) return [];
    const middle = from + split(to - from);
    return index < middle ? [...path(from, middle), treeRoot(leaves, middle, to)] : [...path(middle, to), treeRoot(leaves, from, middle)];
  };
  if (!Number.isInteger(index) || index < 0 || index >= leaves.length) throw new RangeError(`no leaf ${index} in a tree of ${leaves.length}`);
  return path(0, leaves.length);
};

/** Proof that the tree of the first `size` leaves is a prefix of the whole (RFC 9162 §2.1.4.1). */
export const consistencyProof = (leaves: readonly Buffer[], size: number): Buffer[] => {
  const proof = (from: number, to: number, old: number, isWhole: boolean): Buffer[] => {
    if (old === to) return isWhole ? [] : [treeRoot(leaves, from, to)];
    const middle = from + split(to - from);
    return old <= middle
      ? [...proof(from, middle, old, isWhole), treeRoot(leaves, middle, to)]
      : [...proof(middle, to, old, false), treeRoot(leaves, from, middle)];
  };
  if (!Number.isInteger(size) || size < 1 || size > leaves.length) throw new RangeError(`no tree of ${size} in one of ${leaves.length}`);
  return proof(0, leaves.length, size, true);
};

const half = (value: number): number => Math.floor(value / 2);

/** Whether `path` leads from the leaf at `index` to `root` of a tree of `size` (RFC 9162 §2.1.3.2). */
export const verifyInclusion = (leaf: Buffer, index: number, size: number, path: readonly Buffer[], root: Buffer): boolean => {
  if (!Number.isSafeInteger(index) || index < 0 || index >= size) return false;
  let [fn, sn, hash] = [index, size - 1, leaf];
  for (const one of path) {
    if (sn === 0) return false;
    if (fn % 2 === 1 || fn === sn) {
      hash = nodeHash(one, hash);
      while (fn % 2 === 0 && fn !== 0) [fn, sn] = [half(fn), half(sn)];
    } else hash = nodeHash(hash, one);
    [fn, sn] = [half(fn), half(sn)];
  }
  return sn === 0 && hash.equals(root);
};

/** Whether `proof` shows that the tree of `first` leaves is a prefix of that of `second` (RFC 9162 §2.1.4.2). */
export const verifyConsistency = (first: number, firstRoot: Buffer, second: number, secondRoot: Buffer, proof: readonly Buffer[]): boolean => {
  if (first < 1 || first > second) return false;
  if (first === second) return proof.length === 0 && firstRoot.equals(secondRoot);
  const path = Number.isInteger(Math.log2(first)) ? [firstRoot, ...proof] : [...proof];
  let [fn, sn] = [first - 1, second - 1];
  while (fn % 2 === 1) [fn, sn] = [half(fn), half(sn)];
  const start = path.shift();
  if (!start) return false;
  let [old, now] = [start, start];
  for (const one of path) {
    if (sn === 0) return false;
    if (fn % 2 === 1 || fn === sn) {
      [old, now] = [nodeHash(one, old), nodeHash(one, now)];
      while (fn % 2 === 0 && fn !== 0) [fn, sn] = [half(fn), half(sn)];
    } else now = nodeHash(now, one);
    [fn, sn] = [half(fn), half(sn)];
  }
  return sn === 0 && old.equals(firstRoot) && now.equals(secondRoot);
};
