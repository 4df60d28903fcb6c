/** A seeded stream of choices: the same seed and name give the same choices on every machine. */
export interface Random {
  /** A number in [0, 1). */
  next(): number;
  /** An integer, both ends included. */
  int(low: number, high: number): number;
  pick<T>(items: readonly T[]): T;
  /** Picks by weight; weights need not add up to one. */
  weighted<T>(items: readonly (readonly [T, number])[]): T;
  /** True with this probability. */
  chance(probability: number): boolean;
  /** A UUID of version 7 whose time part is the given instant (ms). */
  uuid(at: number): string;
}

/** FNV-1a over UTF-16 units: turns a seed and a stream name into 32 bits. */
const hash32 = (text: string): number => {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
};

/** sfc32, a small generator that passes PractRand; good enough for a demo, not for secrets. */
const sfc32 = (seed: number): (() => number) => {
  let a = seed | 0;
  let b = 0x9e3779b9 | 0;
  let c = 0x243f6a88 | 0;
  let counter = 1;
  const step = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum >>> 0;
  };
  for (let i = 0; i < 16; i++) step();
  return step;
};

const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, '0');

/** A named stream of one seed. Streams are independent, so that one part of the city can grow without moving the others. */
export const randomOf = (seed: number, stream: string): Random => {
  const step = sfc32(hash32(`${seed}/${stream}`));
  const next = (): number => step() / 0x1_0000_0000;
  const int = (low: number, high: number): number => low + Math.floor(next() * (high - low + 1));
  return {
    next,
    int,
    pick: items => items[Math.floor(next() * items.length)]!,
    weighted(items) {
      let rest = next() * items.reduce((sum, [, weight]) => sum + weight, 0);
      for (const [item, weight] of items) {
        rest -= weight;
        if (rest < 0) return item;
      }
      return items[items.length - 1]![0];
    },
    chance: probability => next() < probability,
    uuid(at) {
      const time = hex(Math.floor(at), 12);
      const version = `7${hex(step() & 0xfff, 3)}`;
      const variant = `${hex(0x8 | (step() & 3), 1)}${hex(step() & 0xfff, 3)}`;
      return `${time.slice(0, 8)}-${time.slice(8)}-${version}-${variant}-${hex(step(), 8)}${hex(step() & 0xffff, 4)}`;
    },
  };
};
