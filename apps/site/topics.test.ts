import { afterAll, beforeAll, expect, test } from 'vitest';
import * as api from '@zhengwu/contracts';
import { Checks } from '@zhengwu/monitoring';
import { Topics, type Message } from '@zhengwu/topics';
import { openCity, type TestCity } from './test/city.ts';
import { until } from './test/people.ts';

let city: TestCity;
let centre: Awaited<ReturnType<TestCity['official']>>;
const taken: Message[] = [];
let isRefused = (_message: Message): boolean => false;
const topic = 'notices';
const system = <T>(work: Parameters<TestCity['site']['database']['as']>[1]): Promise<T> => city.site.database.as(city.site.database.system, work) as Promise<T>;
const publish = (key: string): Promise<void> => system((tx) => city.site.site.use(Topics).publish(tx, { topic, key, payload: { key } }));
const subscription = async (): Promise<api.SubscriptionRow> => (await centre.call(api.listSubscriptions, {})).items.find((one) => one.topic === topic) as api.SubscriptionRow;

beforeAll(async () => {
  city = await openCity();
  centre = await city.official('data01');
  const topics = city.site.site.use(Topics);
  topics.deliverBy('test', {
    send: (_to, messages) => {
      const refused = messages.filter(isRefused);
      taken.push(...messages.filter((message) => !refused.includes(message)));
      return Promise.resolve({ refused: refused.map(({ offset }) => ({ offset, reason: 'not like this' })) });
    },
  });
  await system((tx) => topics.define(tx, { code: topic, name: { zh: '通知', en: 'Notices' }, owner: 'YC-SC', isPersonal: false, retentionDays: 30 }));
}, 120_000);
afterAll(() => city.close());

test('the data centre sees the topics, what carries them and who follows; whoever is not of it does not', async () => {
  const { carrier, items } = await centre.call(api.listTopics, {});
  expect(carrier).toEqual({ kind: 'database', isAway: false, waiting: 0 });
  expect(items.find(({ code }) => code === 'register.population')).toMatchObject({ isPersonal: true, retentionDays: 180 });
  const window01 = await city.official('window01');
  const tried = [window01.call(api.listTopics, {}), window01.call(api.listSubscriptions, {}), window01.call(api.listDeadLetters, {}), window01.call(api.grantTopic, { body: { topic, follower: 'A', personal: false, basis: '协议', until: null } })];
  for (const one of tried) await expect(one).rejects.toMatchObject({ problem: { code: 'access.denied' } });
});

test('what carries topics is among what the site checks of itself', async () => {
  const check = city.site.site.use(Checks).all().find(({ id }) => id === 'queues.topics');
  expect(await check?.run(AbortSignal.timeout(1000))).toMatchObject({ state: 'good', value: 0 });
});

test('a right is granted, a follower held back, let go on and set back; a dead letter is tried again and another given up; each is in the trail with its reason', async () => {
  await expect(centre.call(api.grantTopic, { body: { topic: 'no-such', follower: 'A', personal: false, basis: '协议', until: null } })).rejects.toMatchObject({ problem: { code: 'topic.unknown' } });
  await centre.call(api.grantTopic, { body: { topic, follower: 'A', personal: false, basis: '协议', until: null } });
  const id = await system<string>((tx) => city.site.site.use(Topics).subscribe(tx, { topic, follower: 'A', via: 'test', mostAttempts: 1 }));
  await publish('a');
  expect(await until(subscription, ({ delivered }) => delivered === 1)).toMatchObject({ follower: 'A', state: 'on', lag: 0, failure: null });

  await centre.call(api.pauseSubscription, { params: { id }, body: { reason: '对方检修' } });
  await publish('b');
  expect(await until(subscription, ({ lag }) => lag === 1)).toMatchObject({ state: 'paused', delivered: 1 });
  await centre.call(api.resumeSubscription, { params: { id }, body: {} });
  await until(subscription, ({ delivered }) => delivered === 2);
  expect(await centre.call(api.replaySubscription, { params: { id }, body: { reason: '对方丢失', after: 0 } })).toEqual({ position: 0 });
  await expect.poll(() => taken.map(({ key }) => key)).toEqual(['a', 'b', 'a', 'b']);

  isRefused = () => true;
  await publish('c');
  await publish('d');
  await until(subscription, ({ dead }) => dead === 2);
  isRefused = () => false;
  const { items } = await centre.call(api.listDeadLetters, { query: {} });
  const offsets = items.map(({ offset }) => offset).toSorted((a, b) => a - b);
  expect(offsets).toHaveLength(2);
  expect(items[0]).toMatchObject({ subscription: id, follower: 'A', attempts: 1, failure: 'not like this' });
  const [first = 0, second = 0] = offsets;
  await centre.call(api.retryDeadLetter, { params: { id, offset: first }, body: { reason: '对方已改' } });
  await expect.poll(() => taken.at(-1)?.offset).toBe(first);
  await centre.call(api.discardDeadLetter, { params: { id, offset: second }, body: { reason: '已用其他途径告知' } });
  await expect(centre.call(api.discardDeadLetter, { params: { id, offset: second }, body: { reason: '再来' } })).rejects.toMatchObject({ problem: { code: 'topic.held-unknown' } });
  expect((await centre.call(api.listDeadLetters, { query: {} })).items).toEqual([]);

  await centre.call(api.withdrawTopic, { body: { topic, follower: 'A', reason: '协议终止' } });
  expect(await subscription()).toBeUndefined();
  const { rows } = await system<{ rows: { event: string; reason: string | null }[] }>((tx) => tx.query(`select event, detail->>'reason' as reason from audit.record where event like 'topic.%' order by at`));
  expect(rows.map(({ event }) => event)).toEqual(['topic.granted', 'topic.paused', 'topic.resumed', 'topic.replayed', 'topic.retried', 'topic.discarded', 'topic.withdrawn']);
  expect(rows.flatMap(({ reason }) => (reason === null ? [] : [reason]))).toEqual(['对方检修', '对方丢失', '对方已改', '已用其他途径告知', '协议终止']);
}, 60_000);
