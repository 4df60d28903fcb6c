import { setTimeout as sleep } from 'node:timers/promises';
import type { Database, Tx } from '@zhengwu/database';
import type { Log } from '@zhengwu/log';
import { CarrierAway } from './carrier.ts';
import * as log from './store-log.ts';
import * as store from './store-streams.ts';
import { OutOfStep, type Streams } from './streams.ts';

/** Messages moved in one transaction. */
const BATCH = 500;
/** For so long the database keeps what a stream has: longer than a server may hold what it acknowledged without writing it down (2 minutes). */
const KEEP_MINUTES = 15;
/** After what was appended the stream is looked at so often, so many milliseconds apart, since the transaction that appended commits a little later. */
const LOOKS = [2, 5, 10, 20, 50, 100];

export interface Ground {
  database: Database;
  streams: Streams;
  log: Log;
  /** Says that a topic has more to read, in the transaction that makes it so. */
  news(tx: Tx, topic: string): Promise<void>;
  /** Called when such a transaction has committed. */
  moved(): void;
}

export interface Shipper {
  /** Something was appended, in a transaction that may not have committed yet. */
  wake(): void;
  /** Looks after all streams: brings back what a server lost, and lets go of what is safe with it. */
  settle(): Promise<void>;
  stop(): Promise<void>;
}

const isSame = async (tx: Tx, streams: Streams, { topic, name, base, carried }: store.Stream, last: number): Promise<boolean> => {
  const ours = await log.selectTail(tx, topic, carried, last - carried);
  const theirs = await streams.get(name, ours.map(({ offset }) => offset - base));
  return ours.length === last - carried && ours.every(({ id }, i) => theirs[i]?.id === id);
};

/** What is known of a stream: whether what the database says of it was found to be so. */
interface State {
  isKnown: boolean;
  more: boolean;
}

/** Finds out what the stream has, whatever was said before: less after a crash of its server, more after one of ours. */
const reconcile = async ({ streams, log: told }: Ground, tx: Tx, stream: store.Stream): Promise<State> => {
  const { topic, name, base, carried } = stream;
  const ends = await streams.ends(name);
  const last = base + (ends?.last ?? 0);
  if (last < carried ? (await store.selectBeginning(tx, topic)) > last : last > carried && !(await isSame(tx, streams, stream, last))) {
    told.error({ topic, stream: name, has: last, had: carried }, 'a stream does not hold what it was given, and the database does not have it any more; a new stream is begun');
    await store.replaceStream(tx, topic);
    return { isKnown: false, more: true };
  }
  if (!ends) await streams.create(name, topic);
  if (last !== carried) await store.carriedTo(tx, topic, last);
  if (last < carried) told.warn({ topic, stream: name, from: last + 1, to: carried }, 'JetStream lost messages that it had acknowledged; they are brought back from the database');
  return { isKnown: true, more: (await log.selectLast(tx, topic)) > last };
};

/** Moves a batch of a topic into its stream. */
const ship = (ground: Ground, topic: string, isKnown: boolean): Promise<State> => ground.database.relay(async (tx) => {
  const stream = await store.takeStream(tx, topic);
  if (!stream) {
    const isTaken = (await store.selectStream(tx, topic)) !== undefined;
    if (!isTaken) await store.beginStream(tx, topic);
    return { isKnown: false, more: !isTaken };
  }
  if (!isKnown) return reconcile(ground, tx, stream);
  const messages = await log.selectTail(tx, topic, stream.carried, BATCH);
  const last = messages.at(-1);
  if (!last) return { isKnown, more: false };
  const large = await ground.streams.put(stream.name, stream.carried - stream.base, messages);
  await store.keepMessages(tx, topic, large);
  await store.carriedTo(tx, topic, last.offset);
  await ground.news(tx, topic);
  return { isKnown, more: messages.length === BATCH };
});

/** Moves what the database took in into the streams, in order, each message once. */
export const startShipper = (ground: Ground, everyMs = 500): Shipper => {
  const { database, streams, log: told } = ground;
  /** Topics whose streams were compared with the database since servers came into reach. */
  const known = new Set<string>();
  /** Up to which offset followers were told while servers were away. */
  const heard = new Map<string, number>();
  let running: Promise<void> | undefined;
  let [stopped, looks, quietUntil] = [false, LOOKS.length, 0];

  const report = (error: unknown): void => {
    // That servers are away was said when they went; what they refuse is said again every minute.
    if ((error instanceof CarrierAway && streams.isAway()) || Date.now() < quietUntil) return;
    quietUntil = Date.now() + 60_000;
    told.error({ err: error }, 'messages could not be moved to JetStream; they wait in the database');
  };
  /** Slips of topics that did not follow on, since something was moved. */
  const slips = new Map<string, number>();
  /** One step with a topic. Answers whether there may be more. */
  const step = async (topic: string): Promise<boolean> => {
    try {
      const wasKnown = known.has(topic);
      const { isKnown, more } = await ship(ground, topic, wasKnown);
      if (isKnown) known.add(topic);
      if (wasKnown) slips.delete(topic);
      ground.moved();
      return more;
    } catch (error) {
      known.delete(topic);
      const count = (slips.get(topic) ?? 0) + 1;
      slips.set(topic, count);
      if (error instanceof OutOfStep && count <= 3) return true;
      report(error);
      return false;
    }
  };
  /** While servers are away followers are told of what the database has. */
  const tell = async ({ topic, last }: { topic: string; last: number }): Promise<void> => {
    if ((heard.get(topic) ?? 0) >= last) return;
    await database.relay((tx) => ground.news(tx, topic));
    heard.set(topic, last);
    ground.moved();
  };
  /** A batch of each topic in turn, so that one with much to move does not keep the others. */
  const look = async (): Promise<void> => {
    for (let more = true; more && !stopped;) {
      more = false;
      for (const one of await database.relay(store.selectWaiting)) {
        if (streams.isAway()) await tell(one);
        else more = (await step(one.topic)) || more;
      }
    }
  };
  const run = async (): Promise<void> => {
    while (looks < LOOKS.length && !stopped) {
      await sleep(LOOKS[looks++], undefined, { ref: false });
      await look();
    }
  };
  /** One thing at a time; who was woken meanwhile looks again after it. */
  const begin = (work: () => Promise<void>): void => {
    if (!stopped) running ??= work().catch(report).finally(() => {
      running = undefined;
      if (looks < LOOKS.length) begin(run);
    });
  };
  const wake = (): void => {
    looks = 0;
    begin(run);
  };
  const settleOne = (topic: string): Promise<boolean> => database.relay(async (tx) => {
    const stream = await store.takeStream(tx, topic);
    if (!stream) return false;
    const { more } = await reconcile(ground, tx, stream);
    if (!more) await store.settleStream(tx, topic, KEEP_MINUTES);
    return more;
  });
  const settle = async (): Promise<void> => {
    for (const { topic } of await database.relay(store.selectStreams)) {
      const more = await settleOne(topic).catch((error: unknown) => void report(error));
      if (more) wake();
    }
  };
  const timer = setInterval(() => begin(look), everyMs);
  timer.unref();
  streams.onBack(() => {
    known.clear();
    settle().catch(report).finally(wake);
  });
  return {
    wake, settle,
    stop: async () => {
      stopped = true;
      clearInterval(timer);
      await running;
    },
  };
};
