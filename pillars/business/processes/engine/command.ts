import type { Definition, Json, Variables } from './model.ts';

/** What may happen to an instance. Tokens and timers are named by the ids that effects handed out. */
export type Command =
  | { type: 'start'; variables?: Variables; at?: string; message?: string; signal?: string }
  | { type: 'completeTask'; token: number; outcome?: string; variables?: Variables }
  | { type: 'failTask'; token: number; code: string; message?: string; variables?: Variables }
  | { type: 'escalate'; token: number; code: string; variables?: Variables }
  | { type: 'fireTimer'; timer: string }
  | { type: 'deliverMessage'; name: string; correlation?: Json; variables?: Variables }
  | { type: 'broadcastSignal'; name: string; variables?: Variables }
  | { type: 'invocationResult'; token: number; ok: boolean; code?: string; message?: string; variables?: Variables }
  | { type: 'updateVariables'; variables: Variables; token?: number }
  | { type: 'retry'; token: number }
  | { type: 'addSigner'; token: number; signer: Json }
  | { type: 'removeSigner'; token: number }
  | { type: 'sendBack'; token: number; to: string; returnToSender?: boolean; variables?: Variables }
  | { type: 'suspend'; reason: string }
  | { type: 'resume' }
  | { type: 'cancel'; reason?: string };

/** What the world has to do. Tokens are numbers of this instance; timer and subscription ids are unique in it. */
export type Effect =
  | OpenTask
  | { type: 'closeTask'; token: number; element: string; reason: CloseReason; outcome?: string }
  | StartTimer
  | { type: 'cancelTimer'; timer: string }
  /** After a migration: the same timer under another id; its due time stays. */
  | { type: 'moveTimer'; timer: string; to: string; element: string }
  | { type: 'subscribe'; subscription: string; kind: 'message' | 'signal'; name: string; correlation?: Json; token: number; element: string }
  | { type: 'unsubscribe'; subscription: string }
  | { type: 'invoke'; token: number; element: string; operation: string; input: Variables }
  | { type: 'cancelInvoke'; token: number; element: string }
  | { type: 'sendMessage'; name: string; element: string; correlation?: Json; variables: Variables }
  | { type: 'sendSignal'; name: string; element: string; variables: Variables }
  | { type: 'callStarted'; token: number; element: string; definition: string }
  | { type: 'incident'; token: number; element: string; reason: string }
  | { type: 'resolved'; token: number; element: string }
  | { type: 'suspended'; reason: string }
  | { type: 'resumed' }
  | { type: 'completed'; outcome?: string; variables: Variables }
  | { type: 'cancelled'; reason?: string };

export type CloseReason = 'completed' | 'cancelled' | 'interrupted' | 'decided' | 'failed' | 'sentBack' | 'removed';

export interface OpenTask {
  type: 'openTask';
  token: number;
  element: string;
  name?: string;
  kind?: string;
  stage?: string;
  department?: string;
  post?: string;
  outcomes?: readonly string[];
  /** Working days (`5`) or an ISO duration. */
  limit?: string;
  form?: string;
  /** Token of the multi-instance body or of the task that signers were added to. */
  instanceOf?: number;
  /** The element that a multi-instance gave this task, or the added signer. */
  item?: Json;
  input?: Variables;
  /** The definition called, when the task lies in one. */
  definition?: string;
}

/** One of `due` (UTC ISO) and `workingDays` (counted from now by the caller's calendar). */
export interface StartTimer {
  type: 'startTimer';
  timer: string;
  token: number;
  element: string;
  due?: string;
  workingDays?: number;
  /** `due` is a moment that the model names, not a span from now. */
  dated?: true;
}

/** What a hold leaves of a timer: working days, a span of time, or the moment itself. */
export const kindOf = ({ workingDays, dated }: StartTimer): 'days' | 'span' | 'date' => (workingDays !== undefined ? 'days' : dated ? 'date' : 'span');

/** What the step may ask of the world: the time and pure functions. */
export interface Context {
  now: Date | string;
  definitions?(id: string): Definition | undefined;
  decide?(name: string, input: Variables): { value: Json; warnings: readonly string[] };
}

/** Expected refusals: a lost race or a wrong call; the state is the one that came in. */
export type Refusal =
  | 'not-running' | 'already-started' | 'suspended' | 'not-suspended' | 'unknown-token' | 'stale-timer' | 'not-a-task' | 'unknown-outcome'
  | 'no-subscriber' | 'no-start' | 'no-incident' | 'incident' | 'last-signer' | 'not-signers' | 'unknown-element' | 'not-earlier'
  | 'not-in-scope' | 'would-not-join' | 'endless-loop';

export interface Rejection {
  code: Refusal;
  detail: string;
}
