import type { Kind } from './store-proofs.ts';

/** Where somebody comes from. */
export interface From {
  kind: Kind;
  address: string;
  agent: string;
  requestId: string;
}

/** What came of an attempt. Refusals are told after their transaction was committed, so that they count. */
export type Outcome = { token: string } | { refused: 'session.refused' | 'session.wrong-code' | 'session.challenge-over' } | { challenge: string; means: string[] };
