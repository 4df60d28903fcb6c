import type { Observation } from './observation.ts';

const MOST_WAITING = 20_000;
/** Of one kind from one caller in one portion; more say nothing new. */
const MOST_ALIKE = 200;

/** Observations on their way to the database: bounded, and a flood from one caller doesn't crowd out the rest. */
export interface Queue {
  add(one: Observation): void;
  take(most: number): Observation[];
  /** Puts back what could not be entered, as far as there is room. */
  giveBack(list: readonly Observation[]): void;
  size(): number;
  /** How many were let go for want of room since it was asked last. */
  dropped(): number;
}

export const openQueue = (most = MOST_WAITING, mostAlike = MOST_ALIKE): Queue => {
  let waiting: Observation[] = [];
  let lost = 0;
  const alike = new Map<string, number>();
  return {
    add: (one) => {
      const key = `${one.kind} ${one.account ?? one.address}`;
      const count = alike.get(key) ?? 0;
      if (count >= mostAlike) return;
      if (waiting.length >= most) {
        lost += 1;
        return;
      }
      alike.set(key, count + 1);
      waiting.push(one);
    },
    take: (number) => {
      const taken = waiting.slice(0, number);
      waiting = waiting.slice(number);
      if (waiting.length === 0) alike.clear();
      return taken;
    },
    giveBack: (list) => {
      waiting = [...list, ...waiting].slice(0, most);
    },
    size: () => waiting.length,
    dropped: () => {
      const count = lost;
      lost = 0;
      return count;
    },
  };
};
