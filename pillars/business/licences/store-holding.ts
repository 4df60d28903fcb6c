import type { Tx } from '@zhengwu/database';
import type { HeldSubject } from '@zhengwu/module';

const MOST = 2000;

export const subjects = async (tx: Tx, person: string): Promise<HeldSubject[]> =>
  (await tx.query<{ id: string; name_zh: string; name_en: string }>('select id, name_zh, name_en from licences.licence where holder = $1 order by issued_at desc limit $2', [person, MOST])).rows
    .map(({ id, name_zh, name_en }) => ({ id, title: { zh: name_zh, en: name_en } }));

export const gather = async (tx: Tx, person: string): Promise<Record<string, unknown>[]> =>
  (await tx.query<{ row: Record<string, unknown> }>(`select jsonb_build_object('id', id, 'name', name_zh, 'issuer', issuer_zh, 'status', status, 'issuedOn', issued_on, 'validUntil', valid_until,
    'fields', fields, 'endedAt', ended_at, 'endReason', end_reason) as row from licences.licence where holder = $1 order by issued_at limit $2`, [person, MOST])).rows.map(({ row }) => row);

/** The department of the latest licence. */
export const keeper = async (tx: Tx, person: string): Promise<number | null> =>
  (await tx.query<{ department: number }>('select department from licences.licence where holder = $1 order by issued_at desc limit 1', [person])).rows[0]?.department ?? null;
