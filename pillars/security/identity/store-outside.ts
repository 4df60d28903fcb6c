import type { Tx } from '@zhengwu/database';

/** A source outside checked the identity; what a clerk checked before stays as it is. */
export const verifyBySource = async (tx: Tx, account: string, source: string): Promise<void> =>
  void (await tx.named('account.verified_outside', 'update identity.account set verified_at = now(), verified_source = $2 where id = $1 and verified_at is null', [account, source]));

export const endSessions = async (tx: Tx, ids: readonly string[]): Promise<number> =>
  (await tx.named('session.end_these', 'delete from identity.session where id = any ($1::uuid[])', [ids])).rowCount;
