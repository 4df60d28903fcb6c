import * as api from '@zhengwu/contracts';
import type { Actor } from '@zhengwu/contracts';
import { once, type Tx } from '@zhengwu/database';
import { Directory } from '@zhengwu/directory';
import type { Call, Http } from '@zhengwu/http';
import type { Site } from '@zhengwu/module';
import { possibleActs, rowOf, type Entry } from './entry.ts';
import { fail } from './errors.ts';
import { begin, change, perform, reading, today } from './keeping.ts';
import { openStates, registers } from './registers/all.ts';
import { drillRoutes } from './routes-drills.ts';
import { dutyRoutes } from './routes-duties.ts';
import { stateRoutes } from './routes-state.ts';
import * as store from './store.ts';
import { linkRoutes } from './routes-links.ts';
import { around } from './walk.ts';

export const namesOf = async (site: Site, entries: readonly Pick<Entry, 'owner'>[]): Promise<ReadonlyMap<string, string>> => {
  const ids = [...new Set(entries.flatMap(({ owner }) => owner ?? []))];
  return new Map(ids.length === 0 ? [] : (await site.use(Directory).officials(ids)).map(({ id, name }) => [id, name]));
};

const listing = (site: Site, http: Http): void => {
  http.route(api.listRegisters, ({ actor }) => reading(site, actor, async (tx) => {
    const counted = new Map((await store.counts(tx, openStates, today(site))).map((one) => [one.register, one]));
    return { items: registers.map(({ code, domain, name, keeper, fields, states, dueName, dated, owned, acknowledged }) => {
      const { total = 0, open = 0, overdue = 0 } = counted.get(code) ?? {};
      return { code, domain, name, keeper, fields: fields.map((one) => ({ ...one, options: [...one.options] })), dueName: dueName ?? null, dated, owned, acknowledged, states: [...states], total, open, overdue };
    }) };
  }));
  http.route(api.listEntries, async ({ actor, query }) => {
    const limit = query.limit ?? 20;
    const day = today(site);
    const found = await reading(site, actor, (tx) => store.entries(tx, query, openStates, day, limit + 1));
    const items = found.slice(0, limit);
    const names = await namesOf(site, items);
    return { items: items.map((one) => rowOf(one, names, day)), next: found.length > limit ? (items.at(-1)?.number ?? null) : null };
  });
};

const opened = async (site: Site, tx: Tx, actor: Actor, id: string) => {
  const entry = await store.entryById(tx, id);
  if (!entry) throw fail('governance.unknown');
  const [history, proofs, deeds, approvals, links] = [await store.changes(tx, id), await store.proofs(tx, id), await store.deeds(tx, id), await store.approvals(tx, entry, null), await around(site, tx, `entry:${id}`)];
  return {
    ...rowOf(entry, await namesOf(site, [entry]), today(site)), fields: entry.fields, createdAt: entry.createdAt, approvals,
    acts: possibleActs(entry, deeds, actor).map(({ code, name, needs, reason, fields }) => ({ code, name, needs, reason, fields: [...fields] })),
    history: history.map(({ version, act, reason, before, after, at, name }) => ({ version, act, reason, before, after, at: at.toISOString(), by: name })), proofs: proofs.map((one) => ({ ...one, at: one.at.toISOString() })),
    forward: links.forward, backward: links.backward,
  };
};

type Creating = Call<unknown, unknown, api.BodyOf<typeof api.createEntry>>;
const keeping = (site: Site, http: Http): void => {
  const { database } = site;
  http.route(api.readEntry, ({ actor, params }) => reading(site, actor, (tx) => opened(site, tx, actor, params.id)));
  const creating = (keeper: 'keep' | 'inspect', id: string) => ({ actor, body, idempotencyKey, requestHash }: Creating) => database.as(actor, async (tx) =>
    (await once(tx, { operation: id, key: idempotencyKey, requestHash }, async () => ({ status: 201, answer: await begin(site, tx, actor, body, keeper) }))).answer as { id: string; number: string });
  http.route(api.createEntry, creating('keep', api.createEntry.id));
  http.route(api.raiseEntry, creating('inspect', api.raiseEntry.id));
  const stands = ({ state, version }: Entry) => ({ state, version });
  http.route(api.changeEntry, async ({ actor, params, body }) => stands(await database.as(actor, (tx) => change(site, tx, actor, params.id, body, 'keep'))));
  http.route(api.amendEntry, async ({ actor, params, body }) => stands(await database.as(actor, (tx) => change(site, tx, actor, params.id, body, 'inspect'))));
  http.route(api.actOnEntry, async ({ actor, params, body }) => stands(await database.as(actor, (tx) => perform(site, tx, actor, params.id, body, 'keep'))));
  http.route(api.decideEntry, async ({ actor, params, body }) => stands(await database.as(actor, (tx) => perform(site, tx, actor, params.id, body, 'approve'))));
  http.route(api.recheckEntry, async ({ actor, params, body }) => stands(await database.as(actor, (tx) => perform(site, tx, actor, params.id, body, 'inspect'))));
};

export const routes = (site: Site, http: Http): void => {
  listing(site, http);
  keeping(site, http);
  linkRoutes(site, http);
  dutyRoutes(site, http);
  stateRoutes(site, http);
  drillRoutes(site, http);
};
