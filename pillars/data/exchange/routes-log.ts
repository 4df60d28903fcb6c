import * as api from '@zhengwu/contracts';
import { fileAnswer, type Http } from '@zhengwu/http';
import type { Site } from '@zhengwu/module';
import { MIMETYPE } from './container.ts';
import { openContainer } from './downloading.ts';
import { fail } from './errors.ts';
import { Running } from './exchange.ts';
import * as log from './store-log.ts';
import { traceMessage } from './tracing.ts';

const called = (row: log.CallRow): api.ExchangeCall => ({
  request: row.request, role: row.role, message: row.message, client: row.client, service: row.service, method: row.method, path: row.path, peer: row.peer, at: row.request_in.toISOString(), took: row.answer_out.getTime() - row.request_in.getTime(),
  requestSize: row.request_size, answerSize: row.answer_size, status: row.status, succeeded: row.succeeded, fault: row.fault,
});

/** Where a page of the log goes on. */
const cursorOf = ({ request_in: at, request }: log.CallRow): string => `${at.toISOString()}_${request}`;
const readCursor = (text: string | undefined): { at: Date; request: string } | undefined => {
  const [, at, request] = /^(\d{4}-[\d:T.-]+Z)_([0-9a-f-]{36})$/.exec(text ?? '') ?? [];
  return at === undefined || request === undefined ? undefined : { at: new Date(at), request };
};

export const logRoutes = (site: Site, http: Http): void => {
  const { database } = site;
  http.route(api.searchExchangeCalls, async ({ query: { from, to, faults, after, limit = 50, ...query } }) => {
    const rows = await database.as(database.system, (tx) => log.searchCalls(tx, {
      ...query, from: from === undefined ? undefined : new Date(from), to: to === undefined ? undefined : new Date(to), onlyFaults: faults, before: readCursor(after), limit: limit + 1,
    }), { readOnly: true });
    const [shown, last] = [rows.slice(0, limit), rows[limit - 1]];
    return { items: shown.map(called), next: rows.length > limit && last ? cursorOf(last) : null };
  });
  http.route(api.readExchangeMessage, async ({ params: { request } }) => {
    const node = await site.use(Running).node();
    const { calls, records, times } = await database.as(database.system, async (tx) => {
      const [calls, records] = [await log.callsOf(tx, request), await log.recordsOf(tx, request)];
      return { calls, records, times: await log.batchTimes(tx, records.flatMap(({ batch }) => (batch === null ? [] : [batch]))) };
    }, { readOnly: true });
    if (calls.length === 0 && records.length === 0) throw fail('exchange.unknown-message');
    const { steps, silent } = await traceMessage(node, request);
    const [call] = calls;
    return {
      call: call ? called(call) : null, faultMessage: call?.fault_message ?? null, silent, steps,
      records: records.map(({ id, kind, role, at, body_size: size, algorithm, signer, batch }) => ({ id, kind, role, at: at.toISOString(), size, algorithm, signer, batch, stampedAt: batch === null ? null : (times.get(batch)?.toISOString() ?? null) })),
    };
  });
  http.route(api.downloadExchangeContainer, async ({ params }) => {
    const { body, name } = await openContainer({ site }, params.id);
    return fileAnswer({ body, type: MIMETYPE, name });
  });
};
