import type { Tx } from '@zhengwu/database';

/** Something that happened, as other modules hear of it. */
export interface Event {
  /** uuid v7. */
  id: string;
  /** `noun.verb-past`: `case.closed`. */
  type: string;
  /** What it is about; events of one subject arrive in order. */
  subject: string;
  payload: Record<string, unknown>;
  at: Date;
}

export interface NewEvent {
  type: string;
  subject: string;
  payload?: Record<string, unknown>;
}

/** Handles events of some types, at least once each; `name` is unique and stable across versions. */
export interface Subscription {
  name: string;
  types: readonly string[];
  /** In one transaction as system with the mark that this event was handled: effects and mark commit together. */
  handle(event: Event, tx: Tx): Promise<void>;
  /** The same for events of several subjects at once, for handlers to which many are hardly more work than one. */
  handleAll?(events: readonly Event[], tx: Tx): Promise<void>;
}

export interface Events {
  /** Writes to the outbox in the caller's transaction; delivered after commit. Answers the event's id. */
  append(tx: Tx, event: NewEvent): Promise<string>;
}

