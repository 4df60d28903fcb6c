import { hashToken, mintToken } from '@zhengwu/crypto';
import type { Database } from '@zhengwu/database';
import * as store from './store-applications.ts';
import type { ApplicationPrincipal } from './store-applications.ts';

export interface Applications {
  /** Who shows this secret; null when it is wrong, ended or closed. */
  authenticate(clientId: string, secret: string): Promise<ApplicationPrincipal | null>;
  /** Whose token this is; null when it is wrong, ended, of a closed application, or bound to an institution that does not stand at the other end. */
  bearer(token: string, at: { address: string; institution: string | null }): Promise<ApplicationPrincipal | null>;
}

export const openApplications = (database: Database): Applications => ({
  authenticate: (clientId, secret) => database.as(database.system, (tx) => store.applicationOf(tx, clientId, hashToken(secret))),
  bearer: async (token, { address, institution }) => {
    const found = await database.as(database.system, (tx) => store.applicationByToken(tx, hashToken(token), address));
    return found === null || (found.institution !== null && found.institution !== institution) ? null : found;
  },
});

/** A secret and what is kept of it. */
export const newSecret = (): { secret: string; hash: string } => {
  const secret = mintToken();
  return { secret, hash: hashToken(secret) };
};
