import type { Text } from '@zhengwu/contracts';
import type { Database, Tx } from '@zhengwu/database';

export type Method = 'private_key_jwt' | 'tls_client_auth' | 'none';

/** How an application that is open in the directory signs people on. */
export interface SignOnClient {
  clientId: string;
  redirectUris: string[];
  logoutUris: string[];
  backchannelUri: string | null;
  method: Method;
  keys: { keys: Record<string, unknown>[] } | null;
  institution: string | null;
  bound: boolean;
  scopes: string[];
  assurance: number;
  own: boolean;
  version: number;
  name: Text;
  owner: Text;
}

/** What applications may learn of an official. */
export interface KnownPerson {
  person: string;
  name: string;
  username: string;
  /** By what the session was proved. */
  means: string;
  posts: { code: string; name: string; roles: string[]; department: string; departmentName: string }[];
}

export interface KeptArtefact {
  /** Hash by which it is found. */
  id: string;
  payload: string;
  consumed: number | null;
}

export interface NewArtefact {
  kind: string;
  idHash: string;
  uidHash: string | null;
  grantHash: string | null;
  account: string | null;
  session: string | null;
  clientId: string | null;
  payload: string;
  seconds: number;
}

export const artefact = async (database: Database, kind: string, hash: string, byUid: boolean): Promise<KeptArtefact | null> =>
  (await database.call<{ value: KeptArtefact | null }>(database.system, 'sign-on.artefact', 'select sign_on.artefact_of($1::jsonb, $2, $3, $4) as value', [kind, hash, byUid])).rows[0]?.value ?? null;
export const clientOf = async (database: Database, clientId: string): Promise<SignOnClient | null> =>
  (await database.call<{ value: SignOnClient | null }>(database.system, 'sign-on.client', 'select sign_on.client_of($1::jsonb, $2) as value', [clientId])).rows[0]?.value ?? null;
export const personOf = async (database: Database, account: string, session: string): Promise<KnownPerson | null> =>
  (await database.call<{ value: KnownPerson | null }>(database.system, 'sign-on.person', 'select sign_on.person_of($1::jsonb, $2, $3) as value', [account, session])).rows[0]?.value ?? null;

export const keep = (tx: Tx, one: NewArtefact): Promise<unknown> =>
  tx.named('sign-on.keep', `insert into sign_on.artefact (kind, id_hash, uid_hash, grant_hash, account, session, client_id, payload, expires_at)
    values ($1, $2, $3, $4, $5, $6, $7, $8, now() + make_interval(secs => $9))
    on conflict (kind, id_hash) do update set uid_hash = excluded.uid_hash, grant_hash = excluded.grant_hash, account = excluded.account, session = excluded.session, payload = excluded.payload, expires_at = excluded.expires_at`,
    [one.kind, one.idHash, one.uidHash, one.grantHash, one.account, one.session, one.clientId, one.payload, one.seconds]);
/** False when it was used before: of two that show it at once, one is first. */
export const consume = async (tx: Tx, kind: string, idHash: string): Promise<boolean> =>
  (await tx.named('sign-on.consume', 'update sign_on.artefact set consumed_at = now() where kind = $1 and id_hash = $2 and consumed_at is null', [kind, idHash])).rowCount === 1;
/** False when one of this id is kept already. */
export const keepOnce = async (tx: Tx, one: NewArtefact): Promise<boolean> =>
  (await tx.named('sign-on.keep-once', `insert into sign_on.artefact (kind, id_hash, payload, expires_at) values ($1, $2, $3, now() + make_interval(secs => $4))
    on conflict (kind, id_hash) do nothing`, [one.kind, one.idHash, one.payload, one.seconds])).rowCount === 1;
export const drop = (tx: Tx, kind: string, idHash: string): Promise<unknown> => tx.named('sign-on.drop', 'delete from sign_on.artefact where kind = $1 and id_hash = $2', [kind, idHash]);
export const dropGrant = (tx: Tx, grantHash: string): Promise<unknown> => tx.named('sign-on.drop-grant', `delete from sign_on.artefact where grant_hash = $1 or (kind = 'Grant' and id_hash = $1)`, [grantHash]);
/** Takes away the grant that an artefact came of, and all that came of it. */
export const dropGrantOf = (tx: Tx, kind: string, idHash: string): Promise<unknown> =>
  tx.named('sign-on.drop-grant-of', `delete from sign_on.artefact a using (select grant_hash from sign_on.artefact where kind = $1 and id_hash = $2) g
    where a.grant_hash = g.grant_hash or (a.kind = 'Grant' and a.id_hash = g.grant_hash)`, [kind, idHash]);
export const sweep = (tx: Tx): Promise<unknown> => tx.query('delete from sign_on.artefact where expires_at < now()');

export interface EndedSession {
  id: string;
  account: string;
  session: string;
  payload: string;
}
/** Takes away everything of sessions of the console that hold no more; answers what stood in the protocol's own. */
export const takeEnded = async (tx: Tx): Promise<EndedSession[]> =>
  (await tx.query<EndedSession & Record<string, unknown>>(`with ended as (
      select distinct session from sign_on.artefact a where session is not null and not sign_on.holds(a.account, a.session, false)),
    gone as (delete from sign_on.artefact a using ended e where a.session = e.session returning a.kind, a.id_hash, a.account, a.session, a.payload)
    select id_hash as id, account::text, session::text, payload from gone where kind = 'Session'`)).rows;
/** Ends the console's session that a sign-on stands on. */
export const endConsole = (tx: Tx, account: string, session: string): Promise<unknown> =>
  tx.query('delete from identity.session where id = $1 and account = $2', [session, account]);
/** That an application was used; to the minute, lest each call write. */
export const noteUse = (tx: Tx, clientId: string): Promise<unknown> =>
  tx.named('sign-on.used', `update directory.application set used_at = now() where client_id = $1 and (used_at is null or used_at < now() - interval '1 minute')`, [clientId]);

export const consentOf = async (tx: Tx, account: string, clientId: string): Promise<string[]> =>
  (await tx.named<{ scopes: string[] }>('sign-on.consent', 'select scopes from sign_on.consent where account = $1 and client_id = $2', [account, clientId])).rows[0]?.scopes ?? [];
export const keepConsent = (tx: Tx, account: string, clientId: string, scopes: readonly string[]): Promise<unknown> =>
  tx.named('sign-on.keep-consent', `insert into sign_on.consent (account, client_id, scopes) values ($1, $2, $3)
    on conflict (account, client_id) do update set scopes = array(select distinct unnest(sign_on.consent.scopes || excluded.scopes) order by 1), at = now()`, [account, clientId, scopes]);
