import type { Actor } from '@zhengwu/contracts';
import { common } from '@zhengwu/errors';
import type { RateRule } from './types.ts';

const MINUTE_MS = 60_000;
/** Keys remembered for one rule; of more, those unused for longest are forgotten, which only ever lets more through. */
const MOST_KEYS = 50_000;

/** Counts one call of `key`. Answers 0 when there is room, else the whole seconds until there is. */
export type Bucket = (key: string) => number;

/** A token bucket for each key: `perMinute` calls at once, refilled evenly; `now` is in ms and never goes back. */
export const createBucket = (perMinute: number, now: () => number = () => performance.now(), mostKeys = MOST_KEYS): Bucket => {
  const perCall = MINUTE_MS / perMinute;
  /** By key, the time at which its bucket is full again. */
  const fullAt = new Map<string, number>();
  return (key) => {
    const at = now();
    const full = Math.max(fullAt.get(key) ?? 0, at) + perCall;
    if (full - at > MINUTE_MS + perCall / 1000) return Math.max(1, Math.ceil((full - at - MINUTE_MS) / 1000));
    fullAt.delete(key);
    fullAt.set(key, full);
    if (fullAt.size > mostKeys) fullAt.delete(fullAt.keys().next().value as string);
    return 0;
  };
};

export const isOwnMachine = (address: string): boolean => address === '::1' || /^(::ffff:)?127\./.test(address);

/** Throws `rate.limited` once the actor's address, or account, calls more often than the rule says. This machine’s own address is not counted. */
export type RateLimit = (actor: Actor) => void;

export const createRateLimit = (rule: RateRule, now?: () => number): RateLimit => {
  const byAddress = rule.address === undefined ? undefined : createBucket(rule.address, now);
  const byAccount = rule.account === undefined ? undefined : createBucket(rule.account, now);
  return ({ address, accountId }) => {
    const ofAddress = isOwnMachine(address) ? 0 : (byAddress?.(address) ?? 0);
    const seconds = Math.max(ofAddress, accountId === null ? 0 : (byAccount?.(accountId) ?? 0));
    if (seconds > 0) throw common('rate.limited', { seconds });
  };
};

/** Throws `rate.limited` once an address calls more often without signing in than strangers may, all operations together. */
export const limitStranger = (bucket: Bucket | undefined, address: string): void => {
  const seconds = bucket === undefined || isOwnMachine(address) ? 0 : bucket(address);
  if (seconds > 0) throw common('rate.limited', { seconds });
};
