import type { Tx } from '@zhengwu/database';
import { uuidv7 } from '@zhengwu/ids';
import { hashPassword } from './password.ts';
import { readable } from './recovery-codes.ts';
import { insertAccounts } from './store.ts';

const LENGTH = 14;
export const oneTimePassword = (): string => readable(LENGTH);

export interface NewAccount {
  username: string;
  /** Shown once, kept nowhere; to be changed at the first sign-in. */
  password: string;
}

/** Accounts of officials, each with a one-time password; a user name that is taken is left as it is and not answered. */
export const openAccounts = async (tx: Tx, people: readonly { username: string; person: string; name: string }[]): Promise<NewAccount[]> => {
  const made: NewAccount[] = [];
  for (const { username, person, name } of people) {
    const password = oneTimePassword();
    const row = { id: uuidv7(), kind: 'official' as const, username, person, person_name: name, password_hash: await hashPassword(password), must_change: true };
    if (await insertAccounts(tx, [row])) made.push({ username, password });
  }
  return made;
};

/** Accounts that all begin with one password: a demonstration's. */
export const loadAccounts = async (
  tx: Tx, accounts: readonly { kind: 'official' | 'citizen'; username: string; person: string; name: string }[], password: string,
): Promise<void> => {
  const password_hash = await hashPassword(password);
  await insertAccounts(tx, accounts.map(({ kind, username, person, name }) => ({ id: uuidv7(), kind, username, person, person_name: name, password_hash, demo_password: true })));
};
