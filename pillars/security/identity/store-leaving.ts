import type { Tx } from '@zhengwu/database';

export const openSessionsOf = async (tx: Tx, person: string): Promise<number> =>
  (await tx.named<{ n: number }>('session.of_person', `select count(*)::int as n from identity.session s join identity.account a on a.id = s.account
    where a.person = $1 and a.kind = 'official' and s.ends_at > now() and s.idle_until > now()`, [person])).rows[0]?.n ?? 0;

/** Disables the account of an official and ends its sessions; answers how many ended. */
export const closeAccount = async (tx: Tx, person: string): Promise<number> => {
  await tx.named('account.close', `update identity.account set disabled = true where person = $1 and kind = 'official'`, [person]);
  return (await tx.named('session.close', `delete from identity.session s using identity.account a where a.id = s.account and a.person = $1 and a.kind = 'official'`, [person])).rowCount;
};

/** Opens a closed account again under a one-time password; also one that has never been used. False where there is none. */
export const renewAccount = async (tx: Tx, person: string, passwordHash: string): Promise<boolean> =>
  (await tx.named('account.renew', `update identity.account set disabled = false, must_change = true, password_hash = $2, password_at = now(), failed = 0, locked_until = null
    where person = $1 and kind = 'official' and (disabled or must_change)`, [person, passwordHash])).rowCount > 0;

/** The account bears the name that its person has in the directory. */
export const renameAccount = async (tx: Tx, person: string, name: string): Promise<void> =>
  void (await tx.named('account.rename', `update identity.account set person_name = $2 where person = $1 and kind = 'official'`, [person, name]));
