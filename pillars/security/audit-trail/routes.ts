import { auditState, listAuditEvents, openAuditRecord, proveAuditRecord, reportAudit, searchAudit, verifyAudit } from '@zhengwu/contracts';
import { auditEvents } from '@zhengwu/audit';
import { once } from '@zhengwu/database';
import type { Module, Site } from '@zhengwu/module';
import { fail } from './errors.ts';
import type { TreeHead } from './head.ts';
import { shown } from './masking.ts';
import { LARGEST_RANGE, pathOf, verifyRange } from './range.ts';
import * as reading from './store-reading.ts';
import * as store from './store.ts';

type Http = Parameters<NonNullable<Module['routes']>>[1];
const headOf = (head: store.Head | undefined) => {
  if (!head) return null;
  const { size, root, at } = JSON.parse(Buffer.from(head.jws.split('.')[1] ?? '', 'base64url').toString()) as TreeHead;
  return { size, root, at, stamped: head.token !== null };
};

const searching = ({ database, audit }: Site, http: Http): void => {
  http.route(searchAudit, async ({ actor, query }) => {
    const limit = query.limit ?? 20;
    await audit.read(actor, { event: 'audit.asked', subject: query.subject ?? query.person ?? '-', detail: { ...query } });
    const rows = await database.as(actor, (tx) => store.search(tx, query, limit + 1));
    const items = rows.slice(0, limit);
    const positions = await database.as(database.system, (tx) => store.positions(tx, items.map(({ id }) => id)));
    return { items: items.map((row) => ({ ...row, detail: shown(row.detail), position: positions.get(row.id) ?? null })), next: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
  });
  http.route(listAuditEvents, () => ({ items: [...auditEvents()].map(([event, { zh, en, personal }]) => ({ event, name: { zh, en }, personal: personal === true })) }));
  http.route(openAuditRecord, async ({ actor, params }) => {
    const record = await database.as(actor, (tx) => store.byId(tx, params.id));
    if (!record) throw fail('trail.no-record');
    return database.as(database.system, async (tx) => {
      const place = await reading.placeOf(tx, params.id);
      return { record: { ...record, detail: shown(record.detail), position: place?.position ?? null }, leaf: place?.leaf.toString('hex') ?? null, head: place ? headOf(await store.lastHead(tx)) : null };
    });
  });
};

const proving = ({ database, audit }: Site, http: Http): void => {
  http.route(proveAuditRecord, async ({ params }) =>
    database.as(database.system, async (tx) => {
      const [place, head] = [await reading.placeOf(tx, params.id), await store.lastHead(tx)];
      if (!place || !head) throw fail('trail.not-appended');
      const record = await reading.recordOf(tx, place.position);
      if (!record) throw fail('trail.no-record');
      return { record, position: place.position, path: await pathOf(tx, place.position, head.size), head: head.jws };
    }, { isolation: 'repeatable read' }));

  http.route(auditState, async () => database.as(database.system, async (tx) => {
    const log = await store.readLog(tx);
    const { verified, exported } = await reading.lastKept(tx);
    return {
      ...log, head: headOf(await store.lastHead(tx)), waiting: await reading.waiting(tx),
      verified: verified && { ...verified, at: verified.at.toISOString() }, exported: exported && { ...exported, at: exported.at.toISOString() },
    };
  }));

  http.route(verifyAudit, ({ actor, body, idempotencyKey, requestHash }) => database.as(database.system, async (tx) => {
    const { answer } = await once(tx, { operation: verifyAudit.id, key: `${actor.accountId}/${idempotencyKey}`, requestHash }, async () => {
      const head = headOf(await store.lastHead(tx));
      const until = Math.min(body.until ?? Number.MAX_SAFE_INTEGER, head?.size ?? 0, body.from + LARGEST_RANGE);
      const findings = head ? await verifyRange(tx, body.from, until, head, (await store.readLog(tx)).retainedFrom) : [];
      const at = await reading.noteVerification(tx, body.from, Math.max(body.from, until), actor.name, findings);
      await audit.recordFor(tx, actor, { event: 'audit.verified', subject: 'audit', detail: { from: body.from, until, findings: findings.length } });
      return { status: 200, answer: { at: at.toISOString(), from: body.from, until: Math.max(body.from, until), by: actor.name, findings } };
    });
    return answer as never;
  }));
};

const reporting = ({ database }: Site, http: Http): void => {
  http.route(reportAudit, async ({ params, query }) => {
    const personal = [...auditEvents()].filter(([, { personal: isPersonal }]) => isPersonal).map(([event]) => event);
    const rows = await database.as(database.system, (tx) => reading.report(tx, params.kind, query.from, query.until, personal), { readOnly: true });
    return { rows: rows.map((row) => ({ ...row, name: row.name ?? nameOf(params.kind, row.key) })) };
  });
};

const nameOf = (kind: string, key: string) => {
  const event = kind === 'events' ? auditEvents().get(key) : undefined;
  return event ? { zh: event.zh, en: event.en } : null;
};

export const routes: NonNullable<Module['routes']> = (site, http) => {
  searching(site, http);
  proving(site, http);
  reporting(site, http);
};
