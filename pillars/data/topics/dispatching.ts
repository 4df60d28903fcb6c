import { randomUUID } from 'node:crypto';
import type { Database } from '@zhengwu/database';
import type { Log } from '@zhengwu/log';
import { CarrierAway, type Carrier } from './carrier.ts';
import { laneOf } from './lanes.ts';
import * as store from './store.ts';
import type { Delivery, Handler, Message, Verdict } from './topics.ts';

/** How long a process may hold a lane before another takes it over, in seconds: longer than any delivery may take. */
const LEASE_SECONDS = 120;
/** Lanes worked on side by side: so many followers may be slow at once before anybody else waits for them. */
const SIDE = 64;
/** A lane that has nothing is looked at again after so many seconds; news wakes it earlier. */
const IDLE_SECONDS = 30;
/** … and after so many where the carrier was out of reach. */
const AWAY_SECONDS = 2;

export interface Ground {
  database: Database;
  carrier: Carrier;
  log: Log;
  ways: ReadonlyMap<string, Delivery>;
  handlers: ReadonlyMap<string, Handler>;
  /** What a follower gets of a message: fields that its grant leaves out are not in it. */
  shape(follower: string, message: Message): Promise<Message>;
}

const backOff = (attempts: number): number => Math.min(2 ** attempts, 3600);
const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error)).slice(0, 500);

/** Messages of this lane after its position, with the offset up to which was looked; messages of other lanes are passed over. */
const fetchNext = async (carrier: Carrier, lane: store.Lane): Promise<{ messages: Message[]; upTo: number }> => {
  const found = await carrier.read(lane.topic, lane.position, lane.batch * lane.lanes);
  const upTo = found.at(-1)?.offset ?? lane.position;
  return { messages: lane.lanes === 1 ? found : found.filter((message) => laneOf(message.key, lane.lanes) === lane.lane), upTo };
};

const deliver = async ({ ways, shape }: Ground, lane: store.Lane, messages: readonly Message[]): Promise<Verdict> => {
  if (messages.length === 0) return { refused: [] };
  const way = ways.get(lane.via) as Delivery;
  return way.send({ topic: lane.topic, follower: lane.follower, address: lane.address }, await Promise.all(messages.map((message) => shape(lane.follower, message))));
};

/** What becomes of refused messages: they wait longer each time, and after the last attempt they are dead letters. */
const heldAfter = (lane: store.Lane, messages: readonly Message[], { refused }: Verdict, attemptsOf: (offset: number) => number) =>
  refused.flatMap(({ offset, reason }) => {
    const message = messages.find((one) => one.offset === offset);
    if (!message) return [];
    const attempts = attemptsOf(offset) + 1;
    return [{ offset, key: message.key, attempts, seconds: backOff(attempts - 1), failure: reason.slice(0, 500), state: attempts >= lane.mostAttempts ? 'dead' as const : 'waiting' as const }];
  });

/** Sends what is due among the held ones: of each key the oldest alone, the rest wait behind it. */
const retryHeld = async (ground: Ground, lane: store.Lane, lease: string): Promise<void> => {
  const { database, carrier } = ground;
  const held = await database.relay((tx) => store.selectHeld(tx, lane));
  const first = new Map<string, store.Held>();
  for (const one of held) if (!first.has(one.key)) first.set(one.key, one);
  const due = [...first.values()].filter((one) => one.due.getTime() <= Date.now()).slice(0, lane.batch);
  if (due.length === 0) return;
  const messages = await carrier.pick(lane.topic, due.map(({ offset }) => offset));
  const verdict = await deliver(ground, lane, messages);
  const refused = new Set(verdict.refused.map(({ offset }) => offset));
  // What the carrier no longer keeps can't be delivered any more.
  const gone = due.filter(({ offset }) => !messages.some((message) => message.offset === offset));
  await database.relay(async (tx) => {
    if (!(await store.holdLane(tx, lane, lease))) return;
    await store.deleteHeld(tx, lane, messages.map(({ offset }) => offset).filter((offset) => !refused.has(offset)));
    await store.insertHeld(tx, lane, [
      ...heldAfter(lane, messages, verdict, (offset) => due.find((one) => one.offset === offset)?.attempts ?? 0),
      ...gone.map(({ offset, key, attempts }) => ({ offset, key, attempts, seconds: 0, failure: 'no longer kept', state: 'dead' as const })),
    ]);
    await store.moveLane(tx, lane, lane.position, messages.length - refused.size);
  });
};

/** Sends the next batch and moves the lane on, past what was refused. Answers whether there may be more. */
const goOn = async (ground: Ground, lane: store.Lane, lease: string): Promise<boolean> => {
  const { database, carrier } = ground;
  // Back-pressure: who refuses too much gets no more until that is settled.
  if (lane.held >= lane.mostHeld) return false;
  const { messages, upTo } = await fetchNext(carrier, lane);
  if (upTo === lane.position) return false;
  const keys = lane.held === 0 ? new Set<string>() : new Set((await database.relay((tx) => store.selectHeld(tx, lane))).map(({ key }) => key));
  const behind = messages.filter(({ key }) => keys.has(key));
  const sent: Message[] = [];
  for (const message of messages) if (!keys.has(message.key)) sent.push(message);
  const verdict = await deliver(ground, lane, sent);
  const held = heldAfter(lane, sent, verdict, () => 0);
  /** Of each key the first that was refused. */
  const refusedKeys = new Map(held.filter(({ state }) => state === 'waiting').toReversed().map(({ key, offset }) => [key, offset]));
  const kept = await database.relay(async (tx) => {
    if (!(await store.holdLane(tx, lane, lease))) return false;
    // The follower took what came behind a refused message of the same key; it gets it once more after that one, so that the last word stays the last.
    const after = sent.filter(({ key, offset }) => !held.some((one) => one.offset === offset) && offset > (refusedKeys.get(key) ?? Infinity));
    await store.insertHeld(tx, lane, [...held, ...[...behind, ...after].map(({ offset, key }) => ({ offset, key, attempts: 0, seconds: 0, failure: null, state: 'waiting' as const }))]);
    await store.moveLane(tx, lane, upTo, sent.length - held.length);
    return true;
  });
  return kept;
};

/** A handler of this site gets one message at a time, with its effect and the lane's progress in one transaction. */
const handleInside = async (ground: Ground, lane: store.Lane, lease: string): Promise<boolean> => {
  const { database, carrier, handlers } = ground;
  const handler = handlers.get(lane.follower) as Handler;
  const { messages, upTo } = await fetchNext(carrier, lane);
  if (upTo === lane.position) return false;
  for (const message of messages) {
    const ours = await database.relay(async (tx) => {
      if (!(await store.holdLane(tx, lane, lease))) return false;
      await handler.handle(message, tx);
      await store.moveLane(tx, lane, message.offset, 1);
      return true;
    });
    if (!ours) return false;
  }
  await database.relay((tx) => store.moveLane(tx, lane, upTo, 0));
  return true;
};

const workOn = async (ground: Ground, lane: store.Lane, lease: string): Promise<void> => {
  const { database, log } = ground;
  try {
    if (lane.via === 'inside') {
      const more = await handleInside(ground, lane, lease);
      return await database.relay((tx) => store.releaseLane(tx, lane, lease, more ? 0 : IDLE_SECONDS));
    }
    if (lane.held > 0) await retryHeld(ground, lane, lease);
    const more = await goOn(ground, lane, lease);
    await database.relay((tx) => store.releaseLane(tx, lane, lease, more ? 0 : lane.held > 0 ? 1 : IDLE_SECONDS));
  } catch (error) {
    if (error instanceof CarrierAway) return database.relay((tx) => store.releaseLane(tx, lane, lease, AWAY_SECONDS));
    log.warn({ err: error, topic: lane.topic, follower: lane.follower, lane: lane.lane }, 'a follower could not be reached; its messages wait');
    await database.relay((tx) => store.postponeLane(tx, lane, lease, reasonOf(error)));
  }
};

export interface Dispatcher {
  /** Looks for work at once. */
  wake(): void;
  stop(): Promise<void>;
}

/** Works on lanes that are due, some side by side, so that a slow or dead follower holds up nobody else. */
export const startDispatcher = (ground: Ground, everyMs = 500): Dispatcher => {
  const { database, log } = ground;
  const running = new Map<string, Promise<void>>();
  let stopped = false;
  let looking: Promise<void> | undefined;
  let again = false;
  const look = async (): Promise<void> => {
    const ways = [...ground.ways.keys(), 'inside'];
    while (!stopped && running.size < SIDE) {
      const lease = randomUUID();
      const lane = await database.relay((tx) => store.leaseLane(tx, lease, ways, LEASE_SECONDS, [...running.keys()]));
      if (!lane) return;
      if (lane.via === 'inside' && !ground.handlers.has(lane.follower)) {
        await database.relay((tx) => store.releaseLane(tx, lane, lease, IDLE_SECONDS));
        continue;
      }
      const name = `${lane.subscription} ${String(lane.lane)}`;
      running.set(name, workOn(ground, lane, lease).catch((error: unknown) => log.error({ err: error }, 'a lane of a topic')).finally(() => {
        running.delete(name);
        wake();
      }));
    }
  };
  const wake = (): void => {
    if (stopped) return;
    if (looking) {
      again = true;
      return;
    }
    looking = look().catch((error: unknown) => log.warn({ err: error }, 'topics: no lane could be taken')).finally(() => {
      looking = undefined;
      if (!again) return;
      again = false;
      wake();
    });
  };
  const timer = setInterval(wake, everyMs);
  return {
    wake,
    stop: async () => {
      stopped = true;
      clearInterval(timer);
      await looking;
      await Promise.all(running.values());
    },
  };
};
