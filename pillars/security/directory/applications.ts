import { hashToken, mintToken } from '@zhengwu/crypto';
import type { Text } from '@zhengwu/contracts';
import type { Database } from '@zhengwu/database';
import * as store from './store-applications.ts';

/** Another system of the city, once it has shown its secret; `departments` is empty for the whole site. */
export interface ApplicationPrincipal {
  id: string;
  clientId: string;
  name: Text;
  department: number;
  permissions: string[];
  scope: string;
  departments: number[];
}

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
