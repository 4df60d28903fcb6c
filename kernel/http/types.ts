import type { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Actor, AnyOperation, Language } from '@zhengwu/contracts';
import type { Log } from '@zhengwu/log';
import type { FindingKind } from '@zhengwu/detectors';
import type { FileAnswer } from './answer.ts';

export type Who = 'citizen' | 'official' | 'public' | 'portal' | 'system' | 'device' | 'application';

/** How many calls a minute one address, or one signed-in account, may make of an operation; as many may come at once. */
export interface RateRule {
  address?: number;
  account?: number;
}

/** Who may do one operation and what is recorded of it; modules declare it in policy.ts. */
export interface PolicyRule {
  who: Who | readonly Who[];
  permission?: string;
  /** The event that one of these leaves in the trail; null where nothing is changed and nothing personal is read. */
  audit: string | null;
  /** Further events that the handler records. */
  audits?: readonly string[];
  /** The gate records `audit` before a success is answered, for handlers that set down nothing themselves. */
  recorded?: 'gate';
  /** Nothing is changed, although the method is not GET. */
  readsOnly?: true;
  personal?: boolean;
  /** How a file of a personal operation is marked for the official who opens it: all over unless said, `line` where it is handed to the person it is about. */
  mark?: 'line';
  /** Code of the purpose, in the register of purposes, for which personal data is handled (个人信息保护法 §6). */
  purpose?: string;
  rate?: RateRule;
  /** Kinds of numbers that this operation answers in full: what a caller may see of themselves, or what was asked for by name. Any other that leaves is withheld. */
  shows?: readonly FindingKind[];
  /** `mask`: the answer holds what people wrote or filled in; an undeclared number in it is hidden in place and the rest is answered. */
  found?: 'mask';
  /** Level at which the session must have been proved, lately: 1 the password again, 2 two factors, 3 a certificate. */
  assurance?: 1 | 2 | 3;
  /** For how many minutes a proof counts; 15 unless said. */
  freshMinutes?: number;
  /** What the handler may ask for by the matter itself, with `demandProof`: the gate looks anew at a session whose kept proof would not do, and lets it in. */
  demands?: ProofRule;
}

/** How strongly and how lately a session must be proved. */
export type ProofRule = Pick<PolicyRule, 'assurance' | 'freshMinutes'>;
export type PolicyTable = Readonly<Record<string, PolicyRule>>;

/** Finds out who sends a request. Identity implements it. */
export interface Authenticator {
  /** The actor behind the request's credentials; undefined where there are none or they no longer hold. `anew` trusts nothing kept in memory. */
  authenticate(request: FastifyRequest, anew?: boolean): Actor | undefined | Promise<Actor | undefined>;
  /** Whether the request carries the portal's own valid credential. */
  isPortal(request: FastifyRequest): boolean | Promise<boolean>;
  /** Whether the `x-csrf-token` of a cookie session belongs to that session. */
  verifyCsrf(token: string, actor: Actor, request: FastifyRequest): boolean | Promise<boolean>;
}

/** Records access to personal data and refusals. Audit implements it. */
export interface AccessAudit {
  /** Resolves when the record of a read of personal data is committed; only then is the answer sent. */
  read(access: { event: string; operation: string; actor: Actor; params: unknown; trace?: string | undefined }): Promise<void>;
  /** Told of refusals; must not throw. */
  denied?(refusal: { operation: string; actor: Actor; code: string }): void;
}

/** Makes the copy that an official gets of a file with personal content, or refuses; what it throws is answered instead of the file. */
export type Marking = (file: FileAnswer, look: { actor: Actor; style: 'tiles' | 'line' }) => Promise<{ file: FileAnswer; trace: string }>;

/** A request that was answered with 4xx or 5xx, as the defence hears of it: no body leaves it but to be looked at. */
export interface Refusal {
  /** Empty where no operation has the path. */
  operation: string;
  path: string;
  status: number;
  /** Code of the problem answered. */
  code: string;
  /** The caller's address as the site trusts it. */
  address: string;
  actor: Actor | null;
  requestId: string;
  params: Readonly<Record<string, unknown>> | undefined;
  /** What was sent, where it was refused for what it holds; to be looked at, never kept. */
  input?: { params: unknown; query: unknown; body: unknown };
}

/** One call of an operation, checked: what the handler works with. */
export interface Call<P = unknown, Q = unknown, B = unknown> {
  readonly operation: AnyOperation;
  readonly params: P;
  readonly query: Q;
  readonly body: B;
  readonly actor: Actor;
  readonly requestId: string;
  /** Present when the operation is idempotent. */
  readonly idempotencyKey: string;
  /** sha256 over operation, params and body, independent of key order: a key used with another hash is refused. */
  readonly requestHash: string;
  /** ETag the change is based on, as sent. */
  readonly ifMatch: string | undefined;
  readonly language: Language;
  /** Log whose lines carry the request id. */
  readonly log: Log;
  /** Body of a `raw` operation; fails with `request.too-large` at the operation's limit. */
  readonly stream: Readable;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

export type Answer<R> = R | FileAnswer;
export type Handler<P, Q, B, R> = (call: Call<P, Q, B>) => Answer<R> | Promise<Answer<R>>;
