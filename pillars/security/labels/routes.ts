import { changeLabel, decideLabel, labelLevel, labelLevels, labelRequests, readLabel, type Actor, type LabelChange } from '@zhengwu/contracts';
import type { Http } from '@zhengwu/http';
import type { Site } from '@zhengwu/module';
import { fail } from './errors.ts';
import * as store from './store.ts';

const codeOf = (level: number) => labelLevels[level] ?? 'topSecret';

const viewOf = (row: store.ChangeRow): LabelChange => ({
  id: row.id, kind: row.kind, object: row.object, was: codeOf(row.was), level: codeOf(row.level), reason: row.reason, state: row.state, by: row.by_name, at: row.at.toISOString(),
  decidedBy: row.decided_name, decidedAt: row.decided_at?.toISOString() ?? null, opinion: row.opinion,
});

const seen = async (site: Site, actor: Actor, kind: string, key: string): Promise<number> => {
  const level = await store.labelOf(site.database, actor, kind, key);
  if (level === null) throw fail('label.unknown');
  return level;
};

/** Raised at once; a lowering is only written down and waits for another person. */
const change = (site: Site, actor: Actor, wanted: { kind: string; object: string; was: number; level: number; reason: string }) =>
  site.database.as(site.database.system, async (tx) => {
    const isRaise = wanted.level > wanted.was;
    if (isRaise && !(await store.put(tx, wanted.kind, wanted.object, wanted.was, wanted.level))) throw fail('label.decided');
    const row = await store.insertChange(tx, actor, { ...wanted, state: isRaise ? 'done' : 'asked' });
    if (!row) throw fail('label.asked-already');
    await store.record(tx, actor, isRaise ? 'label.raised' : 'label.lowering-asked', wanted.object, { kind: wanted.kind, was: codeOf(wanted.was), level: codeOf(wanted.level), reason: wanted.reason });
    return viewOf(row);
  });

export const routes = (site: Site, http: Http): void => {
  const { database } = site;
  http.route(readLabel, async ({ actor, params }) => {
    const level = await seen(site, actor, params.kind, params.key);
    return database.as(database.system, async (tx) => ({
      level: codeOf(level), highest: codeOf(Math.min(actor.clearance, await store.highest(tx))), history: (await store.historyOf(tx, params.kind, params.key, actor.clearance)).map(viewOf),
    }), { readOnly: true });
  });
  http.route(changeLabel, async ({ actor, params, body }) => {
    const was = await seen(site, actor, params.kind, params.key);
    const level = labelLevel(body.level);
    if (level === was) throw fail('label.same');
    if (level > actor.clearance) throw fail('label.above-clearance');
    return change(site, actor, { kind: params.kind, object: params.key, was, level, reason: body.reason });
  });
  http.route(labelRequests, ({ actor }) => database.as(actor, async (tx) => ({ items: (await store.requests(tx)).map(viewOf) }), { readOnly: true }));
  http.route(decideLabel, async ({ actor, params, body }) => {
    const asked = await database.as(actor, (tx) => store.request(tx, params.id), { readOnly: true });
    if (!asked) throw fail('label.decided');
    if (asked.by_person === actor.personId) throw fail('label.own-request');
    return database.as(database.system, async (tx) => {
      const row = await store.decide(tx, actor, asked.id, body.agrees ? 'done' : 'refused', body.opinion);
      if (!row || (body.agrees && !(await store.put(tx, asked.kind, asked.object, asked.was, asked.level)))) throw fail('label.decided');
      await store.record(tx, actor, body.agrees ? 'label.lowered' : 'label.kept', asked.object, { kind: asked.kind, was: codeOf(asked.was), level: codeOf(asked.level), askedBy: asked.by_name, opinion: body.opinion });
      return viewOf(row);
    });
  });
};
