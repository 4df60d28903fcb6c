import { Type, type Static } from 'typebox';
import { operation } from '../operation.ts';
import { Code, Instant, Line } from '../scalars.ts';
import { Text } from '../text.ts';

const closed = { additionalProperties: false } as const;
const OrNull = <T extends Parameters<typeof Type.Array>[0]>(item: T) => Type.Union([item, Type.Null()]);
const Subsystem = Type.String({ pattern: '^[^/]{1,100}(/[^/]{1,100}){3}$', maxLength: 300 });

/** Changes of others that become records here. */
export const IncomingFlow = Type.Object({
  intake: Code, name: Text, topic: Type.String(), register: Code,
  sources: Type.Array(Type.Object({ client: Subsystem, basis: Type.String(), taken: Type.Integer(), refused: Type.Integer(), lastAt: OrNull(Instant), failure: OrNull(Type.String()) })),
});
export type IncomingFlow = Static<typeof IncomingFlow>;

export const listFlows = operation({ id: 'federation.flows', method: 'GET', path: '/api/federation/flows', summary: 'Whose changes this site takes in, and how that goes', response: Type.Object({ incoming: Type.Array(IncomingFlow) }) });
export const addSource = operation({
  id: 'federation.addSource', method: 'PUT', path: '/api/federation/sources', summary: 'Take the changes of another site in by an intake that a pack declares', body: Type.Object({ intake: Code, client: Subsystem, basis: Line }, closed), response: Type.Object({}),
});
export const removeSource = operation({
  id: 'federation.removeSource', method: 'POST', path: '/api/federation/sources/removals', summary: 'Take no more from a site by an intake', body: Type.Object({ intake: Code, client: Subsystem, reason: Line }, closed), response: Type.Object({}),
});
export const sendTopic = operation({
  id: 'federation.send', method: 'PUT', path: '/api/federation/subscriptions', summary: 'Send a topic to another site from now on, or from the beginning; needs the grant of the topic',
  body: Type.Object({ topic: Type.String({ maxLength: 100 }), client: Subsystem, to: Subsystem, from: Type.Enum(['now', 'beginning']) }, closed), response: Type.Object({ id: Type.String() }),
});
