import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readConfig } from '@zhengwu/config';
import { createLog } from '@zhengwu/log';
import { createTestSite, type TestSite } from '@zhengwu/module';
import { registersModule } from '@zhengwu/registers';
import { topicsModule } from './module.ts';
import { makeNatsCluster, type NatsServer } from './nats.fixture.ts';
import { openStreams, type Stored, type Streams } from './streams.ts';
import { Topics, type Message } from './topics.ts';

const COUNT = 240;
let cluster: NatsServer[];
let site: TestSite;
let streams: Streams;
const taken: Message[] = [];

beforeAll(async () => {
  cluster = await makeNatsCluster();
  await Promise.all(cluster.map((server) => server.start()));
  const config = readConfig({ ZHENGWU_NATS: cluster.map(({ url }) => url).join(','), ZHENGWU_NATS_REPLICAS: '3' });
  streams = openStreams(config.nats, createLog({ level: 'silent' }));
  site = await createTestSite({ modules: [registersModule, topicsModule], config });
  site.site.use(Topics).deliverBy('good', { send: (_to, messages) => { taken.push(...messages); return Promise.resolve({ refused: [] }); } });
  await site.start();
}, 60_000);
afterAll(async () => {
  await streams.close();
  await site.drop();
  for (const server of cluster) await server.remove();
});

const system = <T>(work: Parameters<TestSite['database']['as']>[1]): Promise<T> => site.database.as(site.database.system, work) as Promise<T>;
const stream = async (): Promise<{ name: string; carried: number } | undefined> => (await system<{ rows: { name: string; carried: number }[] }>((tx) => tx.query(`select name, carried from topics.stream where topic = 'news.all'`))).rows[0];

test('each of three servers is killed while messages are published, the one that leads too: none is lost, each is there once and in order', async () => {
  const topics = site.site.use(Topics);
  await system(async (tx) => {
    await topics.define(tx, { code: 'news.all', name: { zh: '新闻', en: 'News' }, owner: 'YC-ZW', isPersonal: false, retentionDays: 30 });
    await topics.grant(tx, { topic: 'news.all', follower: 'A', personal: false, basis: '测试', until: null });
    await topics.subscribe(tx, { topic: 'news.all', follower: 'A', via: 'good', from: 'beginning' });
  });
  let published = 0;
  const publish = (count: number): Promise<void> => system(async (tx) => {
    for (let i = 0; i < count; i++) await topics.publish(tx, { topic: 'news.all', key: `k${String(published % 4)}`, payload: { n: published++ } });
  });
  await publish(COUNT / 4);
  await expect.poll(async () => (await stream())?.carried, { timeout: 40_000, interval: 200 }).toBe(COUNT / 4);
  for (const server of cluster) {
    await server.kill();
    for (let i = 0; i < COUNT / 40; i++) {
      await publish(10);
      await sleep(100);
    }
    await server.start();
    await sleep(1000);
  }
  await expect.poll(async () => (await stream())?.carried, { timeout: 40_000, interval: 200 }).toBe(published);
  await expect.poll(() => new Set(taken.map(({ id }) => id)).size, { timeout: 40_000, interval: 200 }).toBe(published);
  const { name } = (await stream()) as { name: string };
  for (const { folder } of cluster) expect(existsSync(join(folder, 'store/jetstream/$G/streams', name))).toBe(true);
  const stored = async (): Promise<Stored[]> => streams.get(name, Array.from({ length: published + 5 }, (_, i) => i + 1)).catch(() => []);
  await expect.poll(async () => (await stored()).length, { timeout: 20_000, interval: 500 }).toBe(published);
  const all = await stored();
  expect(new Set(all.map(({ id }) => id)).size).toBe(published);
  for (const messages of [all, taken]) {
    for (let k = 0; k < 4; k++) {
      const numbers = [...new Set(messages.filter(({ key }) => key === `k${String(k)}`).map(({ payload }) => Number(payload?.['n'])))];
      expect(numbers).toEqual(Array.from({ length: published }, (_, n) => n).filter((n) => n % 4 === k));
    }
  }
}, 180_000);
