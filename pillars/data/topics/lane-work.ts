import type { Database } from '@zhengwu/database';
import type { Log } from '@zhengwu/log';
import { CarrierAway, type Carrier } from './carrier.ts';
import { laneOf } from './lanes.ts';
import * as store from './store.ts';
import type { Delivery, Handler, Message, Verdict } from './topics.ts';

/** A lane that has nothing is looked at again after so many seconds; news wakes it earlier. */
const IDLE_SECONDS = 30;
/** … where something is held … */
const HELD_SECONDS = 1;
/** … and after so many where the carrier was out of reach. */
const AWAY_SECONDS = 2;

export interface Ground {
  database: Database;
  carrier: Carrier;
  log: Log;
  ways: ReadonlyMap<string, Delivery>;
  handlers: ReadonlyMap<string, Handler>;
  /** What a follower gets of a message: fields that its grant leaves out are not in it. */
  shape(follower: string, topic: string, messages: readonly Message[]): Promise<Message[]>;
}

/** A lane that this process holds. `read` gives what its topic has after its position, no older than the moment when the lane was taken; lanes that stand at one place share it. */
export interface Work {
  lane: store.Lane;
  lease: string;
  read(): Promise<Message[]>;
}

const backOff = (attempts: number): number => Math.min(2 ** attempts, 3600);
const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error)).slice(0, 500);

/** How many messages are read for a lane at once: a batch, were all of them its own. */
const limitOf = ({ batch, lanes }: store.Lane): number => batch * lanes;

interface Fetched {
  messages: Message[];
  /** The offset up to which was looked; messages of other lanes are passed over. */
  upTo: number;
  more: boolean;
}

/** Messages of this lane after its position. */
const fetchNext = async ({ lane, read }: Work): Promise<Fetched> => {
  const found = (await read()).slice(0, limitOf(lane));
  return { messages: lane.lanes === 1 ? found : found.filter((message) => laneOf(message.key, lane.lanes) === lane.lane), upTo: found.at(-1)?.offset ?? lane.position, more: found.length === limitOf(lane) };
};

/** Works of lanes just taken: those that stand at one place of one topic read once together. */
export const worksOf = (carrier: Carrier, lanes: readonly store.Lane[], lease: string): Work[] => {
  const placeOf = ({ topic, position }: store.Lane): string => `${topic} ${String(position)}`;
  const reads = new Map<string, () => Promise<Message[]>>();
  for (const [place, together] of Map.groupBy(lanes, placeOf)) {
    const { topic, position } = together[0] as store.Lane;
    let reading: Promise<Message[]> | undefined;
    reads.set(place, () => (reading ??= carrier.read(topic, position, Math.max(...together.map(limitOf)))));
  }
  return lanes.map((lane) => ({ lane, lease, read: reads.get(placeOf(lane)) as Work['read'] }));
};

const deliver = async ({ ways, shape }: Ground, lane: store.Lane, messages: readonly Message[]): Promise<Verdict> => {
  if (messages.length === 0) return { refused: [] };
  const way = ways.get(lane.via) as Delivery;
  return way.send({ topic: lane.topic, follower: lane.follower, address: lane.address }, await shape(lane.follower, lane.topic, messages));
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
const retryHeld = async (ground: Ground, { lane, lease }: Work): Promise<void> => {
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

/** What waits behind held messages of its key, and what the follower took although something before it was refused. */
const heldBehind = (messages: readonly Message[], sent: readonly Message[], held: readonly { offset: number; key: string; state: string }[]) => {
  /** Of each key the first that was refused. */
  const refused = new Map(held.filter(({ state }) => state === 'waiting').toReversed().map(({ key, offset }) => [key, offset]));
  // It gets the latter once more after that one, so that the last word stays the last.
  const again = sent.filter(({ key, offset }) => !held.some((one) => one.offset === offset) && offset > (refused.get(key) ?? Infinity));
  return [...messages.filter((message) => !sent.includes(message)), ...again].map(({ offset, key }) => ({ offset, key, attempts: 0, seconds: 0, failure: null, state: 'waiting' as const }));
};

/** Sends the next batch, moves the lane on, past what was refused, and gives it back. */
const goOn = async (ground: Ground, work: Work): Promise<void> => {
  const { database } = ground;
  const { lane, lease } = work;
  const release = (seconds: number): Promise<void> => database.relay((tx) => store.releaseLane(tx, lane, lease, seconds));
  // Back-pressure: who refuses too much gets no more until that is settled.
  if (lane.held >= lane.mostHeld) return release(HELD_SECONDS);
  const { messages, upTo, more } = await fetchNext(work);
  if (upTo === lane.position) return release(lane.held > 0 ? HELD_SECONDS : IDLE_SECONDS);
  const keys = lane.held === 0 ? new Set<string>() : new Set((await database.relay((tx) => store.selectHeld(tx, lane))).map(({ key }) => key));
  const sent = messages.filter(({ key }) => !keys.has(key));
  const held = heldAfter(lane, sent, await deliver(ground, lane, sent), () => 0);
  const behind = heldBehind(messages, sent, held);
  const seconds = more ? 0 : lane.held + held.length > 0 ? HELD_SECONDS : IDLE_SECONDS;
  await database.relay(async (tx) => {
    if (held.length + behind.length > 0 && !(await store.holdLane(tx, lane, lease))) return;
    await store.insertHeld(tx, lane, [...held, ...behind]);
    await store.moveAndRelease(tx, lane, lease, { position: upTo, delivered: sent.length - held.length, seconds });
  });
};

/** A handler of this site gets one message at a time, with its effect and the lane's progress in one transaction. */
const handleInside = async (ground: Ground, work: Work): Promise<void> => {
  const { database, handlers } = ground;
  const { lane, lease } = work;
  const handler = handlers.get(lane.follower) as Handler;
  const { messages, upTo, more } = await fetchNext(work);
  for (const message of messages) {
    const ours = await database.relay(async (tx) => {
      if (!(await store.holdLane(tx, lane, lease))) return false;
      await handler.handle(message, tx);
      await store.moveLane(tx, lane, message.offset, 1);
      return true;
    });
    if (!ours) return;
  }
  await database.relay((tx) => store.moveAndRelease(tx, lane, lease, { position: upTo, delivered: 0, seconds: more ? 0 : IDLE_SECONDS }));
};

/** Does what is to be done in a lane and gives it back. */
export const workOn = async (ground: Ground, work: Work): Promise<void> => {
  const { database, log, handlers } = ground;
  const { lane, lease } = work;
  try {
    if (lane.via === 'inside') return await (handlers.has(lane.follower) ? handleInside(ground, work) : database.relay((tx) => store.releaseLane(tx, lane, lease, IDLE_SECONDS)));
    if (lane.held > 0) await retryHeld(ground, work);
    await goOn(ground, work);
  } catch (error) {
    if (error instanceof CarrierAway) return database.relay((tx) => store.releaseLane(tx, lane, lease, AWAY_SECONDS));
    log.warn({ err: error, topic: lane.topic, follower: lane.follower, lane: lane.lane }, 'a follower could not be reached; its messages wait');
    await database.relay((tx) => store.postponeLane(tx, lane, lease, reasonOf(error)));
  }
};
