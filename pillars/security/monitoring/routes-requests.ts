import { listRequests, requestRecords, requestTrace } from '@zhengwu/contracts';
import type { Http } from '@zhengwu/http';
import { redact } from '@zhengwu/log';
import type { Site } from '@zhengwu/module';
import { requestsOf, trailOf } from './request-trail.ts';
import { countRecords, recordsOf } from './store-requests.ts';

/** From an alert to the request to what it left. The system administrator sees how many audit records there are, the audit administrator reads them. */
export const requestRoutes = ({ database, log, audit }: Site, http: Http): void => {
  http.route(listRequests, ({ query }) => ({ items: requestsOf(log.recent(), query) }));
  http.route(requestTrace, async ({ params }) => {
    const trail = trailOf(log.recent(), params.id);
    const records = await database.as(database.system, (tx) => countRecords(tx, params.id, trail.lines[0]?.at ?? null), { readOnly: true });
    return { ...trail, records };
  });
  http.route(requestRecords, async ({ actor, params }) => {
    await audit.read(actor, { event: 'audit.asked', subject: params.id, detail: { request: params.id } });
    const near = trailOf(log.recent(), params.id).lines[0]?.at ?? null;
    const rows = await database.as(actor, (tx) => recordsOf(tx, params.id, near));
    return { items: rows.map((row) => ({ ...row, at: row.at.toISOString(), detail: redact(row.detail) })) };
  });
};
