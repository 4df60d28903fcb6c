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

/* ---- figures of subordinates ---- */
const Measure = Type.Enum(['count', 'sum', 'mean', 'median', 'share']);
export const GatheredFigure = Type.Object({
  indicator: Code, /** What is measured, as subordinates say; null until one has answered. */ measured: OrNull(Type.Object({ name: Text, unit: Text, measure: Measure, grain: Type.Enum(['day', 'month', 'quarter', 'year']), dimensions: Type.Array(Type.Object({ name: Type.String(), title: Text })), /** Groups of fewer rows are not told. */ smallest: Type.Integer() })),
  sources: Type.Array(Type.Object({ provider: Subsystem, client: Subsystem, basis: Type.String(), reckonedAt: OrNull(Instant), takenAt: OrNull(Instant), failure: OrNull(Type.String()), /** Measures the same as the others; else it is left out. */ isSame: Type.Boolean() })),
});
export type GatheredFigure = Static<typeof GatheredFigure>;
export const GatheredValue = Type.Object({
  period: Type.String({ format: 'date' }), dimensions: Type.Record(Type.String(), OrNull(Type.String())), value: OrNull(Type.Number()), /** Sites whose group is too small to be told; it is in no value. */ hidden: Type.Integer(), parts: Type.Array(Type.Object({ provider: Subsystem, value: OrNull(Type.Number()) })),
});
export type GatheredValue = Static<typeof GatheredValue>;
const OneFigure = Type.Object({ indicator: Code });
export const listGatheredFigures = operation({ id: 'figures.list', method: 'GET', path: '/api/federation/figures', summary: 'Figures that are put together from subordinates, and how that goes', response: Type.Object({ items: Type.Array(GatheredFigure) }) });
export const readGatheredFigure = operation({ id: 'figures.read', method: 'GET', path: '/api/federation/figures/:indicator', summary: 'One figure, put together group by group', params: OneFigure, response: Type.Object({ figure: GatheredFigure, items: Type.Array(GatheredValue), cut: Type.Boolean() }) });
export const addFigureSource = operation({ id: 'figures.addSource', method: 'PUT', path: '/api/federation/figure-sources', summary: 'Gather a figure of a subordinate', body: Type.Object({ indicator: Code, provider: Subsystem, client: Subsystem, basis: Line }, closed), response: Type.Object({}) });
export const removeFigureSource = operation({ id: 'figures.removeSource', method: 'POST', path: '/api/federation/figure-sources/removals', summary: 'Gather it no more', body: Type.Object({ indicator: Code, provider: Subsystem, reason: Line }, closed), response: Type.Object({}) });
export const collectFigures = operation({ id: 'figures.collect', method: 'POST', path: '/api/federation/figures/:indicator/collections', summary: 'Ask the subordinates anew, in the background', status: 202, params: OneFigure, body: Type.Object({}, closed), response: Type.Object({ queued: Type.Boolean() }) });
