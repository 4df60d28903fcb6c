import { plainAddress } from './places.ts';

/** Addresses that are not answered for now; in memory, bounded, asked at each request. */
export interface Blocks {
  /** Whole seconds until the address is answered again; 0 when it is not blocked. */
  secondsLeft(address: string): number;
  /** This machine and the site's own proxies are never blocked: everybody stands behind them. */
  isOwn(address: string): boolean;
  replace(running: readonly { target: string; until: Date }[]): void;
  readonly size: number;
}

export const MOST_BLOCKED = 20_000;

export const openBlocks = (own: readonly string[], now: () => number = Date.now): Blocks => {
  let until = new Map<string, number>();
  const ours = new Set(own.map(plainAddress));
  const isOwn = (address: string): boolean => {
    const plain = plainAddress(address);
    return plain === '::1' || plain.startsWith('127.') || ours.has(plain);
  };
  return {
    isOwn,
    secondsLeft: (address) => {
      if (until.size === 0) return 0;
      const end = until.get(plainAddress(address));
      return end === undefined || isOwn(address) ? 0 : Math.max(0, Math.ceil((end - now()) / 1000));
    },
    replace: (running) => {
      until = new Map(running.slice(0, MOST_BLOCKED).map(({ target, until: end }) => [plainAddress(target), end.getTime()]));
    },
    get size() {
      return until.size;
    },
  };
};
