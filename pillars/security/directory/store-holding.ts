import type { Tx } from '@zhengwu/database';

const MOST = 1000;

/** Mandates that a person gave or took; of the other side its role alone. */
export const mandatesAbout = async (tx: Tx, person: string): Promise<Record<string, unknown>[]> =>
  (await tx.query<{ row: Record<string, unknown> }>(`select jsonb_build_object('side', case when m.principal = $1 then 'given' else 'received' end, 'basis', m.basis, 'services', m.services, 'status', m.status,
    'startsAt', m.starts_at, 'endsAt', m.ends_at, 'endedAt', m.ended_at) as row from directory.mandate m where $1 in (m.principal, m.agent) order by m.starts_at limit $2`, [person, MOST])).rows.map(({ row }) => row);
