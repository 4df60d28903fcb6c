import { Type, type Static } from 'typebox';
import { operation } from '../operation.ts';
import { Day, Id, Instant, Line, Page, pageOf } from '../scalars.ts';
import { Text } from '../text.ts';

const closed = { additionalProperties: false } as const;
const OrNull = <T extends Parameters<typeof Type.Array>[0]>(item: T) => Type.Union([item, Type.Null()]);
const TopicCode = Type.String({ pattern: '^[a-z][a-z0-9-]*(\\.[a-z0-9-]+){0,3}$', maxLength: 100 });
/** Offsets are counted from 1 and stay below what a number holds exactly. */
const MOST = Number.MAX_SAFE_INTEGER;
const Offset = Type.Integer({ minimum: 0, maximum: MOST });

export const TopicRow = Type.Object({ code: TopicCode, name: Text, owner: Type.String(), isPersonal: Type.Boolean(), retentionDays: Type.Integer(), last: Offset, followers: Type.Integer() });
export type TopicRow = Static<typeof TopicRow>;

/** What carries the messages, whether it is out of reach, and how many messages wait in the database to be moved to it. */
export const Carriage = Type.Object({ kind: Type.Enum(['database', 'jetstream']), isAway: Type.Boolean(), waiting: Type.Integer({ minimum: 0 }) });
export type Carriage = Static<typeof Carriage>;

export const SubscriptionRow = Type.Object({
  id: Id, topic: TopicCode, follower: Type.String(), via: Type.String(), state: Type.Enum(['on', 'paused']), lanes: Type.Integer(),
  /** Messages that it has not been offered yet, over all lanes. */
  lag: Type.Integer(), waiting: Type.Integer(), dead: Type.Integer(), delivered: Type.Integer(), lastAt: OrNull(Instant),
  /** Why it could not be reached the last time; null when it can. */
  failure: OrNull(Type.String()), since: Instant,
});
export type SubscriptionRow = Static<typeof SubscriptionRow>;

export const DeadLetter = Type.Object({ subscription: Id, topic: TopicCode, follower: Type.String(), offset: Offset, attempts: Type.Integer(), failure: OrNull(Type.String()), at: Instant });
export type DeadLetter = Static<typeof DeadLetter>;

const Which = Type.Object({ id: Id }, closed);
const Reason = Type.Object({ reason: Line }, closed);

export const listTopics = operation({ id: 'topic.list', method: 'GET', path: '/api/topics', summary: 'Topics, how many follow each, and what carries their messages', response: Type.Object({ carrier: Carriage, items: Type.Array(TopicRow) }) });
export const listSubscriptions = operation({ id: 'topic.subscriptions', method: 'GET', path: '/api/topics/subscriptions', summary: 'Who follows what, how far behind, and what waits', response: Type.Object({ items: Type.Array(SubscriptionRow) }) });
export const listDeadLetters = operation({ id: 'topic.deadLetters', method: 'GET', path: '/api/topics/dead-letters', summary: 'Messages that were refused to the last attempt', query: Page, response: pageOf(DeadLetter) });
export const pauseSubscription = operation({ id: 'topic.pause', method: 'POST', path: '/api/topics/subscriptions/:id/pause', summary: 'Hold deliveries back', params: Which, body: Reason, response: Type.Object({}) });
export const resumeSubscription = operation({ id: 'topic.resume', method: 'POST', path: '/api/topics/subscriptions/:id/resume', summary: 'Deliver again', params: Which, body: Type.Object({}, closed), response: Type.Object({}) });
export const replaySubscription = operation({
  id: 'topic.replay', method: 'POST', path: '/api/topics/subscriptions/:id/replay', summary: 'Set a follower back: everything after an offset, or from an instant on, is delivered again', params: Which,
  body: Type.Object({ reason: Line, after: Type.Optional(Offset), since: Type.Optional(Instant) }, closed), response: Type.Object({ position: Offset }),
});
const Letter = Type.Object({ id: Id, offset: Type.Integer({ minimum: 1, maximum: MOST }) }, closed);
export const retryDeadLetter = operation({ id: 'topic.retry', method: 'POST', path: '/api/topics/subscriptions/:id/dead-letters/:offset/retry', summary: 'Try a dead letter again', params: Letter, body: Reason, response: Type.Object({}) });
export const discardDeadLetter = operation({ id: 'topic.discard', method: 'POST', path: '/api/topics/subscriptions/:id/dead-letters/:offset/discard', summary: 'Give a dead letter up, with the reason', params: Letter, body: Reason, response: Type.Object({}) });
export const grantTopic = operation({
  id: 'topic.grant', method: 'PUT', path: '/api/topics/grants', summary: 'Let somebody follow a topic', body: Type.Object({ topic: TopicCode, follower: Line, personal: Type.Boolean(), basis: Line, until: OrNull(Day) }, closed), response: Type.Object({}),
});
export const withdrawTopic = operation({ id: 'topic.withdraw', method: 'POST', path: '/api/topics/grants/withdrawals', summary: 'End a right and the subscription on it', body: Type.Object({ topic: TopicCode, follower: Line, reason: Line }, closed), response: Type.Object({}) });
