/** One line of the table. Where there is a baseline the ratio is judged, otherwise the value itself. */
export interface Figure {
  name: string;
  unit: string;
  ours: number;
  theirs?: number;
  ratio?: number;
  /** What the ratio, or without one the value, is held against. */
  target?: number;
  /** Whether more or less is better; more unless said. */
  better?: 'more' | 'less';
}

export const judged = ({ ours, ratio, target, better = 'more' }: Figure): boolean | null => {
  if (target === undefined) return null;
  const value = ratio ?? ours;
  return better === 'more' ? value >= target : value <= target;
};

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
};

/** The value that `share` of the others do not exceed. */
export const percentile = (values: readonly number[], share: number): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
};

export const rounded = (value: number, digits = 2): number => Number(value.toFixed(digits));
