import type { Authenticator } from '@zhengwu/http';
import type { HmacSigner } from '@zhengwu/crypto';
import { key } from '@zhengwu/module';
import type { IsBreached } from './breached.ts';
import type { Factors } from './factors.ts';
import type { OutsideDoor } from './outside-door.ts';
import type { Sessions } from './sessions.ts';

/** An official whose password was right, without a session. */
export interface ProvedOfficial {
  account: string;
  username: string;
  person: string;
  name: string;
}

/** `wrong` tells nothing of what was wrong; the others follow a right password only. */
export type OfficialProof = ProvedOfficial | { refused: 'wrong' | 'must-change' | 'two-factors' };

/** What the site's gate needs of identity. */
export interface Identity {
  readonly sessions: Sessions;
  readonly authenticator: Authenticator;
  readonly csrf: HmacSigner;
  readonly factors: Factors;
  /** Checks an official's password for a door that knows no second step. */
  proveOfficial(given: { account: string; password: string }, at: { address: string; agent: string; requestId: string }): Promise<OfficialProof>;
  /** For accounts that a source outside vouches for. */
  readonly outside: OutsideDoor;
  /** Keys hashes that must outlive a restart. */
  readonly secret: string;
  readonly isBreached: IsBreached;
  /** Whether whoever holds these roles must have a second factor. */
  mustHaveFactor(roles: readonly string[]): boolean;
}

export const Identity = key<Identity>('identity');
