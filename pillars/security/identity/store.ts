import type { Database, Tx } from '@zhengwu/database';
import type { Grant, Text } from '@zhengwu/contracts';

export interface AccountRow {
  id: string;
  kind: 'official' | 'citizen';
  username: string;
  person: string;
  person_name: string;
  /** Null for an account that came from outside and has no password. */
  password_hash: string | null;
  failed: number;
  locked_until: Date | null;
  disabled: boolean;
  /** A one-time password is good until then. */
  one_time_until: Date | null;
  must_change: boolean;
}

/** A session with the rights of its owner as they are now. */
export interface SessionFacts {
  session: string;
  account: string;
  kind: 'official' | 'citizen';
  person: string;
  name: string;
  /** Nothing but changing the password is possible. */
  mustChange: boolean;
  assurance: 1 | 2 | 3;
  endsAt: string;
  provedAt: string;
  provedLevel: 1 | 2 | 3;
  means: string;
  /** After a recovery: nothing sensitive until then. */
  coolingUntil: string | null;
  /** Identity checked by a clerk. */
  verified: boolean;
  hasPassword: boolean;
  hasCode: boolean;
  hasPasskey: boolean;
  posts: { code: string; roles: string[]; department: number; name: Text; departmentName: Text }[];
  grants: Record<string, Grant>;
  clearance: number;
  subjects: { id: string; name: string; kind: 'person' | 'institution' }[];
}

export interface NewSession {
  id: string;
  tokenHash: string;
  account: string;
  idleMinutes: number;
  hours: number;
  assurance: number;
  means: string;
  address: string;
  agent: string;
}

export const accountByName = async (tx: Tx, kind: string, username: string): Promise<AccountRow | null> =>
  (await tx.named<AccountRow & Record<string, unknown>>('account.by_name', 'select * from identity.account where kind = $1 and lower(username) = lower($2)', [kind, username])).rows[0] ?? null;
export const accountById = async (tx: Tx, id: string): Promise<AccountRow | null> =>
  (await tx.named<AccountRow & Record<string, unknown>>('account.by_id', 'select * from identity.account where id = $1', [id])).rows[0] ?? null;
export const accountOfPerson = async (tx: Tx, person: string): Promise<AccountRow | null> =>
  (await tx.named<AccountRow & Record<string, unknown>>('account.of_person', 'select * from identity.account where person = $1', [person])).rows[0] ?? null;

/** Roles that a person holds now, those of whom they stand in for included. */
export const rolesOf = async (tx: Tx, person: string): Promise<string[]> =>
  (await tx.named<{ role: string }>('account.roles', 'select distinct r.role from directory.posts_of($1) p cross join lateral unnest(p.roles) r (role)', [person])).rows.map((row) => row.role);

/** Counts a failure; the fifth in a row locks for `minutes`. */
export const recordFailure = async (tx: Tx, id: string, most: number, minutes: number): Promise<void> => {
  await tx.named('account.failed', `update identity.account set failed = case when failed + 1 >= $2 then 0 else failed + 1 end,
    locked_until = case when failed + 1 >= $2 then now() + make_interval(mins => $3) else locked_until end where id = $1`, [id, most, minutes]);
};
export const clearFailures = async (tx: Tx, id: string): Promise<void> => {
  await tx.named('account.cleared', 'update identity.account set failed = 0, locked_until = null where id = $1 and (failed > 0 or locked_until is not null)', [id]);
};

/** Enters accounts; false when a user name is taken. */
export const insertAccounts = async (tx: Tx, rows: readonly (Pick<AccountRow, 'id' | 'kind' | 'username' | 'person' | 'person_name' | 'password_hash'> & { must_change?: boolean; demo_password?: boolean })[]): Promise<boolean> => {
  const { rowCount } = await tx.query(`insert into identity.account (id, kind, username, person, person_name, password_hash, must_change, demo_password, verified_at)
    select id, kind, username, person, person_name, password_hash, coalesce(must_change, false), coalesce(demo_password, false), case when demo_password then now() end
    from jsonb_to_recordset($1::jsonb) r (id uuid, kind text, username text, person uuid, person_name text, password_hash text, must_change boolean, demo_password boolean) on conflict do nothing`, [JSON.stringify(rows)]);
  return rowCount === rows.length;
};
export const changePassword = async (tx: Tx, account: string, hash: string, session: string | null): Promise<void> => {
  await tx.named('account.password', 'update identity.account set password_hash = $2, must_change = false, one_time_until = null, demo_password = false, password_at = now() where id = $1', [account, hash]);
  await tx.named('session.others', 'delete from identity.session where account = $1 and id <> $2', [account, session]);
};

export const insertSession = async (tx: Tx, row: NewSession): Promise<void> => {
  await tx.named('session.insert', `insert into identity.session (id, token_hash, account, started_at, seen_at, idle_until, ends_at, assurance, address, agent, means, proved_at, proved_level)
    values ($1, $2, $3, now(), now(), now() + make_interval(mins => $4), now() + make_interval(hours => $5), $6, $7, $8, $9, now(), $6)`,
    [row.id, row.tokenHash, row.account, row.idleMinutes, row.hours, row.assurance, row.address, row.agent.slice(0, 300), row.means]);
};
/** Ends the sessions of an account that are beyond the `most` last used; answers how many. */
export const endBeyond = async (tx: Tx, account: string, most: number): Promise<number> =>
  (await tx.named('session.beyond', 'delete from identity.session where id in (select id from identity.session where account = $1 order by seen_at desc, id desc offset $2)', [account, most])).rowCount;
export const sessions = async (tx: Tx, account: string) =>
  (await tx.named<{ id: string; started_at: Date; seen_at: Date; address: string; agent: string }>('session.list',
    'select id, started_at, seen_at, address, agent from identity.session where account = $1 and ends_at > now() and idle_until > now() order by seen_at desc limit 100', [account])).rows;
export const endSession = async (tx: Tx, id: string, account: string): Promise<boolean> =>
  (await tx.named('session.end', 'delete from identity.session where id = $1 and account = $2', [id, account])).rowCount > 0;
/** Sessions that were idle too long open nothing any more, and stay until they are over: what applications hold by them ends then, not at the first pause. */
export const sweepSessions = async (tx: Tx): Promise<void> => void (await tx.query('delete from identity.session where ends_at < now()'));

/** The session behind a token hash; one prepared round trip. */
export const sessionOf = async (database: Database, hash: string, idleMinutes: number): Promise<SessionFacts | null> =>
  (await database.call<{ facts: SessionFacts | null }>(database.system, 'identity.session_of', 'select identity.session_of($1::jsonb, $2, make_interval(mins => $3)) as facts', [hash, idleMinutes])).rows[0]?.facts ?? null;
