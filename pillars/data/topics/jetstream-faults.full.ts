import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readConfig } from '@zhengwu/config';
import { createTestDatabase, type TestDatabase } from '@zhengwu/database';
import { createLog } from '@zhengwu/log';
import { createTestSite, schemasOf, type TestSite } from '@zhengwu/module';
import { registersModule } from '@zhengwu/registers';
import { CarrierAway } from './carrier.ts';
import { jetStreamCarrier } from './carrier-jetstream.ts';
import { Carrying, topicsModule } from './module.ts';
import { makeNatsServer, type NatsServer } from './nats.fixture.ts';
import { openStreams, type Stored, type Streams } from './streams.ts';
import { Topics, type Message } from './topics.ts';

const modules = [registersModule, topicsModule];
const topic = 'news.all';

let server: NatsServer;
let database: TestDatabase;
let streams: Streams;
let sites: TestSite[] = [];
let taken: Message[] = [];

/** A process of the site, carried by the server or, without one, by the database. */
const openSite = async (isCarried = true): Promise<TestSite> => {
  const site = await createTestSite({ modules, database, config: readConfig(isCarried ? { ZHENGWU_NATS: server.url } : {}) });
  site.site.use(Topics).deliverBy('good', { send: (_to, messages) => { taken.push(...messages); return Promise.resolve({ refused: [] }); } });
  await site.start();
  sites.push(site);
  return site;
};
const system = <T>(work: Parameters<TestDatabase['as']>[1]): Promise<T> => database.as(database.system, work) as Promise<T>;
const row = async <T>(sql: string): Promise<T> => (await system<{ rows: T[] }>((tx) => tx.query(sql))).rows[0] as T;
const publish = (site: TestSite, from: number, count: number): Promise<void> => system(async (tx) => {
  for (let n = from; n < from + count; n++) await site.site.use(Topics).publish(tx, { topic, key: `k${String(n % 3)}`, payload: { n } });
});
const follow = (site: TestSite): Promise<void> => system(async (tx) => {
  await site.site.use(Topics).grant(tx, { topic, follower: 'A', personal: false, basis: '测试', until: null });
  await site.site.use(Topics).subscribe(tx, { topic, follower: 'A', via: 'good', from: 'beginning' });
});
const stream = (): Promise<{ name: string; base: number; carried: number }> => row(`select name, base, carried from topics.stream where topic = '${topic}'`);
const carried = async (): Promise<number> => Number((await stream())?.carried ?? 0);
/** What the server itself has, by places. */
const stored = async (): Promise<Stored[]> => {
  const { name } = await stream();
  const ends = await streams.ends(name);
  return streams.get(name, Array.from({ length: (ends?.last ?? 0) - (ends?.first ?? 1) + 1 }, (_, i) => (ends?.first ?? 1) + i));
};
const numbers = (messages: readonly Stored[]): unknown[] => messages.map(({ payload }) => payload?.['n']);
const upTo = (count: number): number[] => Array.from({ length: count }, (_, n) => n);
/** Of each key in the order in which it was published, each at least once. */
const expectAll = (messages: readonly Message[], count: number): void => {
  for (let k = 0; k < 3; k++) {
    const firsts = [...new Set(numbers(messages.filter(({ key }) => key === `k${String(k)}`)))];
    expect(firsts).toEqual(upTo(count).filter((n) => n % 3 === k));
  }
};

beforeEach(async () => {
  [taken, sites] = [[], []];
  server = await makeNatsServer();
  await server.start();
  streams = openStreams(readConfig({ ZHENGWU_NATS: server.url }).nats, createLog({ level: 'silent' }));
  database = await createTestDatabase({ modules: schemasOf(modules) });
});
const define = (site: TestSite): Promise<void> => system((tx) => site.site.use(Topics).define(tx, { code: topic, name: { zh: '新闻', en: 'News' }, owner: 'YC-ZW', isPersonal: false, retentionDays: 30 }));
afterEach(async () => {
  for (const site of sites) await site.stop();
  await database.drop();
  await streams.close();
  await server.remove();
});

describe('a topic in a stream', () => {
  test('each message lies there once, in order, at the place of its offset; what the database no longer has is read from there', async () => {
    const site = await openSite();
    await define(site);
    await publish(site, 0, 30);
    await expect.poll(carried).toBe(30);
    expect(new Set(numbers(await stored()))).toEqual(new Set(upTo(30)));
    const ids = (await system<{ rows: { id: string }[] }>((tx) => tx.query(`select id from topics.message order by "offset"`))).rows.map(({ id }) => id);
    expect((await stored()).map(({ id }) => id)).toEqual(ids);
    await system((tx) => tx.query('delete from topics.message where "offset" < 30'));
    await follow(site);
    await expect.poll(() => taken.length).toBe(30);
    expect(taken.map(({ offset }) => offset)).toEqual(upTo(30).map((n) => n + 1));
    expectAll(taken, 30);
  });

  test('two processes of a site move messages side by side: each is there once', async () => {
    const [one, other] = [await openSite(), await openSite()];
    await define(one);
    await Promise.all(upTo(10).map((i) => publish(i % 2 ? one : other, i * 20, 20)));
    await expect.poll(carried).toBe(200);
    expect(new Set(numbers(await stored())).size).toBe(200);
    expect(await stored()).toHaveLength(200);
  });

  test('a site that was carried by its database keeps offsets and places, and goes back as it came', async () => {
    const before = await openSite(false);
    await define(before);
    await follow(before);
    await publish(before, 0, 9);
    await expect.poll(() => taken.length).toBe(9);
    await system((tx) => tx.query('delete from topics.message where "offset" < 5'));
    await before.stop();
    const after = await openSite();
    await expect.poll(carried).toBe(9);
    expect(await stream()).toMatchObject({ base: 4 });
    await publish(after, 9, 3);
    await expect.poll(() => taken.length).toBe(12);
    expect((await after.site.use(Carrying).read(topic, 0, 100)).map(({ offset }) => offset)).toEqual([5, 6, 7, 8, 9, 10, 11, 12]);
    await after.stop();
    const again = await openSite(false);
    await publish(again, 12, 3);
    await expect.poll(() => taken.length).toBe(15);
    expect(taken.map(({ offset }) => offset)).toEqual(upTo(15).map((n) => n + 1));
    expectAll(taken, 15);
  });

  test('a topic whose stream cannot be used keeps no other from being moved, and one with much to move neither', async () => {
    const site = await openSite();
    await define(site);
    await system(async (tx) => {
      for (const code of ['a.broken', 'b.much']) await site.site.use(Topics).define(tx, { code, name: { zh: '新闻', en: 'News' }, owner: 'YC-ZW', isPersonal: false, retentionDays: 30 });
      await tx.query(`insert into topics.stream (topic, name, base, carried, settled, marked) values ('a.broken', 'no name. of a stream', 0, 0, 0, 0)`);
      await tx.query(`insert into topics.message (topic, "offset", id, key, payload, at) select t, n, kernel.uuidv7(), 'k', '{}', now() from unnest(array['a.broken', 'b.much']) t, generate_series(1, 6000) n`);
    });
    await publish(site, 0, 3);
    const much = async (): Promise<number> => Number((await row<{ carried: number } | undefined>(`select carried from topics.stream where topic = 'b.much'`))?.carried ?? 0);
    await expect.poll(carried, { interval: 5 }).toBe(3);
    expect(await much()).toBeLessThan(6000);
    await expect.poll(much).toBe(6000);
    await site.site.use(Carrying).tend?.();
    expect(await carried()).toBe(3);
  });

  test('the database lets go of what the stream has had for a while, but of the last, from which offsets go on', async () => {
    const site = await openSite();
    await define(site);
    await publish(site, 0, 6);
    await expect.poll(carried).toBe(6);
    const kept = async (): Promise<number> => Number((await row<{ n: number }>('select count(*) as n from topics.message')).n);
    for (const left of [6, 1]) {
      await system((tx) => tx.query(`update topics.stream set marked_at = now() - interval '16 minutes'`));
      await site.site.use(Carrying).tend?.();
      expect(await kept()).toBe(left);
    }
    await site.site.use(Carrying).tend?.();
    await publish(site, 6, 3);
    await expect.poll(carried).toBe(9);
    await follow(site);
    await expect.poll(() => taken.map(({ offset }) => offset)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expectAll(taken, 9);
  });

  test('a message larger than a server takes has its place there and stays in the database until it is forgotten', async () => {
    const site = await openSite();
    await define(site);
    const large = 'x'.repeat(1_200_000);
    await system(async (tx) => { for (const n of upTo(3)) await site.site.use(Topics).publish(tx, { topic, key: 'k', payload: { n, ...(n === 1 ? { large } : {}) } }); });
    await expect.poll(carried).toBe(3);
    expect((await stored())[1]).toMatchObject({ payload: null, key: 'k' });
    await system((tx) => tx.query('delete from topics.message where "offset" < 3 and not stays'));
    await follow(site);
    await expect.poll(() => taken.map(({ payload }) => [payload['n'], payload['large'] === large])).toEqual([[0, false], [1, true], [2, false]]);
    await site.site.use(Carrying).forget(topic, new Date(Date.now() + 120_000));
    expect(await row('select count(*)::int as n from topics.message where stays')).toEqual({ n: 0 });
  });
});

describe('when the server', () => {
  test('is out of reach, publishing and following go on from the database; back again, it gets everything in order', async () => {
    const site = await openSite();
    await define(site);
    await follow(site);
    await publish(site, 0, 6);
    await expect.poll(() => taken.length).toBe(6);
    await server.kill();
    await publish(site, 6, 6);
    await expect.poll(() => taken.length).toBe(12);
    expect(await carried()).toBe(6);
    expect(await site.site.use(Carrying).state()).toEqual({ kind: 'jetstream', isAway: true, waiting: 6 });
    await server.start();
    await expect.poll(carried).toBe(12);
    expect(await site.site.use(Carrying).state()).toEqual({ kind: 'jetstream', isAway: false, waiting: 0 });
    await expect.poll(() => streams.isAway()).toBe(false);
    expect((await stored()).map(({ offset }) => offset)).toEqual(upTo(12).map((n) => n + 1));
    expectAll(taken, 12);
  });

  test('lost what it acknowledged, that is brought back with the same offsets', async () => {
    const site = await openSite();
    await define(site);
    await publish(site, 0, 12);
    await expect.poll(carried).toBe(12);
    await expect.poll(() => streams.isAway()).toBe(false);
    const before = await stored();
    await server.kill();
    await server.forget();
    await server.start();
    await expect.poll(async () => streams.ends((await stream()).name).then((ends) => ends?.last, () => undefined)).toBe(12);
    expect((await stored()).map(({ id, offset }) => [id, offset])).toEqual(before.map(({ id, offset }) => [id, offset]));
    await follow(site);
    await expect.poll(() => taken.length).toBe(12);
    expectAll(taken, 12);
  });

  test('lost what it acknowledged and nobody noticed yet, nothing is passed over', async () => {
    const site = await openSite(false);
    await define(site);
    await publish(site, 0, 3);
    await expect.poll(() => site.site.use(Carrying).last(topic)).toBe(3);
    await system((tx) => tx.query(`insert into topics.stream (topic, name, base, carried, settled, marked) values ('${topic}', 'lost', 0, 3, 0, 0)`));
    await expect.poll(() => streams.create('lost', topic).then(() => true, () => false)).toBe(true);
    const carrier = jetStreamCarrier({ database, streams, log: createLog({ level: 'silent' }), news: () => Promise.resolve(), moved: () => undefined });
    expect((await carrier.read(topic, 0, 10)).map(({ offset }) => offset)).toEqual([1, 2, 3]);
    await system((tx) => tx.query('delete from topics.message where "offset" < 3'));
    await expect(carrier.read(topic, 0, 10)).rejects.toThrow(CarrierAway);
    await expect(carrier.pick(topic, [1])).rejects.toThrow(CarrierAway);
  });

  test('lost more than the database still has, a new stream begins with what there is and offsets go on', async () => {
    const site = await openSite();
    await define(site);
    await publish(site, 0, 12);
    await expect.poll(carried).toBe(12);
    const { name } = await stream();
    await system((tx) => tx.query('delete from topics.message where "offset" in (3, 4, 7, 8, 9)'));
    await server.kill();
    await server.forget();
    await server.start();
    await expect.poll(async () => (await stream()).name).not.toBe(name);
    await publish(site, 12, 3);
    await expect.poll(carried).toBe(15);
    expect((await site.site.use(Carrying).read(topic, 0, 100)).map(({ offset }) => offset)).toEqual([10, 11, 12, 13, 14, 15]);
  });

  test('has what nobody noted, since a process ended between the two, it is noted; what somebody else put there is not taken for ours', async () => {
    const site = await openSite(false);
    await define(site);
    await publish(site, 0, 8);
    await expect.poll(() => site.site.use(Carrying).last(topic)).toBe(8);
    const ours = await site.site.use(Carrying).read(topic, 0, 8);
    await system((tx) => tx.query(`insert into topics.stream (topic, name, base, carried, settled, marked) values ('${topic}', 'ours', 0, 0, 0, 0)`));
    await expect.poll(() => streams.create('ours', topic).then(() => true, () => false)).toBe(true);
    await streams.put('ours', 0, ours.slice(0, 5));
    await site.stop();
    const after = await openSite();
    await expect.poll(carried).toBe(8);
    expect((await stored()).map(({ id }) => id)).toEqual(ours.map(({ id }) => id));
    expect(await stream()).toMatchObject({ name: 'ours' });
    await streams.put('ours', 8, [{ ...(ours[0] as Message), id: '01890a5d-ac96-774b-bcce-b302099a8057' }]);
    await publish(after, 8, 3);
    await expect.poll(async () => { const { name, carried: to } = await stream(); return name !== 'ours' && Number(to) === 11; }).toBe(true);
    expect((await stored()).slice(0, 8).map(({ id }) => id)).toEqual(ours.map(({ id }) => id));
  });

  test('is killed again and again while messages are published, none is lost and each key stays in order', async () => {
    const site = await openSite();
    await define(site);
    await follow(site);
    const killing = (async () => {
      for (let i = 0; i < 3; i++) {
        await sleep(300 + Math.random() * 500);
        await server.kill();
        await sleep(Math.random() * 500);
        await server.start();
      }
    })();
    for (let i = 0; i < 60; i++) {
      await publish(site, i * 5, 5);
      await sleep(30);
    }
    await killing;
    await expect.poll(carried, { timeout: 30_000 }).toBe(300);
    await expect.poll(() => new Set(numbers(taken)).size, { timeout: 30_000 }).toBe(300);
    expectAll(taken, 300);
    await expect.poll(() => streams.isAway()).toBe(false);
    expect((await stored()).map(({ offset }) => offset)).toEqual(upTo(300).map((n) => n + 1));
    expect(new Set((await stored()).map(({ id }) => id)).size).toBe(300);
  }, 90_000);
});
