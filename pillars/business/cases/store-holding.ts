import type { Tx } from '@zhengwu/database';
import type { HeldSubject } from '@zhengwu/module';

const MOST = 5000;

export const subjects = async (tx: Tx, person: string): Promise<HeldSubject[]> =>
  (await tx.query<{ id: string; number: string; service_zh: string; service_en: string }>('select id, number, service_zh, service_en from cases.case where applicant = $1 order by submitted_at desc limit $2', [person, MOST])).rows
    .map(({ id, number, service_zh, service_en }) => ({ id, title: { zh: `${service_zh} ${number}`, en: `${service_en} ${number}` } }));

/** The cases of a person with what they answered and gave; the files themselves are on the page of each case. */
export const gather = async (tx: Tx, person: string): Promise<Record<string, unknown>[]> =>
  (await tx.query<{ row: Record<string, unknown> }>(`select jsonb_build_object('number', c.number, 'service', c.service_zh, 'channel', c.channel, 'state', c.state, 'submittedAt', c.submitted_at, 'acceptedAt', c.accepted_at,
    'closedAt', c.closed_at, 'deliveredAt', c.delivered_at, 'promisedDue', c.promised_due, 'answers', a.answers, 'contact', a.contact, 'materials', coalesce((
      select jsonb_agg(jsonb_build_object('code', m.code, 'file', m.file_name, 'type', m.file_type, 'size', m.file_size, 'givenAt', m.given_at, 'satisfiedBy', m.satisfied_zh) order by m.given_at, m.code)
      from cases.material m where m.case_id = c.id), '[]'::jsonb)) as row
    from cases.case c left join cases.application a on a.case_id = c.id where c.applicant = $1 order by c.submitted_at limit $2`, [person, MOST])).rows.map(({ row }) => row);

/** The department of the latest case. */
export const keeper = async (tx: Tx, person: string): Promise<number | null> =>
  (await tx.query<{ department: number }>('select department from cases.case where applicant = $1 order by submitted_at desc limit 1', [person])).rows[0]?.department ?? null;
