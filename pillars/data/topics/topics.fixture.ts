import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { TestSite } from '@zhengwu/module';
import { Carrying, Running } from './module.ts';
import * as office from './store-office.ts';
import * as store from './store.ts';
import { Topics, type Delivery, type Message } from './topics.ts';

/** What is promised of topics, whatever carries their messages. */
export const testTopics = (open: () => Promise<TestSite>): void => {
  let site: TestSite;
  let topics: Topics;
  beforeAll(async () => {
    site = await open();
    topics = site.site.use(Topics);
    for (const via of Object.keys(ways)) topics.deliverBy(via, { send: (to, messages) => (ways[via] as Delivery).send(to, messages) });
    await site.start();
  });
  afterAll(() => site.drop());

  const got = new Map<string, Message[]>();
  const taken = (follower: string): Message[] => got.get(follower) ?? [];
  const take = (follower: string, messages: readonly Message[]): void => void got.set(follower, [...taken(follower), ...messages]);
  let isRefused: (message: Message, times: number) => boolean = () => false;
  const times = new Map<string, number>();
  const ways: Record<string, Delivery> = {
    good: { send: ({ follower }, messages) => { take(follower, messages); return Promise.resolve({ refused: [] }); } },
    dead: { send: () => sleep(200).then(() => Promise.reject(new Error('nobody answers'))) },
    picky: {
      send: ({ follower }, messages) => {
        const refused = messages.filter((message) => {
          const name = `${follower} ${String(message.offset)}`;
          times.set(name, (times.get(name) ?? 0) + 1);
          return isRefused(message, times.get(name) ?? 0);
        });
        take(follower, messages.filter((message) => !refused.includes(message)));
        return Promise.resolve({ refused: refused.map(({ offset }) => ({ offset, reason: 'not like this' })) });
      },
    },
  };

  let made = 0;
  const system = <T>(work: Parameters<TestSite['database']['as']>[1]): Promise<T> => site.database.as(site.database.system, work) as Promise<T>;
  const newTopic = async (isPersonal = false): Promise<string> => {
    const code = `news.n${String(++made)}`;
    await system((tx) => topics.define(tx, { code, name: { zh: '新闻', en: 'News' }, owner: 'YC-ZW', isPersonal, retentionDays: 30 }));
    return code;
  };
  const follow = (topic: string, follower: string, via: string, more: object = {}): Promise<string> => system(async (tx) => {
    await topics.grant(tx, { topic, follower, personal: false, basis: '测试', until: null });
    return topics.subscribe(tx, { topic, follower, via, ...more });
  });
  const publish = (topic: string, ...keys: string[]): Promise<void> => system(async (tx) => {
    for (const [n, key] of keys.entries()) await topics.publish(tx, { topic, key, payload: { key, n } });
  });
  const subscription = async (id: string) => (await system<Awaited<ReturnType<typeof office.selectSubscriptions>>>(office.selectSubscriptions)).find((one) => one.id === id);
  /** What waits for another try is due now. */
  const hurry = async (): Promise<void> => {
    await system((tx) => tx.query(`update topics.held set due = now() where state = 'waiting' and due > now();
      update topics.lane l set due = now() where due > now() and (failure is not null or exists (select from topics.held h where h.subscription = l.subscription and h.state = 'waiting'))`));
    site.site.use(Running).dispatcher?.wake();
  };
  afterEach(() => {
    isRefused = () => false;
  });

  describe('publishing', () => {
    test('a message is published when its transaction commits and never when it does not; offsets begin at 1 and have no gaps', async () => {
      const topic = await newTopic();
      await follow(topic, 'A', 'good');
      await publish(topic, 'x', 'y');
      await expect(system(async (tx) => { await topics.publish(tx, { topic, key: 'z', payload: {} }); throw new Error('changed my mind'); })).rejects.toThrow();
      await publish(topic, 'x');
      await expect.poll(() => taken('A').filter((one) => one.topic === topic).map(({ offset, key }) => [offset, key])).toEqual([[1, expect.any(String)], [2, expect.any(String)], [3, 'x']]);
    });

    test('transactions that commit out of order leave no message behind whoever reads at any moment', async () => {
      const topic = await newTopic();
      await follow(topic, 'B', 'good');
      const slow = system(async (tx) => {
        await topics.publish(tx, { topic, key: 'slow', payload: {} });
        await sleep(300);
      });
      await sleep(50);
      await publish(topic, 'quick');
      await slow;
      await expect.poll(() => taken('B').map(({ key }) => key)).toEqual(['quick', 'slow']);
    });

    test('the same message brought twice by the outbox is in the log once', async () => {
      const topic = await newTopic();
      const carrier = site.site.use(Carrying);
      const message = { topic, key: 'x', payload: {}, id: '01890a5d-ac96-774b-bcce-b302099a8057', at: new Date() };
      for (let i = 0; i < 2; i++) await site.database.relay((tx) => carrier.append(tx, [message, { ...message, id: '01890a5d-ac96-774b-bcce-b302099a8058' }]));
      await expect.poll(async () => (await carrier.read(topic, 0, 10)).map(({ offset, id }) => [offset, id.at(-1)])).toEqual([[1, '7'], [2, '8']]);
    });
  });

  describe('keeping', () => {
    test('what was published before an instant is found, forgotten and read past; the last message stays, and offsets go on from it', async () => {
      const topic = await newTopic();
      const carrier = site.site.use(Carrying);
      const hour = (n: number): Date => new Date(Date.UTC(2026, 0, 1, n));
      const append = (from: number, to: number) => site.database.relay(async (tx) => {
        const ids = Array.from({ length: to - from }, (_, i) => from + i);
        await carrier.append(tx, ids.map((n) => ({ topic, key: 'k', payload: { n }, id: `01890a5d-ac96-774b-bcce-b302099a80${String(10 + n)}`, at: hour(n) })));
      });
      const offsets = async (): Promise<number[]> => (await carrier.read(topic, 0, 100)).map(({ offset }) => offset);
      await append(0, 20);
      await expect.poll(async () => (await offsets()).length).toBe(20);
      expect([await carrier.before(topic, hour(0)), await carrier.before(topic, hour(7)), await carrier.before(topic, hour(23))]).toEqual([0, 7, 20]);
      expect(await carrier.forget(topic, hour(7))).toBe(7);
      expect((await offsets())[0]).toBe(8);
      expect((await carrier.pick(topic, [3, 8, 20])).map(({ offset }) => offset)).toEqual([8, 20]);
      await carrier.forget(topic, hour(23));
      expect(await offsets()).toEqual([20]);
      await append(20, 22);
      await expect.poll(offsets).toEqual([20, 21, 22]);
    });
  });

  describe('following', () => {
    test('news that come while a lane is worked on are not left until it would be looked at again by itself', async () => {
      const topic = await newTopic();
      const id = await follow(topic, 'M', 'nobody works on this');
      const lease = () => site.database.relay((tx) => store.leaseLanes(tx, id, ['nobody works on this'], 60, [], 1));
      const dueIn = async (isWoken: boolean): Promise<number> => {
        const [lane] = await lease();
        if (isWoken) await site.database.relay((tx) => store.wakeLanes(tx, [topic]));
        await site.database.relay((tx) => store.releaseLane(tx, lane as store.Lane, id, 30));
        return (await system<{ rows: { s: number }[] }>((tx) => tx.query(`select extract(epoch from due - clock_timestamp())::float8 as s from topics.lane where subscription = $1`, [id]))).rows[0]?.s ?? 0;
      };
      expect(await dueIn(true)).toBeLessThanOrEqual(0);
      // Due already, and the news not committed: nobody looks in vain.
      await site.database.relay(async (tx) => {
        await store.wakeLanes(tx, [topic]);
        expect(await lease()).toEqual([]);
      });
      expect(await dueIn(false)).toBeGreaterThan(25);
    });

    test('needs a grant; one for what is about persons must say so; a withdrawn one ends the subscription', async () => {
      const [topic, personal] = [await newTopic(), await newTopic(true)];
      await expect(system((tx) => topics.subscribe(tx, { topic, follower: 'nobody', via: 'good' }))).rejects.toMatchObject({ code: 'topic.not-granted' });
      await expect(follow(personal, 'C', 'good')).rejects.toMatchObject({ code: 'topic.not-for-persons' });
      await system((tx) => topics.grant(tx, { topic, follower: 'late', personal: false, basis: '测试', until: '2020-01-01' }));
      await expect(system((tx) => topics.subscribe(tx, { topic, follower: 'late', via: 'good' }))).rejects.toMatchObject({ code: 'topic.not-granted' });
      const id = await follow(topic, 'C', 'good');
      await system((tx) => topics.withdraw(tx, topic, 'C'));
      expect(await subscription(id)).toBeUndefined();
    });

    test('who follows from the beginning hears what is kept; who follows from now on does not', async () => {
      const topic = await newTopic();
      await publish(topic, 'old');
      await expect.poll(() => site.site.use(Carrying).last(topic)).toBe(1);
      await follow(topic, 'D', 'good', { from: 'beginning' });
      await follow(topic, 'E', 'good');
      await publish(topic, 'new');
      await expect.poll(() => [taken('D').map(({ key }) => key), taken('E').map(({ key }) => key)]).toEqual([['old', 'new'], ['new']]);
    });

    test('a dead follower delays nobody; it says why it was not reached, and its lag', async () => {
      const topic = await newTopic();
      const dead = await follow(topic, 'F', 'dead');
      await follow(topic, 'G', 'good');
      await publish(topic, 'a');
      await expect.poll(() => taken('G').length).toBe(1);
      await expect.poll(async () => (await subscription(dead))?.failure).toBe('nobody answers');
      expect(await subscription(dead)).toMatchObject({ lowest: 0, delivered: 0, waiting: 0 });
    });

    test('a refused message waits, what is behind it of the same key waits too, other keys go on; the order of a key holds in the end', async () => {
      const topic = await newTopic();
      await follow(topic, 'H', 'picky', { batch: 2 });
      isRefused = ({ key, payload }, time) => key === 'k' && payload.n === 0 && time < 3;
      await publish(topic, 'k', 'm', 'k', 'm');
      await expect.poll(async () => { await hurry(); return taken('H').filter(({ key }) => key === 'k').map(({ payload }) => payload.n); }).toEqual([0, 2]);
      expect(taken('H').filter(({ key }) => key === 'm').map(({ payload }) => payload.n)).toEqual([1, 3]);
    });

    test('of two refused messages of a key the later one does not let what lies between them pass for delivered', async () => {
      const topic = await newTopic();
      const id = await follow(topic, 'N', 'picky');
      await system((tx) => office.setState(tx, id, 'paused'));
      isRefused = ({ payload }, time) => payload.n !== 1 && time < 2;
      await publish(topic, 'k', 'k', 'k');
      await expect.poll(async () => (await site.site.use(Carrying).read(topic, 0, 3)).length).toBe(3);
      await system((tx) => office.setState(tx, id, 'on'));
      await expect.poll(async () => { await hurry(); return taken('N').map(({ payload }) => payload.n); }).toEqual([1, 0, 1, 2]);
    });

    test('after the last attempt it is a dead letter, its key goes on; a person may have it tried again or give it up', async () => {
      const topic = await newTopic();
      const id = await follow(topic, 'I', 'picky', { mostAttempts: 2, batch: 1 });
      let isBroken = true;
      isRefused = ({ payload }) => payload.n === 0 && isBroken;
      await publish(topic, 'k', 'k');
      await expect.poll(async () => { await hurry(); return [(await subscription(id))?.dead, taken('I').map(({ payload }) => payload.n)]; }).toEqual([1, [1]]);
      isBroken = false;
      const letters = await system<Awaited<ReturnType<typeof office.selectDead>>>((tx) => office.selectDead(tx, null, 10));
      expect(letters.filter(({ subscription: of }) => of === id)).toMatchObject([{ attempts: 2, failure: 'not like this', follower: 'I' }]);
      expect(await system((tx) => office.retryLetter(tx, id, letters[0]?.offset ?? 0))).toBe(true);
      expect(await system((tx) => office.discardLetter(tx, id, letters[0]?.offset ?? 0, '数据岗', 'late'))).toBe(false);
      await expect.poll(async () => { await hurry(); return taken('I').map(({ payload }) => payload.n); }).toEqual([1, 0]);
    });

    test('dead letters come page by page, each once; a place that is none begins anew', async () => {
      const topic = await newTopic();
      const id = await follow(topic, 'L', 'picky', { mostAttempts: 1 });
      isRefused = () => true;
      await publish(topic, 'a', 'b', 'c', 'd', 'e');
      await expect.poll(async () => (await subscription(id))?.dead).toBe(5);
      const page = (after: string | null) => system<Awaited<ReturnType<typeof office.selectDead>>>((tx) => office.selectDead(tx, after, 2));
      const seen: string[] = [];
      for (let after: string | null = null; ;) {
        const rows: Awaited<ReturnType<typeof office.selectDead>> = await page(after);
        seen.push(...rows.map(({ subscription: of, offset }) => `${of} ${String(offset)}`));
        if (rows.length < 2) break;
        after = rows.at(-1)?.cursor ?? null;
      }
      expect(new Set(seen).size).toBe(seen.length);
      expect(seen.filter((one) => one.startsWith(id))).toHaveLength(5);
      expect(await page("a' and '1")).toEqual(await page(null));
    });

    test('back-pressure: with as much waiting as it may, a lane takes no more until that has gone', async () => {
      const topic = await newTopic();
      const id = await follow(topic, 'J', 'picky', { mostHeld: 2, batch: 1, mostAttempts: 50 });
      let isFull = true;
      isRefused = () => isFull;
      await publish(topic, ...'abcdef');
      await expect.poll(async () => (await subscription(id))?.waiting).toBe(2);
      await hurry();
      expect(await subscription(id)).toMatchObject({ waiting: 2, lowest: 2 });
      isFull = false;
      await expect.poll(async () => { await hurry(); return taken('J').map(({ key }) => key).sort().join(''); }).toBe('abcdef');
    });

    test('set back to a point, everything after it comes again, in order', async () => {
      const topic = await newTopic();
      const id = await follow(topic, 'K', 'good');
      await publish(topic, 'a', 'b', 'c');
      await expect.poll(() => taken('K').length).toBe(3);
      await system((tx) => office.replayFrom(tx, id, 1));
      await expect.poll(() => taken('K').map(({ offset }) => offset)).toEqual([1, 2, 3, 2, 3]);
    });

    test('a handler of this site has its effect once with its progress, and goes on after it failed', async () => {
      const topic = await newTopic();
      const seen: string[] = [];
      let isBroken = true;
      topics.handleBy({ topic, name: `inside-${topic}`, handle: (message) => { if (isBroken) throw new Error('not now'); seen.push(message.key); return Promise.resolve(); } });
      const id = await system<string>((tx) => topics.subscribe(tx, { topic, follower: `inside-${topic}`, via: 'inside' }));
      await publish(topic, 'a', 'b');
      await expect.poll(async () => (await subscription(id))?.failure).toBe('not now');
      isBroken = false;
      await expect.poll(async () => { await hurry(); return seen.length; }).toBe(2);
      await expect.poll(async () => (await subscription(id))?.delivered).toBe(2);
    });
  });

  test('whatever is refused however often: nothing is lost, and the last of each key is the last delivered (property)', async () => {
    await fc.assert(fc.asyncProperty(fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.nat(2)), { minLength: 1, maxLength: 12 }), fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 5 }), async (plan, lanes, batch) => {
      const topic = await newTopic();
      const follower = `P${topic}`;
      const id = await follow(topic, follower, 'picky', { lanes, batch, mostAttempts: 100 });
      isRefused = (message, time) => time <= (plan[Number(message.payload.n)]?.[1] ?? 0);
      await publish(topic, ...plan.map(([key]) => key));
      await expect.poll(async () => { await hurry(); return [new Set(taken(follower).map(({ payload }) => payload.n)).size, (await subscription(id))?.waiting]; }, { interval: 20 }).toEqual([plan.length, 0]);
      for (const key of 'abc') {
        const sent = plan.flatMap(([one], n) => (one === key ? [n] : []));
        const arrived = taken(follower).filter((message) => message.key === key).map(({ payload }) => payload.n);
        expect(arrived.at(-1)).toBe(sent.at(-1));
        // What came again came again in order: each first arrival follows the first arrival of what was published before it.
        expect([...new Set([...arrived].reverse())].reverse()).toEqual(sent);
      }
    }), { numRuns: 25, endOnFailure: true });
  }, 60_000);
};
