import type { CertificateState } from '@zhengwu/contracts';
import type { Database, Tx } from '@zhengwu/database';
import type { CertificateRecord, ListedRow, RequestRow } from './rows.ts';

type Any = Record<string, unknown>;

/** A request as it stands at `$1`, with its certificate. */
const LISTED = `select r.*, c.serial, c.pem, c.not_before, c.not_after, c.revoked_at, c.reason as revoked_for,
  case when c.serial is null then r.state when c.state <> 'revoked' and c.not_after < $1::timestamptz then 'expired' else c.state end as shown
  from certificates.request r left join certificates.certificate c on c.request = r.id`;

export const insertRequest = async (tx: Tx, row: RequestRow): Promise<boolean> =>
  (await tx.query(`insert into certificates.request (id, profile, name, identifier, pseudonym, institution, device, person, requester, requester_name, department, requested_at, csr, csr_subject, renews, state,
      decided_by, decided_by_name, decided_at)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19) on conflict (renews) where state in ('waiting', 'approved') do nothing`,
  [row.id, row.profile, row.name, row.identifier, row.pseudonym, row.institution, row.device, row.person, row.requester, row.requester_name, row.department, row.requested_at, row.csr, row.csr_subject, row.renews,
    row.state, row.decided_by, row.decided_by_name, row.decided_at])).rowCount > 0;

export const findListed = async (tx: Tx, by: 'id' | 'serial', value: string, now: Date): Promise<ListedRow | null> =>
  (await tx.query<ListedRow & Any>(`${LISTED} where ${by === 'id' ? 'r.id = $2::uuid' : 'c.serial = $2'}`, [now, value])).rows[0] ?? null;

/** The request, held until the transaction ends; null where the reader may not change it. */
export const holdRequest = async (tx: Tx, id: string): Promise<RequestRow | null> =>
  (await tx.query<RequestRow & Any>('select * from certificates.request where id = $1 for update', [id])).rows[0] ?? null;

export const decide = async (tx: Tx, id: string, decision: { state: 'approved' | 'refused'; by: string | null; byName: string; at: Date; reason: string | null }): Promise<void> => {
  await tx.query('update certificates.request set state = $2, decided_by = $3, decided_by_name = $4, decided_at = $5, reason = $6 where id = $1',
    [id, decision.state, decision.by, decision.byName, decision.at, decision.reason]);
};

export const markIssued = async (tx: Tx, id: string): Promise<void> => {
  await tx.query(`update certificates.request set state = 'issued' where id = $1`, [id]);
};

export const insertCertificate = async (tx: Tx, row: Pick<CertificateRecord, 'serial' | 'request' | 'person' | 'pem' | 'key' | 'not_before' | 'not_after'>): Promise<void> => {
  await tx.query(`insert into certificates.certificate (serial, request, person, pem, key, not_before, not_after, state) values ($1, $2, $3, $4, $5, $6, $7, 'valid')`,
    [row.serial, row.request, row.person, row.pem, row.key, row.not_before, row.not_after]);
};

export interface Listing {
  state: CertificateState | null;
  q: string;
  after: string | null;
  /** Only what this person requested or holds. */
  mine: string | null;
}

export const list = async (tx: Tx, { state, q, after, mine }: Listing, now: Date, limit: number): Promise<ListedRow[]> =>
  (await tx.query<ListedRow & Any>(`select * from (${LISTED}) l
    where ($2::text is null or shown = $2) and ($3 = '' or strpos(lower(name), lower($3)) > 0 or strpos(lower(coalesce(serial, '')), lower($3)) > 0 or strpos(identifier, $3) > 0 or strpos(lower(coalesce(device, '')), lower($3)) > 0)
      and ($4::uuid is null or id < $4) and ($5::uuid is null or requester = $5 or person = $5)
    order by id desc limit $6`, [now, state, q, after, mine, limit])).rows;

/** The certificate, held until the transaction ends; null where the reader may not change it. */
export const holdCertificate = async (tx: Tx, serial: string): Promise<CertificateRecord | null> =>
  (await tx.query<CertificateRecord & Any>('select * from certificates.certificate where serial = $1 for update', [serial])).rows[0] ?? null;

export const changeStanding = async (tx: Tx, serial: string, change: Pick<CertificateRecord, 'state' | 'reason' | 'revoked_at'>): Promise<void> => {
  await tx.query('update certificates.certificate set state = $2, reason = $3, revoked_at = $4 where serial = $1', [serial, change.state, change.reason, change.revoked_at]);
};

/** Whether a key belongs to somebody else's certificate. */
export const isForeignKey = async (tx: Tx, key: Buffer, { profile, identifier, pseudonym, device }: RequestRow): Promise<boolean> =>
  (await tx.query(`select from certificates.certificate c join certificates.request r on r.id = c.request
    where c.key = $1 and (r.profile, r.identifier, coalesce(r.pseudonym, ''), coalesce(r.device, '')) <> ($2, $3, coalesce($4, ''), coalesce($5, '')) limit 1`, [key, profile, identifier, pseudonym, device])).rowCount > 0;

/** Whether another certificate follows this one already and was not revoked. */
export const hasSuccessor = async (tx: Tx, serial: string): Promise<boolean> =>
  (await tx.query(`select from certificates.request r join certificates.certificate c on c.request = r.id where r.renews = $1 and c.state <> 'revoked' limit 1`, [serial])).rowCount > 0;

/** Serial numbers of a person's certificates that are not revoked and not over. */
export const standingOf = async (tx: Tx, person: string, now: Date): Promise<string[]> =>
  (await tx.query<{ serial: string }>(`select serial from certificates.certificate where person = $1 and state <> 'revoked' and not_after > $2 order by serial`, [person, now])).rows.map(({ serial }) => serial);

/** Ends the open requests for a person; answers their ids. */
export const refuseOpen = async (tx: Tx, person: string, now: Date, reason: string): Promise<string[]> =>
  (await tx.query<{ id: string }>(`update certificates.request set state = 'refused', decided_at = coalesce(decided_at, $2), reason = $3 where person = $1 and state in ('waiting', 'approved') returning id`, [person, now, reason])).rows.map(({ id }) => id);

/** Certificates that end before `until` and of which nobody was reminded since it came to that, to a week, or to a day; marked as reminded; at most `limit`. */
export const takeExpiring = async (tx: Tx, now: Date, until: Date, limit: number): Promise<(Pick<CertificateRecord, 'serial' | 'not_after' | 'person'> & { requester: string | null; name: string })[]> =>
  (await tx.query<Pick<CertificateRecord, 'serial' | 'not_after' | 'person'> & { requester: string | null; name: string } & Any>(`with due as (
      select serial from certificates.certificate where state = 'valid' and not_after > $1 and not_after <= $2 and (reminded_at is null
        or (not_after <= $1 + interval '7 days' and reminded_at < not_after - interval '7 days') or (not_after <= $1 + interval '1 day' and reminded_at < not_after - interval '1 day')) order by not_after limit $3 for update skip locked)
    update certificates.certificate c set reminded_at = $1 from due, certificates.request r
    where c.serial = due.serial and r.id = c.request returning c.serial, c.not_after, c.person, r.requester, r.name`, [now, until, limit])).rows;

export interface ServiceRow {
  kid: string;
  purpose: string;
  serial: string;
  pem: string;
  not_after: Date;
}

export const serviceOf = (database: Database, kid: string): Promise<ServiceRow | null> =>
  database.as(database.system, async (tx) => (await tx.query<ServiceRow & Any>('select * from certificates.service where kid = $1', [kid])).rows[0] ?? null, { readOnly: true });

export const addService = (database: Database, row: ServiceRow): Promise<void> =>
  database.as(database.system, async (tx) => void (await tx.query('insert into certificates.service (kid, purpose, serial, pem, not_after) values ($1, $2, $3, $4, $5)', [row.kid, row.purpose, row.serial, row.pem, row.not_after])));
