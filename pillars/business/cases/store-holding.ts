import type { Tx } from '@zhengwu/database';
import type { HeldSubject } from '@zhengwu/module';

const MOST = 5000;

export const subjects = async (tx: Tx, person: string): Promise<HeldSubject[]> =>
  (await tx.query<{ id: string; number: string; service_zh: string; service_en: string }>('select id, number, service_zh, service_en from cases.case where applicant = $1 order by submitted_at desc limit $2', [person, MOST])).rows
    .map(({ id, number, service_zh, service_en }) => ({ id, title: { zh: `${service_zh} ${number}`, en: `${service_en} ${number}` } }));

export const gather = async (tx: Tx, person: string): Promise<Record<string, unknown>[]> =>
  (await tx.query<{ row: Record<string, unknown> }>(`select jsonb_build_object('number', number, 'service', service_zh, 'channel', channel, 'state', state, 'submittedAt', submitted_at, 'acceptedAt', accepted_at,
    'closedAt', closed_at, 'deliveredAt', delivered_at, 'promisedDue', promised_due) as row from cases.case where applicant = $1 order by submitted_at limit $2`, [person, MOST])).rows.map(({ row }) => row);

/** The department of the latest case. */
export const keeper = async (tx: Tx, person: string): Promise<number | null> =>
  (await tx.query<{ department: number }>('select department from cases.case where applicant = $1 order by submitted_at desc limit 1', [person])).rows[0]?.department ?? null;
