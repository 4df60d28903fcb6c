import type { Tx } from '@zhengwu/database';
import { uuidv7 } from '@zhengwu/ids';
import { hashPassword } from './password.ts';
import { insertAccounts } from './store.ts';

/** Accounts that all begin with one password: a demonstration's. */
export const loadAccounts = async (
  tx: Tx, accounts: readonly { kind: 'official' | 'citizen'; username: string; person: string; name: string }[], password: string,
): Promise<void> => {
  const password_hash = await hashPassword(password);
  await insertAccounts(tx, accounts.map(({ kind, username, person, name }) => ({ id: uuidv7(), kind, username, person, person_name: name, password_hash })));
};
