import type { Actor, Text } from '@zhengwu/contracts';
import type { Tx } from '@zhengwu/database';

/** How somebody goes from where they are. */
export interface Going {
  person: string;
  /** Who takes over; nobody sends work back to its queue. */
  successor: { id: string; name: string } | null;
  /** The administrator who does it. */
  actor: Actor;
  reason: string;
}

/** What another module keeps for a person and ends, in the same transaction and as the platform, when they move or leave. */
export interface Belonging {
  code: string;
  name: Text;
  /** Also handed over by those who only move. */
  moved: boolean;
  count(tx: Tx, person: string): Promise<number>;
  /** Ends or hands over all of it; answers how many. */
  end(tx: Tx, going: Going): Promise<number>;
}

/** Opens the account of somebody who joins; null when the name is taken. */
export type AccountOpener = (tx: Tx, account: { username: string; person: string; name: string }) => Promise<string | null>;

/** Opens the account of somebody who comes back, or who never used their one-time password, with a new one; null where there is none. */
export type AccountReopener = (tx: Tx, person: string) => Promise<string | null>;

/** What other modules tell the directory at start about joiners, movers and leavers. */
export interface Flow {
  readonly belongings: Belonging[];
  openAccount: AccountOpener | null;
  reopenAccount: AccountReopener | null;
}

export const openFlow = (): Flow => ({ belongings: [], openAccount: null, reopenAccount: null });
