import type { Tx } from '@zhengwu/database';
import type { Kind } from './store-proofs.ts';

export interface UsedSession {
  id: string;
  account: string;
  username: string;
  name: string;
  kind: Kind;
  means: string;
  assurance: number;
  started_at: Date;
  seen_at: Date;
  address: string;
  agent: string;
}
/** Sessions in use, the newest first: of officials, or of whoever bears a user name. */
export const sessionsInUse = async (tx: Tx, username: string | null, after: string | null, limit: number): Promise<UsedSession[]> =>
  (await tx.named<UsedSession & Record<string, unknown>>('session.in_use', `select s.id, s.account, a.username, a.person_name as name, a.kind, s.means, s.assurance, s.started_at, s.seen_at, s.address, s.agent
    from identity.session s join identity.account a on a.id = s.account
    where s.ends_at > now() and s.idle_until > now() and (case when $1::text is null then a.kind = 'official' else lower(a.username) = lower($1) end) and ($2::uuid is null or s.id < $2)
    order by s.id desc limit $3`, [username, after, limit])).rows;
export const endAnySession = async (tx: Tx, id: string): Promise<string | null> =>
  (await tx.named<{ account: string }>('session.end_any', 'delete from identity.session where id = $1 returning account', [id])).rows[0]?.account ?? null;
export const endAllSessions = async (tx: Tx, account: string): Promise<void> => void (await tx.named('session.end_all', 'delete from identity.session where account = $1', [account]));

export interface LockedAccount {
  id: string;
  username: string;
  name: string;
  kind: Kind;
  until: Date;
}
export const lockedAccounts = async (tx: Tx): Promise<LockedAccount[]> =>
  (await tx.named<LockedAccount & Record<string, unknown>>('account.locked', 'select id, username, person_name as name, kind, locked_until as until from identity.account where locked_until > now() order by locked_until desc limit 200')).rows;
export const unlock = async (tx: Tx, id: string): Promise<boolean> =>
  (await tx.named('account.unlock', 'update identity.account set failed = 0, locked_until = null where id = $1 and locked_until > now()', [id])).rowCount > 0;

/** A password that is good for `minutes` and must be changed at the first sign-in; with `coolingHours` nothing sensitive is possible so long. */
export const giveOneTimePassword = async (tx: Tx, account: string, hash: string, minutes: number, coolingHours: number): Promise<{ until: Date; cooling: Date | null }> => {
  const { rows } = await tx.named<{ until: Date; cooling: Date | null }>('account.one_time', `update identity.account set password_hash = $2, must_change = true, demo_password = false, failed = 0, locked_until = null,
      one_time_until = now() + make_interval(mins => $3), cooling_until = case when $4 > 0 then now() + make_interval(hours => $4) else cooling_until end
    where id = $1 returning one_time_until as until, cooling_until as cooling`, [account, hash, minutes, coolingHours]);
  const [row] = rows;
  if (!row) throw new Error('no such account');
  return row;
};
/** A password of the owner's own choice after recovery. */
export const recoverPassword = async (tx: Tx, account: string, hash: string, coolingHours: number): Promise<void> =>
  void (await tx.named('account.recovered', `update identity.account set password_hash = $2, must_change = false, one_time_until = null, demo_password = false, failed = 0, locked_until = null, password_at = now(),
    cooling_until = now() + make_interval(hours => $3) where id = $1`, [account, hash, coolingHours]));
export const verifyAccount = async (tx: Tx, account: string, by: string, document: string): Promise<void> =>
  void (await tx.named('account.verified', 'update identity.account set verified_at = now(), verified_by = $2, verified_document = $3 where id = $1', [account, by, document]));

export interface RecoveryRow {
  id: string;
  account: string;
  username: string;
  name: string;
  person: string;
  factors: boolean;
  reason: string;
  asked_by: string;
  asked_name: string;
  asked_at: Date;
  state: 'asked' | 'approved' | 'refused';
  decided_name: string | null;
  decided_at: Date | null;
}
const RECOVERY = 'r.id, r.account, a.username, a.person_name as name, a.person, r.factors, r.reason, r.asked_by, r.asked_name, r.asked_at, r.state, r.decided_name, r.decided_at';
/** False while another is open for this account. */
export const insertRecovery = async (tx: Tx, row: { id: string; account: string; factors: boolean; reason: string; by: string; name: string }): Promise<boolean> =>
  (await tx.named('recovery.insert', 'insert into identity.recovery (id, account, factors, reason, asked_by, asked_name) values ($1, $2, $3, $4, $5, $6) on conflict do nothing', [row.id, row.account, row.factors, row.reason, row.by, row.name])).rowCount > 0;
export const recoveries = async (tx: Tx): Promise<RecoveryRow[]> =>
  (await tx.named<RecoveryRow & Record<string, unknown>>('recovery.list', `select ${RECOVERY} from identity.recovery r join identity.account a on a.id = r.account order by r.state = 'asked' desc, r.asked_at desc limit 100`)).rows;
export const lockRecovery = async (tx: Tx, id: string): Promise<RecoveryRow | null> =>
  (await tx.named<RecoveryRow & Record<string, unknown>>('recovery.lock', `select ${RECOVERY} from identity.recovery r join identity.account a on a.id = r.account where r.id = $1 for update of r`, [id])).rows[0] ?? null;
export const decideRecovery = async (tx: Tx, id: string, state: 'approved' | 'refused', by: string, name: string): Promise<void> =>
  void (await tx.named('recovery.decide', 'update identity.recovery set state = $2, decided_by = $3, decided_name = $4, decided_at = now() where id = $1', [id, state, by, name]));

/** User names of accounts that still have the password of the demonstration; at most `most`, and how many there are. */
export const demoAccounts = async (tx: Tx, most: number): Promise<{ names: string[]; count: number }> =>
  (await tx.query<{ names: string[]; count: number }>(`select count(*)::int as count, coalesce((array_agg(username order by kind desc, username))[1:$1], '{}') as names from identity.account where demo_password and not disabled`, [most])).rows[0] ?? { names: [], count: 0 };
/** Disables what the demonstration left, but for these user names of officials, who are to be given one-time passwords. */
export const disableDemoAccounts = async (tx: Tx, keep: readonly string[]): Promise<number> =>
  (await tx.query('update identity.account set disabled = true where demo_password and not disabled and not (kind = $2 and username = any ($1))', [keep, 'official'])).rowCount;
