/** Counters of one interface as a poll read them (IF-MIB, RFC 2863). */
export interface Counters {
  /** Octets; by the 64-bit counters where the device has them. */
  inOctets: number;
  outOctets: number;
  isWide: boolean;
  packets: number;
  errors: number;
  discards: number;
}

export interface PolledLink {
  index: number;
  name: string;
  speedMbit: number | null;
  isUp: boolean;
  counters: Counters;
}

export interface Rates {
  /** Shares of the speed used. */
  inShare: number | null;
  outShare: number | null;
  /** Packets in error a minute. */
  errors: number | null;
  /** Share of packets discarded. */
  loss: number | null;
}

const NONE: Rates = { inShare: null, outShare: null, errors: null, loss: null };
const WRAP = 2 ** 32;

/** What a counter grew by; a 32-bit one begins anew after 2³² (RFC 2578 §7.1.6), a 64-bit one never within a poll. */
export const grownBy = (before: number, now: number, isWide: boolean): number | null => {
  if (now >= before) return now - before;
  return isWide || before >= WRAP ? null : now + WRAP - before;
};

/** Rates between two polls so many seconds apart; none where the device began anew meanwhile. */
export const ratesOf = (before: Counters | undefined, { counters: now, speedMbit }: PolledLink, seconds: number): Rates => {
  if (before === undefined || seconds <= 0 || before.isWide !== now.isWide) return NONE;
  const [received, sent] = [grownBy(before.inOctets, now.inOctets, now.isWide), grownBy(before.outOctets, now.outOctets, now.isWide)];
  const share = (octets: number | null): number | null => (octets === null || !speedMbit ? null : Math.min(1, (octets * 8) / seconds / (speedMbit * 1e6)));
  const [packets, errors, discards] = [now.packets - before.packets, now.errors - before.errors, now.discards - before.discards];
  const isAnew = packets < 0 || errors < 0 || discards < 0;
  return {
    inShare: share(received), outShare: share(sent),
    errors: isAnew ? null : Math.round((errors / seconds) * 6000) / 100,
    loss: isAnew || packets + discards === 0 ? null : discards / (packets + discards),
  };
};
