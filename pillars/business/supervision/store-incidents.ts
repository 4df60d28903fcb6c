import type { Tx } from '@zhengwu/database';

interface Incident {
  case_id: string;
  number: string;
  service_zh: string;
  service_en: string;
  element: string;
  reason: string;
  at: Date;
}

/** Keeps the last incident of a case; null when there is no such case. */
export const keepIncident = async (tx: Tx, caseId: string, element: string, reason: string, at: Date): Promise<Pick<Incident, 'number' | 'service_zh' | 'service_en'> | null> => {
  await tx.named('supervision.incident', `insert into supervision.incident (case_id, department, element, reason, at) select c.id, c.department, $2, $3, $4 from cases.case c where c.id = $1
    on conflict (case_id) do update set element = excluded.element, reason = excluded.reason, at = excluded.at`, [caseId, element, reason, at]);
  return (await tx.named<Pick<Incident, 'number' | 'service_zh' | 'service_en'>>('supervision.incident-case', 'select c.number, c.service_zh, c.service_en from cases.case c where c.id = $1', [caseId])).rows[0] ?? null;
};

/** People in office who hold a permission now, stand-ins included. */
export const holdersOf = async (tx: Tx, permission: string): Promise<string[]> =>
  (await tx.named<{ id: string }>('supervision.holders', 'select p.id from directory.person p where p.active and directory.grants_of(p.id) ? $1 order by p.id', [permission])).rows.map(({ id }) => id);

export const writeMessages = async (tx: Tx, rows: readonly unknown[]): Promise<void> => void (await tx.named('supervision.messages', 'select messages.write($1::jsonb)', [JSON.stringify(rows)]));

export const selectIncidents = async (tx: Tx, at: string, id: string, most: number): Promise<Incident[]> =>
  (await tx.named<Incident & Record<string, unknown>>('supervision.incidents', `select i.case_id, c.number, c.service_zh, c.service_en, i.element, i.reason, i.at
    from supervision.incident i join cases.case c on c.id = i.case_id where supervision.is_held(i.case_id) and (i.at, i.case_id) < ($1::timestamptz, $2::uuid)
    order by i.at desc, i.case_id desc limit $3`, [at, id, most])).rows;
