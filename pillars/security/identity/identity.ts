import type { Authenticator } from '@zhengwu/http';
import type { HmacSigner } from '@zhengwu/crypto';
import { key } from '@zhengwu/module';
import type { Factors } from './factors.ts';
import type { Sessions } from './sessions.ts';

/** What the site's gate needs of identity. */
export interface Identity {
  readonly sessions: Sessions;
  readonly authenticator: Authenticator;
  readonly csrf: HmacSigner;
  readonly factors: Factors;
  /** Keys hashes that must outlive a restart. */
  readonly secret: string;
  /** Whether whoever holds these roles must have a second factor. */
  mustHaveFactor(roles: readonly string[]): boolean;
}

export const Identity = key<Identity>('identity');
