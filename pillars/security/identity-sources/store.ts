import type { SourceSettings } from '@zhengwu/contracts';
import type { Tx } from '@zhengwu/database';

type Row<T> = T & Record<string, unknown>;

export interface SourceRow {
  id: string;
  issuer: string;
  settings: SourceSettings;
  secret: string | null;
  active: boolean;
  version: number;
  decided_by: string;
  decided_at: Date;
}
export const sources = async (tx: Tx): Promise<(SourceRow & { links: number })[]> =>
  (await tx.named<Row<SourceRow & { links: number }>>('source.list', 'select s.*, (select count(*)::int from identity_sources.link l where l.source = s.id) as links from identity_sources.source s order by s.id limit 100')).rows;
export const sourceById = async (tx: Tx, id: string): Promise<SourceRow | null> =>
  (await tx.named<Row<SourceRow>>('source.by_id', 'select * from identity_sources.source where id = $1', [id])).rows[0] ?? null;
export const hasIssuer = async (tx: Tx, issuer: string, besides: string): Promise<boolean> =>
  (await tx.named('source.issuer', 'select 1 from identity_sources.source where issuer = $1 and id <> $2', [issuer, besides])).rowCount > 0;
/** What was approved counts now; a secret that is not given anew stays while the source is the same one. */
export const putSource = async (tx: Tx, row: Pick<SourceRow, 'id' | 'issuer' | 'settings' | 'secret' | 'decided_by'>): Promise<void> =>
  void (await tx.named('source.put', `insert into identity_sources.source (id, issuer, settings, secret, active, decided_by) values ($1, $2, $3, $4, true, $5)
    on conflict (id) do update set issuer = $2, settings = $3, active = true, version = source.version + 1, decided_by = $5, decided_at = now(),
      secret = case when $3::jsonb ->> 'auth' = 'private-key' then null when $4::text is not null then $4 when source.issuer = $2 then source.secret end`,
    [row.id, row.issuer, JSON.stringify(row.settings), row.secret, row.decided_by]));
export const stopSource = async (tx: Tx, id: string, by: string): Promise<boolean> =>
  (await tx.named('source.stop', 'update identity_sources.source set active = false, version = version + 1, decided_by = $2, decided_at = now() where id = $1 and active', [id, by])).rowCount > 0;

export interface ProposalRow {
  id: string;
  source: string;
  settings: SourceSettings;
  secret: string | null;
  reason: string;
  proposed_by: string;
  proposed_name: string;
  proposed_at: Date;
  state: 'open' | 'approved' | 'refused';
  decided_name: string | null;
  decided_at: Date | null;
  opinion: string | null;
}
export const proposals = async (tx: Tx): Promise<ProposalRow[]> =>
  (await tx.named<Row<ProposalRow>>('proposal.list', `select * from identity_sources.proposal order by state = 'open' desc, proposed_at desc limit 50`)).rows;
/** False while another change of this source waits. */
export const insertProposal = async (tx: Tx, row: Pick<ProposalRow, 'id' | 'source' | 'settings' | 'secret' | 'reason' | 'proposed_by' | 'proposed_name'>): Promise<boolean> =>
  (await tx.named('proposal.insert', `insert into identity_sources.proposal (id, source, settings, secret, reason, proposed_by, proposed_name) values ($1, $2, $3, $4, $5, $6, $7) on conflict (source) where state = 'open' do nothing`,
    [row.id, row.source, JSON.stringify(row.settings), row.secret, row.reason, row.proposed_by, row.proposed_name])).rowCount > 0;
export const lockProposal = async (tx: Tx, id: string): Promise<ProposalRow | null> =>
  (await tx.named<Row<ProposalRow>>('proposal.lock', `select * from identity_sources.proposal where id = $1 and state = 'open' for update`, [id])).rows[0] ?? null;
export const decideProposal = async (tx: Tx, id: string, state: 'approved' | 'refused', by: string, name: string, opinion: string): Promise<void> =>
  void (await tx.named('proposal.decide', 'update identity_sources.proposal set state = $2, decided_by = $3, decided_name = $4, decided_at = now(), opinion = $5, secret = null where id = $1', [id, state, by, name, opinion]));

export interface LinkRow {
  id: string;
  source: string;
  issuer: string;
  subject: string;
  account: string;
  linked_at: Date;
  used_at: Date | null;
}
export const linkOf = async (tx: Tx, issuer: string, subject: string): Promise<LinkRow | null> =>
  (await tx.named<Row<LinkRow>>('link.of', 'select * from identity_sources.link where issuer = $1 and subject = $2 for update', [issuer, subject])).rows[0] ?? null;
/** False where the subject, or this account at this issuer, is linked already. */
export const insertLink = async (tx: Tx, row: Omit<LinkRow, 'linked_at' | 'used_at'>): Promise<boolean> =>
  (await tx.named('link.insert', 'insert into identity_sources.link (id, source, issuer, subject, account) values ($1, $2, $3, $4, $5) on conflict do nothing', [row.id, row.source, row.issuer, row.subject, row.account])).rowCount > 0;
export const markLink = async (tx: Tx, id: string): Promise<void> => void (await tx.named('link.used', 'update identity_sources.link set used_at = now() where id = $1', [id]));
export const linksOf = async (tx: Tx, account: string): Promise<(LinkRow & { settings: SourceSettings; active: boolean })[]> =>
  (await tx.named<Row<LinkRow & { settings: SourceSettings; active: boolean }>>('link.list', 'select l.*, s.settings, s.active from identity_sources.link l join identity_sources.source s on s.id = l.source where l.account = $1 order by l.linked_at limit 20', [account])).rows;
/** The links of an account held, so that two removals at once cannot both believe the other one stays. */
export const lockLinks = async (tx: Tx, account: string): Promise<void> => void (await tx.named('link.lock', 'select 1 from identity.account where id = $1 for update', [account]));
export const lockPerson = async (tx: Tx, person: string): Promise<void> => void (await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 19))', [person]));
export const dropLink = async (tx: Tx, id: string): Promise<void> => void (await tx.named('link.drop', 'delete from identity_sources.link where id = $1', [id]));
export const sessionsOfLink = async (tx: Tx, link: string): Promise<string[]> =>
  (await tx.named<{ session: string }>('link.sessions', 'select session from identity_sources.session where link = $1', [link])).rows.map((row) => row.session);

export interface JourneyRow {
  binding_hash: string;
  source: string;
  purpose: 'enter' | 'link' | 'prove';
  secrets: string;
  next: string;
  account: string | null;
  session: string | null;
  begun_at: Date;
}
export const insertJourney = async (tx: Tx, stateHash: string, row: JourneyRow, minutes: number): Promise<void> =>
  void (await tx.named('journey.insert', `insert into identity_sources.journey (state_hash, binding_hash, source, purpose, secrets, next, account, session, begun_at, expires_at)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, now() + make_interval(mins => $10))`, [stateHash, row.binding_hash, row.source, row.purpose, row.secrets, row.next, row.account, row.session, row.begun_at, minutes]));
/** Takes a journey: whatever comes of it, its state is used. */
export const takeJourney = async (tx: Tx, stateHash: string): Promise<JourneyRow | null> =>
  (await tx.named<Row<JourneyRow>>('journey.take', 'delete from identity_sources.journey where state_hash = $1 and expires_at > now() returning binding_hash, source, purpose, secrets, next, account, session, begun_at', [stateHash])).rows[0] ?? null;

export interface WaitingRow {
  binding_hash: string;
  source: string;
  account: string;
  vouched: string;
  next: string;
  tries: number;
}
export const insertWaiting = async (tx: Tx, tokenHash: string, row: Omit<WaitingRow, 'tries'>, minutes: number): Promise<void> =>
  void (await tx.named('waiting.insert', 'insert into identity_sources.waiting (token_hash, binding_hash, source, account, vouched, next, expires_at) values ($1, $2, $3, $4, $5, $6, now() + make_interval(mins => $7))',
    [tokenHash, row.binding_hash, row.source, row.account, row.vouched, row.next, minutes]));
export const lockWaiting = async (tx: Tx, tokenHash: string): Promise<WaitingRow | null> =>
  (await tx.named<Row<WaitingRow>>('waiting.lock', 'select * from identity_sources.waiting where token_hash = $1 and expires_at > now() for update', [tokenHash])).rows[0] ?? null;
export const countTry = async (tx: Tx, tokenHash: string): Promise<void> => void (await tx.named('waiting.try', 'update identity_sources.waiting set tries = tries + 1 where token_hash = $1', [tokenHash]));
export const dropWaiting = async (tx: Tx, tokenHash: string): Promise<void> => void (await tx.named('waiting.drop', 'delete from identity_sources.waiting where token_hash = $1', [tokenHash]));

export interface SessionRow {
  session: string;
  source: string;
  link: string;
  sid: string | null;
  acr: string | null;
  authenticated_at: Date;
}
export const putSession = async (tx: Tx, row: SessionRow): Promise<void> =>
  void (await tx.named('session.put', `insert into identity_sources.session (session, source, link, sid, acr, authenticated_at) values ($1, $2, $3, $4, $5, $6)
    on conflict (session) do update set sid = $4, acr = $5, authenticated_at = $6`, [row.session, row.source, row.link, row.sid, row.acr, row.authenticated_at]));
export const sessionOf = async (tx: Tx, session: string): Promise<SessionRow | null> =>
  (await tx.named<Row<SessionRow>>('session.of', 'select * from identity_sources.session where session = $1', [session])).rows[0] ?? null;
export const sessionsOfSource = async (tx: Tx, source: string): Promise<string[]> =>
  (await tx.named<{ session: string }>('session.of_source', 'select session from identity_sources.session where source = $1', [source])).rows.map((row) => row.session);
/** Sessions that a logout token means: those of the source's session, or all of the subject. */
export const sessionsMeant = async (tx: Tx, issuer: string, sid: string | null, subject: string | null): Promise<{ session: string; account: string }[]> =>
  (await tx.named<{ session: string; account: string }>('session.meant', `select s.session, l.account from identity_sources.session s join identity_sources.link l on l.id = s.link
    where l.issuer = $1 and ($2::text is null or s.sid = $2) and ($3::text is null or l.subject = $3) limit 500`, [issuer, sid, subject])).rows;
/** True for a logout token that was not seen before. */
export const seeLogout = async (tx: Tx, issuer: string, jtiHash: string, minutes: number): Promise<boolean> =>
  (await tx.named('logout.see', 'insert into identity_sources.logout_seen (issuer, jti_hash, expires_at) values ($1, $2, now() + make_interval(mins => $3)) on conflict do nothing', [issuer, jtiHash, minutes])).rowCount > 0;

export const sweep = async (tx: Tx): Promise<void> => {
  for (const table of ['journey', 'waiting', 'logout_seen']) await tx.query(`delete from identity_sources.${table} where expires_at < now()`);
};

/** Whether the second administrator holds a duty that the first one does not (三员: another kind decides). */
export const isOfAnotherKind = async (tx: Tx, second: string, first: string): Promise<boolean> =>
  (await tx.named<{ other: boolean }>('proposal.kinds', 'select not (directory.duties_of($1) <@ directory.duties_of($2)) as other', [second, first])).rows[0]?.other ?? false;
