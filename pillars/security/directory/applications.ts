import { hashToken, mintToken } from '@zhengwu/crypto';
import type { Database } from '@zhengwu/database';
import * as store from './store-applications.ts';
import type { ApplicationPrincipal } from './store-applications.ts';

export interface Applications {
  /** Who shows this secret; null when it is wrong, ended or closed. */
  authenticate(clientId: string, secret: string): Promise<ApplicationPrincipal | null>;
}

export const openApplications = (database: Database): Applications => ({
  authenticate: (clientId, secret) => database.as(database.system, (tx) => store.applicationOf(tx, clientId, hashToken(secret))),
});

/** A secret and what is kept of it. */
export const newSecret = (): { secret: string; hash: string } => {
  const secret = mintToken();
  return { secret, hash: hashToken(secret) };
};
