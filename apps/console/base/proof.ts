import type { Problem } from '@zhengwu/contracts';

/** A question to the person in front of the screen: prove that it is you. One at a time; whoever else needs it waits for the same answer. */
export interface ProofWanted {
  means: readonly string[];
  settle(proved: boolean): void;
}

let wanted: { ask: ProofWanted; answer: Promise<boolean> } | null = null;
const listeners = new Set<() => void>();
const tell = (): void => {
  for (const listener of listeners) listener();
};

export const proofWanted = (): ProofWanted | null => wanted?.ask ?? null;
export const watchProof = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** Resolves to whether the person proved themselves. */
export const askProof = ({ extra }: Problem): Promise<boolean> => {
  if (wanted) return wanted.answer;
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const means = Array.isArray(extra?.['means']) ? extra['means'].map(String) : ['password'];
  wanted = {
    answer: promise,
    ask: {
      means,
      settle: (proved) => {
        wanted = null;
        tell();
        resolve(proved);
      },
    },
  };
  tell();
  return promise;
};
