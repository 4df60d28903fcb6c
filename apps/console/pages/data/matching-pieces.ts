/** A stretch of a text, and whether the other text lacks it. */
export interface Piece {
  from: number;
  text: string;
  isOwn: boolean;
}

/** Lengths of the longest common subsequence of the rests of both texts. */
const commonOf = (own: readonly string[], other: readonly string[]): number[][] => {
  const table = Array.from({ length: own.length + 1 }, () => Array<number>(other.length + 1).fill(0));
  for (let i = own.length - 1; i >= 0; i -= 1) {
    for (let j = other.length - 1; j >= 0; j -= 1) {
      const row = table[i] as number[];
      row[j] = own[i] === other[j] ? 1 + (table[i + 1]?.[j + 1] ?? 0) : Math.max(table[i + 1]?.[j] ?? 0, row[j + 1] ?? 0);
    }
  }
  return table;
};

/** Longer than this, a text is marked whole. */
const LONGEST = 300;

/** Cuts a text where it differs from another. */
export const pieces = (text: string, against: string): Piece[] => {
  const [own, other] = [[...text], [...against]];
  if (against === '—' || own.length > LONGEST || other.length > LONGEST) return [{ from: 0, text, isOwn: true }];
  const table = commonOf(own, other);
  const result: Piece[] = [];
  let [i, j] = [0, 0];
  while (i < own.length) {
    const same = own[i] === other[j] && j < other.length;
    if (!same && j < other.length && (table[i]?.[j + 1] ?? 0) >= (table[i + 1]?.[j] ?? 0)) {
      j += 1;
      continue;
    }
    const last = result.at(-1);
    if (last && last.isOwn === !same) last.text += own[i] ?? '';
    else result.push({ from: i, text: own[i] ?? '', isOwn: !same });
    i += 1;
    if (same) j += 1;
  }
  return result;
};
