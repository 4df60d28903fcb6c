import type { Acting, Database, Tx } from '@zhengwu/database';

export interface RecordRow {
  id: string;
  subject: string | null;
  data: Record<string, unknown>;
  valid_from: string;
  valid_to: string | null;
  known_from: Date;
  cause: string;
  secrecy: number;
}

export interface VersionRow extends RecordRow {
  known_to: Date | null;
}

const MOST = 200;
const PROOFS = 20;

/** One prepared statement, no transaction of its own; as the platform, because the caller has checked and records who asks. */
export const find = async (database: Database, platform: Acting, register: string, key: string, day: string, known: string | null): Promise<RecordRow | undefined> =>
  (await database.ask<RecordRow>(platform, 'registers.find', 'select * from registers.find($1::jsonb, $2, $3, $4::date, $5::timestamptz)', [register, key, day, known])).rows[0];

export const versions = async (tx: Tx, register: string, key: string): Promise<VersionRow[]> =>
  (await tx.query<VersionRow>(`select id, subject, data, valid_from, valid_to, known_from, known_to, cause, secrecy from registers.record where register = $1 and key = $2
    order by known_from desc, valid_from desc limit ${MOST}`, [register, key])).rows;

/** The records of the audit trail about these causes. */
export const proofs = async (tx: Tx, causes: readonly string[]): Promise<{ subject: string; id: string; event: string; at: Date }[]> =>
  (await tx.query<{ subject: string; id: string; event: string; at: Date }>(`select p.* from unnest($1::text[]) c(cause), lateral (
    select a.subject, a.id, a.event, a.at from audit.record a where a.subject = c.cause order by a.at desc limit ${PROOFS}) p`, [causes])).rows;

/** What holds today about a person or company, in all registers. */
export const ofSubject = async (tx: Tx, subject: string, day: string): Promise<(RecordRow & { register: string; key: string })[]> =>
  (await tx.query<RecordRow & { register: string; key: string }>(`select id, subject, register, key, data, valid_from, valid_to, known_from, cause, secrecy from registers.record
    where subject = $1 and known_to is null and valid_from <= $2 and (valid_to is null or valid_to > $2) order by register, key limit ${MOST}`, [subject, day])).rows;
