import { dayOf } from '@zhengwu/clock';
import type { Site } from '@zhengwu/module';
import type { Carrier } from './carrier.ts';
import * as store from './store.ts';

const DAY_MS = 86_400_000;

/** Forgets messages older than their topic keeps them, and subscriptions whose grant has ended. */
export const forget = async ({ database, clock, log }: Site, carrier: Carrier): Promise<void> => {
  const now = clock.now();
  const { topics, lapsed } = await database.as(database.system, async (tx) => ({ topics: await store.selectTopics(tx), lapsed: await store.deleteLapsed(tx, dayOf(now)) }));
  for (const { topic, follower } of lapsed) log.warn({ topic, follower }, 'a grant has ended, and with it the subscription');
  for (const { code, retentionDays } of topics) await carrier.forget(code, new Date(now.getTime() - retentionDays * DAY_MS));
};
