import type { Actor, QueryOf, ResponseOf } from '@zhengwu/contracts';
import type { listIncidents } from '@zhengwu/contracts';
import type { Database, Tx } from '@zhengwu/database';
import { messageRow } from '@zhengwu/messages';
import { decodeCursor, encodeCursor } from './cursor.ts';
import * as store from './store-incidents.ts';

/** Whoever holds it is told of incidents and may try again. */
export const MENDING = 'case.mend';

/** Keeps an incident of a case and tells those who may mend it, once for an event. */
export const tellIncident = async (tx: Tx, event: { id: string; subject: string; payload: Record<string, unknown> }, at: Date): Promise<void> => {
  const [element, reason] = [String(event.payload['element'] ?? ''), String(event.payload['reason'] ?? '')];
  const found = await store.keepIncident(tx, event.subject, element, reason, at);
  if (!found) return;
  const params = { service: found.service_zh, serviceEn: found.service_en, number: found.number, element, reason };
  const people = await store.holdersOf(tx, MENDING);
  await store.writeMessages(tx, people.map((to) => messageRow({ to, template: 'incident', params, caseId: event.subject, key: `incident:${event.id}:${to}`, at })));
};

/** Cases within reach whose process an incident holds now, newest first. */
export const incidentList = (database: Database, actor: Actor, query: QueryOf<typeof listIncidents>): Promise<ResponseOf<typeof listIncidents>> =>
  database.as(actor, async (tx) => {
    const limit = query.limit ?? 20;
    const after = decodeCursor(query.after);
    const rows = await store.selectIncidents(tx, after.at, after.id, limit + 1);
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    return {
      items: page.map((row) => ({ caseId: row.case_id, number: row.number, service: { zh: row.service_zh, en: row.service_en }, element: row.element, reason: row.reason, at: row.at.toISOString() })),
      next: rows.length > limit && last ? encodeCursor({ at: last.at.toISOString(), id: last.case_id, total: 0 }) : null,
      total: page.length, totalCapped: rows.length > limit,
    };
  }, { readOnly: true });
