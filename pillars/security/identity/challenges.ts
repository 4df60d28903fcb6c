import { hashToken, mintToken } from '@zhengwu/crypto';
import type { Tx } from '@zhengwu/database';
import * as store from './store-proofs.ts';
import type { ChallengeRow, Kind, Purpose } from './store-proofs.ts';

/** How long a half-way state is good. */
const MINUTES = 5;
/** Wrong codes after which one begins again with the password. */
const MOST_TRIES = 5;

/** Opens a half-way state: the token that stands for it is no session. */
export const openChallenge = async (tx: Tx, purpose: Purpose, kind: Kind, given: { account?: string; challenge?: string } = {}): Promise<string> => {
  const token = mintToken();
  await store.insertChallenge(tx, { tokenHash: hashToken(token), purpose, kind, account: given.account ?? null, challenge: given.challenge ?? null, minutes: MINUTES });
  return token;
};

/** The half-way state, if it still counts; held until the transaction ends, so that two at once cannot both use it. */
export const findChallenge = async (tx: Tx, token: string, purpose: Purpose, kind: Kind): Promise<ChallengeRow | null> => {
  const row = await store.lockChallenge(tx, hashToken(token), purpose, kind);
  return row && row.tries < MOST_TRIES ? row : null;
};

export const missChallenge = (tx: Tx, token: string): Promise<void> => store.countTry(tx, hashToken(token));
export const endChallenge = (tx: Tx, token: string): Promise<void> => store.dropChallenge(tx, hashToken(token));

/** Takes a challenge of one try: whatever comes of it, it is used. */
export const takeChallenge = async (tx: Tx, token: string, purpose: Purpose, kind: Kind): Promise<ChallengeRow | null> => {
  const row = await findChallenge(tx, token, purpose, kind);
  if (row) await endChallenge(tx, token);
  return row;
};
