import type { Tx } from '@zhengwu/database';

export type Purpose = 'second-factor' | 'passkey-sign-in' | 'passkey-enrolment' | 'passkey-proof';
export type Kind = 'official' | 'citizen';

export interface ChallengeRow {
  account: string | null;
  challenge: string | null;
  tries: number;
}

export const insertChallenge = async (tx: Tx, row: { tokenHash: string; purpose: Purpose; kind: Kind; account: string | null; challenge: string | null; minutes: number }): Promise<void> => {
  await tx.named('challenge.insert', `insert into identity.challenge (token_hash, purpose, kind, account, challenge, expires_at)
    values ($1, $2, $3, $4, $5, now() + make_interval(mins => $6))`, [row.tokenHash, row.purpose, row.kind, row.account, row.challenge, row.minutes]);
};
/** A challenge that still counts, locked until the transaction ends. */
export const lockChallenge = async (tx: Tx, tokenHash: string, purpose: Purpose, kind: Kind): Promise<ChallengeRow | null> =>
  (await tx.named<ChallengeRow & Record<string, unknown>>('challenge.lock', `select account, challenge, tries from identity.challenge
    where token_hash = $1 and purpose = $2 and kind = $3 and expires_at > now() for update`, [tokenHash, purpose, kind])).rows[0] ?? null;
export const countTry = async (tx: Tx, tokenHash: string): Promise<void> => void (await tx.named('challenge.try', 'update identity.challenge set tries = tries + 1 where token_hash = $1', [tokenHash]));
export const dropChallenge = async (tx: Tx, tokenHash: string): Promise<void> => void (await tx.named('challenge.drop', 'delete from identity.challenge where token_hash = $1', [tokenHash]));

export interface CodeRow {
  secret: string;
  confirmed_at: Date | null;
  last_step: number;
}
export const codeOf = async (tx: Tx, account: string): Promise<CodeRow | null> =>
  (await tx.named<CodeRow & Record<string, unknown>>('code.lock', 'select secret, confirmed_at, last_step::float8 as last_step from identity.one_time_code where account = $1 for update', [account])).rows[0] ?? null;
/** A secret that is not confirmed yet; one that is stays. */
export const beginCode = async (tx: Tx, account: string, secret: string): Promise<boolean> =>
  (await tx.named('code.begin', `insert into identity.one_time_code (account, secret) values ($1, $2)
    on conflict (account) do update set secret = $2, begun_at = now(), last_step = 0 where one_time_code.confirmed_at is null`, [account, secret])).rowCount > 0;
export const useStep = async (tx: Tx, account: string, step: number): Promise<void> =>
  void (await tx.named('code.step', 'update identity.one_time_code set last_step = $2, confirmed_at = coalesce(confirmed_at, now()) where account = $1', [account, step]));
export const dropCode = async (tx: Tx, account: string): Promise<boolean> => (await tx.named('code.drop', 'delete from identity.one_time_code where account = $1', [account])).rowCount > 0;

export const replaceRecoveryCodes = async (tx: Tx, account: string, hashes: readonly string[]): Promise<void> => {
  await tx.named('recovery_code.drop', 'delete from identity.recovery_code where account = $1', [account]);
  if (hashes.length > 0) await tx.named('recovery_code.insert', 'insert into identity.recovery_code (account, code_hash) select $1, unnest($2::text[])', [account, hashes]);
};
/** True for a code that was not used before; now it is. */
export const useRecoveryCode = async (tx: Tx, account: string, hash: string): Promise<boolean> =>
  (await tx.named('recovery_code.use', 'update identity.recovery_code set used_at = now() where account = $1 and code_hash = $2 and used_at is null', [account, hash])).rowCount > 0;

export interface PasskeyRow {
  id: string;
  account: string;
  credential: string;
  public_key: Buffer;
  sign_count: number;
  transports: string[];
  name: string;
  created_at: Date;
  used_at: Date | null;
}
const PASSKEY = 'id, account, credential, public_key, sign_count::float8 as sign_count, transports, name, created_at, used_at';
export const passkeysOf = async (tx: Tx, account: string): Promise<PasskeyRow[]> =>
  (await tx.named<PasskeyRow & Record<string, unknown>>('passkey.list', `select ${PASSKEY} from identity.passkey where account = $1 order by created_at limit 20`, [account])).rows;
export const lockPasskey = async (tx: Tx, credential: string): Promise<PasskeyRow | null> =>
  (await tx.named<PasskeyRow & Record<string, unknown>>('passkey.lock', `select ${PASSKEY} from identity.passkey where credential = $1 for update`, [credential])).rows[0] ?? null;
export const insertPasskey = async (tx: Tx, row: Pick<PasskeyRow, 'id' | 'account' | 'credential' | 'public_key' | 'sign_count' | 'transports' | 'name'>): Promise<boolean> =>
  (await tx.named('passkey.insert', `insert into identity.passkey (id, account, credential, public_key, sign_count, transports, name) values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing`,
    [row.id, row.account, row.credential, row.public_key, row.sign_count, row.transports, row.name])).rowCount > 0;
export const markPasskey = async (tx: Tx, id: string, signCount: number): Promise<void> => void (await tx.named('passkey.used', 'update identity.passkey set sign_count = $2, used_at = now() where id = $1', [id, signCount]));
export const namePasskey = async (tx: Tx, id: string, account: string, name: string): Promise<boolean> =>
  (await tx.named('passkey.name', 'update identity.passkey set name = $3 where id = $1 and account = $2', [id, account, name])).rowCount > 0;
export const dropPasskey = async (tx: Tx, id: string, account: string): Promise<boolean> =>
  (await tx.named('passkey.drop', 'delete from identity.passkey where id = $1 and account = $2', [id, account])).rowCount > 0;
export const dropPasskeys = async (tx: Tx, account: string): Promise<boolean> => (await tx.named('passkey.dropAll', 'delete from identity.passkey where account = $1', [account])).rowCount > 0;

/** What an account can prove itself with, beside its password. */
export interface FactorRow {
  code: boolean;
  since: Date | null;
  left: number;
  verified: boolean;
}
export const factorsOf = async (tx: Tx, account: string): Promise<FactorRow> =>
  (await tx.named<FactorRow & Record<string, unknown>>('factor.state', `select c.confirmed_at is not null as code, c.confirmed_at as since, a.verified_at is not null as verified,
      (select count(*)::int from identity.recovery_code r where r.account = a.id and r.used_at is null) as left
    from identity.account a left join identity.one_time_code c on c.account = a.id where a.id = $1`, [account])).rows[0] ?? { code: false, since: null, left: 0, verified: false };
export const hasFactor = async (tx: Tx, account: string): Promise<{ code: boolean; passkey: boolean }> =>
  (await tx.named<{ code: boolean; passkey: boolean }>('factor.has', `select exists (select 1 from identity.one_time_code where account = $1 and confirmed_at is not null) as code,
    exists (select 1 from identity.passkey where account = $1) as passkey`, [account])).rows[0] ?? { code: false, passkey: false };

/** The session was proved now, at this level. */
export const proveSession = async (tx: Tx, session: string, level: number): Promise<void> =>
  void (await tx.named('session.prove', 'update identity.session set proved_at = now(), proved_level = $2, assurance = greatest(assurance, $2) where id = $1', [session, level]));
export const endOthers = async (tx: Tx, account: string, session: string | null): Promise<void> =>
  void (await tx.named('session.endOthers', 'delete from identity.session where account = $1 and id is distinct from $2', [account, session]));

export interface SignInRow {
  id: string;
  at: Date;
  outcome: 'opened' | 'refused' | 'recovered';
  means: string;
  address: string;
  agent: string;
}
export const insertSignIn = async (tx: Tx, row: Omit<SignInRow, 'at'> & { account: string | null }): Promise<void> =>
  void (await tx.named('sign_in.insert', 'insert into identity.sign_in (id, account, outcome, means, address, agent) values ($1, $2, $3, $4, $5, $6)', [row.id, row.account, row.outcome, row.means, row.address, row.agent.slice(0, 300)]));
export const signIns = async (tx: Tx, account: string): Promise<SignInRow[]> =>
  (await tx.named<SignInRow & Record<string, unknown>>('sign_in.list', 'select id, at, outcome, means, address, agent from identity.sign_in where account = $1 order by at desc limit 30', [account])).rows;
/** Sign-ins are shown for half a year (GB/T 22239: six months); challenges are gone when they are over. */
export const sweepProofs = async (tx: Tx): Promise<void> => {
  await tx.query(`delete from identity.sign_in where at < now() - interval '183 days'`);
  await tx.query('delete from identity.challenge where expires_at < now()');
};
