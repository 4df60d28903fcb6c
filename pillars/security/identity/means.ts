import type { Tx } from '@zhengwu/database';
import { verifyPassword } from './password.ts';
import * as store from './store.ts';
import type { AccountRow } from './store.ts';

/** Failures in a row that lock an account, and for how long (GB/T 22239: lock on failed sign-in). */
const MOST_FAILURES = 5;
const LOCK_MINUTES = 15;

/** A means of proving who one is. Password is the first; others bring a higher level of assurance. */
export interface SignInMeans<Proof> {
  readonly name: string;
  readonly assurance: 1 | 2 | 3;
  /** The account proved, or null: why not is told to nobody. */
  prove(read: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>, kind: 'official' | 'citizen', proof: Proof): Promise<AccountRow | null>;
}

/** Password with lockout; unknown, locked, disabled and wrong cost the same and look the same. */
export const passwordMeans: SignInMeans<{ account: string; password: string }> = {
  name: 'password',
  assurance: 1,
  prove: async (read, kind, { account, password }) => {
    const found = await read((tx) => store.accountByName(tx, kind, account.trim()));
    const isOpen = found !== null && !found.disabled && (!found.locked_until || found.locked_until.getTime() <= Date.now());
    const isRight = await verifyPassword(isOpen ? found.password_hash : null, password);
    if (!found || !isOpen) return null;
    await read((tx) => (isRight ? store.clearFailures(tx, found.id) : store.recordFailure(tx, found.id, MOST_FAILURES, LOCK_MINUTES)));
    return isRight ? found : null;
  },
};
