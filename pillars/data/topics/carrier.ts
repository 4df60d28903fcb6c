import type { Tx } from '@zhengwu/database';
import type { Message, NewMessage } from './topics.ts';

export type Arriving = NewMessage & { id: string; at: Date };

/** Where the log of messages lies. Subscriptions and what is held stay in the database, whatever carries the messages. */
export interface Carrier {
  /** Appends in order, each message once by its id. `tx` is the transaction in which the outbox lets go of them: what is thrown keeps them there. */
  append(tx: Tx, messages: readonly Arriving[]): Promise<void>;
  /** Messages after an offset, oldest first. */
  read(topic: string, after: number, limit: number): Promise<Message[]>;
  /** Some by their offsets; those that are no longer kept are left out. */
  pick(topic: string, offsets: readonly number[]): Promise<Message[]>;
  /** The last offset given; 0 where there is none. */
  last(topic: string): Promise<number>;
  /** The offset after which everything was published at or after an instant. */
  before(topic: string, instant: Date): Promise<number>;
  /** Forgets what was published before an instant. Answers how many, where the carrier counts. */
  forget(topic: string, before: Date): Promise<number>;
  close(): Promise<void>;
}
