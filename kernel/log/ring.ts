/** The last lines of this process, at most so many. */
export interface Ring {
  add(line: string): void;
  /** Oldest first. */
  lines(): string[];
}

export const openRing = (most: number): Ring => {
  const kept: string[] = [];
  let next = 0;
  return {
    add: (line) => {
      kept[next] = line;
      next = (next + 1) % most;
    },
    lines: () => [...kept.slice(next), ...kept.slice(0, next)],
  };
};
