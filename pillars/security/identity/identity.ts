import type { Authenticator } from '@zhengwu/http';
import type { HmacSigner } from '@zhengwu/crypto';
import { key } from '@zhengwu/module';
import type { Sessions } from './sessions.ts';

/** What the site's gate needs of identity. */
export interface Identity {
  readonly sessions: Sessions;
  readonly authenticator: Authenticator;
  readonly csrf: HmacSigner;
}

export const Identity = key<Identity>('identity');
