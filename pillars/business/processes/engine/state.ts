import type { Json, Variables } from './model.ts';
import type { Command, Effect, Rejection } from './command.ts';

/**
 * A running instance: small plain JSON (short keys, indexes into its definition's nodes).
 * Only tokens that wait are kept; everything else happens within one step.
 */
export interface State {
  /** Next token number. */
  readonly n: number;
  readonly s: Status;
  readonly t: readonly Token[];
  /** Outcome of the last deciding task, then of the whole. */
  readonly o?: string;
  /** Commands held back while suspended, and why it is. */
  readonly h?: readonly Command[];
  readonly w?: string;
}

export type Status = 'running' | 'suspended' | 'completed' | 'cancelled';

export interface Token {
  /** Number, unique in the instance; 0 is the process itself. */
  readonly i: number;
  /** Node index. */
  readonly e: number;
  /** Enclosing token: scope, multi-instance body or compensation. */
  readonly p: number;
  /** Flow by which it came to a join. */
  readonly f?: number;
  /** Variables of its own. */
  readonly v?: Variables;
  /** An incident holds it: what has to be tried again. */
  readonly x?: Phase;
  /** Result with which it could not finish. */
  readonly y?: Result;
  /** Loop body. */
  readonly m?: Multi;
  /** By event node: how often it fired; -1: it will not fire again. */
  readonly d?: Readonly<Record<string, number>>;
  /** Root of a called definition. */
  readonly c?: string;
  /** Correlation keys of its message events, by node. */
  readonly r?: Readonly<Record<string, Json>>;
  /** What completed here and can be undone. */
  readonly h?: readonly Undo[];
  /** Undoing: what is left to do. */
  readonly q?: readonly Undo[];
  /** After a send-back: node that gets it again. */
  readonly b?: number;
  /** Set when an interrupting event sub-process took over. */
  readonly z?: 1;
  /** Signers added to a single task. */
  readonly a?: Signers;
}

export type Phase = 'enter' | 'begin' | 'finish' | 'leave';

export interface Result {
  readonly outcome?: string;
  readonly variables?: Variables;
}

export interface Multi {
  /** Instances asked for, started, done. */
  readonly n: number;
  readonly s: number;
  readonly d: number;
  /** Elements still to come (sequential). */
  readonly q?: readonly Json[];
  /** Outcomes in the order they came. */
  readonly o?: readonly string[];
  /** Output collection. */
  readonly r?: readonly Json[];
}

export interface Signers {
  readonly o: readonly string[];
  /** The first holder is done and waits for the others. */
  readonly w?: Result;
}

export interface Undo {
  readonly e: number;
  readonly v?: Variables;
  readonly h?: readonly Undo[];
}

/** What one command made of an instance. With a rejection the state is the one that came in and there are no effects. */
export interface Step {
  state: State;
  effects: readonly Effect[];
  rejection?: Rejection;
}
