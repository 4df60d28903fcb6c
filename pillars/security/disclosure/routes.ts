import * as api from '@zhengwu/contracts';
import { dayOf } from '@zhengwu/clock';
import { once } from '@zhengwu/database';
import type { Http } from '@zhengwu/http';
import type { Site } from '@zhengwu/module';
import { fail } from './errors.ts';
import type { Exportable } from './exportable.ts';
import { makeExport } from './making.ts';
import * as store from './store.ts';

type Kinds = ReadonlyMap<string, Exportable>;
const HOUR_MS = 3_600_000;
const iso = (at: Date | null): string | null => at?.toISOString() ?? null;
const personOf = (actor: api.Actor): string => actor.personId ?? '';
const titleOf = (kinds: Kinds, kind: string): api.Text => kinds.get(kind)?.title ?? { zh: kind, en: kind };

const requestOf = (site: Site, kinds: Kinds, row: store.RequestRow, actor: api.Actor): api.ExportRequest => {
  const isOver = row.status === 'approved' && ((row.until?.getTime() ?? 0) <= site.clock.now().getTime() || row.used >= (row.allowed ?? 0));
  return {
    id: row.id, kind: row.kind, title: titleOf(kinds, row.kind), person: row.person_name, own: row.person === personOf(actor), reason: row.reason, rows: row.rows, askedAt: row.asked_at.toISOString(), status: isOver ? 'over' : row.status,
    decidedBy: row.decided_name, decidedAt: iso(row.decided_at), note: row.note, allowed: row.allowed, until: iso(row.until), used: row.used,
  };
};
const entryOf = (kinds: Kinds, { id, number, kind, person_name: person, at, rows, size, hash, reason, filter, found, request }: store.ExportRow): api.ExportEntry => ({
  id, number, kind, title: titleOf(kinds, kind), person, at: at.toISOString(), rows, size, hash, reason, filter, found, request,
});
const quotaView = ({ id, kind, role, rows, by_name: by, at }: store.QuotaRow) => ({ id, kind, role, rows, by, at: at.toISOString() });

const taking = (site: Site, http: Http, kinds: Kinds): void => {
  const { database, clock, config } = site;
  const allowed = (actor: api.Actor, kind: string): Exportable => {
    const one = kinds.get(kind);
    if (!one || !Object.hasOwn(actor.permissions, one.permission)) throw fail('export.unknown');
    return one;
  };
  http.route(api.listExportKinds, ({ actor }) => database.as(database.system, async (tx) => {
    const [person, now] = [personOf(actor), clock.now()];
    const items: api.ExportKind[] = [];
    for (const one of kinds.values()) {
      if (!Object.hasOwn(actor.permissions, one.permission)) continue;
      const approval = await store.approvalLeft(tx, person, one.kind, now);
      items.push({
        kind: one.kind, title: one.title, filters: one.filters.map(({ name, title, required }) => ({ name, title, required: required === true })), quota: (await store.quotaOf(tx, person, one.kind)) ?? config.exportRows,
        used: await store.usedOn(tx, person, one.kind, dayOf(now)), approved: approval ? { left: approval.left, until: approval.until.toISOString() } : null,
      });
    }
    return { items, requests: (await store.requestsOf(tx, person)).map((row) => requestOf(site, kinds, row, actor)), exports: (await store.exportsOf(tx, person, 20)).map((row) => entryOf(kinds, row)) };
  }, { readOnly: true }));
  http.route(api.makeExport, async ({ actor, params, body, idempotencyKey, requestHash, language }) => {
    const made = await makeExport(site, allowed(actor, params.kind), actor, { filter: body.filter ?? {}, reason: body.reason ?? null, key: `${idempotencyKey}/${requestHash}`, language: language === 'en' ? 'en' : 'zh' });
    const { number, name, rows, text, hash } = made;
    return { number, name, type: 'text/csv;charset=utf-8', rows, text, hash };
  });
  http.route(api.askExport, ({ actor, body, idempotencyKey, requestHash }) => {
    allowed(actor, body.kind);
    return database.as(database.system, async (tx) => (await once(tx, { operation: api.askExport.id, key: `${actor.accountId}/${idempotencyKey}`, requestHash }, async () => {
      const row = await store.ask(tx, { person: personOf(actor), name: actor.name, ...body });
      if (!row) throw fail('export.asked-already');
      await site.audit.recordFor(tx, actor, { event: 'disclosure.asked', subject: row.id, detail: { kind: body.kind, rows: body.rows } });
      await site.events.append(tx, { type: 'disclosure.asked', subject: row.id, payload: { kind: body.kind, rows: body.rows } });
      return { status: 201, answer: requestOf(site, kinds, row, actor) };
    })).answer as never);
  });
  http.route(api.withdrawExport, ({ actor, params }) => database.as(database.system, async (tx) => {
    const row = await store.withdraw(tx, params.id, personOf(actor));
    if (!row) throw fail('export.decided');
    await site.audit.recordFor(tx, actor, { event: 'disclosure.withdrawn', subject: row.id });
    return requestOf(site, kinds, row, actor);
  }));
};

const overseeing = (site: Site, http: Http, kinds: Kinds): void => {
  const { database, clock, config } = site;
  http.route(api.exportLedger, ({ actor, query }) => database.as(actor, async (tx) => {
    const limit = query.limit ?? 20;
    const rows = await store.ledger(tx, { after: query.after ?? null, kind: query.kind ?? null, limit: limit + 1 });
    return { items: rows.slice(0, limit).map((row) => entryOf(kinds, row)), next: rows.length > limit ? (rows[limit - 1]?.id ?? null) : null };
  }));
  http.route(api.exportRequests, ({ actor, query }) => database.as(actor, async (tx) => ({ items: (await store.requests(tx, query.open ?? false)).map((row) => requestOf(site, kinds, row, actor)) })));
  http.route(api.decideExport, ({ actor, params, body }) => database.as(database.system, async (tx) => {
    const asked = await store.requestById(tx, params.id);
    if (asked?.status !== 'asked') throw fail('export.decided');
    if (asked.person === personOf(actor)) throw fail('export.own-request');
    if (body.approve && (body.rows === undefined || body.hours === undefined)) throw fail('export.limits');
    const until = body.approve ? new Date(clock.now().getTime() + (body.hours ?? 0) * HOUR_MS) : null;
    const row = await store.decide(tx, params.id, { person: personOf(actor), name: actor.name }, { status: body.approve ? 'approved' : 'refused', note: body.note, allowed: body.approve ? (body.rows ?? null) : null, until });
    if (!row) throw fail('export.decided');
    await site.audit.recordFor(tx, actor, { event: body.approve ? 'disclosure.approved' : 'disclosure.refused', subject: row.id, detail: { kind: row.kind, asked: row.rows, allowed: row.allowed, until: iso(row.until) } });
    await site.events.append(tx, { type: 'disclosure.decided', subject: row.id, payload: { person: row.person, status: row.status } });
    return requestOf(site, kinds, row, actor);
  }));
  http.route(api.exportQuotas, ({ actor }) => database.as(actor, async (tx) => ({ standard: config.exportRows, items: (await store.quotas(tx)).map(quotaView), kinds: [...kinds.values()].map(({ kind, title }) => ({ kind, title })) })));
  http.route(api.putExportQuota, ({ actor, body }) => database.as(database.system, async (tx) => {
    if ((body.kind !== null && !kinds.has(body.kind)) || (body.role !== null && !(await store.hasRole(tx, body.role)))) throw fail('export.unknown');
    if (body.rows === null) await store.dropQuota(tx, body.kind, body.role);
    else await store.putQuota(tx, body.kind, body.role, body.rows, actor.name);
    await site.audit.recordFor(tx, actor, { event: 'disclosure.quotaChanged', subject: body.kind ?? '*', detail: { role: body.role, rows: body.rows, reason: body.reason } });
    return { items: (await store.quotas(tx)).map(quotaView) };
  }));
};

export const routes = (site: Site, http: Http, kinds: Kinds): void => {
  taking(site, http, kinds);
  overseeing(site, http, kinds);
};
