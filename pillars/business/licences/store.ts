import type { Database, Tx } from '@zhengwu/database';
import type { LicenceRow, Status } from './licence.ts';

export type ReadRow = Omit<LicenceRow, 'issued_at' | 'status'> & { issued_at: Date; status: Status; pdf_hash: string | null; replaced_by: string | null };

const columns = `l.id, type, name_zh, name_en, serial, version, holder, holder_kind, holder_name, issuer_zh, issuer_en, issuer_uscc, department, case_id,
  fields, given, template, portrait, replaces, issued_at, issued_on, valid_until, licences.status_of(l) as status, check_code, jws, pdf_hash, replaced_by`;

export const write = async (tx: Tx, rows: readonly LicenceRow[]): Promise<void> => void (await tx.named('licences.write', 'select licences.write($1::jsonb)', [JSON.stringify(rows)]));

export const byId = async (tx: Tx, id: string): Promise<ReadRow | undefined> =>
  (await tx.named<ReadRow>('licences.byId', `select ${columns} from licences.licence l where l.id = $1`, [id])).rows[0];

/** Those of these ids that are in force. */
export const inForceAmong = async (tx: Tx, ids: readonly string[]): Promise<Pick<ReadRow, 'id' | 'holder' | 'case_id' | 'name_zh' | 'name_en'>[]> =>
  (await tx.named<Pick<ReadRow, 'id' | 'holder' | 'case_id' | 'name_zh' | 'name_en'> & Record<string, unknown>>('licences.inForceAmong',
    `select id, holder, case_id, name_zh, name_en from licences.licence l where id = any ($1) and licences.status_of(l) = 'valid' order by id`, [ids])).rows;

/** All licences of these holders, in force first, then newest first. */
export const ofHolders = async (tx: Tx, holders: readonly string[]): Promise<ReadRow[]> =>
  (await tx.named<ReadRow>('licences.ofHolders', `select ${columns} from licences.licence l where holder = any ($1::uuid[])
    order by licences.status_of(l) <> 'valid', issued_at desc limit 200`, [holders])).rows;

/** Those in force, newest first. */
export const inForce = async (tx: Tx, holder: string, type: string | null): Promise<ReadRow[]> =>
  (await tx.named<ReadRow>('licences.inForce', `select ${columns} from licences.licence l
    where holder = $1 and ($2::text is null or type = $2) and licences.status_of(l) = 'valid' order by issued_at desc limit 50`, [holder, type])).rows;

/** The same for the platform's own reading, without a transaction. */
export const heldBy = async (database: Database, holder: string): Promise<ReadRow[]> => {
  // One column: most hold nothing, and then the description of thirty would be all the answer.
  const { rows } = await database.ask<{ licence: ReadRow & { issued_at: string } }>(database.system, 'licences.heldBy',
    `select to_jsonb(h) as licence from (select ${columns} from licences.held_by($1::jsonb, $2) l) h`, [holder]);
  return rows.map(({ licence }) => ({ ...licence, issued_at: new Date(licence.issued_at) }));
};

export const lock = async (tx: Tx, id: string): Promise<ReadRow | undefined> =>
  (await tx.named<ReadRow>('licences.lock', `select ${columns} from licences.licence l where l.id = $1 for update`, [id])).rows[0];

export const revoke = async (tx: Tx, id: string, reason: string, at: Date, by: string | null): Promise<void> =>
  void (await tx.named('licences.revoke', 'select licences.write_revocations($1::jsonb)', [JSON.stringify([{ id, reason, at: at.toISOString(), by }])]));

export const endAsReplaced = async (tx: Tx, id: string, by: string, at: Date): Promise<void> =>
  void (await tx.named('licences.replaced', `update licences.licence set status = 'replaced', replaced_by = $2, ended_at = $3 where id = $1`, [id, by, at]));

export const publicFacts = async (tx: Tx, id: string, code: string | null, jws: string | null): Promise<{ id: string; jws: string; status: Status } | undefined> =>
  (await tx.named<{ id: string; jws: string; status: Status }>('licences.public', 'select * from licences.public_facts($1, $2, $3)', [id, code, jws])).rows[0];

export const keepPdf = async (tx: Tx, id: string, hash: string): Promise<void> => void (await tx.named('licences.keepPdf', 'update licences.licence set pdf_hash = $2 where id = $1', [id, hash]));

/** sha256 of the picture given with a case as this material. */
export const portraitOf = async (tx: Tx, caseId: string, material: string): Promise<string | null> =>
  (await tx.named<{ hash: string | null }>('licences.portrait', 'select licences.portrait_of($1, $2) as hash', [caseId, material])).rows[0]?.hash ?? null;

export interface Expiring {
  id: string;
  holder: string;
  name_zh: string;
  name_en: string;
  valid_until: string;
}

/** Licences in force that end by `until`, marked as reminded of. */
export const claimExpiring = async (tx: Tx, from: string, until: string, most: number): Promise<Expiring[]> =>
  (await tx.named<Expiring & Record<string, unknown>>('licences.expiring', `update licences.licence set reminded_at = now() where id in (
      select id from licences.licence where status = 'valid' and reminded_at is null and valid_until between $1 and $2 order by valid_until limit $3 for update skip locked)
    returning id, holder, name_zh, name_en, valid_until`, [from, until, most])).rows;

/** Licences in force that end between two days, soonest first. */
export const expiring = async (tx: Tx, from: string, until: string): Promise<Expiring[]> =>
  (await tx.named<Expiring & Record<string, unknown>>('licences.ending', `select id, holder, name_zh, name_en, valid_until from licences.licence
    where status = 'valid' and valid_until between $1 and $2 order by valid_until, id limit 1000`, [from, until])).rows;

export const processNumber = async (tx: Tx): Promise<number> => Number((await tx.query<{ n: number }>(`select kernel.next_number('licences.process') as n`)).rows[0]?.n);
