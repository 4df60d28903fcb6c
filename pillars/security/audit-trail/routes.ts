import { searchAudit } from '@zhengwu/contracts';
import type { Module } from '@zhengwu/module';
import * as store from './store.ts';

export const routes: NonNullable<Module['routes']> = (site, http) => {
  http.route(searchAudit, async ({ actor, query }) => {
    const limit = query.limit ?? 20;
    await site.audit.read(actor, { event: 'audit.asked', subject: query.subject ?? query.person ?? '-', detail: { ...query } });
    const rows = await site.database.as(actor, (tx) => store.search(tx, query, limit + 1));
    const items = rows.slice(0, limit);
    const positions = await site.database.as(site.database.system, (tx) => store.positions(tx, items.map(({ id }) => id)));
    return { items: items.map((row) => ({ ...row, position: positions.get(row.id) ?? null })), next: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
  });
};
