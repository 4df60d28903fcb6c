import type { Tx } from '@zhengwu/database';

const MOST = 2000;

/** Records about one person as they are known now, with the spans for which they held. */
export const gather = async (tx: Tx, person: string): Promise<Record<string, unknown>[]> =>
  (await tx.query<{ row: Record<string, unknown> }>(`select jsonb_build_object('register', coalesce(g.name_zh, r.register), 'key', r.key, 'data', r.data, 'validFrom', r.valid_from, 'validTo', r.valid_to, 'cause', r.cause) as row
    from registers.record r left join registers.register g on g.code = r.register where r.subject = $1 and r.known_to is null order by r.register, r.valid_from limit $2`, [person, MOST])).rows.map(({ row }) => row);

/** Code of the department that keeps the register which has most about them. */
export const keeper = async (tx: Tx, person: string): Promise<string | null> =>
  (await tx.query<{ keeper: string }>(`select g.keeper from registers.record r join registers.register g on g.code = r.register
    where r.subject = $1 and r.known_to is null group by g.keeper order by count(*) desc, g.keeper limit 1`, [person])).rows[0]?.keeper ?? null;
