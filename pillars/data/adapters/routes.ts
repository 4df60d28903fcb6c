import * as api from '@zhengwu/contracts';
import type { Actor } from '@zhengwu/contracts';
import type { Http } from '@zhengwu/http';
import type { Site } from '@zhengwu/module';
import type { Tx } from '@zhengwu/database';
import { fail } from './errors.ts';
import { Adapters, type Flow } from './flow.ts';
import { firstTurn } from './schedule.ts';
import * as flows from './store-flows.ts';
import * as store from './store.ts';
import { asPlatform } from './ground.ts';
import { connectionRoutes } from './connection-routes.ts';
import * as reaches from './store-connections.ts';
import { handOut } from './turns.ts';
import { fillable } from './ways.ts';
import { placeView, previewView, refusalView, rowView, runView } from './viewing.ts';

const SHOWN = 50;

const opened = async (tx: Tx, code: string): Promise<flows.FlowRow> => {
  const row = await flows.flow(tx, code);
  if (!row) throw fail('adapter.unknown', { flow: code });
  return row;
};

const list = (site: Site, actor: Actor): Promise<api.ResponseOf<typeof api.listAdapters>> => asPlatform(site, async (tx) => {
  const [rows, last, topics, connections] = [await flows.flows(tx), await flows.lastRuns(tx), await store.topics(tx), await reaches.connections(tx)];
  return {
    items: rows.map((row) => rowView(row, last.get(row.code))),
    registers: fillable(site, actor).map(({ code, name }) => ({ code, name })), connections: connections.map(({ code, name, reach: { kind } }) => ({ code, name, kind })), topics: topics.map(({ code, nameZh, nameEn }) => ({ code, name: { zh: nameZh, en: nameEn } })),
  };
});

/** Who declares a flow may fill the registers that it writes, and read those that it joins. */
const refuseBeyond = (site: Site, actor: Actor, { sink, steps }: Pick<Flow, 'sink' | 'steps'>): void => {
  const reached = new Set(fillable(site, actor).map(({ code }) => code));
  const asked = [...('register' in sink ? [sink.register] : []), ...steps.flatMap((step) => (step.do === 'join' ? [step.register] : []))];
  const beyond = asked.find((code) => !reached.has(code));
  if (beyond !== undefined) throw fail('adapter.beyond', { register: beyond });
};

const put = (site: Site, actor: Actor, code: string, { version, ...declared }: api.BodyOf<typeof api.putAdapter>): Promise<{ version: number }> => asPlatform(site, async (tx) => {
  refuseBeyond(site, actor, declared);
  if ((await flows.holdVersion(tx, code)) !== version) throw fail('adapter.changed', { flow: code });
  const now = await site.use(Adapters).define(tx, { code, ...declared });
  await site.audit.recordFor(tx, actor, { event: 'adapter.defined', subject: code, detail: { version: now, ...declared } });
  return { version: now };
});

/** Changes a flow and records it in the actor's name. */
const change = (site: Site, actor: Actor, entry: { event: string; subject: string; detail?: Record<string, unknown> }, work: (tx: Tx, row: flows.FlowRow) => Promise<unknown>): Promise<Record<string, never>> => asPlatform(site, async (tx) => {
  await work(tx, await opened(tx, entry.subject));
  await site.audit.recordFor(tx, actor, entry);
  return {};
});

const begin = (site: Site, actor: Actor, code: string): Promise<Record<string, never>> => change(site, actor, { event: 'adapter.begun', subject: code }, async (tx, row) => {
  if (row.paused_at) throw fail('adapter.paused', { flow: code });
  await handOut(site, tx, { flow: code, by: actor.name });
});
const pause = (site: Site, actor: Actor, code: string, reason: string): Promise<Record<string, never>> => change(site, actor, { event: 'adapter.paused', subject: code, detail: { reason } }, async (tx) => {
  if (!(await flows.pause(tx, code, actor.name, reason))) throw fail('adapter.paused', { flow: code });
});
const resume = (site: Site, actor: Actor, code: string): Promise<Record<string, never>> => change(site, actor, { event: 'adapter.resumed', subject: code }, async (tx, row) => {
  if (!(await flows.resume(tx, code, firstTurn(row.definition.schedule, site.clock.now())))) throw fail('adapter.not-paused', { flow: code });
});

export const routes = (site: Site, http: Http): void => {
  connectionRoutes(site, http);
  http.route(api.listAdapters, ({ actor }) => list(site, actor));
  http.route(api.readAdapter, ({ params: { code } }) => asPlatform(site, async (tx) => {
    const row = await opened(tx, code);
    const runs = await flows.runs(tx, code, SHOWN);
    return { flow: { code, ...row.definition }, version: row.version, row: rowView(row, runs[0]), runs: runs.map(runView), places: (await flows.places(tx, code, SHOWN)).map(placeView) };
  }));
  http.route(api.putAdapter, ({ actor, params, body }) => put(site, actor, params.code, body));
  http.route(api.previewAdapter, async ({ actor, body: { file, ...draft } }) => {
    refuseBeyond(site, actor, draft);
    return previewView(await site.use(Adapters).preview(draft, file === undefined ? {} : { file }));
  });
  http.route(api.runAdapter, ({ actor, params }) => begin(site, actor, params.code));
  http.route(api.pauseAdapter, ({ actor, params, body }) => pause(site, actor, params.code, body.reason));
  http.route(api.resumeAdapter, ({ actor, params }) => resume(site, actor, params.code));
  http.route(api.listAdapterRefusals, ({ params: { code }, query: { after, limit = 20 } }) => asPlatform(site, async (tx) => {
    await opened(tx, code);
    const rows = await flows.refusals(tx, code, after ?? null, limit + 1);
    return { items: rows.slice(0, limit).map(refusalView), next: rows.length > limit ? String(rows[limit - 1]?.id) : null };
  }));
};
