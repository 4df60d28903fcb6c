import type { Database, Tx } from '@zhengwu/database';
import type { Revoked, RevocationReason } from './revocation-list.ts';
import type { CertificateRecord } from './rows.ts';

type Any = Record<string, unknown>;

export interface PublishedList {
  number: number;
  der: Buffer;
  this_update: Date;
  next_update: Date;
}

export const latestList = async (tx: Tx): Promise<PublishedList | null> =>
  (await tx.named<PublishedList & Any>('certificates.latest_list', 'select * from certificates.revocation_list order by number desc limit 1')).rows[0] ?? null;

/** One publication at a time. */
export const holdPublishing = async (tx: Tx): Promise<void> => {
  await tx.query(`select pg_advisory_xact_lock(hashtext('certificates.publish'))`);
};

/** What is revoked or on hold and not over a day ago, so that each was on a list after its end (RFC 5280 §3.3). */
export const revokedAt = async (tx: Tx, now: Date): Promise<Revoked[]> =>
  (await tx.query<{ serial: string; at: Date; reason: RevocationReason }>(`select serial, revoked_at as at, reason from certificates.certificate
    where state <> 'valid' and not_after > $1::timestamptz - interval '1 day' order by revoked_at, serial`, [now])).rows;

/** Keeps the list and the nine before it. */
export const addList = async (tx: Tx, list: PublishedList): Promise<void> => {
  await tx.query('insert into certificates.revocation_list (number, der, this_update, next_update) values ($1, $2, $3, $4)', [list.number, list.der, list.this_update, list.next_update]);
  await tx.query('delete from certificates.revocation_list where number not in (select number from certificates.revocation_list order by number desc limit 10)');
};

export type StandingRow = Pick<CertificateRecord, 'serial' | 'state' | 'reason' | 'revoked_at'>;

/** Where certificates stand, the authority's own included; what was never issued is not in the answer. */
export const standings = async (database: Database, serials: readonly string[]): Promise<Map<string, StandingRow>> => {
  const { rows } = await database.ask<StandingRow>(database.system, 'certificates.standing', 'select * from certificates.standing($1::jsonb, $2)', [serials]);
  return new Map(rows.map((row) => [row.serial, row]));
};

export const noteStamp = async (database: Database, stamp: { serial: string; digest: Buffer; algorithm: string; at: Date }): Promise<void> => {
  await database.call(database.system, 'certificates.note_stamp', 'select certificates.note_stamp($1::jsonb, $2, $3, $4, $5)', [stamp.serial, stamp.digest, stamp.algorithm, stamp.at]);
};
