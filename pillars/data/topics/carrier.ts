import type { Carriage } from '@zhengwu/contracts';
import type { Tx } from '@zhengwu/database';
import type { Message, NewMessage } from './topics.ts';

export type Arriving = NewMessage & { id: string; at: Date };

/** What carries the messages is out of reach: no follower's fault. */
export class CarrierAway extends Error {
  override name = 'CarrierAway';
}

/** Where the log of messages lies. Subscriptions and what is held stay in the database, whatever carries the messages. */
export interface Carrier {
  /**
   * Appends in order, each message once by its id. `tx` is the transaction in which the outbox lets go of them: what is thrown keeps them there.
   * Answers the topics whose messages can be read once `tx` commits; of the others the carrier tells by its `news`.
   */
  append(tx: Tx, messages: readonly Arriving[]): Promise<readonly string[]>;
  /** Messages after an offset, oldest first; those that are no longer kept are left out. Answers fewer than `limit` only where there are no more. */
  read(topic: string, after: number, limit: number): Promise<Message[]>;
  /** Some by their offsets; those that are no longer kept are left out. */
  pick(topic: string, offsets: readonly number[]): Promise<Message[]>;
  /** The last offset given; 0 where there is none. */
  last(topic: string): Promise<number>;
  /** An offset after which lies everything that was published at or after an instant, and little that was published before. */
  before(topic: string, instant: Date): Promise<number>;
  /** Forgets what was published before an instant, but the last message of the topic. Answers how many, where the carrier counts. */
  forget(topic: string, before: Date): Promise<number>;
  state(): Promise<Carriage>;
  /** Begins what has to be done beside, such as moving messages on. */
  start?(): void;
  /** What has to be seen to every minute. */
  tend?(): Promise<void>;
  close(): Promise<void>;
}
