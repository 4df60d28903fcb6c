import { createHash } from 'node:crypto';

/** How a batch is hashed. */
export type TreeHash = 'sha256' | 'sm3';

/** One step of the way from a leaf to the root. */
export interface Step {
  side: 'left' | 'right';
  hash: Buffer;
}

const hash = (by: TreeHash, ...parts: readonly Buffer[]): Buffer => parts.reduce((h, part) => h.update(part), createHash(by)).digest();
const [LEAF, NODE] = [Buffer.from([0]), Buffer.from([1])];

/** RFC 6962 §2.1: a leaf is told from an inner node, so that neither passes for the other. */
export const leafHash = (by: TreeHash, content: Buffer): Buffer => hash(by, LEAF, content);
const nodeHash = (by: TreeHash, left: Buffer, right: Buffer): Buffer => hash(by, NODE, left, right);

/** The level above; one that is left over goes up as it is (the tree of RFC 6962, built from below). */
const above = (by: TreeHash, level: readonly Buffer[]): Buffer[] =>
  Array.from({ length: Math.ceil(level.length / 2) }, (_, at) => (2 * at + 1 < level.length ? nodeHash(by, level[2 * at] as Buffer, level[2 * at + 1] as Buffer) : (level[2 * at] as Buffer)));

/** The root over these leaf hashes; there must be one at least. */
export const rootOf = (by: TreeHash, leaves: readonly Buffer[]): Buffer => {
  let level = [...leaves];
  while (level.length > 1) level = above(by, level);
  const [root] = level;
  if (!root) throw new Error('a batch has one message at least');
  return root;
};

/** The way from the leaf at this place to the root. */
export const pathOf = (by: TreeHash, leaves: readonly Buffer[], place: number): Step[] => {
  const steps: Step[] = [];
  let [level, at] = [[...leaves], place];
  while (level.length > 1) {
    const sibling = level[at ^ 1];
    if (sibling) steps.push({ side: at % 2 === 0 ? 'right' : 'left', hash: sibling });
    [level, at] = [above(by, level), at >> 1];
  }
  return steps;
};

/** The root that a leaf leads to by these steps. */
export const rootBy = (by: TreeHash, leaf: Buffer, steps: readonly Step[]): Buffer =>
  steps.reduce((node, { side, hash: sibling }) => (side === 'left' ? nodeHash(by, sibling, node) : nodeHash(by, node, sibling)), leaf);
