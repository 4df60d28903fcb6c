import { dayOf } from '@zhengwu/clock';
import type { Tx } from '@zhengwu/database';
import type { Site } from '@zhengwu/module';
import type { Carrier } from './carrier.ts';
import { fail } from './errors.ts';
import * as store from './store.ts';
import type { Delivery, Handler, NewMessage, NewSubscription, Topics } from './topics.ts';

/** Type of the outbox event by which a message leaves the transaction that published it. */
export const PUBLISHED = 'topic.published';

export interface OpenTopics extends Topics {
  readonly ways: Map<string, Delivery>;
  readonly handlers: Map<string, Handler>;
}

/** Events of one subject are handed on in order: a topic's key is one. */
const publish = (site: Site, tx: Tx, { topic, key, payload }: NewMessage): Promise<string> =>
  site.events.append(tx, { type: PUBLISHED, subject: `${topic} ${key}`, payload: { topic, key, payload } });

const allowed = async (site: Site, tx: Tx, { topic, follower, via }: NewSubscription): Promise<void> => {
  const found = await store.selectTopic(tx, topic);
  if (!found) throw fail('topic.unknown', { topic });
  if (via === 'inside') return;
  const grant = await store.selectGrant(tx, topic, follower, dayOf(site.clock.now()));
  if (!grant) throw fail('topic.not-granted', { topic, follower });
  if (found.isPersonal && !grant.personal) throw fail('topic.not-for-persons', { topic, follower });
};

export const openTopics = (site: Site, carrier: Carrier): OpenTopics => {
  const ways = new Map<string, Delivery>();
  const handlers = new Map<string, Handler>();
  return {
    ways, handlers,
    define: store.upsertTopic,
    publish: async (tx, message) => void (await publish(site, tx, message)),
    grant: store.upsertGrant,
    granted: async (topic, follower) => (await site.database.as(site.database.system, (tx) => store.selectGrant(tx, topic, follower, dayOf(site.clock.now())), { readOnly: true })) ?? null,
    withdraw: store.deleteGrant,
    subscribe: async (tx, subscription) => {
      await allowed(site, tx, subscription);
      return store.upsertSubscription(tx, subscription, subscription.from === 'beginning' ? 0 : await carrier.last(subscription.topic));
    },
    state: carrier.state,
    deliverBy: (via, delivery) => void ways.set(via, delivery),
    handleBy: (handler) => void handlers.set(handler.name, handler),
  };
};
