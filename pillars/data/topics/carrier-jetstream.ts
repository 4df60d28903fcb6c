import type { Database, Tx } from '@zhengwu/database';
import type { Log } from '@zhengwu/log';
import { CarrierAway, type Carrier } from './carrier.ts';
import { startShipper, type Shipper } from './shipping.ts';
import * as log from './store-log.ts';
import { selectStream, selectWaiting, type Stream } from './store-streams.ts';
import type { Stored, Streams } from './streams.ts';
import type { Message } from './topics.ts';

/** Messages read at once. */
const MOST = 500;
/** Messages are numbered as they come to the log, which is so much later than they were published at the most. */
const SLACK_MS = 60_000;

export interface Ground {
  database: Database;
  log: Log;
  streams: Streams;
  /** Says that a topic has more to read, in the transaction that makes it so. */
  news(tx: Tx, topic: string): Promise<void>;
  /** Called when such a transaction has committed. */
  moved(): void;
}

/** Large messages with what the database keeps of them; one that it has forgotten is left out. */
const filled = async (database: Database, topic: string, found: readonly Stored[]): Promise<Message[]> => {
  const large = found.filter(({ payload }) => payload === null).map(({ offset }) => offset);
  const kept = large.length === 0 ? [] : await database.relay((tx) => log.selectSome(tx, topic, large));
  return found.flatMap(({ payload, ...message }) => (payload === null ? kept.filter(({ offset }) => offset === message.offset) : [{ ...message, payload }]));
};

/** Messages of the stream by their offsets; those forgotten are left out, but nothing that the stream should have. */
const fetchFrom = async ({ streams, database }: Pick<Ground, 'streams' | 'database'>, { topic, name, base }: Stream, offsets: readonly number[]): Promise<Message[]> => {
  const found = (await streams.get(name, offsets.map((offset) => offset - base))).map((message) => ({ ...message, offset: message.offset + base }));
  if (found.length === offsets.length) return filled(database, topic, found);
  const last = base + ((await streams.ends(name))?.last ?? 0);
  if (offsets.some((offset) => offset > last)) throw new CarrierAway(`the stream ${name} has lost messages, which are brought back`);
  return filled(database, topic, found);
};

const range = (after: number, upTo: number): number[] => Array.from({ length: Math.max(0, upTo - after) }, (_, i) => after + 1 + i);

const readFrom = async (ground: Pick<Ground, 'streams' | 'database'>, stream: Stream, after: number, limit: number): Promise<Message[]> => {
  const all: Message[] = [];
  for (let from = Math.max(after, stream.base); from < stream.carried && all.length < limit;) {
    const upTo = Math.min(stream.carried, from + Math.min(limit - all.length, MOST));
    const found = await fetchFrom(ground, stream, range(from, upTo));
    all.push(...found);
    from = found.length > 0 ? upTo : Math.max(upTo, stream.base + ((await ground.streams.ends(stream.name))?.first ?? 1) - 1);
  }
  return all;
};

/**
 * The log in streams of NATS JetStream. What is published goes into the log of the database first, in the publisher's name and with its offset,
 * and is moved from there in moments; the database keeps it for some minutes more, should a server lose what it acknowledged.
 */
export const jetStreamCarrier = ({ database, log: told, streams, news, moved }: Ground): Carrier => {
  let shipper: Shipper | undefined;
  const streamOf = (topic: string): Promise<Stream | undefined> => database.relay((tx) => selectStream(tx, topic));
  const last = (topic: string): Promise<number> => database.relay((tx) => log.selectLast(tx, topic));

  /** Until the servers are back the database gives what it still has. */
  const readMeanwhile = async (topic: string, after: number, limit: number): Promise<Message[]> => {
    const tail = await database.relay((tx) => log.selectTail(tx, topic, after, limit));
    const next = tail.filter(({ offset }, i) => offset === after + 1 + i);
    if (tail.length === 0 || next.length > 0) return next;
    throw new CarrierAway('no NATS server is in reach, and the database does not have these messages any more');
  };
  const read = async (topic: string, after: number, limit: number): Promise<Message[]> => {
    if (streams.isAway()) return readMeanwhile(topic, after, limit);
    const stream = await streamOf(topic);
    if (!stream) return [];
    try {
      return await readFrom({ streams, database }, stream, after, limit);
    } catch (error) {
      if (error instanceof CarrierAway) return readMeanwhile(topic, after, limit);
      throw error;
    }
  };
  const pick = async (topic: string, offsets: readonly number[]): Promise<Message[]> => {
    const [stream, kept] = [await streamOf(topic), await database.relay((tx) => log.selectSome(tx, topic, offsets))];
    const missing = offsets.filter((offset) => stream && offset > stream.base && offset <= stream.carried && !kept.some((one) => one.offset === offset));
    return [...(stream && missing.length > 0 ? await fetchFrom({ streams, database }, stream, missing) : []), ...kept].toSorted((a, b) => a.offset - b.offset);
  };
  const before = async (topic: string, instant: Date): Promise<number> => {
    const isEarly = async (offset: number): Promise<boolean> => ((await pick(topic, [offset]))[0]?.at.getTime() ?? 0) < instant.getTime() - SLACK_MS;
    let [low, high] = [(await streamOf(topic))?.base ?? 0, await last(topic)];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (await isEarly(middle)) low = middle;
      else high = middle - 1;
    }
    return low;
  };
  return {
    append: async (tx, messages) => {
      await log.insertMessages(tx, messages);
      shipper?.wake();
      return [];
    },
    read, pick, last, before,
    forget: async (topic, instant) => {
      const stream = await streamOf(topic);
      if (!stream) return 0;
      const upTo = Math.min(await before(topic, instant), stream.carried - 1);
      if (upTo <= stream.base) return 0;
      const forgotten = await streams.purge(stream.name, upTo - stream.base + 1);
      await database.relay((tx) => log.deleteUpTo(tx, topic, upTo));
      return forgotten;
    },
    state: async () => {
      const waiting = await database.relay(selectWaiting);
      return { kind: 'jetstream', isAway: streams.isAway(), waiting: waiting.reduce((sum, { last: end, carried }) => sum + end - carried, 0) };
    },
    start: () => {
      shipper ??= startShipper({ database, streams, log: told, news, moved });
      shipper.wake();
    },
    tend: async () => shipper?.settle(),
    close: async () => {
      await shipper?.stop();
      await streams.close();
    },
  };
};
