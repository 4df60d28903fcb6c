import { Type, type Static } from 'typebox';
import { operation } from '../operation.ts';
import { Code, Day, Instant, Line } from '../scalars.ts';
import { Text } from '../text.ts';

const Column = Type.String({ pattern: '^[a-z][A-Za-z0-9]{0,39}$' });
const Value = Type.Union([Type.String({ maxLength: 200 }), Type.Number({ minimum: -1e15, maximum: 1e15 }), Type.Boolean()]);
const OrNull = <T extends Parameters<typeof Type.Array>[0]>(item: T) => Type.Union([item, Type.Null()]);
const closed = { additionalProperties: false } as const;

export const IndicatorView = Type.Object({
  code: Code, name: Text, definition: Text, unit: Text, owner: Type.String(), dataset: Code, grain: Type.Enum(['day', 'month', 'quarter', 'year']),
  dimensions: Type.Array(Type.Object({ name: Column, title: Text })), decimals: Type.Integer(), openness: Type.Enum(['open', 'internal']), smallest: Type.Integer(),
  /** When its values were last reckoned. */
  reckonedAt: OrNull(Instant),
});
export type IndicatorView = Static<typeof IndicatorView>;

/** One value: of a period that begins on a day, of one member of each dimension. Null where too few rows stand behind it. */
export const IndicatorValue = Type.Object({ period: Day, dimensions: Type.Record(Column, OrNull(Type.String())), value: OrNull(Type.Number()) });
export type IndicatorValue = Static<typeof IndicatorValue>;

const Series = Type.Object({ indicator: IndicatorView, items: Type.Array(IndicatorValue), cut: Type.Boolean({ description: 'There are more values than a page holds; ask for a shorter span' }) });
const Span = Type.Object({ from: Type.Optional(Day), to: Type.Optional(Day) }, closed);
const Which = Type.Object({ code: Code }, closed);

export const listIndicators = operation({ id: 'indicator.list', method: 'GET', path: '/api/indicators', summary: 'Indicators and when they were reckoned', response: Type.Object({ items: Type.Array(IndicatorView) }) });
export const readIndicator = operation({ id: 'indicator.read', method: 'GET', path: '/api/indicators/:code', summary: 'Values of an indicator, of what the reader’s scope reaches', params: Which, query: Span, response: Series });
export const listOpenIndicators = operation({ id: 'indicator.listOpen', method: 'GET', path: '/api/open/indicators', summary: 'Indicators that anybody may have', response: Type.Object({ items: Type.Array(IndicatorView) }) });
export const readOpenIndicator = operation({ id: 'indicator.readOpen', method: 'GET', path: '/api/open/indicators/:code', summary: 'Values of an open indicator', params: Which, query: Span, response: Series });

const Condition = Type.Union([
  Type.Object({ column: Column, is: Type.Enum(['known', 'unknown']) }, closed),
  Type.Object({ column: Column, is: Type.Enum(['equal', 'unequal', 'atLeast', 'atMost']), value: Value }, closed),
  Type.Object({ column: Column, is: Type.Literal('in'), values: Type.Array(Value, { minItems: 1, maxItems: 100 }) }, closed),
]);
const Measure = Type.Union([
  Type.Object({ kind: Type.Literal('count') }, closed),
  Type.Object({ kind: Type.Enum(['sum', 'mean', 'median']), of: Column }, closed),
  Type.Object({ kind: Type.Literal('share'), where: Type.Array(Condition, { minItems: 1, maxItems: 10 }) }, closed),
]);
/** A question to one data set: what is reckoned, by what, of which rows. */
export const Question = Type.Object({
  dataset: Code, measure: Measure, by: Type.Array(Column, { maxItems: 4 }), where: Type.Array(Condition, { maxItems: 20 }),
  period: Type.Optional(Type.Object({ column: Column, grain: Type.Enum(['day', 'month', 'quarter', 'year']) }, closed)),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 5000 })),
}, closed);
export type Question = Static<typeof Question>;

export const listDatasets = operation({
  id: 'analytics.datasets', method: 'GET', path: '/api/analytics/datasets', summary: 'Data sets that the reader may reckon with, with their columns and snapshot',
  response: Type.Object({ items: Type.Array(Type.Object({ code: Code, title: Text, columns: Type.Array(Type.Object({ name: Column, title: Text, type: Type.Enum(['text', 'day', 'instant', 'number', 'truth']) })), takenAt: OrNull(Instant), rows: OrNull(Type.Integer()) })) }),
});
export const askDataset = operation({
  id: 'analytics.ask', method: 'POST', path: '/api/analytics/questions', summary: 'Reckon over the snapshot of a data set, within the reader’s scope', body: Question,
  response: Type.Object({ takenAt: Instant, columns: Type.Array(Line), rows: Type.Array(Type.Array(OrNull(Type.Union([Type.String(), Type.Number()])))), cut: Type.Boolean() }),
});
export const refreshAnalytics = operation({
  id: 'analytics.refresh', method: 'POST', path: '/api/analytics/refreshes', summary: 'Take the snapshots anew and reckon every indicator, in the background', status: 202, body: Type.Object({}, closed), response: Type.Object({ queued: Type.Boolean() }),
});
