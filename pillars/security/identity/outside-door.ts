import type { BodyOf, proveAgain, SessionView } from '@zhengwu/contracts';
import type { Tx } from '@zhengwu/database';
import type { From, Outcome } from './outcome.ts';

/** What another module may know of an account. */
export interface Holder {
  id: string;
  kind: 'official' | 'citizen';
  username: string;
  person: string;
  name: string;
  /** Neither disabled nor locked. */
  isOpen: boolean;
  hasPassword: boolean;
  /** A passkey signs in by itself. */
  hasPasskey: boolean;
  /** A second factor of this site is set up. */
  hasFactor: boolean;
}

export type Entered = { token: string; session: string } | Exclude<Outcome, { token: string }>;

/** The door for accounts that a source outside vouches for. Everything happens in the caller's transaction. */
export interface OutsideDoor {
  holder(tx: Tx, by: { account: string } | { person: string }): Promise<Holder | null>;
  /** An account without password for a citizen whose identity the source checked. */
  open(tx: Tx, person: { id: string; name: string }, source: string): Promise<Holder>;
  /** Identity checked by the source (level 2), where nobody checked it before. */
  verify(tx: Tx, account: string, source: string): Promise<void>;
  /** A session; an account with a factor of its own gets its challenge first, unless the source saw two factors. */
  enter(tx: Tx, from: From, account: string, source: string, proof: 1 | 2): Promise<Entered>;
  /** Sets a refusal down as those of signing in are; it counts towards the lock of the account. */
  refuse(tx: Tx, from: From, source: string, account: string): Promise<void>;
  /** Whether the holder proves the account with its own means; the refusal is for the caller to set down. */
  proves(tx: Tx, account: string, given: BodyOf<typeof proveAgain>): Promise<boolean>;
  /** The session was proved now. */
  proved(tx: Tx, session: string, level: 1 | 2): Promise<void>;
  /** The first password of an account that has none; false when it has one. Other sessions end. Throws `account.weak-password`. */
  setPassword(tx: Tx, account: string, password: string, session: string | null): Promise<boolean>;
  /** Ends these sessions; answers how many were there. */
  end(tx: Tx, sessions: readonly string[]): Promise<number>;
  /** What is kept in memory of sessions is asked anew. Call after the commit. */
  forget(session?: string): void;
  /** What the portal is told of a session. */
  view(token: string): Promise<SessionView>;
}
