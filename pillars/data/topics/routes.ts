import type { AuditEntry } from '@zhengwu/audit';
import * as api from '@zhengwu/contracts';
import type { Actor } from '@zhengwu/contracts';
import type { Tx } from '@zhengwu/database';
import type { Http } from '@zhengwu/http';
import type { Site } from '@zhengwu/module';
import type { Carrier } from './carrier.ts';
import { fail } from './errors.ts';
import * as office from './store-office.ts';
import * as store from './store.ts';
import { Topics } from './topics.ts';

const MOST = 1000;

export const routes = (site: Site, http: Http, carrier: Carrier, wake: () => void): void => {
  const { database, audit } = site;

  http.route(api.listTopics, async ({ actor }) => {
    const { topics, subscriptions } = await database.as(actor, async (tx) => ({ topics: await store.selectTopics(tx), subscriptions: await office.selectSubscriptions(tx) }), { readOnly: true });
    return {
      carrier: await carrier.state(),
      items: await Promise.all(topics.map(async ({ nameZh, nameEn, ...topic }) => ({
        ...topic, name: { zh: nameZh, en: nameEn }, last: await carrier.last(topic.code), followers: subscriptions.filter((one) => one.topic === topic.code).length,
      }))),
    };
  });
  http.route(api.listSubscriptions, async ({ actor }) => {
    const rows = await database.as(actor, office.selectSubscriptions, { readOnly: true });
    const lasts = new Map(await Promise.all([...new Set(rows.map(({ topic }) => topic))].map(async (topic) => [topic, await carrier.last(topic)] as const)));
    return { items: rows.map(({ lowest, lastAt, since, ...row }) => ({ ...row, lag: Math.max(0, (lasts.get(row.topic) ?? 0) - lowest), lastAt: lastAt?.toISOString() ?? null, since: since.toISOString() })) };
  });
  http.route(api.listDeadLetters, ({ actor, query }) => database.as(actor, async (tx) => {
    const limit = query.limit ?? 20;
    const [found, total] = [await office.selectDead(tx, query.after ?? null, limit + 1), await office.countDead(tx, MOST + 1)];
    const items = found.slice(0, limit);
    return { items: items.map(({ cursor: _cursor, at, ...row }) => ({ ...row, at: at.toISOString() })), next: found.length > limit ? items.at(-1)?.cursor ?? null : null, total: Math.min(total, MOST), totalCapped: total > MOST };
  }, { readOnly: true }));

  /** Changes as the platform, recorded in the actor's name in the same transaction. */
  const change = async <T>(actor: Actor, entry: AuditEntry | ((done: T) => AuditEntry), work: (tx: Tx) => Promise<T>): Promise<T> => {
    const done = await database.as(database.system, async (tx) => {
      const result = await work(tx);
      await audit.recordFor(tx, actor, typeof entry === 'function' ? entry(result) : entry);
      return result;
    });
    wake();
    return done;
  };
  const switchTo = (id: string, state: 'on' | 'paused') => async (tx: Tx): Promise<Record<string, never>> => {
    if (!(await office.setState(tx, id, state))) throw fail('topic.subscription-unknown', {});
    return {};
  };
  http.route(api.pauseSubscription, ({ actor, params, body }) => change(actor, { event: 'topic.paused', subject: params.id, detail: body }, switchTo(params.id, 'paused')));
  http.route(api.resumeSubscription, ({ actor, params }) => change(actor, { event: 'topic.resumed', subject: params.id }, switchTo(params.id, 'on')));
  http.route(api.replaySubscription, async ({ actor, params, body }) => {
    const topic = await database.as(actor, (tx) => office.topicOfSubscription(tx, params.id), { readOnly: true });
    if (topic === undefined) throw fail('topic.subscription-unknown', {});
    const position = Math.min(await carrier.last(topic), body.after ?? (body.since === undefined ? 0 : await carrier.before(topic, new Date(body.since))));
    await change(actor, { event: 'topic.replayed', subject: params.id, detail: { topic, position, reason: body.reason } }, (tx) => office.replayFrom(tx, params.id, position));
    return { position };
  });
  const decide = (actor: Actor, { id, offset }: { id: string; offset: number }, reason: string, event: string, work: (tx: Tx) => Promise<boolean>): Promise<Record<string, never>> =>
    change(actor, { event, subject: id, detail: { offset, reason } }, async (tx) => {
      if (!(await work(tx))) throw fail('topic.held-unknown', {});
      return {};
    });
  http.route(api.retryDeadLetter, ({ actor, params, body }) => decide(actor, params, body.reason, 'topic.retried', (tx) => office.retryLetter(tx, params.id, params.offset)));
  http.route(api.discardDeadLetter, ({ actor, params, body }) => decide(actor, params, body.reason, 'topic.discarded', (tx) => office.discardLetter(tx, params.id, params.offset, actor.name, body.reason)));
  http.route(api.grantTopic, ({ actor, body }) => change(actor, { event: 'topic.granted', subject: body.topic, detail: { ...body } }, async (tx) => {
    if (!(await store.selectTopic(tx, body.topic))) throw fail('topic.unknown', { topic: body.topic });
    await site.use(Topics).grant(tx, body);
    return {};
  }));
  http.route(api.withdrawTopic, ({ actor, body }) => change(actor, { event: 'topic.withdrawn', subject: body.topic, detail: { follower: body.follower, reason: body.reason } }, async (tx) => {
    await site.use(Topics).withdraw(tx, body.topic, body.follower);
    return {};
  }));
};
