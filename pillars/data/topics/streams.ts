import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { jetstream, JetStreamApiError, jetstreamManager, JetStreamApiCodes, type JetStreamClient, type JetStreamManager, type StoredMsg } from '@nats-io/jetstream';
import { connect, credsAuthenticator, type NatsConnection } from '@nats-io/transport-node';
import type { Config } from '@zhengwu/config';
import type { Log } from '@zhengwu/log';
import { CarrierAway } from './carrier.ts';
import type { Message } from './topics.ts';

/** How long a server may take to answer. */
const TIMEOUT_MS = 5000;
/** Requests on their way at once. */
const SIDE = 256;
/** Within this time the server itself knows a message by its id that comes twice; behind it the expected position does. */
const TWICE_NS = 120 * 1e9;

export type Nats = Config['nats'];

/** Ends of a stream, in its own counting; `first` is `last + 1` where it is empty. Null: there is no such stream. */
export type Ends = { first: number; last: number } | null;

/** A message as the stream has it; null for the payload of one that is too large for its servers, which has its place there but stays in the database. */
export type Stored = Omit<Message, 'payload'> & { payload: Message['payload'] | null };

/** What came does not follow on what the stream has. */
export class OutOfStep extends Error {
  override name = 'OutOfStep';
}

/** Streams of JetStream, one a topic. Everything throws `CarrierAway` at once while no server is in reach. */
export interface Streams {
  create(name: string, topic: string): Promise<void>;
  ends(name: string): Promise<Ends>;
  /** Puts messages behind the `after`-th of the stream. Each has its own place: what is there already is left. Throws `OutOfStep`. Answers the offsets of those that are too large. */
  put(name: string, after: number, messages: readonly Message[]): Promise<number[]>;
  /** Messages by their places, with `offset` their place; those that are gone are left out. */
  get(name: string, places: readonly number[]): Promise<Stored[]>;
  /** Forgets everything before a place. */
  purge(name: string, place: number): Promise<number>;
  isAway(): boolean;
  /** Called whenever servers are in reach again. */
  onBack(back: () => void): void;
  close(): Promise<void>;
}

interface Said {
  topic: string;
  key: string;
  payload: Record<string, unknown> | null;
  at: string;
}

const bodyOf = ({ topic, key, payload, at }: Stored): Buffer => Buffer.from(JSON.stringify({ topic, key, payload, at: at.toISOString() } satisfies Said));
const messageOf = (stored: StoredMsg): Stored => {
  const { at, ...said } = stored.json<Said>();
  return { ...said, at: new Date(at), id: stored.header.get('Nats-Msg-Id'), offset: stored.seq };
};

/** Below one word, so that an account can be given just these. */
const subjectOf = (name: string): string => `zhengwu.${name}`;

const isApi = (error: unknown, ...codes: readonly number[]): boolean => error instanceof JetStreamApiError && codes.includes(error.code);
const { StreamNotFound, StreamWrongLastSequence, StreamWrongLastSequenceUnknown, NoMessageFound } = JetStreamApiCodes;

interface Line {
  nats: NatsConnection;
  stream: JetStreamClient;
  office: JetStreamManager;
}

const authenticated = ({ user, password, credentialsFile }: Nats): object => ({
  ...(user === undefined ? {} : { user, pass: password ?? '' }),
  ...(credentialsFile === undefined ? {} : { authenticator: credsAuthenticator(readFileSync(credentialsFile)) }),
});

/** With these options a server that offers no TLS is refused. */
const tlsOf = ({ servers, caFile }: Nats): object =>
  caFile !== undefined ? { tls: { caFile } } : servers.some((one) => one.startsWith('tls:')) ? { tls: {} } : {};

const dial = (nats: Nats): Promise<NatsConnection> => connect({
  servers: [...nats.servers], name: 'zhengwu topics', timeout: TIMEOUT_MS, maxReconnectAttempts: -1, reconnectTimeWait: 500, ignoreAuthErrorAbort: true,
  ...authenticated(nats), ...tlsOf(nats),
});

/** Tries until somebody answers; undefined once `isClosed`. */
const dialOn = async (nats: Nats, log: Log, isClosed: () => boolean): Promise<NatsConnection | undefined> => {
  for (let tries = 0; !isClosed(); tries += 1) {
    try {
      return await dial(nats);
    } catch (error) {
      if (tries === 0) log.warn({ err: error, servers: nats.servers }, 'no NATS server answers; messages wait in the database');
      await sleep(1000, undefined, { ref: false });
    }
  }
  return undefined;
};

/** Work on many, some at once. */
const each = async <T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> => {
  const done: R[] = [];
  for (let from = 0; from < items.length; from += SIDE) done.push(...(await Promise.all(items.slice(from, from + SIDE).map(work))));
  return done;
};

/** Room for the headers beside a body. */
const HEADERS = 4096;

const putOn = async ({ stream, nats }: Line, name: string, after: number, messages: readonly Message[]): Promise<number[]> => {
  const most = (nats.info?.max_payload ?? 1_048_576) - HEADERS;
  const large: number[] = [];
  const place = async (message: Message, i: number): Promise<void> => {
    const expected = after + i + 1;
    let body = bodyOf(message);
    if (body.length > most) {
      body = bodyOf({ ...message, payload: null });
      large.push(message.offset);
    }
    const ack = await stream.publish(subjectOf(name), body, { msgID: message.id, timeout: TIMEOUT_MS, expect: { streamName: name, lastSequence: expected - 1 } });
    if (ack.seq !== expected) throw new OutOfStep(`${name} has ${message.id} as its ${String(ack.seq)}. message, not its ${String(expected)}.`);
  };
  // Sent one behind the other on one connection, they arrive so; the first that is refused leaves those behind it without their predecessor.
  for (let from = 0; from < messages.length; from += SIDE) {
    const results = await Promise.allSettled(messages.slice(from, from + SIDE).map((message, i) => place(message, from + i)));
    const failed = results.find((one) => one.status === 'rejected');
    if (failed) throw isApi(failed.reason, StreamWrongLastSequence, StreamWrongLastSequenceUnknown, StreamNotFound) ? new OutOfStep(String(failed.reason), { cause: failed.reason }) : failed.reason;
  }
  return large;
};

/** A replica may lag: what it does not have is asked of the leader, whose word counts. */
const getFrom = async ({ office }: Line, name: string, seq: number): Promise<Stored | null> => {
  const stored = await office.direct.getMessage(name, { seq }) ?? await office.streams.getMessage(name, { seq }).catch((error: unknown) => {
    if (isApi(error, NoMessageFound)) return null;
    throw error;
  });
  return stored && messageOf(stored);
};

const endsOf = async ({ office }: Line, name: string): Promise<Ends> => {
  try {
    const { state } = await office.streams.info(name);
    return { first: state.first_seq, last: state.last_seq };
  } catch (error) {
    if (isApi(error, StreamNotFound)) return null;
    throw error;
  }
};

const createOn = async ({ office }: Line, name: string, topic: string, replicas: number): Promise<void> => {
  await office.streams.add({ name, subjects: [subjectOf(name)], description: `Zhengwu ${topic}`, num_replicas: replicas, allow_direct: true, duplicate_window: TWICE_NS, discard: 'new', deny_delete: true });
};

/** Opens the streams of these servers; they need not be in reach yet. */
export const openStreams = (nats: Nats, log: Log): Streams => {
  let line: Line | undefined;
  let closed = false;
  const listeners: (() => void)[] = [];
  const take = (open: Line): void => {
    line = open;
    for (const listener of listeners) listener();
  };
  const keep = async (): Promise<void> => {
    const connection = await dialOn(nats, log, () => closed);
    if (!connection) return;
    if (closed) return connection.close();
    const open = { nats: connection, stream: jetstream(connection), office: await jetstreamManager(connection, { checkAPI: false, timeout: TIMEOUT_MS }) };
    take(open);
    for await (const { type } of connection.status()) {
      if (type === 'reconnect') take(open);
      if (type !== 'disconnect') continue;
      line = undefined;
      if (!closed) log.warn({ servers: nats.servers }, 'NATS is out of reach; messages wait in the database');
    }
  };
  keep().catch((error: unknown) => log.error({ err: error, servers: nats.servers }, 'NATS cannot be used'));
  const on = async <T>(work: (line: Line) => Promise<T>): Promise<T> => {
    if (!line) throw new CarrierAway('no NATS server is in reach');
    try {
      return await work(line);
    } catch (error) {
      if (error instanceof OutOfStep) throw error;
      throw new CarrierAway(`NATS: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
    }
  };
  return {
    create: (name, topic) => on((open) => createOn(open, name, topic, nats.replicas)),
    ends: (name) => on((open) => endsOf(open, name)),
    put: (name, after, messages) => on((open) => putOn(open, name, after, messages)),
    get: (name, places) => on(async (open) => (await each(places, (seq) => getFrom(open, name, seq))).filter((message) => message !== null)),
    purge: (name, seq) => on(async ({ office }) => (await office.streams.purge(name, { seq })).purged),
    isAway: () => line === undefined,
    onBack: (listener) => void listeners.push(listener),
    close: async () => {
      closed = true;
      const open = line;
      line = undefined;
      await open?.nats.close();
    },
  };
};
