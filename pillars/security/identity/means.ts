import type { Tx } from '@zhengwu/database';
import { verifyPassword } from './password.ts';
import * as store from './store.ts';
import type { AccountRow } from './store.ts';

/** Failures in a row that lock an account, and for how long (GB/T 22239: lock on failed sign-in). */
const MOST_FAILURES = 5;
const LOCK_MINUTES = 15;

/** Not disabled, not locked, and its one-time password, if it has one, not too old. */
export const isOpen = ({ disabled, locked_until, one_time_until }: AccountRow, now: number): boolean =>
  !disabled && (locked_until === null || locked_until.getTime() <= now) && (one_time_until === null || one_time_until.getTime() > now);

/** Counts a failure of any means; enough of them in a row lock the account. */
export const countFailure = (tx: Tx, account: string): Promise<void> => store.recordFailure(tx, account, MOST_FAILURES, LOCK_MINUTES);

/** Whether the password is right; unknown, locked, disabled and wrong cost the same and look the same. The failure is for the caller to count. */
export const checkPassword = async (found: AccountRow | null, password: string, now: number): Promise<boolean> =>
  verifyPassword(found !== null && isOpen(found, now) ? found.password_hash : null, password);
