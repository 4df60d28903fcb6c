import type { CaseStore } from './store.ts';

const BLOCK = 64;

/**
 * Running numbers for cases, taken from the database a block at a time, so that a submission needs no round trip for its
 * number. A number may stay unused after a restart; none is ever given twice. They begin again after 999,999.
 */
export const caseNumbers = (store: CaseStore): { next(): Promise<number> } => {
  let left: number[] = [];
  let fetching: Promise<void> | undefined;
  const fetch = async (): Promise<void> => {
    const first = await store.numberBlock();
    left = Array.from({ length: BLOCK }, (_, index) => ((first + index - 1) % 999_999) + 1);
  };
  return {
    next: async () => {
      for (;;) {
        const number = left.shift();
        if (number !== undefined) return number;
        await (fetching ??= fetch().finally(() => (fetching = undefined)));
      }
    },
  };
};
