import { Type, type Static } from 'typebox';
import { Text } from '@zhengwu/contracts';
import { closed, DepartmentCode, Slug } from './parts.ts';

/** Name of a column of a data set: camelCase, as the data set gives it. */
const Column = Type.String({ pattern: '^[a-z][A-Za-z0-9]{0,39}$' });
const Value = Type.Union([Type.String({ maxLength: 200 }), Type.Number(), Type.Boolean()]);

/** What must hold of a row for it to count. */
export const RowCondition = Type.Union([
  closed({ column: Column, is: Type.Enum(['known', 'unknown']) }),
  closed({ column: Column, is: Type.Enum(['equal', 'unequal', 'atLeast', 'atMost']), value: Value }),
  closed({ column: Column, is: Type.Literal('in'), values: Type.Array(Value, { minItems: 1, maxItems: 100 }) }),
]);
export type RowCondition = Static<typeof RowCondition>;

/** What is reckoned over the rows of a group: how many, a sum, a mean, a median, or which share of them meets the conditions. */
export const Measure = Type.Union([
  closed({ kind: Type.Literal('count') }),
  closed({ kind: Type.Enum(['sum', 'mean', 'median']), of: Column }),
  closed({ kind: Type.Literal('share'), where: Type.Array(RowCondition, { minItems: 1, maxItems: 10 }) }),
]);
export type Measure = Static<typeof Measure>;

export const grains = ['day', 'month', 'quarter', 'year'] as const;

/** A figure of the city, declared once and served to dashboards, open data and the superior alike. */
export const Indicator = closed({
  code: Slug,
  name: Text,
  /** What it says and what it leaves out, in a sentence that a leader understands. */
  definition: Text,
  unit: Text,
  /** The department that answers for it. */
  owner: DepartmentCode,
  dataset: Slug,
  /** Column (a day or an instant) that says to which period a row belongs. */
  time: Column,
  grain: Type.Enum([...grains]),
  dimensions: Type.Array(Column, { maxItems: 4 }),
  measure: Measure,
  where: Type.Array(RowCondition, { maxItems: 10 }),
  /** How many places of the value are told. */
  decimals: Type.Integer({ minimum: 0, maximum: 6 }),
  /** Anybody may have an open one; others by permission. */
  openness: Type.Enum(['open', 'internal']),
  /** Groups of fewer rows are not told, so that nobody is recognised; 1 tells all. */
  smallest: Type.Integer({ minimum: 1, maximum: 1000 }),
});
export type Indicator = Static<typeof Indicator>;
