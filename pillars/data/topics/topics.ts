import type { Tx } from '@zhengwu/database';
import { key } from '@zhengwu/module';
import type { Carriage, Text } from '@zhengwu/contracts';

/** What can be followed. Codes are `noun` or `noun.part`, such as `register.enterprises`. */
export interface Topic {
  code: string;
  name: Text;
  /** Code of the department that answers for it. */
  owner: string;
  /** True where messages hold what is about a person. */
  isPersonal: boolean;
  retentionDays: number;
}

export interface NewMessage {
  topic: string;
  /** Messages of one key arrive in the order in which they were published. At most 200 characters. */
  key: string;
  payload: Record<string, unknown>;
}

export interface Message extends NewMessage {
  /** Position in its topic, from 1, without gaps. */
  offset: number;
  /** The same however often it is delivered. */
  id: string;
  at: Date;
}

/** What a follower made of a batch: the messages that it refused, by offset; all others it has. Throwing means that it could not be reached. */
export interface Verdict {
  refused: { offset: number; reason: string }[];
}

/** A way by which messages leave the site, such as the exchange. */
export interface Delivery {
  send(to: { topic: string; follower: string; address: Record<string, unknown> }, messages: readonly Message[]): Promise<Verdict>;
}

/** A follower inside this site: effects and progress commit together, so each message has its effect once. */
export interface Handler {
  topic: string;
  /** Unique and stable across versions. */
  name: string;
  handle(message: Message, tx: Tx): Promise<void>;
}

export interface NewSubscription {
  topic: string;
  follower: string;
  via: string;
  address?: Record<string, unknown>;
  /** Where it begins: with what is published from now on (unless said), or with all that is kept. */
  from?: 'now' | 'beginning';
  lanes?: number;
  mostAttempts?: number;
  mostHeld?: number;
  batch?: number;
}

export interface Topics {
  /** Makes a topic known; what is said later replaces. */
  define(tx: Tx, topic: Topic): Promise<void>;
  /** In the caller's transaction: it is published when that commits, and never when it does not. */
  publish(tx: Tx, message: NewMessage): Promise<void>;
  /** Lets somebody follow a topic. */
  grant(tx: Tx, grant: { topic: string; follower: string; personal: boolean; basis: string; until: string | null }): Promise<void>;
  /** The right that holds today; null where there is none. */
  granted(topic: string, follower: string): Promise<{ personal: boolean; basis: string } | null>;
  /** Ends the right and what stands on it. */
  withdraw(tx: Tx, topic: string, follower: string): Promise<void>;
  /** Begins to follow; throws `topic.not-granted`. One that exists keeps its place and takes the new address. */
  subscribe(tx: Tx, subscription: NewSubscription): Promise<string>;
  /** What carries the messages, and whether it can be reached. */
  state(): Promise<Carriage>;
  /** Offers a way by which messages leave. */
  deliverBy(via: string, delivery: Delivery): void;
  /** Registers a handler of this site; it follows from the moment when it is first known. */
  handleBy(handler: Handler): void;
}

export const Topics = key<Topics>('topics');
