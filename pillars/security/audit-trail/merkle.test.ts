import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { append, consistencyProof, emptyEdge, inclusionProof, leafHash, nodeHash, rootOf, verifyConsistency, verifyInclusion } from './merkle.ts';

// The reference entries and hashes of the Certificate Transparency project for RFC 6962.
const ENTRIES = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'];
const ROOTS = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125', 'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7', '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef', 'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];
const PATH = [
  'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b', 'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
];
const leaves = ENTRIES.map((hex) => leafHash(Buffer.from(hex, 'hex')));
const hex = (hashes: readonly Buffer[]): string[] => hashes.map((hash) => hash.toString('hex'));

const rootBy = (of: readonly Buffer[]): Buffer => {
  const edge = emptyEdge();
  for (const leaf of of) append(edge, leaf);
  return rootOf(edge);
};

/** RFC 6962 §2.1 word for word. */
const naive = (of: readonly Buffer[]): Buffer => {
  if (of.length < 2) return of[0] ?? rootBy([]);
  const k = 2 ** Math.floor(Math.log2(of.length - 1));
  return nodeHash(naive(of.slice(0, k)), naive(of.slice(k)));
};

describe('the Merkle tree of RFC 6962 and RFC 9162', () => {
  test('has the reference roots at every size', () => {
    expect(ROOTS.map((_, size) => rootBy(leaves.slice(0, size)).toString('hex'))).toEqual(ROOTS);
  });

  test('has the reference audit path and consistency proof', () => {
    expect(hex(inclusionProof(leaves, 5))).toEqual(PATH);
    expect(hex(consistencyProof(leaves, 6))).toEqual(['0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a', ...PATH.slice(1)]);
  });

  const trees = fc.integer({ min: 1, max: 70 }).map((size) => Array.from({ length: size }, (_, at) => leafHash(`entry ${at}`)));

  test('agrees with the naive model; every proof holds', () => {
    fc.assert(fc.property(trees, fc.nat(), (tree, pick) => {
      const root = rootBy(tree);
      expect(root).toEqual(naive(tree));
      const index = pick % tree.length;
      const first = index + 1;
      return verifyInclusion(tree[index] as Buffer, index, tree.length, inclusionProof(tree, index), root)
        && verifyConsistency(first, naive(tree.slice(0, first)), tree.length, root, consistencyProof(tree, first));
    }));
  });

  test('no proof holds for another leaf, place, size or root, nor with a step changed, added or left out', () => {
    const other = leafHash('forged');
    fc.assert(fc.property(trees.filter((tree) => tree.length > 1), fc.nat(), fc.nat(), (tree, pick, step) => {
      const [root, index] = [rootBy(tree), pick % tree.length];
      const [leaf, path] = [tree[index] as Buffer, inclusionProof(tree, index)];
      const changed = path.map((hash, at) => (at === step % path.length ? other : hash));
      const refused = [
        verifyInclusion(other, index, tree.length, path, root), verifyInclusion(leaf, (index + 1) % tree.length, tree.length, path, root),
        verifyInclusion(leaf, index, tree.length, path, other), verifyInclusion(leaf, index, tree.length, changed, root),
        verifyInclusion(leaf, index, tree.length, [...path, other], root), verifyInclusion(leaf, index, tree.length, path.slice(1), root),
      ];
      const first = Math.max(1, index);
      const proof = consistencyProof(tree, first);
      const old = naive(tree.slice(0, first));
      refused.push(
        verifyConsistency(first, other, tree.length, root, proof), verifyConsistency(first, old, tree.length, other, proof),
        verifyConsistency(first, old, tree.length, root, [...proof, other]), verifyConsistency(first, old, tree.length, root, proof.slice(1)),
      );
      return !refused.includes(true);
    }));
  });
});
