import type { Tx } from '@zhengwu/database';

/** Audit records of a request within ten minutes around `near`, or within the last day where its time is not known. The trail is found by time: requests have no index of their own. */
const SPAN = `r.request = $1 and r.at >= coalesce($2::timestamptz - interval '10 minutes', now() - interval '1 day') and r.at <= coalesce($2::timestamptz + interval '10 minutes', now())`;

export const countRecords = async (tx: Tx, request: string, near: string | null): Promise<number> =>
  (await tx.query<{ n: number }>(`select count(*)::int as n from (select 1 from audit.record r where ${SPAN} limit 1000) found`, [request, near])).rows[0]?.n ?? 0;

export interface RequestRecord {
  id: string;
  at: Date;
  name: string | null;
  kind: string;
  event: string;
  subject: string;
  detail: unknown;
}
export const recordsOf = async (tx: Tx, request: string, near: string | null): Promise<RequestRecord[]> =>
  (await tx.query<RequestRecord & Record<string, unknown>>(`select id, at, name, kind, event, subject, detail from audit.record r where ${SPAN} order by r.at limit 200`, [request, near])).rows;
